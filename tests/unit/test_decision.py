"""Every pick keeps every rule and the budget to the cent; "nothing fits" is said only where nothing does."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_catalog, a_product
from tests.fakes.shops import (
    PLACES,
    briefs,
    cost_of,
    fitting,
    heads_of,
    keeps_rules,
    plans,
    products,
    recommend,
    sold,
    total_of,
    within,
)
from tools.brief import Brief, Budget, Need
from tools.planning.matching import match
from tools.request import Outcome, Request

RANDOM = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
CURRENCIES = st.sampled_from(sorted(PLACES))


def ids(outcome: Outcome) -> list[str]:
    return [pick.product_id for pick in outcome.picks]


@RANDOM
@given(CURRENCIES, st.data())
def test_a_shortlist_keeps_every_rule_and_the_budget_and_misses_nothing_that_fits(
    tmp_path_factory: pytest.TempPathFactory, currency: str, data: st.DataObject
) -> None:
    shop = data.draw(products(currency, plan=False))
    catalog = a_catalog(tmp_path_factory.mktemp("shop"), shop, currency)
    by_id = {p.product_id: p for p in shop}
    for brief in data.draw(st.lists(briefs(currency, plan=False), min_size=4, max_size=4)):
        (need,) = brief.wanted
        outcome = recommend(catalog, Request(brief=brief))
        for pick in outcome.picks:
            product = by_id[pick.product_id]
            assert keeps_rules(product, brief, need, currency)
            assert within(cost_of(product, need), brief, need.quantity)
            assert pick.quantity * product.price.amount == cost_of(product, need)
            assert pick.units == pick.quantity * product.pack_size >= need.quantity
            assert all((m := match(product, said.wish)) and m.word == said.word for said in pick.matched)
        assert len(set(ids(outcome))) == len(ids(outcome)) <= (brief.options or 3)
        assert outcome.total is None
        assert outcome.status == ("recommended" if outcome.picks else "infeasible")
        assert bool(outcome.picks) == bool(fitting(shop, brief, currency))


@RANDOM
@given(CURRENCIES, st.data())
def test_a_plan_keeps_every_rule_and_its_total_the_budget_and_one_is_found_where_there_is_one(
    tmp_path_factory: pytest.TempPathFactory, currency: str, data: st.DataObject
) -> None:
    shop = data.draw(products(currency, plan=True))
    catalog = a_catalog(tmp_path_factory.mktemp("shop"), shop, currency)
    by_id = {p.product_id: p for p in shop}
    for brief in data.draw(st.lists(briefs(currency, plan=True), min_size=4, max_size=4)):
        outcome, needs = recommend(catalog, Request(brief=brief)), sold(shop, brief, currency)
        if outcome.picks:
            chosen = tuple(by_id[i] for i in ids(outcome))
            assert [pick.need for pick in outcome.picks] == [need.kind for need in needs]
            assert outcome.unmet == [need.kind for need in brief.wanted if need not in needs]
            assert all(keeps_rules(p, brief, n, currency) for p, n in zip(chosen, needs, strict=True))
            assert within(total_of(chosen, needs), brief, heads_of(brief))
            assert outcome.total is not None
            assert outcome.total.amount == total_of(chosen, needs)
            assert outcome.total.amount == sum(by_id[k.product_id].price.amount * k.quantity for k in outcome.picks)
        else:
            assert outcome.total is None
        assert outcome.status == ("recommended" if outcome.picks else "infeasible")
        assert bool(outcome.picks) == bool(plans(shop, brief, currency))


# -- where the best few that a source returns are not enough ------------------

FAVOURS = Need(kind="favours", quantity=12)


def test_a_pack_that_fits_is_found_among_many_singles_that_look_cheaper(tmp_path: Path) -> None:
    singles = [a_product(f"single{i}", "1.00", need="favours", rating=5, rating_count=900) for i in range(80)]
    catalog = a_catalog(tmp_path, [*singles, a_product("pack", "5.00", need="favours", pack_size=12)])
    brief = Brief(needs=[FAVOURS], budget=Budget(max="6"))
    assert ids(recommend(catalog, Request(brief=brief))) == ["pack"]


def test_a_plan_finds_the_pack_that_fits_among_many_singles(tmp_path: Path) -> None:
    shop = [a_product(f"single{i}", "1.00", need="favours", rating=5, rating_count=900) for i in range(80)]
    shop += [a_product("pack", "5.00", need="favours", pack_size=12), a_product("cake", "20.00", need="cake")]
    brief = Brief(needs=[FAVOURS, Need(kind="cake")], budget=Budget(max="26"))
    assert ids(recommend(a_catalog(tmp_path, shop), Request(brief=brief))) == ["pack", "cake"]


def test_a_plan_with_a_lower_end_finds_the_only_combination_that_reaches_it(tmp_path: Path) -> None:
    shop = [a_product(f"cake{i}", "10.00", need="cake", rating=5, rating_count=900) for i in range(80)]
    shop += [a_product("dear", "30.00", need="cake"), a_product("party", "20.00", need="activity")]
    brief = Brief(needs=[Need(kind="cake"), Need(kind="activity")], budget=Budget(min="45", max="50"))
    assert ids(recommend(a_catalog(tmp_path, shop), Request(brief=brief))) == ["dear", "party"]


def test_the_one_product_without_the_allergen_is_found_behind_many_with_it(tmp_path: Path) -> None:
    shop = [
        a_product(f"nutty{i}", "9.00", title="Tea with Almonds", interests=["tea"], rating=5, rating_count=900)
        for i in range(150)
    ]
    shop += [a_product(f"mug{i}", "5.00", rating=5, rating_count=900) for i in range(80)]
    catalog = a_catalog(tmp_path, [*shop, a_product("plain", "15.00", title="Mug", description="For a tea")])
    brief = Brief(interests=["tea"], allergies=["nuts"])
    assert ids(recommend(catalog, Request(brief=brief))) == ["plain"]


# -- wishes -------------------------------------------------------------------


def test_a_wish_that_is_sold_only_beyond_the_budget_is_not_answered_with_something_else(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, [a_product("teapot", "30", interests=["tea"]), a_product("mug", "5")])
    outcome = recommend(catalog, Request(brief=Brief(interests=["tea"], budget=Budget(max="10"))))
    assert (outcome.status, outcome.picks) == ("infeasible", [])
    assert outcome.closest is not None
    assert outcome.closest.product_id == "teapot"


def test_a_wish_the_shop_sells_nothing_for_gets_other_picks_and_is_admitted(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, [a_product("mug", "5")])
    outcome = recommend(catalog, Request(brief=Brief(interests=["falconry"], budget=Budget(max="10"))))
    assert ids(outcome) == ["mug"]
    assert outcome.unmatched == ["falconry"]


def test_an_idea_of_the_model_is_no_wish_of_the_shopper(tmp_path: Path) -> None:
    """The shopper named no interest; that the idea is too dear must not leave them without picks."""
    catalog = a_catalog(tmp_path, [a_product("shears", "50", title="Pruning Shears"), a_product("mug", "5")])
    request = Request(brief=Brief(budget=Budget(max="10")), ideas=["pruning shears"])
    assert ids(recommend(catalog, request)) == ["mug"]


def test_what_was_turned_down_is_not_offered_again(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, [a_product("mug"), a_product("pen")])
    assert ids(recommend(catalog, Request(brief=Brief(), seen=["mug"]))) == ["pen"]
    assert recommend(catalog, Request(brief=Brief(), seen=["mug", "pen"])).status == "infeasible"


@pytest.mark.parametrize(("options", "count"), [(None, 3), (1, 1), (5, 5), (10, 6)])
def test_as_many_picks_are_shown_as_were_asked_for(tmp_path: Path, options: int | None, count: int) -> None:
    catalog = a_catalog(tmp_path, [a_product(f"p{i}", category=f"C{i}") for i in range(6)])
    assert len(recommend(catalog, Request(brief=Brief(options=options))).picks) == count


def test_an_outcome_survives_the_session(tmp_path: Path) -> None:
    outcome = recommend(a_catalog(tmp_path, [a_product("mug", "5.00")]), Request(brief=Brief(budget=Budget(max="4"))))
    assert Outcome.model_validate(outcome.dump()) == outcome
    assert outcome.closest_cost is not None
    assert outcome.closest_cost.amount == Decimal("5.00")
