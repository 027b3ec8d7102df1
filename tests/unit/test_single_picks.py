"""Which of the picks on the table a message wants replaced, in many wordings; the others stay."""

from __future__ import annotations

import pytest

from recsys_agent.offline.reading.single_picks import NONE, read_single_picks
from recsys_agent.offline.reading.text import Message

TITLES = ["Wooden Train Set", "Space Shuttle of Bricks", "Tea Tour Tin, 24 Loose Leaf Samples"]

REPLACED = {
    "the second is too big": ["2"], "swap only the third": ["3"], "not the last one, another please": ["3"],
    "something else instead of the Lego one": ["lego"], "replace 1 and 3": ["1", "3"], "the second? nah": ["2"],
    "the second one is nice but the first one isn't her thing": ["1"], "i don't like the first or the third": ["1",
    "3"],
    "something like the third instead of the first": ["1"], "she already has the train set": ["train set"],
    "2 is ugly": ["2"], "can you swap the second?": ["2"], "i like 1 and 3 but 2 not so much": ["2"],
    "the first two are fine, the last is rubbish": ["3"], "swap number 3 for something blue": ["3"],
    "the blue one does not suit her": ["blue"], "what about something else instead of the second": ["2"],
    "he wouldn't like the shuttle": ["shuttle"], "a less girly one instead of number 3": ["3"],
    "the 2nd is a bit much": ["2"],
    "could you find a replacement for the second": ["2"], "get rid of option 2": ["2"],
    "all good except the third": ["3"],
    "everything but the first is great": ["1"], "they're fine, just not the second": ["2"], "first one's naff": ["1"],
    "I'm afraid the first is not to her taste.": ["1"], "number one: no. number two: maybe. number three: no.": ["1",
    "3"],
    "meh on the first two": ["1", "2"], "the first two can stay, other third": ["3"], "drop the tea": ["tea"],
    "the third: not quite right": ["3"], "first is a no from me": ["1"], "number 9 is too big": ["9"],
}  # fmt: skip
CHEAPER = {
    "cheaper alternative to number 2": ["2"], "the tea tin is too dear": ["tea tin"], "the third: too pricey": ["3"],
    "make the second cheaper": ["2"], "the first is ok but too expensive": ["1"],
    "and the third is tooo expensive": ["3"],
}  # fmt: skip
ALL_BUT = {
    "keep the first, swap the rest": ["1"], "only the second is ok, show me others": ["2"],
    "I love number 1 but the others are meh": ["1"], "I'd keep the train set and change the other two": ["train set"],
    "keep the second and show me two new ones": ["2"], "#2 is ok, rest no": ["2"],
    "I fancy the first but swap out the others": ["1"],
}  # fmt: skip
NOT_ABOUT_ONE = """more like the second but blue|why not the Lego one?|is the second too big?|the first one, thanks|
I'll take the wooden one|the second is perfect|the cake should be blue|my second son turns 8|
tell me more about number 3|
he is the first in the family|it's our first anniversary|cheaper|something else|compare 1 and 3|
I'll have the last one"""


def about(message: str) -> tuple[list[str], list[str], str | None]:
    replaced, all_but, critique = read_single_picks(Message(message), 3, TITLES)
    return sorted(replaced), all_but, critique


@pytest.mark.parametrize(("message", "picks"), REPLACED.items())
def test_only_what_is_turned_down_gives_way(message: str, picks: list[str]) -> None:
    assert about(message)[:2] == (sorted(picks), [])


@pytest.mark.parametrize(("message", "picks"), CHEAPER.items())
def test_what_is_too_dear_gives_way_to_something_cheaper(message: str, picks: list[str]) -> None:
    assert about(message) == (picks, [], "cheaper")


@pytest.mark.parametrize(("message", "picks"), ALL_BUT.items())
def test_what_is_kept_alone_stays_alone(message: str, picks: list[str]) -> None:
    assert about(message)[:2] == ([], picks)


@pytest.mark.parametrize("message", [text.strip() for text in NOT_ABOUT_ONE.split("|")])
def test_what_turns_no_pick_down_replaces_none(message: str) -> None:
    assert read_single_picks(Message(message), 3, TITLES) == NONE
