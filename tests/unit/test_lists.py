"""Lists of what a party needs in a first message: which things, and which amount is for what."""

from __future__ import annotations

from datetime import date

import pytest

from recsys_agent.offline.reading import read
from tools.brief import Brief
from tools.product import NeedKind


def brief_after(message: str) -> Brief:
    brief = Brief()
    return read(message, today=date(2026, 11, 23), brief=brief, shown=0).changes.apply(brief)


def bounds(brief: Brief) -> dict[NeedKind, str]:
    """The upper end of every need that has one."""
    return {need.kind: str(need.max) for need in brief.needs if need.max is not None}


@pytest.mark.parametrize(
    ("said", "total"),
    [
        (
            "Afternoon tea for my grandma, 10 guests: a cake, something to drink and decorations, $110, no alcohol",
            "110",
        ),
        ("cake, candles and banner for 25 dollars", "25"),
        ("cake, invitations and decorations for $70, my daughter turns 5", "70"),
        ("cake, juice & balloons under 80", "80"),
        ("cake, games, and decorations, around 90 dollars", "90"),
    ],
)
def test_an_amount_behind_a_list_is_for_all_of_it(said: str, total: str) -> None:
    brief = brief_after(said)
    assert brief.budget is not None
    assert str(brief.budget.max).startswith(total)
    assert bounds(brief) == {}


@pytest.mark.parametrize(
    ("said", "total", "own"),
    [
        ("party for 6 kids, decorations under 20, cake, $100", "100", {"decorations": "20.00"}),
        ("cake at most 25, plates, $60", "60", {"cake": "25.00"}),
        ("a party with cake, maximum 40, and decorations, maximum 25", None, {"cake": "40.00", "decorations": "25.00"}),
        ("cake, $30, and decorations, $20", None, {"cake": "30.00", "decorations": "20.00"}),
    ],
)
def test_an_amount_of_one_need_is_never_taken_for_the_total(said: str, total: str | None, own: dict[str, str]) -> None:
    brief = brief_after(said)
    assert (str(brief.budget.max) if brief.budget else "None").startswith(str(total))
    assert bounds(brief) == own


@pytest.mark.parametrize(
    ("said", "kind", "wishes"),
    [
        ("a cake, plates and balloons for 8, $80", "decorations", ["balloons"]),
        ("party for 10 kids: plates, streamers and hats", "decorations", ["streamers", "hats"]),
        ("my son's space party: plates, a cake topper and bunting", "decorations", ["cake topper", "bunting"]),
        ("a pirate party with a pinata and loot bags for 6", "activity", ["pinata"]),
    ],
)
def test_a_thing_that_is_named_is_wished_for_within_the_need_it_serves(
    said: str, kind: NeedKind, wishes: list[str]
) -> None:
    needs = {need.kind: need for need in brief_after(said).needs}
    assert sorted(needs[kind].wishes) == sorted(wishes)


@pytest.mark.parametrize(
    "said",
    ["a dinosaur party for 8, my son loves hats and candles", "my wife loves candles", "no balloons, just a cake"],
)
def test_what_somebody_loves_or_refuses_is_not_put_on_the_list(said: str) -> None:
    assert not any(need.wishes for need in brief_after(said).needs)


def test_who_comes_is_not_counted_as_cake() -> None:
    brief = brief_after("dinosaur party for 6 with cake, balloons and karaoke, $100")
    assert brief.guests == 6
    assert {need.kind: need.quantity for need in brief.needs}["cake"] == 1
