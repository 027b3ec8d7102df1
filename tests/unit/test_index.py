"""The index finds by stems, and whatever it finds satisfies every filter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_catalog, a_product
from tests.fakes.shelves import FILTERS, PRODUCTS, passes
from tools.catalog.interface import Catalog
from tools.catalog.search.index import Filters, TextIndex, quality
from tools.lexicon.stems import stems
from tools.product import Product

SHOP = [
    a_product("pot", "29.40", title="Glass Teapot", description="For loose tea.", rating=4.6, rating_count=300),
    a_product("tin", "8.75", title="Tin of Green Tea", tags=["tea"], rating=4.9, rating_count=1),
    a_product("print", "12.00", title="Jazz Print", description="Café at night.", interests=["jazz"]),
    a_product("gone", "5.00", title="Tea Cosy", stock=0),
    a_product("euro", "5.00", "EUR", title="Tea Strainer"),
    a_product("cake", "30.00", title="Tea Cake", need="cake", age_min_years=3, age_max_years=6),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    return a_catalog(tmp_path_factory.mktemp("shop"), SHOP).index


def found(hits: list[tuple[Product, float]]) -> list[str]:
    return [product.product_id for product, _ in hits]


def search(index: TextIndex, *phrases: str, **filters: Any) -> set[str]:
    return set(found(index.search([stems(phrase) for phrase in phrases], Filters(**filters), 10)))


def test_a_word_is_found_in_every_inflection_case_and_accent(index: TextIndex) -> None:
    assert search(index, "TEAPOTS") == {"pot"}
    assert search(index, "cafe") == search(index, "Café") == {"print"}


def test_all_words_of_a_group_must_occur_and_any_group_is_enough(index: TextIndex) -> None:
    assert search(index, "green tea") == {"tin"}
    assert search(index, "green tea", "jazz") == {"tin", "print"}


def test_nothing_to_look_for_finds_nothing(index: TextIndex) -> None:
    assert index.search([], Filters(), 10) == []
    assert index.search([()], Filters(), 10) == []
    assert index.cheapest(Filters(), 10, [()]) == []


def test_a_search_that_was_asked_before_is_answered_anew_to_each_who_asks(index: TextIndex) -> None:
    first = index.search([stems("tea")], Filters(price_max=2000), 10)
    first.clear()
    assert search(index, "tea", price_max=2000) == {"tin", "euro"}
    assert search(index, "tea", price_max=3000) == {"tin", "euro", "pot", "cake"}
    assert len(index.search([stems("tea")], Filters(price_max=3000), 2)) == 2


@pytest.mark.parametrize("text", ['") OR *', "title:tea^9", "tea AND NOT (", "-tea +", "~", "[* TO *]"])
def test_what_a_shopper_writes_is_never_query_syntax(index: TextIndex, text: str) -> None:
    assert search(index, text) <= {product.product_id for product in SHOP}


def test_only_what_is_available_is_found(index: TextIndex) -> None:
    assert "gone" not in search(index, "tea")
    assert "gone" in search(index, "tea", available_only=False)


def test_a_newborns_present_ends_at_nought(tmp_path: Path) -> None:
    index = a_catalog(tmp_path, [a_product("rattle", age_max_years=0), a_product("mug")]).index
    assert found(index.best_rated(Filters(age_years=1), 5)) == ["mug"]
    assert set(found(index.best_rated(Filters(age_years=0), 5))) == {"mug", "rattle"}


def test_an_excluded_stem_or_id_is_not_found(index: TextIndex) -> None:
    assert search(index, "tea", exclude_stems=frozenset(stems("loose"))) == search(index, "tea") - {"pot"}
    assert search(index, "tea", exclude_ids=frozenset({"tin"})) == search(index, "tea") - {"tin"}


def test_filters_do_not_move_scores(index: TextIndex) -> None:
    plain = index.search([stems("tea")], Filters(), 10)
    filtered = index.search([stems("tea")], Filters(currency="USD", price_max=9999, need="gift"), 10)
    scores = {product.product_id: score for product, score in plain}
    assert filtered
    assert all(score == pytest.approx(scores[product.product_id]) for product, score in filtered)


def test_the_title_counts_more_than_the_description(index: TextIndex) -> None:
    assert found(index.search([stems("tea")], Filters(currency="USD", need="gift"), 10))[0] == "tin"


def test_the_cheapest_come_in_order_of_price(index: TextIndex) -> None:
    assert found(index.cheapest(Filters(currency="USD"), 10)) == ["tin", "print", "pot", "cake"]
    assert found(index.cheapest(Filters(currency="USD"), 10, [stems("tea")])) == ["tin", "pot", "cake"]


def test_a_rating_by_many_is_better_than_a_higher_one_by_few(index: TextIndex) -> None:
    assert found(index.best_rated(Filters(currency="USD"), 2)) == ["pot", "tin"]


@given(st.floats(0, 5), st.integers(0, 10**6), st.integers(0, 10**6))
def test_quality_shrinks_towards_the_mean_the_fewer_have_rated(rating: float, one: int, other: int) -> None:
    few, many = sorted((one, other))
    shrunk, plain = (quality(a_product(rating=rating, rating_count=count)) for count in (few, many))
    assert abs(shrunk - 4.0) <= abs(plain - 4.0) + 1e-9
    assert min(rating, 4.0) - 1e-9 <= shrunk <= max(rating, 4.0) + 1e-9


def test_one_bad_rating_is_worse_than_none_and_one_good_one_better() -> None:
    bad, good = (a_product(rating=rating, rating_count=1) for rating in (1.0, 5.0))
    assert quality(bad) < quality(a_product()) < quality(good)


def test_a_product_comes_back_as_it_went_in(tmp_path: Path) -> None:
    product = a_product("a/b c", "1.50", title="Ünïque", tags=["x"], stock=2, pack_size=3, rating=4.25, rating_count=7)
    index = a_catalog(tmp_path, [product, a_product("b")]).index
    assert index.product("a/b c") == product
    assert index.product("a/b") is None
    assert index.count(Filters(available_only=False)) == 2


@settings(max_examples=30, deadline=None)
@given(PRODUCTS, st.lists(FILTERS, min_size=6, max_size=6))
def test_found_is_exactly_what_passes_every_filter(
    tmp_path_factory: pytest.TempPathFactory, fields: list[dict[str, Any]], all_filters: list[Filters]
) -> None:
    products = [a_product(f"p{i}", **one) for i, one in enumerate(fields)]
    catalog: Catalog = a_catalog(tmp_path_factory.mktemp("shop"), products)
    for filters in all_filters:
        allowed = {p.product_id for p in products if passes(p, filters)}
        with_tea = {p.product_id for p in products if "Tea" in p.title}
        assert set(found(catalog.index.best_rated(filters, 50))) == allowed
        assert set(found(catalog.index.cheapest(filters, 50))) == allowed
        assert set(found(catalog.index.search([stems("tea")], filters, 50))) == allowed & with_tea
        assert catalog.index.count(filters) == len(allowed)
