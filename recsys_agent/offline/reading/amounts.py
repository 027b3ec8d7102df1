"""Amounts of money as people write them: "$40", "1.200 €", "25 dollars and 50 cents", "a fiver"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from price_parser import Price

from recsys_agent.offline.reading.budget_cues import (
    ABOUT_LEFT,
    ABOUT_RIGHT,
    BUDGET_LEFT,
    EACH_RIGHT,
    MAX_LEFT,
    MAX_RIGHT,
    MIN_LEFT,
    MIN_RIGHT,
    RANGE_LEFT,
    TOTAL_RIGHT,
)
from recsys_agent.offline.reading.text import Message

CURRENCIES: dict[str, str] = {
    r"us ?\$|\$|u\.s\. dollars?|us dollars?|american dollars?|dollars?|dollers?|bucks?|usd": "USD",
    r"€|euros?|eur|euroes": "EUR",
    r"£|pounds? sterling|british pounds?|pounds?|quid|gbp|sterling": "GBP",
    r"ca?\$|canadian dollars?|canadian|cad": "CAD",
    r"au?\$|australian dollars?|aussie dollars?|aud": "AUD",
    r"nz\$|new zealand dollars?|nzd": "NZD",
    r"hk\$|hong kong dollars?|hkd": "HKD",
    r"s\$|singapore dollars?|sgd": "SGD",
    r"¥|japanese yen|yen|jpy": "JPY",
    r"₹|indian rupees?|rupees?|inr|rs\.?": "INR",
    r"swiss francs?|francs?|chf|sfr\.?": "CHF",
    r"swedish kronor|kronor|kronas?|sek": "SEK",
    r"norwegian kroner|nok": "NOK",
    r"danish kroner|kroner|dkk": "DKK",
    r"zł|polish zloty|zlot[yi]e?s?|złotych|pln": "PLN",
    r"czech koruna|koruna|czk|kč": "CZK",
    r"₺|turkish liras?|liras?|try(?= ?\d)": "TRY",
    r"₩|korean won|krw": "KRW",
    r"r\$|brazilian reais|reais|brl": "BRL",
    r"mexican pesos?|pesos?|mxn": "MXN",
    r"south african rand|rand|zar": "ZAR",
    r"chinese yuan|yuan|renminbi|rmb|cny": "CNY",
    r"₪|shekels?|ils": "ILS",
    r"dirhams?|aed": "AED",
    r"forints?|huf": "HUF",
}

_ONE_CURRENCY = [(re.compile(rf"(?:{words})"), code) for words, code in CURRENCIES.items()]

CURRENCY = "|".join(sorted((w for words in CURRENCIES for w in words.split("|")), key=len, reverse=True))

_NUMBER = r"\d{1,3}(?:[.,']\d{3})+(?:[.,]\d{1,2})?(?![\d])|\d{1,9}(?:[.,]\d{1,2})?(?!\d)"

_AMOUNT = re.compile(
    rf"(?<![\w.,/#])(?:(?P<before>{CURRENCY}) ?)?(?P<number>{_NUMBER})(?P<thousand> ?k(?![a-z])| grand\b)?"
    rf"(?:(?:-(?=[a-z])| )?(?P<after>{CURRENCY})(?![a-z]|"
    rf"(?<=[$€£¥]) ?\d|\d))?(?: (?:and )?(?P<cents>\d{{1,2}})"
    r"(?: ?(?:cents?|pence|c|p)\b|(?<=[a-z] (?:50|25|75|95|99))(?= ?(?:[,.;!?]|$))))?"
)

_CENTS = re.compile(r"(?<![\w.,/#])(?P<number>\d{1,2}) ?(?P<unit>pence|p|cents?|¢)(?![\w])")
"""Less than one: "50p each", "99 cents"."""

_SLANG = re.compile(r"\b(?:(?P<five>(?:a |1 )?fiver)|(?P<ten>(?:a |1 )?tenner)|(?P<grand>(?:a|1) grand)\b)(?! piano)\b")


@dataclass
class Amount:
    """An amount as written, with its place in the text."""

    value: Decimal
    currency: str | None
    start: int
    end: int


def currency_of(words: str | None) -> str | None:
    """The ISO code a currency word or symbol stands for."""
    if not words:
        return None
    return next((code for pattern, code in _ONE_CURRENCY if pattern.fullmatch(words.strip())), None)


def read_amounts(text: str) -> list[Amount]:
    """All amounts of the text in order; whether they are a budget is judged elsewhere."""
    found = []
    for match in _AMOUNT.finditer(text):
        # price-parser knows which separator is the decimal one: 1.200 and 1,200 are thousands, 25,50 is not.
        value = Price.fromstring(match["number"].replace("'", "")).amount
        if value is None or len(match["number"]) > 14:
            continue
        if match["thousand"]:
            value *= 1000
        if match["cents"]:
            value += Decimal(match["cents"]) / 100
        currency = currency_of(match["before"]) or currency_of(match["after"])
        if match["after"] and match["before"] and currency == "USD":  # "$50 CAD": the code is the more exact one
            currency = currency_of(match["after"]) or currency
        if value <= Decimal(10) ** 9:
            found.append(Amount(value.quantize(Decimal("0.01")), currency, match.start(), match.end()))
    for match in _CENTS.finditer(text):
        if any(amount.start < match.start() < amount.end for amount in found):
            continue  # "25 dollars and 50 cents" is one amount
        found = [amount for amount in found if amount.start != match.start()]
        currency = "GBP" if match["unit"].startswith("p") else None
        found.append(Amount(Decimal(match["number"]) / 100, currency, *match.span()))
    for match in _SLANG.finditer(text):
        value, currency = (
            (Decimal(5), "GBP") if match["five"] else (Decimal(10), "GBP") if match["ten"] else (Decimal(1000), None)
        )
        found.append(Amount(value.quantize(Decimal("0.01")), currency, match.start(), match.end()))
    return sorted(found, key=lambda a: a.start)


def close_amount(message: Message, amount: Amount) -> None:
    """Closes the amount with its cue words, so that "under" and "each" are not read again."""
    text = message.open
    start, end = amount.start, amount.end
    left, right = text[max(0, start - 60) : start], text[end : end + 50]
    for pattern in (MAX_LEFT, MIN_LEFT, ABOUT_LEFT, BUDGET_LEFT, RANGE_LEFT):
        if match := pattern.search(left):
            start = min(start, amount.start - len(left) + match.start())
    for pattern in (TOTAL_RIGHT, MAX_RIGHT, MIN_RIGHT, ABOUT_RIGHT):
        if match := pattern.match(right):
            end = max(end, amount.end + match.end())
    if match := EACH_RIGHT.match(text[end : end + 50]):
        end += match.end()
        if noun := re.match(
            r" (?:person|head|child|kid|guest|piece|gift|item|bag|one|participant|colleague|present|unit)\b",
            text[end : end + 14],
        ):
            end += noun.end()
    message.close(start, end)
