"""A product says what it is; what is unknown binds nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.fakes.products import a_product
from tools.product import NEED_KINDS, NEED_NAMES, Product


@pytest.mark.parametrize(("stock", "available"), [(None, True), (1, True), (0, False)])
def test_a_product_is_available_unless_its_stock_is_none(stock: int | None, available: bool) -> None:
    assert a_product(stock=stock).available is available


@pytest.mark.parametrize(
    ("low", "high", "age", "suits"),
    [
        (3, 6, 2, False), (3, 6, 3, True), (3, 6, 6, True), (3, 6, 7, False),
        (None, 6, 0, True), (3, None, 99, True), (None, None, 50, True), (0, 0, 1, False),
    ],
)  # fmt: skip
def test_an_age_range_includes_both_ends_and_an_unstated_end_does_not_bind(
    low: int | None, high: int | None, age: int, suits: bool
) -> None:
    assert a_product(age_min_years=low, age_max_years=high).suits_age(age) is suits


@given(st.integers(1, 10_000), st.integers(1, 500))
def test_packs_hold_at_least_the_units_and_no_pack_is_superfluous(units: int, pack_size: int) -> None:
    packs = a_product(pack_size=pack_size).packs_for(units)
    assert packs * pack_size >= units
    assert (packs - 1) * pack_size < units


def test_rules_read_every_field_that_says_what_it_is_made_of() -> None:
    product = a_product(
        title="Ttl", description="Dsc", category="Ctg", tags=["tg"], contains=["cnt"], materials=["mat"], brand="Brnd"
    )
    assert {"ttl", "dsc", "ctg", "tg", "cnt", "mat"} <= set(product.rule_stems)
    assert "brnd" not in product.rule_stems  # a brand's name is no ingredient


def test_words_of_neighbouring_fields_make_no_phrase() -> None:
    product = a_product(title="Book", description="End of the shelf", tags=["tea", "set"])
    assert " ".join(product.field_stems["title"]) == "book"
    assert "Book End" not in product.rule_text


def test_a_product_survives_json() -> None:
    product = a_product(price="9.90", tags=["a"], rating=4.5, stock=3, pack_size=6)
    assert Product.model_validate_json(product.model_dump_json(exclude_defaults=True)) == product


@pytest.mark.parametrize(
    "fields",
    [{"rating": 5.1}, {"stock": -1}, {"pack_size": 0}, {"age_min_years": -1}, {"title": " "}, {"need": "rent"}],
)
def test_impossible_values_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        a_product(**fields)


def test_every_need_has_a_name_in_a_shoppers_words() -> None:
    assert set(NEED_NAMES) == set(NEED_KINDS)
