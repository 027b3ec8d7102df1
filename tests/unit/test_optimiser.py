"""A plan is within its bounds to the cent, and no other combination is better: thousands of instances, brute force."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from eval.benchmarks.plan_instances import instance_of
from eval.benchmarks.plan_judge import best_value, random_instance, total
from tools.planning.accounting import Line, Terms
from tools.planning.instance import Choice, Instance, Option
from tools.planning.optimiser import OutOfTime, best_plan


def told(instance: dict[str, Any], chosen: dict[str, Option]) -> list[dict[str, Any]]:
    """The judge's options of a plan."""
    by_id = {o["id"]: o for need in instance["needs"] for o in need["options"]}
    return [by_id[chosen[need["kind"]].product_id] for need in instance["needs"]]


@pytest.mark.parametrize("seed", range(8))
def test_the_result_equals_brute_force_over_the_same_objective_and_infeasible_means_infeasible(seed: int) -> None:
    rng = random.Random(seed)
    feasible = 0
    for _ in range(300):
        case = random_instance(rng, rng.randint(1, 4), rng.randint(1, 5))
        best, found = best_value(case), best_plan(instance_of(case))
        assert (found.value if found else None) == best, case
        if found:
            feasible += 1
            assert found.gap == 0
            account = instance_of(case).account(found.chosen)
            assert account.total == total(case, told(case, found.chosen))
            assert account.subtotal - sum(off for _, off in account.discounts) + account.shipping + account.tax == (
                account.total
            )
    assert 50 < feasible < 290  # both kinds were there


def option(name: str, fit: int, goods: int, **fields: Any) -> Option:
    return Option(name, Line("any", goods), fit, **fields)


def names(instance: Instance) -> str | None:
    found = best_plan(instance)
    return "".join(o.product_id for o in found.chosen.values()) if found else None


@pytest.mark.parametrize(
    ("high", "best"), [(1000, "Bb"), (999, "Ab"), (700, "Ab"), (699, "Aa"), (400, "Aa"), (399, None)]
)
def test_one_cent_less_is_another_plan(high: int, best: str | None) -> None:
    cakes = Choice((option("A", 1000, 200), option("B", 2000, 500)))
    favours = Choice((option("a", 1000, 200), option("b", 3000, 500)))
    assert names(Instance({"cake": cakes, "favours": favours}, high=high, reference=high)) == best


def test_a_need_without_options_leaves_no_plan() -> None:
    assert names(Instance({"cake": Choice((option("A", 1, 5),)), "favours": Choice(())})) is None
    assert names(Instance({})) is None


def test_what_matters_more_gets_the_money() -> None:
    def plan(cake: int, favours: int) -> str | None:
        menu = (option("c", 1000, 10), option("C", 2000, 60))
        other = (option("f", 1000, 10), option("F", 2000, 60))
        return names(Instance({"cake": Choice(menu, cake), "favours": Choice(other, favours)}, high=70, reference=70))

    assert plan(cake=3, favours=1) == "Cf"
    assert plan(cake=1, favours=3) == "cF"


def test_a_kept_pick_stays_though_others_are_better() -> None:
    menu = (option("A", 1000, 10), option("B", 9000, 10))
    assert names(Instance({"cake": Choice(menu, keep="A")}, reference=100)) == "A"


def test_picks_of_different_themes_are_avoided_where_they_can_be_and_no_reason_for_no_plan() -> None:
    def plan(*cakes: Option) -> str | None:
        plates = Choice((option("p", 3000, 10, themes=frozenset({"pirate"})),))
        return names(Instance({"cake": Choice(cakes), "tableware": plates}, reference=100))

    pirate = option("P", 1000, 20, themes=frozenset({"pirate", "ship"}))
    space = option("S", 3000, 10, themes=frozenset({"space"}))
    assert plan(pirate, space) == "Pp"
    assert plan(space) == "Sp"


def test_two_near_identical_picks_are_avoided_where_they_can_be() -> None:
    def plan(*cakes: Option) -> str | None:
        same = Choice((option("s", 3000, 10, look=frozenset({"set"})),))
        return names(Instance({"cake": Choice(cakes), "decorations": same}, reference=100))

    twin, other = option("T", 9000, 10, look=frozenset({"set"})), option("O", 100, 90)
    assert plan(twin, other) == "Os"
    assert plan(twin) == "Ts"


def test_the_same_question_has_the_same_answer_every_time() -> None:
    case = instance_of(random_instance(random.Random(5), 4, 8))
    assert len({str(best_plan(case)) for _ in range(3)}) == 1


def test_a_voucher_for_everything_takes_its_share_of_goods_that_another_voucher_has_paid_too() -> None:
    """The whole tableware is free and 15 % of all goods come off besides; only then is it within the budget."""
    vouchers = (Terms("free", share=Fraction(1), kind="tableware"), Terms("15 %", share=Fraction(15, 100)))
    menu = {"cake": 86, "tableware": 53}
    choices = {kind: Choice((Option(kind, Line(kind, goods), 1000),)) for kind, goods in menu.items()}
    found = best_plan(Instance(choices, vouchers, high=66, reference=66))
    assert found is not None
    assert Instance(choices, vouchers).account(found.chosen).total == 139 - 53 - 20


def test_where_time_runs_out_nothing_is_said_to_be_impossible() -> None:
    """A total that only few of many combinations can come to, and no time to find one of them."""
    rng = random.Random(3)
    kinds = "abcdefgh"
    choices = {
        k: Choice(tuple(Option(f"{k}{i}", Line(k, rng.randrange(2, 10**7, 2))) for i in range(60))) for k in kinds
    }
    with pytest.raises(OutOfTime):
        best_plan(Instance(choices, low=40_000_001, high=40_000_001), time_limit_s=0.001, search_limit_s=0.001)
