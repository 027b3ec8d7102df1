"""Each source looks from its own side and never outside the hard filters; ranks are fused as published."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget, Need
from tools.catalog.interface import Catalog
from tools.planning import retrieval
from tools.planning.retrieval import RRF_K, fuse, fused_scores
from tools.request import Request

GIFT = Need(kind="gift")
SHOP = [
    a_product("teapot", "29.00", title="Glass Teapot", interests=["tea"], tags=["steep", "glass"]),
    a_product("tin", "9.00", title="Green Tea in a Tin", interests=["tea"], tags=["steep"]),
    a_product("cheap-tea", "2.00", title="Tea Bag Rest", interests=["tea"]),
    a_product("coffee", "19.00", title="Coffee Grinder", interests=["coffee"]),
    a_product("poster", "19.00", title="Jazz Poster", interests=["jazz"], rating=4.9, rating_count=900),
    a_product("party-mug", "12.00", title="Mug", occasions=["mothers day"], rating=3.0, rating_count=9),
    a_product("toy", "5.00", title="Tea Set for Dolls", age_max_years=6),
    a_product("cake", "25.00", title="Tea Cake", need="cake"),
    a_product("gone", "5.00", title="Tea Cosy", stock=0),
    a_product("euro", "5.00", "EUR", title="Tea Strainer"),
]
EVERY_SOURCE = [
    lambda *args: retrieval.by_text(*args, "tea"),
    retrieval.by_likeness,
    retrieval.by_occasion,
    retrieval.by_price,
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_catalog(tmp_path_factory.mktemp("shop"), SHOP)


def asking(widened: int = 0, ideas: tuple[str, ...] = (), **brief: Any) -> Request:
    return Request(brief=Brief.model_validate(brief), widened=widened, ideas=list(ideas))


@pytest.mark.parametrize("source", EVERY_SOURCE)
def test_no_source_returns_what_the_filters_exclude(shop: Catalog, source: Any) -> None:
    request = asking(
        interests=["tea"],
        recipient={"age_years": 40},
        budget=Budget(min="3", max="20"),
        avoid=["tin"],
        occasion="birthday",
    )
    assert set(source(shop, request, GIFT)) <= {"coffee", "poster", "party-mug"}


@pytest.mark.parametrize("source", EVERY_SOURCE)
def test_a_source_returns_no_id_twice(shop: Catalog, source: Any) -> None:
    ids = source(shop, asking(interests=["tea", "jazz"], theme="tea", occasion="mothers_day"), GIFT)
    assert len(ids) == len(set(ids))


def test_by_text_what_names_the_wish_comes_before_what_belongs_to_it(shop: Catalog) -> None:
    ids = retrieval.by_text(shop, asking(), GIFT, "tea")
    assert {"tin", "cheap-tea", "teapot", "toy"} <= set(ids)
    assert "poster" not in ids


def test_by_likeness_follows_the_pick_the_shopper_liked(shop: Catalog) -> None:
    assert retrieval.by_likeness(shop, asking(like="teapot"), GIFT)[:2] == ["teapot", "tin"]


def test_by_likeness_a_liked_pick_that_has_left_the_catalogue_is_no_error(shop: Catalog) -> None:
    assert retrieval.by_likeness(shop, asking(like="sold-out"), GIFT) == []


def test_by_occasion_products_meant_for_it_come_with_the_best_rated(shop: Catalog) -> None:
    assert set(retrieval.by_occasion(shop, asking(occasion="mothers_day"), GIFT)[:2]) == {"party-mug", "poster"}


def test_by_price_the_cheapest_come_first(shop: Catalog) -> None:
    assert retrieval.by_price(shop, asking(), GIFT)[:2] == ["cheap-tea", "toy"]


def test_the_lower_end_of_a_budget_does_not_bind_a_pack_of_many(shop: Catalog) -> None:
    request = asking(budget=Budget(min="10", max="30"), needs=[Need(kind="gift", quantity=6)])
    assert "cheap-tea" in retrieval.by_price(shop, request, request.brief.wanted[0])


def test_neighbouring_interests_are_looked_for_only_once_the_search_is_widened() -> None:
    assert retrieval.wishes(asking(interests=["tea"]), GIFT) == ["tea"]
    assert "coffee" in retrieval.wishes(asking(interests=["tea"], widened=1), GIFT)
    assert retrieval.wishes(asking(interests=["tea"], theme="tea", widened=1), GIFT).count("tea") == 1


def test_a_widened_search_looks_deeper() -> None:
    assert retrieval.depth(asking(widened=1)) > retrieval.depth(asking())


RANKINGS = st.lists(st.lists(st.sampled_from("abcdef"), unique=True), max_size=4)


@given(RANKINGS)
def test_fusion_is_the_sum_of_one_over_k_plus_rank(rankings: list[list[str]]) -> None:
    scores = fused_scores(rankings)
    assert set(scores) == {i for ranking in rankings for i in ranking}
    for product_id, value in scores.items():
        ranks = [ranking.index(product_id) + 1 for ranking in rankings if product_id in ranking]
        assert value == pytest.approx(sum(1 / (RRF_K + rank) for rank in ranks))


@given(RANKINGS)
def test_fused_ids_come_best_first_and_ties_always_the_same_way(rankings: list[list[str]]) -> None:
    scores = fused_scores(rankings)
    assert list(scores) == fuse(rankings) == sorted(scores, key=lambda i: (-scores[i], i))


@given(st.lists(st.sampled_from("abcdef"), unique=True))
def test_one_ranking_alone_stays_as_it_is(ranking: list[str]) -> None:
    assert fuse([ranking]) == ranking
