"""What some of the needs may cost together: read, kept to the cent, and named where nothing fits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from recsys_agent.offline.reading import read
from tests.fakes.products import a_catalog, a_product
from tests.fakes.shops import recommend
from tools.brief import Brief, BriefChanges, Budget, JointBound, Need
from tools.request import Outcome, Request

TODAY = date(2026, 11, 23)
PARTY = "Plan a dinosaur party for my 6-year-old, 12 kids, $250 including a present"
ALL = ["gift", "cake", "decorations", "tableware", "favours", "activity"]
SHOP = [
    a_product("cake-20", "20.00", need="cake", rating=3.0),
    a_product("cake-45", "45.00", need="cake", rating=5.0, rating_count=900),
    a_product("flags-10", "10.00", need="decorations", rating=3.0),
    a_product("flags-25", "25.00", need="decorations", rating=5.0, rating_count=900),
    a_product("cups-5", "5.00", need="tableware"),
]
NEEDS = [Need(kind="cake"), Need(kind="decorations"), Need(kind="tableware")]


def brief_after(*messages: str) -> Brief:
    brief = Brief()
    for message in messages:
        brief = read(message, today=TODAY, brief=brief, shown=6 if brief.needs else 0).changes.apply(brief)
    return brief


def bounds(brief: Brief) -> list[tuple[list[str], str | None, str | None]]:
    return [(list(b.kinds), b.min and str(b.min), b.max and str(b.max)) for b in brief.joint]


@pytest.mark.parametrize(
    ("said", "kinds", "low", "high"),
    [
        ("cake and decorations together under 50", ["cake", "decorations"], None, "50.00"),
        ("the decorations and tableware should cost at most 40 together", ["decorations", "tableware"], None, "40.00"),
        ("cake plus present at least 70", ["gift", "cake"], "70.00", None),
        ("tableware and favours combined: 50 max", ["tableware", "favours"], None, "50.00"),
        ("spend between 40 and 60 on cake plus tableware", ["cake", "tableware"], "40.00", "60.00"),
        ("everything but the present under 120", ALL[1:], None, "120.00"),
        ("cake, decorations and tableware jointly 80 at the most", ["cake", "decorations", "tableware"], None, "80.00"),
    ],
)
def test_an_amount_for_some_needs_bounds_these_together_and_leaves_the_budget(
    said: str, kinds: list[str], low: str | None, high: str | None
) -> None:
    for brief in (brief_after(f"{PARTY}. {said}"), brief_after(PARTY, said)):
        assert bounds(brief) == [(kinds, low, high)]
        assert brief.budget is not None
        assert str(brief.budget.max) == "250.00"
        assert {need.kind for need in brief.needs} == set(ALL)


@pytest.mark.parametrize(
    "said",
    [
        "present for dad and a cake, together under 70, he likes jazz",
        "Unicorn party for 6: cake, tableware and favours together under 70",
        "A cake and balloons for my son, he turns 8, both together max 70",
    ],
)
def test_an_amount_for_all_that_is_wanted_is_the_budget(said: str) -> None:
    brief = brief_after(said)
    assert brief.joint == []
    assert brief.budget is not None
    assert str(brief.budget.max) == "70.00"


def test_an_amount_for_each_of_several_needs_bounds_every_one_of_them() -> None:
    brief = brief_after(PARTY, "cake and favours under $4 each")
    assert {need.kind: str(need.max) for need in brief.needs if need.max} == {"cake": "4.00", "favours": "48.00"}


def test_a_new_joint_amount_replaces_the_one_before_and_can_be_taken_back() -> None:
    together = [PARTY, "cake and decorations together under 50", "cake and decorations together may cost 60"]
    assert bounds(brief_after(*together)) == [(["cake", "decorations"], None, "60.00")]
    assert bounds(brief_after(*together, "forget the limit on cake and decorations together")) == []
    assert BriefChanges(start_over=True).apply(brief_after(*together)).joint == []


def outcome(folder: Path, high: str, low: str | None = None) -> Outcome:
    joint = [JointBound(kinds=["decorations", "cake"], min=low, max=high)]
    return recommend(a_catalog(folder, SHOP), Request(brief=Brief(needs=NEEDS, budget=Budget(max="100"), joint=joint)))


@pytest.mark.parametrize(("high", "cost"), [("70", 70), ("69.99", 45), ("45", 45), ("44.99", 30), ("30", 30)])
def test_what_some_needs_cost_together_is_kept_to_the_cent(tmp_path: Path, high: str, cost: int) -> None:
    found = outcome(tmp_path, high)
    assert sum(int(pick.product_id.split("-")[1]) for pick in found.picks if pick.need != "tableware") == cost


def test_a_joint_amount_that_nothing_keeps_is_named_with_the_least_that_would_do(tmp_path: Path) -> None:
    found = outcome(tmp_path, "29.99")
    assert found.status == "infeasible"
    assert found.clash == ["at most $29.99 for the cake and decorations together"]
    offered = {change.change: change.opens for change in found.relaxations}
    assert offered["pay up to $30.00 for the cake and decorations together ($0.01 more)"] == 1
    assert set(offered) - {"leave out the cake", "leave out the decorations"} == set(list(offered)[:1])


def test_a_lower_end_of_what_some_needs_cost_is_kept_and_can_be_dropped(tmp_path: Path) -> None:
    assert {pick.product_id for pick in outcome(tmp_path, "80", "70").picks} == {"cake-45", "flags-25", "cups-5"}
    found = outcome(tmp_path / "none", "80", "70.01")
    assert found.relaxations[0].change == "drop the lower end of $70.01 for the cake and decorations together"


@pytest.mark.parametrize(
    "said", ["make that 40", "actually lower it to 40", "40 together", "make it 40 then", "drop that to $40"]
)
def test_make_that_changes_the_amount_stated_last(said: str) -> None:
    brief = brief_after(PARTY, "cake and decorations together under 50", "swap the cake", said)
    assert bounds(brief) == [(["cake", "decorations"], None, "40.00")]
    brief = brief_after(PARTY, "cake at most 50", said)
    assert {need.kind: str(need.max) for need in brief.needs if need.max} == {"cake": "40.00"} or "together" in said
    assert str(brief.budget and brief.budget.max) == "250.00"


@pytest.mark.parametrize(
    ("before", "said", "budget"),
    [
        ("cake and decorations together under 50", "make it 200", "200.00"),  # nearer to the budget than to 50
        ("cake at most 30", "make it 300", "300.00"),
        ("cake and decorations together under 50", "make it 220 in total", "220.00"),
        ("budget 200", "make it 60", "60.00"),
    ],
)
def test_an_amount_nearer_to_the_budget_is_the_budgets(before: str, said: str, budget: str) -> None:
    brief = brief_after(PARTY, before, said)
    assert str(brief.budget and brief.budget.max) == budget


@pytest.mark.parametrize(
    "said",
    [
        "what if it was only 60?",
        "what if I only had 60?",
        "and if the budget were $60?",
        "suppose I had just 60 dollars",
        "would it work with 60?",
        "would 60 be possible?",
        "can it be done for 60?",
        "what could we get for 60?",
        "what about 60 instead?",
    ],
)
def test_a_what_if_is_answered_as_another_budget(said: str) -> None:
    brief = brief_after(PARTY, said)
    assert str(brief.budget and brief.budget.max) == "60.00"
    assert brief.model_copy(update={"budget": None}) == brief_after(PARTY).model_copy(update={"budget": None})


def test_a_what_if_about_guests_is_no_budget() -> None:
    brief = brief_after(PARTY, "what about 20 guests?")
    assert (brief.guests, str(brief.budget and brief.budget.max)) == (20, "250.00")
