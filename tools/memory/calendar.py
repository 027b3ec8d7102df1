"""When an occasion comes next: fixed days, leap days, and feasts that move with moon, weekday and country."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

FIXED: dict[str, tuple[int, int]] = {
    "christmas": (12, 25),
    "halloween": (10, 31),
    "new_year": (1, 1),
    "valentines_day": (2, 14),
}

SUNDAY, THURSDAY = calendar.SUNDAY, calendar.THURSDAY
EASTER_COUNTRIES_MOTHER = frozenset({"GB", "IE", "IM", "JE", "GG"})
"""Where Mothering Sunday is kept: the fourth Sunday in Lent, three weeks before Easter."""

LUNAR: dict[str, tuple[str, str, str]] = {
    "hanukkah": ("IL", "school", "Hanukkah"),
    "diwali": ("IN", "public", "Diwali"),
    "eid": ("IN", "public", "Eid al-Fitr"),
    "lunar_new_year": ("CN", "public", "Chinese New Year (Spring Festival)"),
}
"""Feasts of other calendars: a country that keeps them, the category and the name in the library `holidays`."""

LEAD_DAYS: dict[str, int] = {"christmas": 28, "wedding": 28, "birthday": 14, "anniversary": 14}
LEAD_DAYS_ELSE = 10
"""How long before the day a shopper would start to look for something."""


def next_day(
    occasion: str, today: date, *, month: int | None = None, day: int | None = None, country: str = "US"
) -> date | None:
    """The next day of the occasion, today included; None where it is not known.

    ``month`` and ``day`` fix it, else the feast of this name does. 29 February is 28 February in a common year: better
    a day early. ``country`` is an ISO 3166 code, for feasts that differ (Mother's Day).
    """
    if month and day:
        return _first_from(today, lambda year: _in_year(year, month, day))
    if occasion in FIXED:
        return _first_from(today, lambda year: _in_year(year, *FIXED[occasion]))
    if (rule := _MOVABLE.get(occasion)) is not None:
        return _first_from(today, lambda year: rule(year, country))
    if occasion in LUNAR:
        return _first_from(today, lambda year: _lunar(occasion, year))
    return None


def lead_days(occasion: str) -> int:
    """How many days before the occasion it is time to look for something."""
    return LEAD_DAYS.get(occasion, LEAD_DAYS_ELSE)


def age_on(birth_year: int, birthday: tuple[int, int] | None, on: date) -> int:
    """The age reached in years on that day; without a known birthday, the age of whoever has had it this year."""
    reached = on.year - birth_year
    return reached - 1 if birthday and on < _in_year(on.year, *birthday) else reached


def _first_from(today: date, in_year: Callable[[int], date | None]) -> date | None:
    found = (in_year(year) for year in range(today.year, today.year + 3))
    return next((day for day in found if day and day >= today), None)


def _in_year(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of the month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _mothers_day(year: int, country: str) -> date:
    if country in EASTER_COUNTRIES_MOTHER:
        return easter(year) - timedelta(days=21)
    if country == "FR":  # the last Sunday of May, unless that is Pentecost
        last = max(_weekday(year, 5, SUNDAY, nth) for nth in (4, 5) if _weekday(year, 5, SUNDAY, nth).month == 5)
        return last + timedelta(days=7) if last == easter(year) + timedelta(days=49) else last
    return _weekday(year, 5, SUNDAY, 2)


def _fathers_day(year: int, country: str) -> date:
    if country == "DE":
        return easter(year) + timedelta(days=39)
    if country in ("ES", "IT", "PT"):
        return date(year, 3, 19)
    return _weekday(year, 9, SUNDAY, 1) if country in ("AU", "NZ") else _weekday(year, 6, SUNDAY, 3)


def _thanksgiving(year: int, country: str) -> date:
    return _weekday(year, 10, calendar.MONDAY, 2) if country == "CA" else _weekday(year, 11, THURSDAY, 4)


_MOVABLE: dict[str, Callable[[int, str], date]] = {
    "easter": lambda year, country: easter(year),
    "mothers_day": _mothers_day,
    "fathers_day": _fathers_day,
    "thanksgiving": _thanksgiving,
}


@lru_cache(maxsize=64)
def _lunar(occasion: str, year: int) -> date | None:
    import holidays  # a fifth of a second, which only these feasts need

    country, category, name = LUNAR[occasion]
    kept = holidays.country_holidays(country, years=(year - 1, year), categories=(category,), language="en_US")
    days = {day for day, names in kept.items() if name in names}
    # The first of several days; Hanukkah may last into the next year.
    return min((day for day in days if day.year == year and day - timedelta(days=1) not in days), default=None)
