"""An amount that is to come on top of the budget, or off it, is no budget of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recsys_agent.offline.reading.reader import read
from tools.brief import Brief, Budget
from tools.shopper.amounts import raised_amount

TODAY = date(2026, 11, 23)


def most_after(said: str) -> Decimal | None:
    brief = Brief(interests=["gardening"], budget=Budget(max=Decimal(40)))
    budget = read(said, today=TODAY, brief=brief, shown=3).changes.budget
    return budget.max if budget else None


@pytest.mark.parametrize(
    ("said", "most"),
    [
        ("What if I spend 10 more?", 50),
        ("what would 15 extra get me?", 55),
        ("And if I added $20?", 60),
        ("I could go 10 higher", 50),
        ("another $10?", 50),
        ("raise it by 10", 50),
        ("lower the budget by 10", 30),
        ("what could I get for $5 less?", 35),
        ("could I get something better for 20 more?", 60),
        ("10 less than that", 30),
        ("what if I spend 60?", 60),
        ("up to 50", 50),
    ],
)
def test_more_or_less_of_an_amount_changes_the_budget_by_it(said: str, most: int) -> None:
    assert most_after(said) == most


@pytest.mark.parametrize("said", ["10 more guests", "show me 2 more", "5 more ideas"])
def test_more_of_something_else_leaves_the_budget(said: str) -> None:
    assert most_after(said) is None


@pytest.mark.parametrize(
    ("value", "said", "is_one"),
    [("50", "up to $40 | 10 more", True), ("60", "up to $40 | 10 more", False), ("50", "up to $40 | 10 guests", False)],
)
def test_a_sum_that_a_model_states_is_the_budget_and_an_amount_that_was_said(
    value: str, said: str, is_one: bool
) -> None:
    assert (raised_amount(value, said, Budget(max=Decimal(40))) is not None) is is_one
