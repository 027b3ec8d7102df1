"""One change was offered because nothing fitted: what is a yes to it, and what is not."""

from __future__ import annotations

from datetime import date

import pytest

from recsys_agent.offline.reading import Reading, read
from tools.brief import Brief

BRIEF = Brief.model_validate({"recipient": {"relation": "wife"}, "interests": ["wine"], "budget": {"max": "130"}})
OFFERED = ["raise the budget to $253.00 ($123.00 more)"]


def reading(message: str) -> Reading:
    return read(message, today=date(2026, 11, 23), brief=BRIEF, offered=OFFERED)


@pytest.mark.parametrize(
    "message",
    [
        "It should stay under $130.",
        "My budget is $130, I promised my better half to stick to it!",
        "I'm looking for a present for my wife. She really enjoys wine. It should stay under $130. She will be 35.",
        "it has to be $130 or less",
        "I told you: max 130 dollars",
        "I like it when it is handmade",
        "this is for her birthday",
        "she loves it",
        "she would like that in blue",
        "please keep it under £130",
        "the budget is fixed at 130 dollars",
    ],
)
def test_what_was_said_before_is_no_yes_to_a_dearer_offer(message: str):
    assert reading(message).accept is None


@pytest.mark.parametrize(
    "message",
    ["yes", "ok, that works", "go for it", "raise it", "it's fine", "do it", "that is ok", "the first, please"],
)
def test_a_yes_is_one(message: str):
    assert reading(message).accept == 1
