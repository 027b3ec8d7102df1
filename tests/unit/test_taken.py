"""Picks that are taken, brought back or asked about by what they are, in many wordings."""

from __future__ import annotations

from typing import Any

import pytest

from recsys_agent.offline.reading.about_picks import read_about_picks
from recsys_agent.offline.reading.text import Message

TITLES = ["Wooden Train Set", "Space Shuttle of Bricks", "Tea Tour Tin, 24 Loose Leaf Samples"]

NAMED = {
    "the wooden one please": "wooden", "I'll take the blue one": "blue", "go with the game": "game",
    "the blue one": "blue",
    "the train set please!": "train set", "I'll go with the tea tin": "tea tin", "sold on the lantern": "lantern",
    "ok the cheapest then": "cheapest", "the dearest one please": "dearest", "shuttle it is": "shuttle",
    "we'll go for the least expensive one": "least expensive", "the one with the lid please": "lid",
    "I'm going with the teapot": "teapot", "the tea tour tin is perfect": "tea tour tin",
    "I'll have the red one, thanks": "red",
}  # fmt: skip
NUMBERED: dict[str, dict[str, Any]] = {
    "go with 3": {"position": 3}, "yes #2": {"position": 2}, "number 1": {"position": 1},
    "I take first": {"position": 1}, "two of the first": {"position": 1, "packs": 2},
    "the second please, two of them": {"position": 2, "packs": 2}, "I'll take 3 of the last": {"position": -1,
    "packs": 3},
    "the third looks sweet, put two of those in": {"position": 3, "packs": 2},
    "actually take back the second": {"position": 2, "put_back": True}, "put the first back": {"position": 1,
    "put_back": True},
    "both the first and the third": {"position": 1, "also": [3]}, "choose the 2nd, and wrap it": {"position": 2},
    "go with the original second one": {"position": 2, "earlier": True}, "the fifth, thanks": {"position": 5},
    "both of the first two": {"position": 1, "also": [2]}, "I'll take the last two": {"position": 2, "also": [3]},
}  # fmt: skip
BACK = {
    "actually the lego one was fine": "lego", "put the lantern back": "lantern",
    "on reflection the mug was nice": "mug",
    "can I have the wooden one back": "wooden", "hmm, the teapot wasn't so bad": "teapot",
    "I preferred the scarf": "scarf",
}  # fmt: skip
BY: dict[str, dict[str, Any]] = {
    "which of them is better rated?": {"by": "rating"}, "which is cheapest": {"by": "price"},
    "is the second heavier?": {"positions": [2], "by": "size"}, "which one is bigger, 1 or 3?": {"positions": [1, 3],
    "by": "size"},
    "Which one has received the best reviews?": {"by": "rating"}, "which would arrive soonest": {"by": "delivery"},
    "compare the train set with the tea tin": {"positions": [1, 3]},
}  # fmt: skip
REDO = "redo|oh no, redo|undo the undo|actually, do that again"
NOT_TAKEN = """I want the cake to be chocolate|the wooden one?|go for the Disney theme|get the price down|hello|yes|
a wooden one please|I'd like something blue|cheapest|my mum likes trains|go back to the first ones|thanks, perfect"""


def about(message: str) -> Any:
    return read_about_picks(Message(message), 3, [], TITLES)


@pytest.mark.parametrize(("message", "what"), NAMED.items())
def test_a_pick_is_taken_by_what_it_is(message: str, what: str) -> None:
    assert about(message) == ("choose", {"what": what})


@pytest.mark.parametrize(("message", "arguments"), NUMBERED.items())
def test_a_pick_is_taken_by_its_number(message: str, arguments: dict[str, Any]) -> None:
    assert about(message) == ("choose", arguments)


@pytest.mark.parametrize(("message", "what"), BACK.items())
def test_an_earlier_pick_is_called_back_by_what_it_is(message: str, what: str) -> None:
    assert about(message) == ("show", {"action": "show", "what": what})


@pytest.mark.parametrize(("message", "arguments"), BY.items())
def test_picks_are_compared_by_what_is_asked(message: str, arguments: dict[str, Any]) -> None:
    assert about(message) == ("compare", arguments)


@pytest.mark.parametrize("message", REDO.split("|"))
def test_what_was_taken_back_is_done_again(message: str) -> None:
    assert about(message) == ("redo", {"action": "redo"})


@pytest.mark.parametrize("message", [text.strip() for text in NOT_TAKEN.split("|")])
def test_what_names_no_pick_takes_none(message: str) -> None:
    told = about(message)
    assert told is None or told.action != "choose"
