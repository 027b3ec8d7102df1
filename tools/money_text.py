"""Finding amounts of money in running text: "$56.20", "56.20 USD", "£1,200", "30 €", "forty"-words excluded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from price_parser import Price

SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
CODES = "USD|EUR|GBP|JPY|INR|CHF|CAD|AUD|SEK|NOK|DKK|PLN"
WORDS = {"dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "quid": "GBP"}

_NUMBER = r"\d+(?:[.,'\u00a0 ]\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_SIGN = r"US\$|[$€£¥₹]"
AMOUNT = re.compile(
    rf"(?P<before>{_SIGN}|\b(?:{CODES})\b)\s?(?P<a>{_NUMBER})"
    rf"|(?<![\w.,])(?P<b>{_NUMBER})\s?(?P<after>{_SIGN}|\b(?:{CODES})\b|\b(?:{'|'.join(WORDS)})s?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AmountFound:
    """An amount as it stands in a text. ``currency`` is the ISO code of its sign or word."""

    text: str
    value: Decimal
    currency: str | None


def find_amounts(text: str) -> list[AmountFound]:
    """All amounts with a currency sign, code or word, in order."""
    found = []
    for match in AMOUNT.finditer(text):
        sign = match.group("before") or match.group("after")
        price = Price.fromstring(match.group("a") or match.group("b"))
        if price.amount is not None:
            found.append(AmountFound(match.group().strip(), price.amount, _currency(sign)))
    return found


def _currency(sign: str) -> str | None:
    return SIGNS.get(sign.upper()) or WORDS.get(sign.lower().rstrip("s")) or sign.upper()
