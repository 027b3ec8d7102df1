"""A question is asked only where its answer is expected to better the picks by more than it costs, and never twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_catalog, a_product
from tools.asking.answers import UNKNOWN, Answers, answers_to
from tools.asking.policy import BY_VALUE, FixedList, clarifying, necessary, open_slots, popular
from tools.asking.value import best_question, cost_of, value_of
from tools.asking.wording import choices_text, worded
from tools.brief import Brief, Budget, Need, Recipient
from tools.catalog.interface import Catalog
from tools.request import Request

TODAY = date(2026, 11, 23)
RELATIONS = st.sampled_from([None, "self", "father", "niece", "parents", "mother_in_law"])
BRIEFS = st.builds(
    Brief,
    recipient=st.builds(
        Recipient, relation=RELATIONS, name=st.sampled_from([None, "Ana"]), age_years=st.sampled_from([None, 5])
    ),
    interests=st.sampled_from([[], ["tea"]]),
    budget=st.sampled_from([None, Budget(max="40"), Budget(max="40", currency="USD")]),
    needs=st.sampled_from([[], [Need(kind="gift")], [Need(kind="favours"), Need(kind="cake")]]),
    guests=st.sampled_from([None, 12]),
    theme=st.sampled_from([None, "pirate"]),
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    kinds = [("tea", "Kitchen"), ("chess", "Games"), ("jazz", "Music"), ("camping", "Outdoor")]
    products = [
        a_product(f"{interest}-{n}", f"{5 + 12 * n}.00", interests=[interest], category=category, rating=4.0 + n / 10)
        for interest, category in kinds
        for n in range(5)
    ]
    toys = [a_product(f"rattle-{n}", "9.00", interests=["toys"], age_max_years=3) for n in range(3)]
    return a_catalog(tmp_path_factory.mktemp("shop"), [*products, *toys])


def before(shop: Catalog, *asked: str, **brief: Any) -> str | None:
    question, _ = BY_VALUE.before_picks(Brief.model_validate(brief), asked, shop, TODAY)
    return question.slot if question else None


def beside(shop: Catalog, shown: list[str], *asked: str, **brief: Any) -> str | None:
    request = Request(brief=Brief.model_validate(brief), asked=list(asked), today=TODAY)
    question, _ = BY_VALUE.beside_picks(request, popular(request, shop), shown, shop)
    return question.slot if question else None


def table(*rows: list[float], weights: list[float] | None = None) -> Answers:
    worth = np.array(rows)
    likely = np.array(weights or [1 / len(rows)] * len(rows))
    return Answers("interests", tuple(map(str, range(len(rows)))), likely, worth, (1,) * len(rows))


# -- the value ----------------------------------------------------------------


def test_a_question_whose_every_answer_leaves_the_best_pick_on_the_table_is_worth_nothing() -> None:
    assert value_of(table([3, 1], [5, 4]), [0]) == 0
    assert value_of(table([3, 1], [4, 5]), [0, 1]) == 0


def test_a_question_is_worth_what_the_new_best_pick_gains_averaged_over_the_answers() -> None:
    assert value_of(table([3, 1], [1, 5], weights=[0.5, 0.25]), [0]) == pytest.approx(0.25 * 4)


@given(st.lists(st.lists(st.floats(0, 9), min_size=4, max_size=4), min_size=1, max_size=5), st.sets(st.integers(0, 3)))
def test_more_picks_on_the_table_never_make_a_question_worth_more(rows: list[list[float]], shown: set[int]) -> None:
    answers = table(*rows)
    assert 0 <= value_of(answers, list(range(4))) <= value_of(answers, [*shown, 0]) <= value_of(answers, [0]) + 1e-9


def test_the_second_question_has_to_be_worth_more_than_the_first() -> None:
    barely = table([3, 1], [3, 3 + 2.2 * cost_of(0)])
    assert best_question([(barely, [0])], 0, 2)[0] == "interests"
    assert best_question([(barely, [0])], 1, 2)[0] is None


def test_the_account_of_a_choice_names_every_question_considered_with_its_value() -> None:
    slot, account = best_question([(table([3, 1], [3, 9]), [0])], 0, 2)
    assert slot == "interests"
    assert account.dump() == {
        "asked": "interests",
        "cost": 0.4,
        "candidates": 2,
        "questions": [{"slot": "interests", "value": 3.0, "answers": 2}],
        "choices": {"0": 1, "1": 1},
    }


# -- the answers --------------------------------------------------------------


def test_choices_are_those_of_the_admissible_products_with_their_numbers(shop: Catalog) -> None:
    found = popular(Request(brief=Brief(avoid=["chess"], recipient=Recipient(relation="father")), today=TODAY), shop)
    answers = answers_to("interests", found["gift"], Brief())
    assert answers is not None
    assert dict(zip(answers.labels, answers.counts, strict=True)) == {"tea": 5, "jazz": 5, "camping": 5}
    assert answers.weights.sum() == pytest.approx(1 - UNKNOWN["interests"])


def test_choices_that_are_as_frequent_come_in_the_same_order_in_every_process(tmp_path: Path) -> None:
    labels = ["tea", "chess", "jazz", "yoga", "art"]
    shop = a_catalog(tmp_path, [a_product("p", "9", interests=labels)])
    answers = answers_to("interests", popular(Request(brief=Brief()), shop)["gift"], Brief())
    assert answers is not None
    assert list(answers.labels) == sorted(labels)


def test_a_grown_up_is_not_asked_about_age(shop: Catalog) -> None:
    found = popular(Request(brief=Brief(), today=TODAY), shop)["gift"]
    assert answers_to("age", found, Brief(recipient=Recipient(relation="father"))) is None
    child = answers_to("age", found, Brief(recipient=Recipient(relation="niece")))
    assert child is not None
    assert "a grown-up" not in child.labels


def test_where_all_costs_the_same_no_budget_is_asked_for(tmp_path: Path) -> None:
    same = a_catalog(tmp_path, [a_product(str(n), "9.00") for n in range(4)])
    assert answers_to("budget", popular(Request(brief=Brief()), same)["gift"], Brief()) is None


# -- when to ask --------------------------------------------------------------


@settings(deadline=None, max_examples=30)
@given(BRIEFS)
def test_no_slot_is_asked_twice_and_the_questions_come_to_an_end(shop: Catalog, brief: Brief) -> None:
    asked: list[str] = []
    fields = brief.model_dump()
    while slot := before(shop, *asked, **fields) or beside(shop, [], *asked, **fields):
        assert slot not in asked
        asked.append(slot)
    assert len(asked) <= 5


@pytest.mark.parametrize(
    "said",
    [
        {"interests": ["tea"]},
        {"theme": "pirate"},
        {"price_feel": "low"},
        {"budget": Budget(max="9")},
        {"price_cap": "9"},
    ],
)
def test_one_wish_or_one_price_is_enough_for_first_picks(shop: Catalog, said: dict[str, Any]) -> None:
    assert before(shop, recipient=Recipient(relation="father")) == "interests"
    assert before(shop, recipient=Recipient(relation="father"), **said) is None


def test_picks_that_cover_all_prices_leave_no_reason_to_ask_for_the_budget(shop: Catalog) -> None:
    wish = {"interests": ["tea"], "recipient": Recipient(relation="father")}
    assert beside(shop, ["tea-4"], **wish) == "budget"
    assert beside(shop, ["tea-4", "tea-0", "chess-0"], **wish) != "budget"


def test_what_was_said_is_never_asked(shop: Catalog) -> None:
    told = Brief(interests=["tea"], budget=Budget(max="40"), recipient=Recipient(relation="niece", age_years=9))
    assert open_slots(told, []) == ["taste"]
    assert open_slots(told, ["taste"]) == []


def test_another_currency_is_asked_about_by_the_shops_own_and_never_converted() -> None:
    question = necessary(Brief(budget=Budget(max="40", currency="EUR")), ["currency"], "GBP")
    assert question is not None
    assert (question.slot, "GBP" in question.text, "EUR" in question.text, "40" in question.text) == (
        *("currency", True, True, False),
    )


def test_guests_are_asked_for_only_where_they_count() -> None:
    party = Brief(needs=[Need(kind="cake"), Need(kind="favours")])
    assert necessary(party, [], "USD") is not None
    assert necessary(party, ["guests"], "USD") is None
    assert necessary(party.model_copy(update={"guests": 12}), [], "USD") is None
    assert necessary(Brief(needs=[Need(kind="favours", quantity=12)]), [], "USD") is None


def test_an_unclear_message_is_asked_about_once() -> None:
    assert clarifying([]) is not None
    assert clarifying(["clarify"]) is None


def test_a_fixed_list_asks_everybody_everything_before_it_shows_anything(shop: Catalog) -> None:
    asked: list[str] = []
    while question := FixedList().before_picks(Brief(), asked, shop, TODAY)[0]:
        asked.append(question.slot)
    assert asked == list(FixedList.SLOTS)


# -- the words ----------------------------------------------------------------


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
    assert asked_as in worded("interests", Brief(recipient=recipient), beside_picks=False).text


def test_choices_are_told_with_the_numbers_of_products() -> None:
    assert choices_text({"jazz": 9, "tea": 2}) == "Among what fits best here: jazz (9), tea (2)."
    assert choices_text({}) == ""
