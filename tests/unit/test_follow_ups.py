"""Second turns and sums that blind testers saw misread, in wordings of their family."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from recsys_agent.offline.reading import Reading, read
from recsys_agent.offline.reading.about_picks import read_about_picks
from recsys_agent.offline.reading.budget_talk import asks_for_budget, says_same_budget
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.unread import unread_in
from tools.brief import Brief
from tools.shopper.amounts import said_amount

TODAY = date(2026, 11, 23)
TITLES = ("Stoneware Mug", "Leather Wallet", "Walnut Puzzle Box")


def said(*turns: str, shown: int = 3, asked: str | None = None) -> tuple[Brief, Reading]:
    """The brief after the turns, and what the last one was read as."""
    brief, reading = Brief(), Reading(intent="unclear")
    for number, turn in enumerate(turns):
        at_last = {"shown": shown, "titles": TITLES[:shown], "asked": asked} if number else {}
        reading = read(turn, today=TODAY, brief=brief, **at_last)
        brief = reading.changes.apply(brief)
    return brief, reading


@pytest.mark.parametrize(
    ("message", "most", "each", "number"),
    [
        ("5 gifts for clients, $30 per person, total not above 150", "150", "30", 5),
        ("3 thank-you gifts, $20 each, $50 in total", "50", "20", 3),
        ("gifts for 4 nephews, max $15 each and $50 altogether", "50", "15", 4),
        ("6 mugs, up to $10 a piece, but no more than $45 overall", "45", "10", 6),
        ("mugs x 6, $45", "45", None, 6),
        ("6 mugs please, $45", "45", None, 6),
        ("puppets, 6 of them, no more than $60 for the lot", "60", None, 6),
        ("gift for mum who has 3 cats, $30", "30", None, 1),
    ],
)
def test_what_each_may_cost_stands_beside_what_all_may(message: str, most: str, each: str | None, number: int) -> None:
    brief, _ = said(message)
    (need,) = brief.wanted
    assert brief.budget is not None
    assert (brief.budget.max, brief.budget.per, need.quantity) == (Decimal(most), "total", number)
    assert (need.max, need.each) == (None if each is None else Decimal(each) * number, each is not None)


@pytest.mark.parametrize(
    ("message", "most"),
    [
        ("farewell gift for my colleague, we are 6 people each giving 10 dollars", "60"),
        ("there are 8 of us and everyone puts in $5, gift for our teacher", "40"),
        ("gift for my boss, 5 of us are paying $12 each", "60"),
    ],
)
def test_what_each_puts_in_is_added_up(message: str, most: str) -> None:
    brief, _ = said(message)
    assert brief.budget is not None
    assert (brief.budget.max, brief.budget.per) == (Decimal(most), "total")
    assert said_amount(most, message, "budget_max") == Decimal(most)


@pytest.mark.parametrize("message", ["party bag fillers x 20, max 50p each", "20 party bags, 50 pence each"])
def test_less_than_one_unit_is_money(message: str) -> None:
    brief, _ = said(message)
    assert brief.budget is not None
    assert (brief.budget.max, brief.budget.per, brief.needs[0].quantity) == (Decimal("0.50"), "each", 20)
    assert said_amount("0.50", message, "budget_max") == Decimal("0.50")


PARTY = "party for my son, 7, 12 kids, space theme, $90"
PAIR = "gift for my friend, jazz and bbq, $30"


@pytest.mark.parametrize(
    ("first", "then", "field", "value"),
    [
        (PARTY, "we'll be 15", "guests", 15),
        (PARTY, "there will be 20", "guests", 20),
        (PARTY, "no balloons, the dog eats them", "avoid", ["balloons"]),
        (PARTY, "without confetti please", "avoid", ["confetti"]),
        (PAIR, "more for the bbq side", "interests", ["bbq"]),
        (PAIR, "rather the jazz side", "interests", ["jazz"]),
        (PAIR, "jazz only", "interests", ["jazz"]),
        (PAIR, "books only", "interests", ["books"]),
        (PAIR, "or maybe a vase", "interests", ["jazz", "bbq", "vases"]),
        (PAIR, "they aren't keen on jazz stuff actually", "interests", ["bbq"]),
        (PAIR, "he's got all the lego", "owned", ["lego"]),
        ("gift for my friend, ceramics, $35", "no ceramic after all", "avoid", ["ceramic"]),
        (PAIR, "I don't want to say", "avoid", []),
        (PAIR, "we can't give alcohol", "avoid", ["alcohol"]),
        (PAIR, "we may not bring glass", "avoid", ["glass"]),
        (PAIR, "he can't see well", "avoid", []),
    ],
)
def test_a_second_turn_changes_what_it_says(first: str, then: str, field: str, value: Any) -> None:
    assert getattr(said(first, then)[0], field) == value


def test_one_thing_refused_leaves_the_rest_of_its_need() -> None:
    needs = [need.kind for need in said(PARTY, "no balloons")[0].needs]
    assert needs == [need.kind for need in said(PARTY)[0].needs]
    brief, _ = said("party for 12 kids with balloons and hats, $90", "no balloons")
    assert [need.wishes for need in brief.needs] == [["hats"]]


@pytest.mark.parametrize("colour", ["in brown", "brown please", "or brown"])
@pytest.mark.parametrize("freed", ["doesn't matter which colour", "any colour", "I don't mind the colour"])
def test_a_colour_is_wished_for_and_let_go_of(colour: str, freed: str) -> None:
    assert said("leather wallet, $70", colour)[0].must == ["brown"]
    assert said("leather wallet, $70", colour, freed)[0].must == []


@pytest.mark.parametrize("then", ["no wait 3 colleagues", "make it 3 colleagues", "actually only 3 colleagues"])
def test_how_many_people_there_are_is_corrected(then: str) -> None:
    assert said("$100 for 4 colleagues", then)[0].needs[0].quantity == 3


@pytest.mark.parametrize("then", ["start over", "let's start from scratch", "restart", "clean slate please"])
def test_starting_over_answers_no_question(then: str) -> None:
    assert said("gift for granny", then, shown=0, asked="interests")[0] == Brief()


def test_whoever_needs_one_too_is_somebody_else() -> None:
    brief, _ = said("gift for a boy of 10, science, $30", "his sister needs one too, she's 12 and likes crafts")
    assert (brief.recipient.age_years, brief.interests) == (12, ["crafts"])


def test_things_for_two_people_are_both_looked_for() -> None:
    brief, _ = said("a scarf for my mum and a wallet for my dad, $80 in total")
    assert ([need.name for need in brief.needs], brief.recipient.relation) == (["scarf", "wallet"], None)


@pytest.mark.parametrize("message", ["christmas decorations, $50, nothing glass", "halloween costumes for kids, $30"])
def test_a_thing_named_after_a_day_is_looked_for(message: str) -> None:
    assert said(message)[0].interests == [message.split(" for ")[0].split(",")[0]]


@pytest.mark.parametrize(
    "then", ["remove the second", "delete number 2", "take the second off the list", "skip the second"]
)
def test_a_removed_pick_gives_way(then: str) -> None:
    assert said("gift for mum, tea, $40", then)[1].replace == ["2"]


@pytest.mark.parametrize(
    ("message", "action", "arguments"),
    [
        ("forget that", "undo", {"action": "undo", "last": True}),
        ("nah, forget that again", "undo", {"action": "undo", "last": True}),
        ("the last one is cool, take it", "choose", {"position": -1}),
        ("number 2 looks lovely, I'll take it", "choose", {"position": 2}),
        ("changed my mind, don't take it", "choose", {"put_back": True}),
        ("actually I don't want it after all", "choose", {"put_back": True}),
        ("no I liked the ones before", "show", {"action": "show"}),
        ("the cheapest of these", "compare", {"by": "price"}),
        ("the best rated of the three?", "compare", {"by": "rating"}),
        ("both wrapped?", "question", {"question": "both wrapped?"}),
    ],
)
def test_talk_about_picks_is_no_new_search(message: str, action: str, arguments: dict[str, Any]) -> None:
    told = read_about_picks(Message(message), 3, [], TITLES)
    assert told is not None
    assert (told.action, told.arguments) == (action, arguments)


def test_another_colour_is_asked_about_and_not_asked_for() -> None:
    told = read_about_picks(Message("does the second come in another colour?"), 3, [], TITLES)
    assert told is not None
    assert told.action == "question"


def test_talk_about_the_budget_needs_no_amount() -> None:
    assert all(asks_for_budget(Message(m)) for m in ("What's the budget?", "and what is my limit again?"))
    assert all(says_same_budget(Message(m)) for m in ("same budget for him", "the price stays the same"))
    assert not asks_for_budget(Message("what is the budget option?"))


def test_only_a_sentence_that_asks_and_is_not_understood_is_told() -> None:
    def understand(sentence: str) -> Reading:
        return read(sentence, today=TODAY)

    assert unread_in("Gift for dad, jazz, $40. It must fit through the letterbox.", understand) == [
        "it must fit through the letterbox"
    ]
    assert unread_in("Gift for dad, $40. I hope you can help. He has no garden.", understand) == []
    assert unread_in("it must fit through the letterbox", understand) == []
