"""What shoppers do with picks on the table, in many wordings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from recsys_agent.offline.reading import read
from recsys_agent.offline.reading.about_picks import read_about_picks
from recsys_agent.offline.reading.likeness import read_must
from recsys_agent.offline.reading.qualities import read_qualities
from recsys_agent.offline.reading.text import Message
from tools.brief import Brief

UNDO = """undo|oops, undo that please|go back a step|take that back|no wait, undo|forget what I just said|revert|
nah, put it back|actually, put it back the way it was|
undo once more|go back|roll back the last change|scratch that, undo it|that was a mistake|
back to how it was|cancel that last change|ignore my last message"""
SHOW = """show me the first ones again|can you bring back the previous picks?|back to the first list please|
show me those from before|can I see the earlier ones again|show me the last list again|
could we see the original suggestions again?|hmm I preferred the earlier suggestions|
I liked the previous ones better|the original picks were nicer|what were the previous options again?"""
COMPARE = {
    "compare 1 and 3": [1, 3], "what's the difference between the first and the second?": [1, 2], "1 vs 2": [1, 2],
    "compare them": None,
    "how does number 2 compare to number 3": [2, 3], "put the first and last side by side": [1, -1],
    "which is better, the first or the third?": [1, 3], "how do they differ?": None, "stack 1 up against 2": [1, 2],
}  # fmt: skip
ABSENT = {
    "why not the Lego one?": "lego", "why didn't you show any books?": "books",
    "what about the telescope?": "telescope",
    "why is the kite not on the list?": "kite", "why no board games?": "board games",
    "how come there's no tent?": "tent", "why did you not suggest a candle?": "candle",
    "how come you didn't include any puzzles?": "puzzles",
    "why wasn't the yarn bowl suggested?": "yarn bowl",
}  # fmt: skip
TAKEN = {
    "the first one, thanks": {"position": 1}, "number 2 is perfect, thanks": {"position": 2},
    "the second, please": {"position": 2}, "I'll take 1 and 3": {"position": 1, "also": [3]},
    "I'd rather have the second from before": {"position": 2, "earlier": True},
    "I want the first one from the previous list": {"position": 1, "earlier": True},
    "we'll take the first and the third": {"position": 1, "also": [3]}, "ok number 3 then, cheers": {"position": 3},
}  # fmt: skip
LESS = {
    "not so childish": "childish", "these are too childish": "childish", "too babyish": "childish",
    "less boring": "boring", "they look a bit dull": "boring", "could we see something less predictable?": "boring",
    "way too generic": "boring", "not quite so technical": "technical", "these are all a little too safe": "boring",
    "too girly": "girly", "not that fussy": "fussy",
}  # fmt: skip
MORE = {
    "more personal": "personal", "something more practical": "practical", "a bit more grown-up": "grown-up",
    "not personal enough": "personal", "something funnier": "funny", "a tad more useful maybe": "practical",
    "more unusual please": "unusual", "more sparkly": "sparkly", "something handmade instead": "handmade",
    "can it be more sentimental?": "personal",
}  # fmt: skip
NO_QUALITY = """cheaper|show me more|more ideas|a bit more expensive is ok|not too expensive|he is a bit shy|
she is more into tea|no more books|more like the second but blue|more than 3 kids are coming"""
INSTEAD = {
    "a lamp instead": (["lamp"], ["tea"]), "I'd rather get a scarf": (["scarves"], ["tea"]),
    "swap it for something with owls": (["owls"], ["tea"]), "she's more of a reader": (["reading"], ["tea"]),
    "never mind that, a mug": (["mugs"], ["tea"]), "nope. green then": ([], ["blue"]),
    "what about the green ones?": ([], ["blue"]), "also a mug": (["mugs"], []), "green too": ([], []),
}  # fmt: skip
OTHER = """why not?|what about my dad?|what about under $30?|cheaper|why the first?|more like the second|
a gift for my mum, she loves books|show me more|3 kids are coming|the last one is too dear"""
SPEND_MORE = """a bit more expensive is ok|I wouldn't mind spending a little more|we can spend a bit more|
slightly pricier would be fine|happy to pay a bit extra|could go a bit higher"""
ANGER = """you people are useless!!! every single time|ugh why do you always ask me stuff, I had a bad day|
stop asking me questions|how should I know what hobbies she has|this is ridiculous, so many questions"""
MUST = {
    "more like the second but blue": ["blue"], "like the third but wooden": ["wood"],
    "similar to 2 but with cats": ["cats"], "something like the last one in green": ["green"],
    "more like number 1, only in black": ["black"], "like the first, just made of leather": ["leather"],
    "more like the second": [], "more like the second but cheaper": [],
}  # fmt: skip


def listed(texts: str) -> list[str]:
    return [text.strip() for text in texts.split("|")]


@pytest.mark.parametrize(
    ("message", "rule"),
    [("she's not vegan, sorry", "non-vegan"), ("he isn't vegetarian any more", "meat"),
     ("he is not allergic to nuts after all", "nuts"), ("they are no longer gluten intolerant", "gluten")],
)  # fmt: skip
def test_what_somebody_is_not_is_no_rule(message: str, rule: str) -> None:
    rules = ["non-vegan", "meat", "nuts", "gluten"]
    for known, gone in ((Brief(avoid=rules), [rule]), (Brief(interests=["tea"]), [])):
        changes = read(message, today=date(2026, 6, 1), brief=known, shown=3, titles=["A", "B", "C"]).changes
        assert (changes.remove, changes.avoid, changes.allergies) == (gone, [], [])


def test_what_there_are_loads_of_already_is_owned_by_its_name() -> None:
    told = read(
        "they've got loads of trucks already", today=date(2026, 6, 1), brief=Brief(interests=["trucks"]), shown=3
    )
    assert told.changes.owned == ["trucks"]


@pytest.mark.parametrize(("message", "said"), INSTEAD.items())
def test_what_is_put_in_the_place_of_a_wish_replaces_it(message: str, said: tuple[list[str], list[str]]) -> None:
    known = Brief(interests=["tea", "blue"], must=["blue"])
    changes = read(message, today=date(2026, 6, 1), brief=known, shown=3, titles=["A", "B", "C"]).changes
    assert (changes.interests, [wish for wish in changes.remove if wish != "blue" or "blue" in said[1]]) == said


def about(message: str, shown: int = 3, compared: list[int] | None = None) -> Any:
    return read_about_picks(Message(message), shown, compared or [])


@pytest.mark.parametrize("message", listed(UNDO))
def test_taking_back_is_understood_with_and_without_picks(message: str) -> None:
    for shown in (0, 3):
        told = about(message, shown)
        assert told is not None
        assert told.action == "undo"


@pytest.mark.parametrize("message", listed(SHOW))
def test_earlier_picks_are_asked_for(message: str) -> None:
    assert about(message).action == "show"


def test_the_other_two_are_those_that_were_not_spoken_of() -> None:
    assert about("show me the other two again").arguments == {"action": "show", "others": True}


def test_the_first_list_is_not_the_one_before() -> None:
    assert about("show me the original ones again").arguments == {"action": "show", "first": True}
    assert about("show me the previous ones again").arguments == {"action": "show"}


@pytest.mark.parametrize(("message", "positions"), COMPARE.items())
def test_picks_are_compared_by_their_numbers(message: str, positions: list[int] | None) -> None:
    told = about(message)
    assert told.action == "compare"
    assert told.arguments.get("positions") == positions


@pytest.mark.parametrize(("message", "what"), ABSENT.items())
def test_what_is_missing_is_asked_about(message: str, what: str) -> None:
    assert about(message) == ("absence", {"what": what})


@pytest.mark.parametrize(("message", "taken"), TAKEN.items())
def test_picks_are_taken(message: str, taken: dict[str, Any]) -> None:
    assert about(message) == ("choose", taken)


def test_both_are_those_compared_last_and_otherwise_it_is_asked_which() -> None:
    assert about("both", compared=[1, 3]) == ("choose", {"position": 1, "also": [3]})
    assert about("I'll take both, please", shown=2) == ("choose", {"position": 1, "also": [2]})
    assert about("both please").action == "choose_which"


@pytest.mark.parametrize(
    "message",
    listed(OTHER),
)
def test_what_is_about_the_request_is_left_to_the_reader(message: str) -> None:
    assert about(message) is None


@pytest.mark.parametrize(("message", "quality"), LESS.items())
def test_less_of_a_quality(message: str, quality: str) -> None:
    assert read_qualities(Message(message)) == ([], [quality])


@pytest.mark.parametrize(("message", "quality"), MORE.items())
def test_more_of_a_quality(message: str, quality: str) -> None:
    assert read_qualities(Message(message)) == ([quality], [])


@pytest.mark.parametrize("message", listed(NO_QUALITY))
def test_no_quality_is_read_out_of_other_words(message: str) -> None:
    assert read_qualities(Message(message)) == ([], [])


@pytest.mark.parametrize(("message", "must"), MUST.items())
def test_what_else_a_pick_like_one_on_the_table_shall_be(message: str, must: list[str]) -> None:
    assert read_must(Message(message)) == must


@pytest.mark.parametrize(
    "message",
    listed(SPEND_MORE),
)
def test_leave_to_spend_more_is_not_a_wish_for_dear_things(message: str) -> None:
    reading = read(message, today=date(2026, 11, 23), brief=Brief(interests=["tea"]), shown=3)
    assert (reading.critique, reading.changes.budget) == ("spend_more", None)


def test_an_amount_that_may_be_spent_is_a_budget() -> None:
    reading = read("we can go up to 300", today=date(2026, 11, 23), brief=Brief(interests=["tea"]), shown=3)
    assert reading.changes.budget is not None
    assert reading.critique != "spend_more"


@pytest.mark.parametrize(
    "message",
    listed(ANGER),
)
def test_no_hobby_is_read_out_of_anger(message: str) -> None:
    reading = read(message, today=date(2026, 11, 23), brief=Brief(), asked="interests")
    assert reading.changes.interests == []
