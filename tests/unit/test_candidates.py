"""Candidates are what the sources found, looked up again: each keeps every rule, and the others are counted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget, Need
from tools.catalog.interface import Catalog
from tools.planning.accounting import Line
from tools.planning.candidates import Candidates, assess, wishes_of
from tools.planning.offers import Limits, Offer
from tools.request import Request

SHOP = [
    a_product("teapot", "10.00", interests=["tea"]),
    a_product("mug", "10.01"),
    a_product("few", "1.00", stock=2),
    a_product("gone", "1.00", stock=0),
    a_product("cake", "9.00", need="cake"),
    a_product("euro", "1.00", "EUR"),
    a_product("toy", "1.00", age_max_years=3),
    a_product("book", "1.00", title="A Book"),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_catalog(tmp_path_factory.mktemp("shop"), SHOP)


def found(shop: Catalog, request: Request, *rankings: list[str], need: Any = "gift") -> Candidates:
    return assess(shop, request, {need: list(rankings)})


def ids(candidates: Candidates, need: Any = "gift") -> list[str]:
    return [scored.product.product_id for scored in candidates.by_need[need]]


@pytest.mark.parametrize(
    ("product_id", "reason"),
    [
        ("mug", "outside the budget"),
        ("few", "not enough in stock"),
        ("gone", "out of stock"),
        ("cake", "no gift"),
        ("euro", "priced in EUR"),
        ("toy", "not for age 40"),
        ("book", "rule: books"),
        ("teapot", "turned down or shown before"),
    ],
)
def test_what_must_not_be_shown_is_removed_and_counted_under_its_reason(
    shop: Catalog, product_id: str, reason: str
) -> None:
    fields: dict[str, Any] = {"needs": [Need(kind="gift", quantity=3)]} if product_id == "few" else {}
    brief = Brief(avoid=["books"], budget=Budget(max="10"), recipient={"age_years": 40}, **fields)
    candidates = found(shop, Request(brief=brief, seen=["teapot"]), [product_id])
    assert ids(candidates) == []
    assert candidates.removed == {reason: 1}


def test_an_id_that_has_left_the_catalogue_is_no_candidate(shop: Catalog) -> None:
    assert ids(found(shop, Request(brief=Brief()), ["sold", "mug"])) == ["mug"]


def test_the_best_comes_first_whatever_the_sources_order(shop: Catalog) -> None:
    request = Request(brief=Brief(interests=["tea"]))
    assert (
        ids(found(shop, request, ["mug", "teapot"]))
        == ids(found(shop, request, ["teapot"], ["mug"]))
        == ["teapot", "mug"]
    )


def test_what_several_sources_found_scores_higher_than_what_one_found(shop: Catalog) -> None:
    both = found(shop, Request(brief=Brief()), ["few", "book"], ["book"])
    assert {s.product.product_id: s.parts["retrieval"] for s in both.by_need["gift"]}["book"] == 1
    assert ids(both) == ["book", "few"]


def test_a_need_nobody_found_anything_for_has_no_candidates(shop: Catalog) -> None:
    brief = Brief(needs=[Need(kind="cake"), Need(kind="favours")])
    candidates = found(shop, Request(brief=brief), ["cake"], need="cake")
    assert (ids(candidates, "cake"), ids(candidates, "favours")) == (["cake"], [])


def test_neighbouring_interests_are_wishes_only_once_the_search_is_widened() -> None:
    brief = Brief(interests=["tea"], theme="pirate")
    assert wishes_of(Request(brief=brief, ideas=["mug"])).neighbours == ()
    widened = wishes_of(Request(brief=brief, ideas=["mug"], widened=1))
    assert "coffee" in widened.neighbours
    assert (widened.named, widened.ideas) == (("tea", "pirate"), ("mug",))


def test_within_a_plan_only_the_totals_upper_end_binds_one_need() -> None:
    cake, favours = Need(kind="cake"), Need(kind="favours", quantity=6)
    budget = Budget(min="50", max="60")
    within, alone = Brief(needs=[cake, favours], budget=budget), Brief(needs=[cake], budget=budget)
    for brief, admitted in ((within, [1, 4999, 5000, 6000]), (alone, [5000, 6000])):
        limits = Limits.of(brief, cake, "USD")
        assert [c for c in (1, 4999, 5000, 6000, 6001) if limits.admit(Offer(Line("cake", c)))] == admitted
