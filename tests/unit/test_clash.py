"""What clashes is minimal: the rules named cannot all hold, and without any one of them the others can."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.plan_requests import Score, _opened, judge
from eval.benchmarks.plan_shops import TODAY, random_brief, random_shop
from tests.fakes.products import a_catalog, a_product
from tests.fakes.shops import recommend
from tools.brief import Brief, Budget, Need, Voucher
from tools.planning.clash import clash, rules_of
from tools.planning.feasibility import Feasibility
from tools.product import Product
from tools.receipts.cautions import cautions
from tools.request import Outcome, Request

CAKE, FAVOURS = Need(kind="cake"), Need(kind="favours", quantity=12)
SHOP = [
    a_product("plain", "20.00", need="cake", title="Plain Cake", delivery_days=2),
    a_product("star", "30.00", need="cake", title="Star Cake", delivery_days=5, rating=4.8, rating_count=90),
    a_product("bag", "2.00", need="favours", title="Plastic Bag", stock=8, delivery_days=1),
    a_product("top", "3.00", need="favours", title="Wooden Top", delivery_days=4),
]


def outcome(folder: Path, shop: list[Product] = SHOP, today: date | None = None, **brief: Any) -> Outcome:
    asked = Brief.model_validate({"needs": [CAKE, FAVOURS], **brief})
    return recommend(a_catalog(folder, shop), Request(brief=asked, today=today))


def changes(found: Outcome) -> list[str]:
    return [offered.change for offered in found.relaxations]


@pytest.mark.parametrize("seed", range(3))
def test_answers_to_random_plan_requests_are_what_brute_force_finds(tmp_path: Path, seed: int) -> None:
    rng, score = random.Random(seed), Score()
    for number in range(12):
        shop = random_shop(rng)
        catalog = _opened(tmp_path / str(number), shop)
        for _ in range(3):
            judge(catalog, shop, random_brief(rng, shop), score)
    assert score.feasible > 5
    assert score.infeasible > 5
    assert score.answered == score.feasible == score.kept == score.summed
    assert score.recognised == score.infeasible
    assert score.helped == score.offered
    assert max(score.gaps) == 0


@pytest.mark.parametrize("seed", range(3))
def test_without_any_one_of_the_rules_that_clash_the_others_can_hold(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    for number in range(10):
        shop = random_shop(rng)
        catalog = _opened(tmp_path / str(number), shop)
        request = Request(brief=Brief.model_validate(random_brief(rng, shop)), today=TODAY)
        feasibility = Feasibility(catalog)
        if feasibility.feasible(request):
            continue
        named = clash(request, feasibility)
        rules = list(rules_of(request, catalog))
        only = request
        for rule in rules:
            only = only if rule.words in named else rule.without(only)
        assert not feasibility.feasible(only)
        for rule in rules:
            if rule.words in named:
                assert feasibility.feasible(rule.without(only)), (named, rule.words)


def test_the_rules_that_clash_are_named_and_others_are_not(tmp_path: Path) -> None:
    found = outcome(tmp_path, avoid=["plastic", "glitter"], budget=Budget(max="50"))
    assert found.clash == ["12 party favours", "a budget of $50.00"]
    assert str(found.closest_cost) == "$56.00"


def test_the_smallest_changes_that_help_are_offered_each_with_what_it_opens(tmp_path: Path) -> None:
    found = outcome(tmp_path, avoid=["plastic"], budget=Budget(max="50"))
    assert changes(found) == [
        "raise the budget to $56.00 ($6.00 more)",
        "take 10 party favours instead of 12",
        "leave out the cake",
        "leave out the party favours",
    ]
    assert all(offered.opens >= 1 for offered in found.relaxations)


def test_an_avoided_thing_may_be_allowed_where_that_alone_helps(tmp_path: Path) -> None:
    needs = [CAKE, Need(kind="favours", quantity=8)]
    found = outcome(tmp_path, needs=needs, avoid=["plastic"], budget=Budget(max="40"))
    assert 'allow "plastic"' in changes(found)


def test_delivery_on_the_earliest_later_day_is_offered(tmp_path: Path) -> None:
    found = outcome(tmp_path, today=date(2026, 6, 10), date=date(2026, 6, 12))
    assert found.clash == ["12 party favours", "delivery by 12 June 2026"]
    assert changes(found)[0] == "take 8 party favours instead of 12"
    assert changes(found)[1] == "accept delivery on 14 June 2026"


def test_a_needs_own_cap_is_raised_by_no_more_than_it_takes(tmp_path: Path) -> None:
    found = outcome(tmp_path, needs=[Need(kind="cake", max="15"), FAVOURS])
    assert changes(found)[0] == "pay up to $20.00 for the cake ($5.00 more)"
    assert found.clash == ["at most $15.00 for the cake"]


def test_a_kept_pick_that_breaks_the_budget_may_be_swapped(tmp_path: Path) -> None:
    found = outcome(tmp_path, needs=[Need(kind="cake", keep="star"), FAVOURS], budget=Budget(max="60"))
    assert "swap Star Cake" in changes(found)
    assert "keeping Star Cake" in found.clash


def test_a_change_applied_is_the_only_difference_of_the_brief(tmp_path: Path) -> None:
    found = outcome(tmp_path, avoid=["plastic"], budget=Budget(max="50"))
    brief = found.request.brief
    raised = found.relaxations[0].apply(brief)
    assert raised == brief.model_copy(update={"budget": Budget(max="56.00")})
    assert Outcome.model_validate(found.dump()) == found


def test_an_allergy_may_clash_and_is_never_up_for_a_change(tmp_path: Path) -> None:
    shop = [*SHOP[2:], a_product("nutty", "20.00", need="cake", title="Almond Cake")]
    found = outcome(tmp_path, shop, allergies=["nuts"])
    assert found.clash == ['nothing with "nuts" (allergy)']
    assert changes(found) == ["leave out the cake"]


# -- what is kept, delivered, and paid with vouchers --------------------------------


def test_a_kept_pick_stays_in_the_plan_even_if_it_was_seen(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, SHOP)
    brief = Brief(needs=[Need(kind="cake", keep="plain"), FAVOURS])
    found = recommend(catalog, Request(brief=brief, seen=["plain"]))
    assert [pick.product_id for pick in found.picks] == ["plain", "top"]


@pytest.mark.parametrize(("days", "cake"), [(4, "plain"), (5, "star")])
def test_only_what_is_delivered_by_the_date_is_picked(tmp_path: Path, days: int, cake: str) -> None:
    found = outcome(tmp_path, today=date(2026, 6, 1), date=date(2026, 6, 1 + days))
    assert found.picks[0].product_id == cake


@pytest.mark.parametrize(("days", "status"), [(6, "infeasible"), (7, "recommended")])
def test_an_unknown_delivery_is_counted_on_from_a_week_on(tmp_path: Path, days: int, status: str) -> None:
    shop = [a_product("cake", need="cake"), a_product("favour", need="favours"), a_product("late", delivery_days=30)]
    assert outcome(tmp_path, shop, date(2026, 6, 1), date=date(2026, 6, 1 + days)).status == status


@pytest.mark.parametrize(("days", "warned"), [(2, True), (7, False)])
def test_where_a_shop_states_no_delivery_at_all_a_close_day_is_served_with_a_warning(
    tmp_path: Path, days: int, warned: bool
) -> None:
    shop = [a_product("cake", need="cake"), a_product("favour", need="favours")]
    found = outcome(tmp_path, shop, date(2026, 6, 1), date=date(2026, 6, 1 + days))
    assert found.status == "recommended"
    told = cautions(a_catalog(tmp_path / "again", shop), found)
    assert bool(told) == warned
    assert all("states no delivery times" in said and f"{1 + days} June 2026" in said for said in told)


def test_a_voucher_brings_a_plan_within_the_budget_and_the_sums_say_so(tmp_path: Path) -> None:
    brief: dict[str, Any] = {"avoid": ["plastic"], "budget": Budget(max="50")}
    assert outcome(tmp_path, **brief).status == "infeasible"
    found = outcome(tmp_path, **brief, vouchers=[Voucher(label="WELCOME", amount="6", from_total="56")])
    assert found.sums is not None
    assert [(d.label, str(d.amount)) for d in found.sums.discounts] == [("WELCOME", "$6.00")]
    assert (str(found.sums.subtotal), str(found.sums.total), str(found.sums.left)) == ("$56.00", "$50.00", "$0.00")


def test_a_voucher_brings_a_single_gift_within_the_budget(tmp_path: Path) -> None:
    shop = [a_product("lamp", "55.00"), a_product("sofa", "56.00")]
    found = outcome(tmp_path, shop, needs=[], budget=Budget(max="49.50"), vouchers=[Voucher(percent="10")])
    assert [(p.product_id, str(p.pays)) for p in found.picks] == [("lamp", "$49.50")]


def test_a_dearer_product_is_taken_where_free_shipping_makes_the_plan_cheaper(tmp_path: Path) -> None:
    sent: dict[str, Any] = {"seller": "A", "shipping": {"amount": "9", "currency": "USD"}}
    sent["free_shipping_from"] = {"amount": "60", "currency": "USD"}
    shop = [
        a_product("plain", "20.00", need="cake", **sent),
        a_product("grand", "24.00", need="cake", **sent),
        a_product("top", "3.00", need="favours", **sent),
    ]
    found = outcome(tmp_path, shop, budget=Budget(max="60"))
    assert [pick.product_id for pick in found.picks] == ["grand", "top"]
    assert found.sums is not None
    assert (found.sums.shipping, str(found.sums.total)) == (None, "$60.00")


# -- other plans --------------------------------------------------------------------


def test_alternatives_keep_every_rule_and_differ_from_the_plan_and_from_each_other(tmp_path: Path) -> None:
    found = outcome(tmp_path, budget=Budget(max="80"))
    shown = [[pick.product_id for pick in plan.picks] for plan in (found, *found.alternatives)]
    assert len(shown) > 1
    assert len({tuple(ids) for ids in shown}) == len(shown)
    assert all(other.total.minor <= 8000 for other in found.alternatives)


def test_the_cheapest_alternative_says_what_it_saves_and_what_it_costs(tmp_path: Path) -> None:
    shop = [
        a_product("fine", "40.00", need="cake", rating=4.7, rating_count=900),
        a_product("plain", "27.60", need="cake", rating=4.1, rating_count=900),
        a_product("top", "3.00", need="favours"),
    ]
    (cheapest,) = (a for a in outcome(tmp_path, shop, budget=Budget(max="80")).alternatives if "Cheapest" in a.label)
    assert cheapest.trade_off == "$12.40 less, but the cake is rated 4.1 instead of 4.7"
