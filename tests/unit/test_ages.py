"""Ages in words become whole years, to the safe side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.catalog.intake.ages import Ages, read_ages


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Manufacturer recommended age:3 years and up Item model number36200", Ages(3)),
        ("Manufacturer recommended age:36 months - 8 years Item", Ages(3, 8)),
        ("4 - 8 years", Ages(4, 8)),
        ("18 months and up", Ages(2)),
        ("1 month and up", Ages(1)),
        ("0 months and up", Ages(0)),
        ("6 months - 3 years", Ages(1, 3)),
        ("3-6 months", Ages(1, 1)),
        ("0-18 months", Ages(0, 1)),
        ("Ages 8+", Ages(8)),
        ("8+", Ages(8)),
        ("36m+", Ages(3)),
        ("8", Ages(8)),
        ("3-5", Ages(3, 5)),
        ("from 3 years", Ages(3)),
        ("Ages three and older", Ages(3)),
        ("Minimum age: 14 years", Ages(14)),
        ("Suitable ages: Above 14 Years old", Ages(14)),
        ("Recommended Age: 0-6 monthsPackage Includes", Ages(0, 0)),
        ("Age 6+ up to 12 years", Ages(6, 12)),
        ("Suitable for children up to 7 years old", Ages(None, 7)),
        ("all ages", Ages()),
        ("", Ages()),
    ],
)
def test_an_age_text_is_read(text: str, ages: Ages) -> None:
    assert read_ages([text]) == ages


@pytest.mark.parametrize("text", ["5 - 3 years", "36 months - 1 years", "3 - 3 years"])
def test_an_upper_end_that_is_not_above_the_lower_one_is_no_upper_end(text: str) -> None:
    assert read_ages([text]).max is None
    assert read_ages([text]).min in (3, 5)


@pytest.mark.parametrize(
    "warning",
    [
        "Not suitable for children under 36 months.",
        "NOT SUIABLE FOR CHILDREN UNDER 36 MONTHS DUE TO SMALL PARTS",
        "Warning: not for children under the age of 3 years",
        "Not suitable for children under 3.",
        "Not suitable for 0-3 years",
        "CHOKING HAZARD - small parts, not for children under 3 yrs.",
    ],
)
def test_a_warning_is_a_minimum_age_wherever_it_stands(warning: str) -> None:
    assert read_ages([warning]) == read_ages([], description=warning) == Ages(3)
    assert read_ages(["6 months and up"], description=f"A rattle. {warning}") == Ages(3)


def test_the_highest_minimum_stated_counts() -> None:
    assert read_ages(["3 years and up"], description="Fun for the family. Ages 8 and over.") == Ages(8)


def test_a_size_in_the_title_closes_an_open_age() -> None:
    assert read_ages(["3 years and up"], title="White Tiger Costume Age 2-3") == Ages(3, 3)


def test_the_category_shelf_speaks_only_where_nothing_else_does() -> None:
    assert read_ages([], category="Thomas & Friends > Ages 3-4 Years") == Ages(3, 4)
    assert read_ages(["2 years and up"], category="Thomas & Friends > Ages 3-4 Years") == Ages(2)


@pytest.mark.parametrize(
    "prose",
    [
        "Age 40/40th Birthday Banner",
        "3 Banners Age 90 Party Decoration",
        "For over 100 years we have made kites",
        "We have had umbrellas for over ten years",
        "10 YEAR GUARANTEE on timber",
        "toys for eleven year olds",
        "For 2 to 4 players of varying ages",
        "Delivered in 2 - 3 months",
        "Not suitable for loads under 3 kg",
        "Avengers Age of Ultron 3 pens",
        "Size 10-12",
    ],
)
def test_other_numbers_are_no_ages(prose: str) -> None:
    assert read_ages([], description=prose) == Ages()


@given(st.lists(st.text(), max_size=2), st.text(), st.text(), st.text())
def test_whatever_is_written_a_range_is_never_upside_down(a: list[str], t: str, c: str, d: str) -> None:
    ages = read_ages(a, t, c, d)
    assert ages.min is None or 0 <= ages.min <= 120
    assert ages.min is None or ages.max is None or ages.min <= ages.max


@given(st.integers(0, 240), st.integers(1, 240))
def test_no_child_below_the_stated_months_is_admitted(low: int, more: int) -> None:
    ages = read_ages([f"{low} months - {low + more} months"])
    assert ages.min is not None
    assert ages.min * 12 >= low
