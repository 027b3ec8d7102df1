"""Names in any case, several recipients in one message, and messages that correct themselves."""

from __future__ import annotations

from datetime import date

import pytest

from recsys_agent.offline.reading import Reading, read
from tools.brief import Brief, Recipient

TODAY = date(2026, 11, 23)


def reading(message: str, brief: Brief | None = None) -> Reading:
    return read(message, today=TODAY, brief=brief)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("something for my friend maria, she likes salsa", "Maria"),
        ("your father Bob's christmas present", "Bob"),
        ("your father bob's christmas present", "Bob"),
        ("my sister anna loves sewing", "Anna"),
        ("my aunt rose turns 60", "Rose"),
        ("my nephew Jean Paul turns 9", "Jean Paul"),
        ("my nephew jean paul turns 9", "Jean Paul"),
        ("for Mary Ann, my aunt, who enjoys gardening", "Mary Ann"),
        ("a gift for ahmed, my colleague", "Ahmed"),
        ("priya turns 30", "Priya"),
        ("my niece Bea Miller is 7", "Bea"),
        ("my brother will be 40", None),
        ("my mum may like it", None),
        ("my sister really loves roses", None),
        ("my aunt loves rose gardens", None),
        ("a gift for christmas", None),
        ("my boss golf 60", None),
    ],
)
def test_a_name_is_read_in_any_case_and_nothing_else_as_one(message: str, name: str | None) -> None:
    assert reading(message).changes.name == name


@pytest.mark.parametrize(
    ("message", "relation", "interests", "later"),
    [
        ("gifts for my mum, who likes tea, and my sister, who loves yoga", "mother", ["tea"], ["sister"]),
        ("a present for my dad and another for my uncle", "father", [], ["uncle"]),
        ("something for my boss who plays golf and something for my assistant", "boss", ["golf"], ["employee"]),
        ("presents for my brother, my sister and my cousin", "brother", [], ["sister", "cousin"]),
        ("a present for my mum and dad, they like gin", "parents", ["gin"], []),
        ("a present for my sister, she and her husband love tea", "sister", ["tea"], []),
        ("my neighbour says her son loves trains, but this is for my own son, who loves sharks", "son", ["sharks"], []),
    ],
)
def test_the_first_of_several_recipients_is_served_and_the_others_are_named(
    message: str, relation: str, interests: list[str], later: list[str]
) -> None:
    found = reading(message)
    assert (found.changes.relation, found.changes.interests, found.later) == (relation, interests, later)


@pytest.mark.parametrize(
    ("message", "age", "limit", "interests"),
    [
        ("he turns 40, no wait, 45, and he likes golf", 45, None, ["golf"]),
        ("my nephew is 6, sorry, he's 7 already", 7, None, []),
        ("my budget is 30 dollars, actually 40", None, "40.00", []),
        ("she likes tea, I mean coffee. Under $20, no sorry, $25", None, "25.00", ["coffee"]),
        ("he is into card games. No, sorry, I meant chess", None, None, ["chess"]),
        ("he likes tea. Oh sorry, I forgot, he also likes jazz", None, None, ["tea", "jazz"]),
    ],
)
def test_a_correction_within_a_message_stands_in_place_of_what_it_corrects(
    message: str, age: int | None, limit: str | None, interests: list[str]
) -> None:
    changes = reading(message).changes
    said = str(changes.budget.max) if changes.budget else None
    assert (changes.age_years, said, changes.interests) == (age, limit, interests)


def test_a_rule_said_before_a_correction_still_holds() -> None:
    changes = reading("she is allergic to nuts, loves tea - sorry, I meant coffee").changes
    assert (changes.allergies, changes.interests) == (["nuts"], ["coffee"])


def test_scratch_that_takes_back_the_interest_of_an_earlier_message() -> None:
    brief = Brief(recipient=Recipient(relation="father"), interests=["golf"])
    assert reading("scratch that, he's into tennis now", brief).changes.apply(brief).interests == ["tennis"]
