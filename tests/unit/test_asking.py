"""A question is asked only where its answer would change the picks, and never twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.brief import Brief, Budget, Need, Recipient
from tools.elicitation import blocking_question, clarifying_question, refining_question

SLOTS = ["interests", "budget", "age", "guests", "recipient", "clarify"]
RELATIONS = st.sampled_from([None, "self", "father", "niece", "parents", "mother_in_law"])
AGES = st.sampled_from([None, 5])
BRIEFS = st.builds(
    Brief,
    recipient=st.builds(Recipient, relation=RELATIONS, name=st.sampled_from([None, "Ana"]), age_years=AGES),
    interests=st.sampled_from([[], ["tea"]]),
    budget=st.sampled_from([None, Budget(max="40"), Budget(max="40", currency="USD")]),
    needs=st.sampled_from([[], [Need(kind="cake"), Need(kind="favours")], [Need(kind="favours", quantity=12)]]),
    guests=st.sampled_from([None, 12]),
    price_feel=st.sampled_from([None, "low"]),
    theme=st.sampled_from([None, "pirate"]),
)


def blocking(*asked: str, **brief: Any) -> str | None:
    question = blocking_question(Brief.model_validate(brief), asked, "USD")
    return question.slot if question else None


def refining(*asked: str, **brief: Any) -> str | None:
    question = refining_question(Brief.model_validate(brief), asked)
    return question.slot if question else None


@given(BRIEFS)
def test_no_slot_is_asked_twice_and_the_questions_come_to_an_end(brief: Brief) -> None:
    asked: list[str] = []
    while question := blocking_question(brief, asked, "USD") or refining_question(brief, asked):
        assert question.slot not in asked
        assert question.text.endswith(("?", ".", "too.", "specific."))
        asked.append(question.slot)
    assert len(asked) <= len(SLOTS)


def test_another_currency_is_asked_about_by_the_shops_own_and_never_converted() -> None:
    question = blocking_question(Brief(budget=Budget(max="40", currency="EUR")), [], "GBP")
    assert question is not None
    assert question.slot == "currency"
    assert "GBP" in question.text
    assert "EUR" in question.text
    assert "40" not in question.text


def test_another_currency_stays_in_question_until_it_is_answered() -> None:
    """The one question that comes back: without an answer there is no amount that could be compared."""
    assert blocking("currency", budget=Budget(max="40", currency="EUR")) == "currency"


def test_an_amount_without_a_currency_is_in_the_shops() -> None:
    assert blocking(budget=Budget(max="40")) is None


@pytest.mark.parametrize(
    "said",
    [
        {"interests": ["tea"]},
        {"theme": "pirate"},
        {"like": "mug"},
        {"price_feel": "low"},
        {"budget": Budget(max="9")},
        {"price_cap": "9"},
    ],
)
def test_one_wish_or_one_price_is_enough_for_first_picks(said: dict[str, Any]) -> None:
    assert blocking(recipient=Recipient(relation="father")) == "interests"
    assert blocking(recipient=Recipient(relation="father"), **said) is None


def test_guests_are_asked_for_only_where_they_count() -> None:
    party = [Need(kind="cake"), Need(kind="favours")]
    assert blocking(needs=party) == "guests"
    assert blocking(needs=party, guests=12) is None
    assert blocking(needs=[Need(kind="cake"), Need(kind="favours", quantity=12)]) is None
    assert blocking(needs=[Need(kind="cake")]) is None


def test_a_childs_age_is_asked_for_and_a_grown_ups_is_not() -> None:
    assert refining(recipient=Recipient(relation="niece"), interests=["tea"], price_feel="low") == "age"
    assert refining(recipient=Recipient(relation="father"), interests=["tea"], price_feel="low") is None
    assert refining(recipient=Recipient(relation="niece", age_years=5), interests=["tea"], price_feel="low") is None


def test_the_budget_is_asked_for_before_more_interests() -> None:
    assert refining() == "budget"
    assert refining("budget") == "interests"
    assert refining("budget", "interests") is None


def test_nothing_is_asked_where_all_is_said() -> None:
    assert blocking(interests=["tea"], budget=Budget(max="9", currency="USD")) is None
    assert refining(interests=["tea"], budget=Budget(max="9", currency="USD")) is None


def test_an_unclear_message_is_asked_about_once() -> None:
    assert clarifying_question([]) is not None
    assert clarifying_question(["clarify"]) is None


@pytest.mark.parametrize(
    ("recipient", "asked_as"),
    [
        (Recipient(), "does the person enjoy"),
        (Recipient(relation="self"), "do you enjoy"),
        (Recipient(relation="parents"), "do your parents enjoy"),
        (Recipient(relation="mother_in_law"), "does your mother-in-law enjoy"),
        (Recipient(relation="niece", name="Ana"), "does Ana enjoy"),
    ],
)
def test_a_question_speaks_of_the_recipient_as_the_shopper_does(recipient: Recipient, asked_as: str) -> None:
    question = blocking_question(Brief(recipient=recipient), [], "USD")
    assert question is not None
    assert asked_as in question.text
