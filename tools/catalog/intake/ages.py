"""Ages that a feed states in words, as whole years, read to the safe side.

A minimum is rounded up (18 months and up: 2 years), and the highest one stated counts, warnings included. A maximum is
rounded down; it only narrows who is offered the product, so it is taken from where products state it on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

HIGHEST_STATED_YEARS = 21
"""Beyond this a number of years in prose is a jubilee, a guarantee or a firm's history, not who a product is for."""

_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_N = rf"(?<![\d.,/])(\d{{1,3}}(?:\.\d)?(?!\d)|{'|'.join(_WORDS)})"
# Scraped pages run on without a blank ("0-6 monthsPackage includes"), so a capital may follow a unit.
_UNIT = r"(?:[\s-]*(years?|yrs?|months?|mths?|mos?)(?-i:(?![a-z]))\.?(?:[\s-]*olds?\b)?)"
_ANY_UNIT = _UNIT.replace("(years?", r"([my]\b|years?")
_LEAD = (
    r"\b(?:ages?|aged)\b(?:\s+(?:range|group|requirement)\b)?"
    r"(?:[\s:]+(?:of|is|for|from|over|above|at least)\b)*[\s:>\-–]*"
)
_TO = r"\s*\+?\s*(?:-|–|—|\bto\b|\bthrough\b|\bup to\b)\s*"
_AND_UP = r"\s*(?:\+|plus\b|(?:and|&|or)\s*(?:up|over|above|older|upwards?)\b|upwards?\b|up\b)"
_CHILDREN = r"\b(?:suitable|recommended|appropriate|suits?|child(?:ren)?|kids|babies|toddlers)\b"

_ABOUT_AGES = re.compile(r"\bage[sd]?\b|years?|yrs?\b|months?|mths?\b|\b(?:under|below|younger)\b", re.IGNORECASE)
"""Most descriptions say nothing about ages, and need not be searched for each way to say it."""

_RANGE = re.compile(rf"({_LEAD})?{_N}{_ANY_UNIT}?{_TO}{_N}{_ANY_UNIT}?", re.IGNORECASE)
_FROM = re.compile(
    rf"(?:{_CHILDREN}[^.;\d]{{0,25}}\b(?:from|over|above|at least)|\bfrom)\s+(?:the age of\s+)?{_N}{_UNIT}"
    rf"|\bmin(?:imum|\.)?(?:\s+\w+)?\s+age\b[\s:>\-–]*{_N}{_ANY_UNIT}?"
    rf"|\bage[sd]?[\s:]+(?:from|over|above|at least)\s+{_N}{_ANY_UNIT}?",
    re.IGNORECASE,
)
_OPEN = re.compile(
    rf"{_LEAD}{_N}(?:{_ANY_UNIT}?{_AND_UP}|\+)"  # ages 3 and up, age 18m+
    rf"|{_N}(?:{_UNIT}{_AND_UP}|\s*\+{_UNIT})",  # 3 years and up, 8+ years
    re.IGNORECASE,
)
_UP_TO = re.compile(rf"{_CHILDREN}[^.;\d]{{0,25}}\bup to\s+(?:the age of\s+)?{_N}{_UNIT}", re.IGNORECASE)
_BARE = re.compile(rf"\s*{_N}{_ANY_UNIT}?(?:{_TO}{_N}{_ANY_UNIT}?)?(?:{_AND_UP})?\s*", re.IGNORECASE)
_WARNING = re.compile(
    r"(?:\bnot\b|\bunsuitable\b|\bkeep away\b|\bhazard\b|\bwarning\b)[^.!;\d]{0,80}?"
    r"(?:\b(?:under|below|younger than)\s+(?:the\s+)?(?:ages?\s+)?(?:of\s+)?|\b0\s*(?:-|–|to)\s*)"
    rf"{_N}(?!\s*(?:kg|cm|mm|met|min|hour|day|%|°|lb|v\b)){_ANY_UNIT}?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years, both ends inclusive; None is not stated."""

    min: int | None = None
    max: int | None = None


def read_ages(age_texts: list[str], title: str = "", category: str = "", description: str = "") -> Ages:
    """The ages of a product from the feed's age column and, where they state some, its other texts.

    The highest minimum of age column, title, description and warnings counts. The maximum is that of the age column,
    else of the title; description and category shelf ("Ages 3-4 Years") speak only where those two are silent.
    """
    description = description if _ABOUT_AGES.search(description) else ""
    warned = [_warned(text) for text in (*age_texts, title, description)]
    stated = [_bare(text) or _stated(text) for text in age_texts] + [_stated(title)]
    prose = _stated(description, in_prose=True)
    if all(ages == Ages() for ages in stated):
        stated += [Ages(max=prose.max), _stated(category)]
    low = max((n for n in (*warned, *(a.min for a in stated), prose.min) if n is not None), default=None)
    high = next((a.max for a in stated if a.max is not None), None)
    return Ages(low, high if high is None or low is None or high >= low else None)


def age_words(ages: Ages, texts: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """Of named texts the first that states the minimum or the maximum: its name, and the words that do."""
    for name, text in texts:
        for pattern in (_WARNING, _RANGE, _FROM, _OPEN, _UP_TO):
            for hit in pattern.finditer(text):
                read = read_ages([], hit[0].strip())
                if (read.min is not None and read.min == ages.min) or (read.max is not None and read.max == ages.max):
                    return name, hit[0].strip()
    return None


def _warned(text: str) -> int | None:
    """The age below which the text warns: "Not suitable for children under 36 months" is 3."""
    months = [_months(*hit) for hit in _WARNING.findall(text)]
    return max((_min_years(m) for m in months if _likely(m)), default=None)


def _bare(text: str) -> Ages | None:
    """The ages of a text that is nothing but ages: "8", "3-5", "36m+"."""
    hit = _BARE.fullmatch(text)
    if not hit or float(_months(hit[1])) > 120 * 12:
        return None
    return _range(_months(hit[1], hit[2] or hit[4]), _months(hit[3], hit[4]) if hit[3] else None)


def _stated(text: str, *, in_prose: bool = False) -> Ages:
    """The first range the text states, else the highest age "and up". In prose, ranges need "ages" before them."""
    text = _WARNING.sub(" ", text)  # "not for 0-3 years" must not be read as for 0-3 years
    for lead, n, unit, m, last_unit in _RANGE.findall(text):
        low = _months(n, unit or last_unit)
        if _likely(low) and (lead or (len(last_unit) > 1 and not in_prose)):
            return _range(low, _months(m, last_unit))
    found = [_months(*_filled(hit)) for pattern in (_FROM, _OPEN) for hit in pattern.finditer(text)]
    if any(map(_likely, found)):
        return _range(max(filter(_likely, found)), None)
    up_to = _UP_TO.search(text)
    return Ages(max=int(_months(up_to[1], up_to[2]) // 12)) if up_to else Ages()


def _filled(hit: re.Match[str]) -> tuple[str, str]:
    """Number and unit of the alternative that matched."""
    groups = [group for group in hit.groups() if group]
    return groups[0], groups[1] if len(groups) > 1 else ""


def _likely(months: float) -> bool:
    return months <= HIGHEST_STATED_YEARS * 12


def _range(low: float, high: float | None) -> Ages:
    """Feeds fill a missing upper end with any number ("8 - 3 years", "3 - 3 years"): then there is none."""
    first = _min_years(low)
    if high is None or high <= low or high > 120 * 12:
        return Ages(first)
    return Ages(first, max(first, int(high // 12)))


def _months(number: str, unit: str | None = "") -> float:
    value = float(_WORDS.index(number.lower())) if number.lower() in _WORDS else float(number)
    return value if (unit or "").lower().startswith("m") else value * 12


def _min_years(months: float) -> int:
    return int(-(-months // 12))
