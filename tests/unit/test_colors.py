"""A colour is filled in only where a title or an option plainly says it."""

from __future__ import annotations

import pytest

from tools.catalog.intake.colors import stated_colors


@pytest.mark.parametrize(
    ("title", "colors"),
    [
        ("Scarf, navy blue", ["navy blue"]),
        ("Mug (red/white)", ["red", "white"]),
        ("Tee - Black", ["black"]),
        ("A dress in dark green", ["dark green"]),
        ("Orange County Map", []),
        ("Gold plated ring", []),
        ("Made in China", []),
        ("Box, Hazelnut", []),
        ("Printer ink Black 6 pieces", []),
        ("( " * 100_000, []),
        ("", []),
    ],
)
def test_the_end_of_a_title_is_a_colour_only_where_it_is_nothing_else(title: str, colors: list[str]) -> None:
    assert stated_colors(title) == colors


def test_an_option_of_that_name_is_a_colour_whatever_it_says() -> None:
    assert stated_colors("Sock", [{"Colour": "Sea Breeze", "Size": "Red"}]) == ["sea breeze"]
