"""What is added to a party ("and balloons") is wished of the need that such things serve, and of nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from recsys_agent.offline.reading import read
from tests.fakes.products import a_catalog, a_product
from tests.fakes.shops import recommend
from tools.brief import Brief, BriefChanges, Need
from tools.request import Request

TODAY = date(2026, 11, 23)
PARTY = read("Plan a dinosaur party for my 6-year-old, 12 kids, $250 including a present", today=TODAY).changes.apply(
    Brief()
)


def changes(message: str, brief: Brief = PARTY) -> BriefChanges:
    return read(message, today=TODAY, brief=brief, shown=len(brief.needs)).changes


@pytest.mark.parametrize(
    ("message", "wishes"),
    [
        ("add candles", {"decorations": ["candles"]}),
        ("and balloons", {"decorations": ["balloons"]}),
        ("also some streamers please", {"decorations": ["streamers"]}),
        ("can you add a banner?", {"decorations": ["banner"]}),
        ("add a piñata", {"activity": ["piñata"]}),
        ("plus party hats", {"decorations": ["party hats"]}),
        ("we also need napkins", {"tableware": ["napkins"]}),
        ("could we have gold balloons too?", {"decorations": ["gold balloons", "balloons"]}),
        ("balloons and a treasure hunt as well", {"decorations": ["balloons"], "activity": ["treasure hunt"]}),
        ("I would love some bunting", {"decorations": ["bunting"]}),
        ("throw in stickers for the kids", {"favours": ["stickers"]}),
    ],
)
def test_what_is_added_is_a_wish_of_its_need_and_no_interest(message: str, wishes: dict[str, list[str]]) -> None:
    said = changes(message)
    assert {need.kind: need.wishes for need in said.needs} == wishes
    assert (said.interests, said.theme, said.budget) == ([], None, None)


@pytest.mark.parametrize(
    "message", ["no balloons", "forget the piñata", "hate the plates", "she loves balloons", "the balloons are ugly"]
)
def test_what_is_not_added_is_no_wish(message: str) -> None:
    assert not any(need.wishes for need in changes(message).needs)


def test_wishes_add_up_and_a_need_dropped_loses_them() -> None:
    brief = changes("and a banner").apply(changes("add balloons").apply(PARTY))
    assert {need.kind: need.wishes for need in brief.needs if need.wishes} == {"decorations": ["balloons", "banner"]}
    assert not any(need.wishes for need in changes("no decorations").apply(brief).needs)


def test_a_pick_that_answers_the_wish_goes_before_a_better_one_of_the_theme(tmp_path: Path) -> None:
    products = [
        a_product("cake", "20.00", need="cake"),
        a_product("garland", "10.00", title="Dinosaur Garland", need="decorations", rating=4.9, rating_count=900),
        a_product("balloons", "12.00", title="Plain Balloons", need="decorations", rating=3.0),
    ]
    needs = [Need(kind="cake"), Need(kind="decorations", wishes=["balloons"])]
    outcome = recommend(a_catalog(tmp_path, products), Request(brief=Brief(needs=needs, theme="dinosaur")))
    assert [pick.product_id for pick in outcome.picks] == ["cake", "balloons"]
    assert [given_up.why for given_up in outcome.off_theme if given_up.need == "decorations"] == [
        "you asked for balloons, and there is none of both"
    ]
