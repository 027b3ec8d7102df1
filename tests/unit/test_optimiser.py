"""A plan is within its bounds to the cent, and no other combination is better."""

from __future__ import annotations

from itertools import product as combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_product
from tools.planning.bounds import Bounds
from tools.planning.optimiser import SCALE, Option, best_plan
from tools.planning.ranking import Scored
from tools.product import NeedKind

Options = dict[NeedKind, list[Option]]


def option(score: float, cost: int, name: str = "p") -> Option:
    return Option(Scored(a_product(name), score, {}), cost)


def value(plan: tuple[Option, ...]) -> int:
    return sum(round(SCALE * o.scored.score) for o in plan)


def best_by_brute_force(options: Options, bounds: Bounds) -> int | None:
    plans = [plan for plan in combinations(*options.values()) if bounds.admits(sum(o.cost for o in plan))]
    return max(map(value, plans), default=None)


CHOICES = st.lists(st.builds(option, st.floats(0, 9), st.integers(0, 60)), max_size=5)
ALL_OPTIONS = st.fixed_dictionaries({"cake": CHOICES, "favours": CHOICES}, optional={"activity": CHOICES})
BOUNDS = st.builds(Bounds, st.integers(0, 80), st.none() | st.integers(0, 150))


@settings(max_examples=150, deadline=None)
@given(ALL_OPTIONS, BOUNDS)
def test_a_plan_is_the_best_of_all_combinations_within_the_bounds_or_there_is_none(
    options: Options, bounds: Bounds
) -> None:
    plan = best_plan(options, bounds)
    best = best_by_brute_force(options, bounds)
    if plan is None:
        assert best is None
        return
    assert set(plan) == set(options)
    assert all(plan[need] in options[need] for need in options)
    assert bounds.admits(sum(o.cost for o in plan.values()))
    assert value(tuple(plan.values())) == best


@pytest.mark.parametrize(("high", "names"), [(1000, "Bb"), (999, "Ab"), (700, "Ab"), (699, "Aa"), (400, "Aa")])
def test_one_cent_less_is_another_plan(high: int, names: str) -> None:
    options: Options = {
        "cake": [option(1.0, 200, "A"), option(2.0, 500, "B")],
        "favours": [option(1.0, 200, "a"), option(3.0, 500, "b")],
    }
    plan = best_plan(options, Bounds(0, high))
    assert plan is not None
    assert "".join(plan[need].scored.product.product_id for need in ("cake", "favours")) == names


def test_a_need_without_options_leaves_no_plan() -> None:
    assert best_plan({"cake": [option(1, 5)], "favours": []}, Bounds()) is None
    assert best_plan({}, Bounds()) is None


def test_a_total_below_the_lower_end_is_no_plan() -> None:
    assert best_plan({"cake": [option(1, 5)], "favours": [option(1, 5)]}, Bounds(11, None)) is None


def test_the_same_question_has_the_same_answer_every_time() -> None:
    options: Options = {
        "cake": [option(1, 10, f"c{i}") for i in range(8)],
        "favours": [option(1, 10, f"f{i}") for i in range(8)],
    }
    plans = [best_plan(options, Bounds(0, 25)) for _ in range(3)]
    assert plans[0] == plans[1] == plans[2]
