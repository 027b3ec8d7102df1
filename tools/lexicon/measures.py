"""Sizes as shops write them: 27", 27-inch and 27inch are one and the same, and so are 500GB and 500 gb."""

from __future__ import annotations

import re

_UNITS = "inch|gb|tb|mb|kb|mm|cm|ml|kg|mah|wh|ghz|mhz|hz|mp|oz|ft|fps|rpm|dpi|btu|kw|kwh|litres?|liters?|watts?|volts?"
_INCHES = re.compile(r"(?<=\d)\s?(?:\"|”|″|''|-?\s?inch(?:es)?\b|-?\s?in\.?(?=\s*(?:$|[),;x])))", re.IGNORECASE)
_JOINED = re.compile(rf"\b(\d+(?:[.,]\d+)?)-?({_UNITS})\b", re.IGNORECASE)
_SPACED = re.compile(rf"(\d+) ({_UNITS})")


def spaced(text: str) -> str:
    """The text with a blank between a number and its unit, inches in words."""
    if '"' in text or "in" in text or "”" in text or "″" in text or "''" in text:
        text = _INCHES.sub(" inch", text)
    return _JOINED.sub(r"\1 \2", text)


def is_measure(number: str, unit: str) -> bool:
    """Whether the two words are a number and its unit."""
    return bool(_SPACED.fullmatch(f"{number} {unit}"))
