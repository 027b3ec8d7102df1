"""A feed's price text into exact Money, or the reason why it is none.

Rejecting is right whenever a text could mean two amounts: one wrong price spoils every budget it is part of.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from price_parser import Price

from tools.catalog.intake.cleaning import plain_text
from tools.money import Money, as_currency, decimals

PriceUnit = Literal["major", "minor"]
"""Whether a bare 4995 is 4,995 dollars or 4,995 cents."""

MAX_AMOUNT = Decimal(10) ** 9

SIGNS: dict[str, tuple[str, ...]] = {
    "£": ("GBP", "EGP", "GIP", "FKP"),
    "€": ("EUR",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP", "TWD"),
    "US$": ("USD",),
    "CA$": ("CAD",),
    "C$": ("CAD",),
    "A$": ("AUD",),
    "AU$": ("AUD",),
    "NZ$": ("NZD",),
    "HK$": ("HKD",),
    "S$": ("SGD",),
    "MX$": ("MXN",),
    "R$": ("BRL",),
    "¥": ("JPY", "CNY"),
    "円": ("JPY",),
    "元": ("CNY",),
    "₹": ("INR",),
    "RS": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "₩": ("KRW",),
    "₺": ("TRY",),
    "₽": ("RUB",),
    "₴": ("UAH",),
    "₪": ("ILS",),
    "₫": ("VND",),
    "₱": ("PHP",),
    "฿": ("THB",),
    "ZŁ": ("PLN",),
    "KČ": ("CZK",),
    "FT": ("HUF",),
    "FR": ("CHF",),
    "KR": ("SEK", "NOK", "DKK", "ISK"),
}
"""Currency signs, upper case, and what they can mean; the first one where the feed's own currency is not among them."""

AMBIGUOUS = ("RS", "KR")
"""Signs that mean nothing without the feed's currency: no reading is likelier than another."""

_NUMBER = re.compile(
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?(?!\d)"  # 1,299.00; 12,50; the lakhs of 1,00,000
    r"|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)"  # 1.299,00
    r"|\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?(?!\d)"  # 1 299,00; 1'299.00
    r"|\d+(?:[.,]\d+)?"
)
_FILLER = re.compile(r"(?i)\b(?:price|now|only|each|incl?|including|vat|mwst|tax|tva|iva)\b")


class UnreadablePrice(ValueError):
    """The value is no single exact price; the text is the reason."""


def read_price(value: Any, currency: str | None) -> Money:
    """The price a feed value states; ``currency`` is taken where the value names none.

    Raises UnreadablePrice: no amount, several amounts, an unknown sign, zero, negative, too many decimals.
    """
    if isinstance(value, dict):
        return _money(value.get("amount"), str(value.get("currency") or currency), repr(value)[:60])
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and currency:
        return _money(value, currency, str(value))
    text = unicodedata.normalize("NFKC", plain_text(value))
    shown = repr(text[:60])
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        raise UnreadablePrice(f"{shown} states no amount")
    if len(numbers) > 1:
        raise UnreadablePrice(f"{shown} states several amounts; the price must be one")
    before, after = text[: numbers[0].start()], text[numbers[0].end() :]
    if re.search(r"[-–−(]", before):
        raise UnreadablePrice(f"{shown} is negative or the end of a range")
    signs = [_sign(before), _sign(after)]
    stated: set[str | None] = {_currency_of(sign, currency, shown) for sign in signs if sign} or {currency}
    if len(stated) > 1:
        raise UnreadablePrice(f"{shown} names two currencies: {' and '.join(sorted(map(str, stated)))}")
    (found,) = stated
    if found is None:
        raise UnreadablePrice(f"{shown} names no currency; say which one it is in with --currency")
    return _money(_amount(numbers[0][0], found, signs[1], shown), found, shown)


def read_minor(value: Any, currency: str | None) -> Money:
    """The price of a whole number of minor units (cents). Raises UnreadablePrice for anything else."""
    text = re.sub(r"\.0+$", "", str(value).strip())
    shown = repr(text[:60])
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,15}", text):
        raise UnreadablePrice(f"{shown} is no whole number of minor units (cents), as --price-unit minor says")
    if not currency:
        raise UnreadablePrice(f"{shown} names no currency; say which one it is in with --currency")
    return _money(Decimal(text).scaleb(-decimals(currency)), currency, shown)


def _sign(text: str) -> str:
    return re.sub(r"[\s.,:;)/*-]+", "", _FILLER.sub(" ", text)).upper()


def _currency_of(sign: str, currency: str | None, shown: str) -> str:
    possible = SIGNS.get(sign, ())
    if currency and currency in possible:
        return currency
    if possible and sign not in AMBIGUOUS:
        return possible[0]
    try:
        return as_currency(sign)
    except ValueError:
        raise UnreadablePrice(f"{shown} has {sign[:20]!r} beside the amount, which names no currency") from None


def _amount(number: str, currency: str, sign_after: str, shown: str) -> Decimal | None:
    """The number's value; "1.299" is a thousand in Berlin and one in London, and a sign behind it is Berlin's way."""
    if not re.fullmatch(r"\d{1,3}\.\d{3}", number) or decimals(currency) == 0:
        return Price.fromstring(number).amount
    if decimals(currency) == 3:
        return Decimal(number)
    if not sign_after or (sign_after.isalpha() and sign_after not in SIGNS):
        raise UnreadablePrice(f"{shown} can be read with a decimal point or with a thousands point")
    return Price.fromstring(number).amount


def _money(amount: Any, currency: str, shown: str) -> Money:
    try:
        exact = Decimal(str(amount))
        money = Money.of(exact, currency)
    except (ValueError, InvalidOperation) as error:
        raise UnreadablePrice(f"{shown} is not an exact price in {currency}") from error
    if not 0 < money.amount <= MAX_AMOUNT:
        raise UnreadablePrice(f"{shown} is not above zero, or is beyond {MAX_AMOUNT:,}")
    return money
