"""The lines of a plan are numbered: "swap the second" is about its need, and so is an amount said after a new one."""

from __future__ import annotations

from datetime import date

import pytest

from recsys_agent.offline.reading import Reading, read
from tools.brief import Brief

TODAY = date(2026, 11, 23)
PARTY = read("Plan a dinosaur party for my 6-year-old, 12 kids, $250 including a present", today=TODAY).changes.apply(
    Brief()
)


def said(message: str, brief: Brief = PARTY) -> Reading:
    return read(message, today=TODAY, brief=brief, shown=len(brief.needs))


@pytest.mark.parametrize(
    ("message", "keep", "swap", "remove"),
    [
        ("swap the second", [], ["cake"], []),
        ("replace number 4", [], ["tableware"], []),
        ("change the last one", [], ["activity"], []),
        ("remove the 2nd", [], [], ["cake"]),
        ("keep the first and swap the third", ["gift"], ["decorations"], []),
        ("swap the second and third", [], ["cake", "decorations"], []),
        ("please replace items 2 and 3", [], ["cake", "decorations"], []),
        ("swap the first, third and fourth", [], ["gift", "decorations", "tableware"], []),
        ("drop the second and the fourth", [], [], ["cake", "tableware"]),
        ("keep the first two", ["gift", "cake"], [], []),
        ("change the last two", [], ["favours", "activity"], []),
        ("keep 1 and 3, swap the rest", ["gift", "decorations"], ["cake", "tableware", "favours", "activity"], []),
    ],
)
def test_a_place_in_the_plan_names_its_need(message: str, keep: list[str], swap: list[str], remove: list[str]) -> None:
    changes = said(message).changes
    assert (changes.keep, sorted(changes.swap), changes.remove) == (keep, sorted(swap), remove)


@pytest.mark.parametrize("message", ["swap the ninth", "I like the second", "replace the 12th"])
def test_what_names_no_place_of_the_plan_swaps_nothing(message: str) -> None:
    assert said(message).changes.swap == []


@pytest.mark.parametrize("message", ["present back in, around 40", "add a present, about 40", "and a present, max 40"])
def test_an_amount_after_what_is_added_is_its_own(message: str) -> None:
    before = said("remove the present").changes.apply(PARTY)
    after = said(message, before).changes.apply(before)
    assert after.budget == PARTY.budget
    assert {need.kind: str(need.max) for need in after.needs if need.max} == {"gift": "40.00"}


def test_a_voucher_for_toys_counts_for_the_present_alone() -> None:
    changes = said("party with a present for 8 kids, $150, I have a 20% off toys voucher", Brief()).changes
    assert [(str(v.percent), v.kind) for v in changes.vouchers] == [("20", "gift")]


def test_what_is_refused_is_no_part_of_a_list_that_names_all() -> None:
    needs = said("kids party, 10 kids, 150$, no cake, just decorations, tableware and favours", Brief()).changes.needs
    assert [need.kind for need in needs] == ["decorations", "tableware", "favours"]


def test_a_bare_number_after_total_is_the_budget_beside_the_amount_of_a_need() -> None:
    changes = said("a party for 5 kids, cake $20-30, total 120, my girl turns 6", Brief()).changes
    assert changes.budget is not None
    assert str(changes.budget.max) == "120.00"


@pytest.mark.parametrize(
    "message", ["Party for 20 adults and 8 kids, $400", "we are 20 adults plus 8 kids at the party"]
)
def test_grown_ups_and_children_are_counted_together(message: str) -> None:
    assert said(message, Brief()).changes.guests == 28
