"""Sizes, weights and times that a sentence tells: each must be in the evidence, its unit written in any way."""

from __future__ import annotations

import re

from tools.money_text import WORDS
from tools.receipts.claims import SMALL_NUMBERS

_N = r"(?<![\w.,$€£/])(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)"
_UNITS = """cm mm m km centimetre centimetres centimeter centimeters millimetre millimetres millimeter millimeters inch inches feet foot ft metre metres meter meters g grams gram kg kilos kilograms oz ounces pounds lb
ml cl l litre litres liter liters gallons watt watts w volt volts v mah gb mb hours hour h minutes minute min seconds weeks
week months month pages page degrees lumens hz sheets colours colors pairs"""
SIZE = re.compile(
    rf"(?:{_N}|\b(?P<part>half|quarter|third)(?: of)? an?)[\s-]?(?P<unit>{'|'.join(_UNITS.split())})\b", re.IGNORECASE
)
_COUNTED_UNITS = frozenset("sheet colour color pair page".split())
"""Units that words may stand before: "ten embossed sheets"."""
_SAME_UNITS = """cm centimetre centimeter|mm millimetre millimeter|m metre meter|km kilometre kilometer|inch inche in \"|foot feet ft
g gram|kg kilo kilogram|oz ounce|lb pound|ml millilitre milliliter|l litre liter|watt w|volt v|hour h hr|minute min|gb gigabyte"""


def is_money(match: re.Match[str], currency: str) -> bool:
    """Whether the unit is the shop's currency: "5 pounds" is no weight there."""
    return currency == WORDS.get(match["unit"].lower().rstrip("s"))


def has_size(match: re.Match[str], words: str) -> bool:
    """Whether the evidence has this size, the unit written in any way."""
    unit = match["unit"].lower()
    unit = unit if unit == "feet" else unit.rstrip("s") or unit
    if match["part"]:
        return match[0].lower() in words
    same = next(
        (group.split() for line in _SAME_UNITS.splitlines() for group in line.split("|") if unit in group.split()),
        [unit],
    )
    written = "|".join(sorted(map(re.escape, same), key=len, reverse=True))
    number = "|".join([re.escape(match["n"]), *(word for word, n in SMALL_NUMBERS.items() if n == match["n"])])
    between = r"(?:[a-z]+[\s-]){0,2}" if unit in _COUNTED_UNITS else ""
    return bool(
        re.search(
            rf"(?:(?<![\w.])|(?<=\dx))(?:{number})[\s-]?{between}(?:(?:x|by|to) [\d.]+[\s-]?)*(?:{written})",
            words,
        )
    )
