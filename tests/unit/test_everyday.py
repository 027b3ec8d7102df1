"""What is bought because something ran out or broke is nobody's present, unless it was asked for."""

from __future__ import annotations

import pytest

from tests.fakes.products import a_product
from tools.planning.everyday import everyday


@pytest.mark.parametrize(
    ("title", "category", "wishes", "expected"),
    [
        ("Acme 44 Toner Cartridge", "Office", [], 1.0),
        ("Rocket Super Refill Pack", "Toys", ["outdoors"], 1.0),
        ("Whole White Garlic Bulb", "groceries", [], 0.7),
        ("Fountain Pen Ink, Emerald", "Stationery", ["ink"], 0.0),
        ("Forged Secateurs", "Garden", [], 0.0),
    ],
)
def test_supplies_are_no_gift_unless_a_wish_names_them(
    title: str, category: str, wishes: list[str], expected: float
) -> None:
    assert everyday(a_product("p", "9.00", title=title, category=category), wishes) == expected
