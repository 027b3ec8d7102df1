"""When nothing fits, every change that is offered would help, by exactly as much as is said; nothing is applied."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_catalog, a_product
from tests.fakes.shops import (
    PLACES,
    briefs,
    cost_of,
    fitting,
    keeps_rules,
    plans,
    products,
    recommend,
    sold,
)
from tools.brief import Brief, Budget, Need
from tools.money import Money
from tools.planning.bounds import need_bounds
from tools.planning.matching import match
from tools.product import Product
from tools.request import Outcome, Relaxation, Request

RANDOM = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
CURRENCIES = st.sampled_from(sorted(PLACES))


@RANDOM
@given(CURRENCIES, st.data())
def test_every_change_offered_for_one_need_makes_it_possible_and_opens_exactly_so_many(
    tmp_path_factory: pytest.TempPathFactory, currency: str, data: st.DataObject
) -> None:
    shop = data.draw(products(currency, plan=False))
    all_briefs = data.draw(st.lists(briefs(currency, plan=False), min_size=6, max_size=6))
    impossible = [brief for brief in all_briefs if not fitting(shop, brief, currency)]
    assume(impossible)
    catalog = a_catalog(tmp_path_factory.mktemp("shop"), shop, currency)
    for brief in impossible:
        (need,) = brief.wanted
        outcome = recommend(catalog, Request(brief=brief))
        for offered in outcome.relaxations:
            changed = offered.apply(brief)
            opened = fitting(shop, changed, currency)
            assert len(opened) == offered.opens > 0, offered
            assert recommend(catalog, Request(brief=changed)).status == "recommended", offered
        assert closest_cost(outcome) == closest(shop, brief, need, currency)


def closest_cost(outcome: Outcome) -> Decimal | None:
    return outcome.closest_cost.amount if outcome.closest_cost else None


def cheapest(shop: list[Product], brief: Brief, need: Need, currency: str) -> Decimal | None:
    return min((cost_of(p, need) for p in shop if keeps_rules(p, brief, need, currency)), default=None)


def closest(shop: list[Product], brief: Brief, need: Need, currency: str) -> Decimal | None:
    """What bears all wishes' names, else one's, else belongs to one; of those, what misses the budget by least."""
    bounds = need_bounds(brief, need, currency)
    allowed = [p for p in shop if keeps_rules(p, brief, need, currency)]
    wished = [p for p in allowed if any(match(p, wish) for wish in brief.interests)]

    def distance(product: Product) -> tuple[int, int, Decimal]:
        named = set(brief.interests) & set(product.title.lower().split())
        cost = Money.of(cost_of(product, need), currency).minor
        missed = max(bounds.low - cost, 0) + max(cost - bounds.high if bounds.high is not None else 0, 0)
        rank = 0 if not wished or named == set(brief.interests) else 2 - bool(named)
        return rank, missed, cost_of(product, need)

    return cost_of(min(wished or allowed, key=distance), need) if allowed else None


@RANDOM
@given(CURRENCIES, st.data())
def test_every_change_offered_for_a_plan_makes_it_possible(
    tmp_path_factory: pytest.TempPathFactory, currency: str, data: st.DataObject
) -> None:
    shop = data.draw(products(currency, plan=True))
    all_briefs = data.draw(st.lists(briefs(currency, plan=True), min_size=6, max_size=6))
    impossible = [brief for brief in all_briefs if not plans(shop, brief, currency)]
    assume(impossible)
    catalog = a_catalog(tmp_path_factory.mktemp("shop"), shop, currency)
    for brief in impossible:
        outcome = recommend(catalog, Request(brief=brief))
        for offered in outcome.relaxations:
            changed = offered.apply(brief)
            assert len(plans(shop, changed, currency)) >= 1, offered
            assert recommend(catalog, Request(brief=changed)).status == "recommended", offered
        needs = sold(shop, brief, currency)
        costs = [cheapest(shop, brief, need, currency) for need in needs]
        total = sum(c for c in costs if c is not None)
        assert closest_cost(outcome) == (total if needs and None not in costs else None)


# -- what is offered, in words ------------------------------------------------


def changes(folder: Path, shop: list[Product], seen: tuple[str, ...] = (), **brief: Any) -> list[Relaxation]:
    request = Request(brief=Brief.model_validate(brief), seen=list(seen))
    outcome = recommend(a_catalog(folder, shop), request)
    assert outcome.status == "infeasible"
    return [offered.model_copy(update={"sets": {}}) for offered in outcome.relaxations]


def test_a_higher_budget_is_named_to_the_cent(tmp_path: Path) -> None:
    shop = [a_product("teapot", "12.95", interests=["tea"]), a_product("mug", "3")]
    assert changes(tmp_path, shop, interests=["tea"], budget=Budget(max="12.94")) == [
        Relaxation(change="raise the budget to $12.95 ($0.01 more)", opens=1)
    ]


def test_a_higher_budget_each_covers_the_whole_cost(tmp_path: Path) -> None:
    shop = [a_product("favour", "10.00", need="favours", pack_size=5)]
    (raised,) = changes(tmp_path, shop, needs=[Need(kind="favours", quantity=12)], budget=Budget(max="2", per="each"))
    assert raised.change == "raise the budget to $2.50 each ($6.00 more)"


def test_where_only_cheaper_binds_no_higher_budget_is_asked_for(tmp_path: Path) -> None:
    shop = [a_product("teapot", "45.00")]
    (offered,) = changes(tmp_path, shop, budget=Budget(max="60"), price_cap="39.99")
    assert offered.change == "pay $45.00 ($5.01 more)"


def test_the_lower_end_is_dropped_only_where_that_helps(tmp_path: Path) -> None:
    shop = [a_product("a", "5"), a_product("b", "6"), a_product("c", "99")]
    offered = changes(tmp_path, shop, budget=Budget(min="40", max="60"))
    assert offered == [Relaxation(change="drop the lower end of $40.00", opens=2)]


def test_dropping_an_avoided_thing_says_how_many_it_opens(tmp_path: Path) -> None:
    shop = [a_product(f"b{i}", title="Book") for i in range(3)]
    assert changes(tmp_path, shop, avoid=["books", "glitter"]) == [Relaxation(change='allow "books"', opens=3)]


def test_an_allergy_is_never_offered_for_relaxing(tmp_path: Path) -> None:
    shop = [a_product("a", title="Almond Box")]
    assert changes(tmp_path, shop, allergies=["nuts"]) == []
    assert changes(tmp_path, shop, allergies=["nuts"], avoid=["nuts"]) == []


def test_what_was_turned_down_is_not_counted_and_not_the_closest(tmp_path: Path) -> None:
    shop = [a_product("a", "20"), a_product("b", "30")]
    (raised,) = changes(tmp_path, shop, seen=("a",), budget=Budget(max="10"))
    assert raised == Relaxation(change="raise the budget to $30.00 ($20.00 more)", opens=1)


def test_words_that_stand_apart_are_no_wish_answered(tmp_path: Path) -> None:
    """Its words are all there, but it is no board game: raising the budget to its price would not help."""
    shop = [a_product("cards", "20", title="Card Game", description="In a box of grey board"), a_product("mug", "5")]
    request = Request(brief=Brief(interests=["board games"], budget=Budget(max="10")))
    assert [p.product_id for p in recommend(a_catalog(tmp_path, shop), request).picks] == ["mug"]


def test_leaving_out_what_counts_the_heads_lowers_a_budget_per_head(tmp_path: Path) -> None:
    """Twelve favours at $2 a head make $24 for everything; without them $2 are left for the cake."""
    shop = [a_product("cake", "20.00", need="cake"), a_product("favour", "1.00", need="favours")]
    needs = [Need(kind="cake"), Need(kind="favours", quantity=12)]
    offered = [c.change for c in changes(tmp_path, shop, needs=needs, budget=Budget(max="2", per="each"))]
    assert "leave out the party favours" not in offered
    assert "leave out the cake" in offered


def test_a_plan_too_cheap_for_its_lower_end_may_drop_it(tmp_path: Path) -> None:
    shop = [a_product("cake", "20.00", need="cake"), a_product("favour", "1.00", need="favours")]
    needs = [Need(kind="cake"), Need(kind="favours")]
    offered = [c.change for c in changes(tmp_path, shop, needs=needs, budget=Budget(min="50"))]
    assert offered == ["drop the lower end of $50.00"]


def test_a_higher_budget_is_no_way_out_where_it_would_still_be_below_its_lower_end(tmp_path: Path) -> None:
    """At least $15 each for twelve, and cheaper than $150: no higher budget admits a plan of $175."""
    shop = [a_product("cake", "14.00", need="cake"), a_product("favour", "7.00", need="favours")]
    needs = [Need(kind="favours"), Need(kind="cake", quantity=12)]
    budget = Budget(min="15", per="each")
    (offered,) = changes(tmp_path, shop, needs=needs, budget=budget, price_cap="150")
    assert offered.change == "take 7 cakes instead of 12"


def test_a_need_for_which_nothing_is_admissible_is_named(tmp_path: Path) -> None:
    shop = [a_product("cake", "20.00", need="cake"), a_product("gone", "1.00", need="favours", stock=0)]
    brief = Brief(needs=[Need(kind="cake"), Need(kind="favours")])
    outcome = recommend(a_catalog(tmp_path, shop), Request(brief=brief))
    assert outcome.unmet == ["favours"]
    assert [c.change for c in outcome.relaxations] == ["leave out the party favours"]
