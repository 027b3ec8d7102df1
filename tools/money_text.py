"""Finding amounts of money in running text: "$56.20", "56.20 USD", "£1,200", "30 €", "it costs 20"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from price_parser import Price

from tools.money import decimals, known_currencies

SIGNS = {
    "$": "USD", "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "MX$": "MXN",
    "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "CN¥": "CNY", "₹": "INR",
    "₩": "KRW", "₪": "ILS", "₫": "VND", "₺": "TRY", "₽": "RUB", "₱": "PHP", "฿": "THB",
}  # fmt: skip
SHARED_SIGNS = {"$": frozenset("USD CAD AUD NZD MXN HKD TWD SGD".split()), "¥": frozenset({"JPY", "CNY"})}
"""What a bare sign can also mean in the shop of such a country."""

CODES = "USD|EUR|GBP|JPY|INR|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|CNY|KRW|MXN|BRL|SGD|HKD|ZAR"
"""The codes that are read in any case and with a blank; another ISO code must stand before the number: TRY1,200."""
WORDS = {"dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "quid": "GBP"}

_NUMBER = r"\d+(?:[.,'\u00a0 ]\d{3})*(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
AMOUNT = re.compile(
    rf"(?P<before>{_SIGN}|\b(?:{CODES})(?=\s?\d)|(?-i:\b[A-Z]{{3}})(?=\d))\s?(?P<a>{_NUMBER})"
    rf"|(?<![\w.,])(?P<b>{_NUMBER})\s?(?P<after>(?:{_SIGN})(?!\s?\d)|(?:{CODES})\b|(?:US )?\b(?:{'|'.join(WORDS)})s?\b)"
    rf"|\b(?:costs?|priced|prices?)(?:\s(?:is|of|at|for|only|just|about|around)|:)*\s(?P<c>{_NUMBER})(?![\w%])",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class AmountFound:
    """An amount as it stands in a text. ``sign`` is its sign, code or word ("" where only a verb says it is money)."""

    text: str
    value: Decimal
    sign: str

    @property
    def currency(self) -> str | None:
        """The ISO code the sign stands for first of all; None without a sign."""
        return (SIGNS.get(self.sign.upper()) or WORDS.get(self.sign.lower().rstrip("s")) or self.sign.upper()) or None

    def may_be_in(self, currency: str) -> bool:
        """Whether the sign can stand for this currency."""
        return self.currency in (None, currency) or currency in SHARED_SIGNS.get(self.sign, ())


def find_amounts(text: str) -> list[AmountFound]:
    """All amounts with a currency sign, code or word, or after "costs" and "price", in order."""
    return list(_found(text))


@lru_cache(maxsize=2048)  # a check reads the same reasons and passages several times
def _found(text: str) -> tuple[AmountFound, ...]:
    found = []
    for match in AMOUNT.finditer(text):
        sign = (match["before"] or match["after"] or "").removeprefix("US ").removeprefix("us ")
        if match["before"] and len(sign) == 3 and sign.isalpha() and sign.upper() not in known_currencies():
            continue  # a model number such as ISO9001
        # "1.250" is read as over a thousand, except in a currency that has three decimals itself.
        point = "." if sign in known_currencies() and decimals(sign) == 3 else None
        if (value := _value(match["a"] or match["b"] or match["c"], point)) is not None:
            found.append(AmountFound(match[0].strip(), value, sign))
    return tuple(found)


def _value(number: str, point: str | None) -> Decimal | None:
    if _PLAIN.fullmatch(number):  # as a price is mostly written; 100 times as fast
        return Decimal(number)
    return Price.fromstring(number, decimal_separator=point).amount
