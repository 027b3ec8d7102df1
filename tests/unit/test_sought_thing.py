"""A thing asked for as in a search box is read as it was said; other messages are left to the other readers."""

from __future__ import annotations

from datetime import date

import pytest

from recsys_agent.offline.reading.reader import read
from tools.brief import Brief


def interests(message: str) -> list[str]:
    return read(message, today=date(2026, 11, 23), brief=Brief(), asked=None, shown=0).changes.interests


@pytest.mark.parametrize(
    ("message", "thing"),
    [
        ("a 27 inch monitor under 200", "27 inch monitors"),
        ("usb c charger for my brother", "usb c chargers"),
        ("looking for a gaming headset for my nephew", "gaming headsets"),
        ("do you have a 4k action camera below $150?", "4k action cameras"),
        ("stainless steel water bottle, 20 quid max", "stainless steel water bottles"),
        ("Find me a cordless drill for my dad", "cordless drills"),
        ("wooden train set for a 3 year old, 40 dollars", "wooden train set"),
        ("I am looking for ssd", "ssd"),
        ("hdmi cable for my dad please", "hdmi cable"),
        ("hdmi cable", "hdmi cable"),
        ("the cheapest hdmi cable", "hdmi cables"),
        ("Find the cheapest offer for the Acme MX Master 3S", "acme mx master 3s"),
        ("show me 27 inch 4K monitors with USB-C", "27 inch 4k monitors with usb-c"),
        ("27 inch monitor", "27 inch monitor"),
        ("cordless drill please", "cordless drill"),
        ("hi, inkjet cartridges", "inkjet cartridges"),
        ("ssd", "ssd"),
        ("mechanical keyboard", "mechanical keyboards"),
        ("wooden train set", "wooden train set"),
        ("magic set pls. 8 year old. under $15", "magic set"),
        ("peppa pig anything, for a 3 yr old, $8", "peppa pig"),
        ("dinosaur toy that isn't scary for a little boy of three", "dinosaur toys"),
        ("educational toy, age 4", "educational toys"),
        ("running shoes size 10", "running shoes"),
        ("2 mugs, 30", "mugs"),
        ("fancy dress for world book day, age 6", "fancy dress"),
    ],
)
def test_a_thing_is_read_with_all_its_words(message: str, thing: str) -> None:
    assert interests(message) == [thing]


def test_a_thing_of_an_interest_stands_beside_it() -> None:
    assert interests("lego city police set for a 6 year old") == ["lego city police set", "lego"]
    assert interests("gaming headset for my nephew under 60") == ["gaming headset", "gaming"]


@pytest.mark.parametrize(
    "message",
    [
        "gift for my dad under 50",
        "birthday party for my mum under 50",
        "something nice for my aunt",
        "I need help with a present for my boss",
        "retirement gift for a colleague 40 dollars",
        "no idea for my dad",
        "surprise party for my best friend",
        "dinosaur themed party for 12 kids, 150 dollars",
        "asdf qwer",
        "tech support",
        "yes the mouse",
        "cheaper router",
        "my phone",
        "not the mouse",
    ],
)
def test_what_is_no_thing_is_not_read_as_one(message: str) -> None:
    assert interests(message) == []


def test_an_interest_is_not_drowned_by_the_words_around_it() -> None:
    assert interests("a gift for my mum who loves tea") == ["tea"]
    assert interests("a cooperative board game for my nephew under 30") == ["board games"]


@pytest.mark.parametrize("said", ["under 60", "below 60", "max 60", "maximum 60", "within 60", "budget 60", "limit 60"])
@pytest.mark.parametrize("whom", ["nephew", "sister", "boss"])
def test_a_price_behind_a_person_is_no_age(whom: str, said: str) -> None:
    changes = read(f"wireless mouse for my {whom} {said}", today=date(2026, 11, 23)).changes
    assert changes.budget
    assert (changes.budget.max, changes.age_years) == (60, None)
    assert read(f"wireless mouse for my {whom} Kim 60", today=date(2026, 11, 23)).changes.age_years == 60


@pytest.mark.parametrize(
    ("message", "feel"), [("the least expensive drill", "low"), ("which is the cheapest?", None), ("a drill", None)]
)
def test_who_asks_for_the_cheapest_of_a_kind_wants_it_cheap(message: str, feel: str | None) -> None:
    assert read(message, today=date(2026, 11, 23)).changes.price_feel == feel
