from __future__ import annotations

from typing import Any

import pytest

from tools.shopper.heard import with_heard

NOTHING: dict[str, Any] = dict.fromkeys(
    ("avoid", "allergies", "age_years", "budget_min", "budget_max", "budget_currency", "remove", "interests")
) | {"budget_each": False}
SAID = "a gift for my niece who turns 6, allergic to nuts, up to $40"
HEARD = {"allergies": ["nuts"], "age_years": 6, "budget_max": "40"}


def completed(**model: Any) -> dict[str, Any]:
    return {k: v for k, v in with_heard(NOTHING | model, HEARD, SAID).items() if v}


def test_what_the_model_left_out_is_filled_in():
    assert completed(interests=["tea"]) == {**HEARD, "interests": ["tea"]}


def test_what_the_model_says_alike_is_not_said_twice():
    assert completed(**HEARD) == HEARD


@pytest.mark.parametrize("field", ["avoid", "remove"])
def test_a_rule_that_the_model_noted_or_took_back_otherwise_is_left_to_it(field: str):
    assert "allergies" not in completed(**{field: ["nuts"]})


def test_an_age_that_was_never_said_gives_way_and_one_that_was_said_is_believed():
    assert completed(age_years=16)["age_years"] == 6
    assert completed(age_years=40)["age_years"] == 40


@pytest.mark.parametrize("amount", ["6", "400"])
def test_an_amount_that_the_model_states_is_left_to_the_check_of_amounts(amount: str):
    assert completed(budget_max=amount)["budget_max"] == amount


def test_where_code_hears_nothing_the_model_has_its_way():
    given = NOTHING | {"age_years": 3, "avoid": ["wool"]}
    assert with_heard(given, {}, "mi sobrina cumple tres") == given
