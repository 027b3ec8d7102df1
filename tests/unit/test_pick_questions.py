"""What is asked about picks on the table: told from the catalogue, or as not known, and never a new shortlist."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from recsys_agent.offline.reading.about_picks import read_about_picks
from recsys_agent.offline.reading.text import Message
from tools.money import Money
from tools.product import Product
from tools.shopper.questions import answer_about

TODAY = date(2026, 6, 1)
TITLES = ["Wooden Train Set", "Space Shuttle of Bricks", "Tea Tour Tin, 24 Loose Leaf Samples"]
ASKED: dict[str, dict[str, Any]] = {
    "does the second need batteries?": {"position": 2}, "what's it made of?": {}, "is it safe for a two-year-old?": {},
    "how long does delivery take?": {}, "can I return it?": {}, "who makes the first?": {"position": 1},
    "do any of these come gift wrapped?": {}, "is the tea tin reusable?": {"what": "tea tin"},
    "what sizes are there?": {},
    "how many people can play the last one?": {"position": 3}, "are they in stock?": {},
    "and the reviews? any good?": {},
    "the 2nd is nice but what's it made of?": {"position": 2}, "when would it arrive?": {},
    "is that real leather?": {},
    "will it be here by Friday?": {}, "how big is the train set?": {"what": "train set"}, "do you gift wrap?": {},
    "does it come with instructions?": {}, "can it go in the dishwasher?": {}, "what colours does it come in?": {},
    "where is the third made?": {"position": 3}, "are the bricks compatible with others?": {"what": "bricks"},
    "what age is it for?": {},
    "is delivery free?": {}, "how much is it altogether?": {}, "what's in the tea tin?": {"what": "tea tin"},
}  # fmt: skip
NOT_ASKED = """do you have anything in wood?|is there one in green?|can you do the first in red?|what else do you have?|
which is better, the first or the third?|is the second heavier?|how about something cheaper?|what about the teapot?|
can it be cheaper?|is that all?|are you a bot?|do you have it in blue?|how many guests can we have?|
can we have more balloons?|are there any others?|why the first?|what do you know about me?|is that your best?|
what would you recommend?|would it be possible to see others?|does he have to like it?"""


@pytest.mark.parametrize(("message", "which"), ASKED.items())
def test_a_question_about_picks_is_one(message: str, which: dict[str, Any]) -> None:
    told = read_about_picks(Message(message), 3, [], TITLES)
    assert told is not None
    assert told.action == "question"
    assert {name: value for name, value in told.arguments.items() if name != "question"} == which


@pytest.mark.parametrize("message", [part.strip() for part in NOT_ASKED.split("|")])
def test_a_wish_in_the_form_of_a_question_is_none(message: str) -> None:
    told = read_about_picks(Message(message), 3, [], TITLES)
    assert told is None or told.action != "question"


def product(product_id: str, **fields: Any) -> Product:
    return Product.model_validate({"product_id": product_id, "price": Money.of("20", "USD"), **fields})


LAMP = product(
    "lamp", title="Reading Lamp", brand="Glowmore", materials=["oak", "brass"], colors=["green"], origin="Portugal",
    age_min_years=8, delivery_days=3, stock=12, rating=4.5, rating_count=40, pack_size=2,
    description="Runs on two AA batteries. Folds flat at 24 x 10 cm. Costs $5 less in May.",
)  # fmt: skip
TOLD = {
    "does it need batteries?": "Runs on two AA batteries.", "what is it made of?": "made of oak and brass",
    "who makes it?": "by Glowmore", "where is it made?": "Portugal",
    "is it safe for a 2-year-old?": "does not suit age 2",
    "what age is it for?": "ages 8 and up",
    "how long does delivery take?": "3 days: ordered today it is there by 4 June",
    "is it in stock?": "12 in stock", "any reviews?": "4.5 of 5 by 40 shoppers", "how big is it?": "24 x 10 cm",
    "what colours are there?": "in green", "how many are in a pack?": "2 in a pack",
    "is it rechargeable?": "AA batteries",
}  # fmt: skip
UNKNOWN = {
    "can I return it?": '"return"', "is it waterproof?": '"waterproof"', "do you gift wrap?": '"wrap"',
    "how many people can play?": '"players"', "is shipping free?": "delivery",
    "does it contain nuts?": "what is in it",
    "is it cheaper in May?": '"cheaper" or "may"',
}  # fmt: skip


@pytest.mark.parametrize(("question", "fact"), TOLD.items())
def test_a_question_is_answered_from_the_catalogue(question: str, fact: str) -> None:
    assert fact in (answer_about(question, [LAMP], TODAY) or "")


@pytest.mark.parametrize(("question", "name"), UNKNOWN.items())
def test_what_the_catalogue_does_not_say_is_told_as_not_known(question: str, name: str) -> None:
    assert f"says nothing about {name} of **Reading Lamp**" in (answer_about(question, [LAMP], TODAY) or "")


def test_a_question_about_several_is_answered_for_each() -> None:
    told = answer_about("what are they made of?", [LAMP, product("mug", title="Mug")], TODAY) or ""
    assert told.splitlines() == [
        "- **Reading Lamp**: made of oak and brass.",
        "- **Mug**: the catalogue says nothing about the material.",
    ]


def test_a_question_that_names_nothing_is_left_to_the_reasons() -> None:
    assert answer_about("what of it?", [LAMP], TODAY) is None
