"""The next day of an occasion is right across leap years, countries and calendars."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.memory.calendar import FIXED, LUNAR, age_on, next_day

MOVABLE = ["easter", "mothers_day", "fathers_day", "thanksgiving"]


@pytest.mark.parametrize(
    ("occasion", "country", "today", "expected"),
    [
        ("christmas", "US", "2026-12-25", "2026-12-25"),
        ("christmas", "US", "2026-12-26", "2027-12-25"),
        ("easter", "US", "2026-01-01", "2026-04-05"),
        ("easter", "US", "2026-04-06", "2027-03-28"),
        ("mothers_day", "US", "2026-01-01", "2026-05-10"),
        ("mothers_day", "GB", "2026-01-01", "2026-03-15"),
        ("mothers_day", "FR", "2026-01-01", "2026-05-31"),
        ("mothers_day", "FR", "2020-01-01", "2020-06-07"),
        ("fathers_day", "US", "2026-01-01", "2026-06-21"),
        ("fathers_day", "DE", "2026-01-01", "2026-05-14"),
        ("fathers_day", "AU", "2026-01-01", "2026-09-06"),
        ("thanksgiving", "US", "2026-01-01", "2026-11-26"),
        ("thanksgiving", "CA", "2026-01-01", "2026-10-12"),
        ("lunar_new_year", "US", "2026-01-01", "2026-02-17"),
        ("diwali", "US", "2026-01-01", "2026-11-08"),
        ("eid", "US", "2026-01-01", "2026-03-20"),
        ("hanukkah", "US", "2026-01-01", "2026-12-05"),
        ("hanukkah", "US", "2025-01-01", "2025-12-15"),
    ],
)
def test_feasts_that_move_are_found(occasion: str, country: str, today: str, expected: str) -> None:
    found = next_day(occasion, date.fromisoformat(today), country=country)
    assert found is not None
    # The moon is sighted, not computed: a day more or less is within what the calendars themselves leave open.
    off = abs((found - date.fromisoformat(expected)).days)
    assert off <= (1 if occasion in LUNAR else 0), found


def test_a_leap_day_comes_every_year_on_its_eve() -> None:
    assert next_day("birthday", date(2026, 1, 1), month=2, day=29) == date(2026, 2, 28)
    assert next_day("birthday", date(2027, 3, 1), month=2, day=29) == date(2028, 2, 29)
    assert next_day("birthday", date(2026, 3, 1), month=2, day=29) == date(2027, 2, 28)


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.sampled_from([*FIXED, *MOVABLE]),
    st.sampled_from(["US", "GB", "FR", "DE", "CA"]),
)
def test_the_next_day_is_never_past_and_never_more_than_thirteen_months_away(
    today: date, occasion: str, country: str
) -> None:
    found = next_day(occasion, today, country=country)
    assert found
    assert timedelta(0) <= found - today < timedelta(days=400)
    assert next_day(occasion, found, country=country) == found


def test_an_occasion_without_a_day_of_its_own_has_none() -> None:
    assert next_day("graduation", date(2026, 1, 1)) is None


def test_ages_advance_on_the_birthday() -> None:
    assert age_on(2018, (6, 14), date(2026, 6, 13)) == 7
    assert age_on(2018, (6, 14), date(2026, 6, 14)) == 8
    assert age_on(2018, None, date(2026, 1, 1)) == 8
    assert age_on(2016, (2, 29), date(2026, 2, 28)) == 10
