"""Which of the products on the table words point at: one, several, or none."""

from __future__ import annotations

import pytest

from tests.fakes.products import a_product
from tools.shopper.pointing import pointed_at

TABLE = [
    a_product(
        "1", "38.00", title="Teapot in Cast Iron", rating=4.9, rating_count=18, materials=["iron"], colors=["black"]
    ),
    a_product(
        "2", "14.00", title="Navy Mug", rating=4.4, rating_count=77, materials=["ceramic"], category="Home > Mugs"
    ),
    a_product(
        "3", "29.50", title="Train Set", rating=4.7, rating_count=98, materials=["wood"], category="Toys > Trains"
    ),
    a_product(
        "4", "32.20", title="Wooden Chess Board", brand="Ashton", colors=["brown"], category="Games > Board games"
    ),
]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("2", [2]), ("-1", [4]), ("9", []), ("the teapot", [1]), ("train set", [3]), ("blue", [2]), ("black", [1]),
        ("wooden", [3, 4]), ("game", [4]), ("ashton", [4]), ("cheapest", [2]), ("most expensive", [1]),
        ("best rated", [1]), ("most popular", [3]), ("$32 one", [4]), ("$29.50", [3]), ("trian set", [3]),
        ("drone", []), ("the one", []), ("red mug", []),
    ],
)  # fmt: skip
def test_title_brand_look_kind_price_and_superlatives_point(words: str, places: list[int]) -> None:
    assert pointed_at(words, TABLE) == places
