"""A number without a word of money is the budget where it stands alone; it is none where it belongs to other words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recsys_agent.offline.reading import read
from tools.brief import Brief


def brief_of(*turns: str) -> Brief:
    brief = Brief()
    for turn in turns:
        brief = read(turn, today=date(2026, 11, 23), brief=brief).changes.apply(brief)
    return brief


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("secret santa, 15", None, 15),
        ("30 to 50, my husband, he brews his own beer", 30, 50),
        ("a gift for myself. yoga. 30", None, 30),
        ("scented candle, 15-20", 15, 20),
        ("boss; whisky; 50-70", 50, 70),
        ("office gift exchange - 25 - someone I don't know", None, 25),
        ("need a present asap. 25. coworker", None, 25),
        ("camera for my daughter, three hundred to five hundred", 300, 500),
        ("mum, gardening, 40", None, 40),
        ("Christmas tree ornaments 40", None, 40),
        ("a mug for my boss, 15", None, 15),
        ("husband golf 100", None, 100),
        ("for my wife 200", None, 200),
        ("wedding gift for two friends, 60", None, 60),
        ("he likes fishing, between 40 & 70", 40, 70),
        ("I can go to 75", None, 75),
        ("just find me something not ugly for 50", None, 50),
        ("50, man, golf", None, 50),
    ],
)
def test_a_number_that_stands_alone_is_the_budget(said: str, low: int | None, high: int) -> None:
    budget = brief_of(said).budget
    assert budget
    assert (budget.min, budget.max) == (None if low is None else Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "said",
    [
        "my cousin loves Blink 182",
        "lego 42115",
        "running shoes size 10",
        "a game for 2 to 4 players",
        "wedding 2026",
        "books, ages 5-7",
        "wife, 40, yoga",
        "woman, 30-40, likes wine",
        "two nephews, 8 and 10, board games",
        "party for 20, cake and balloons",
        "colouring things for my two kids, 5 and 7",
    ],
)
def test_a_number_of_something_else_is_no_budget(said: str) -> None:
    assert brief_of(said).budget is None


def test_a_denied_budget_is_the_number_said_instead() -> None:
    budget = brief_of("something for my mum", "around $50", "no, 30").budget
    assert budget
    assert budget.max == 30


def test_a_number_alone_is_the_age_of_a_child_whose_age_is_not_known() -> None:
    assert brief_of("birthday present for my niece", "seven").recipient.age_years == 7
    assert brief_of("birthday present for my niece, she is 6, loves cars", "20").budget is not None
