"""What code adds to a reply keeps the question at its end, and says first what changed."""

from __future__ import annotations

from recsys_agent.plugins.additions import with_additions
from tools import state

ASKED = {"question": "interests", "asking": {"choices": {"tea": 3}}}
CHOICES = "Among what fits best here: tea (3)."


def test_a_reply_to_which_nothing_is_added_stays_as_it_is() -> None:
    assert with_additions("Hello!\n\nAgain.", {"question": None}, {}) == ["Hello!\n\nAgain."]


def test_choices_stand_before_the_question() -> None:
    assert with_additions("What does she like?", ASKED, {}) == [CHOICES, "What does she like?"]
    assert with_additions("Picks.\n\nWhat else?", ASKED, {}) == ["Picks.", CHOICES, "What else?"]
    assert with_additions("Tell me what she likes.", ASKED, {}) == ["Tell me what she likes.", CHOICES]


def test_what_changed_and_what_could_not_be_had_come_first() -> None:
    values = {state.STATED: ["Noted: less childish."], state.UNHEEDED: ["blue"]}
    first, *_ = with_additions("Picks.", {}, values)
    assert first == "Noted: less childish. Nothing that fits is blue, so these come closest."


def test_a_question_about_age_needs_no_choices() -> None:
    assert with_additions("How old?", {**ASKED, "question": "age"}, {}) == ["How old?"]
