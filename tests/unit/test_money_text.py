"""Amounts are found in running text with their exact value and currency; other numbers are left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.money import Money
from tools.money_text import find_amounts


@given(st.integers(0, 10**9), st.sampled_from(["USD", "EUR", "GBP", "JPY", "CHF", "TRY"]))
def test_an_amount_as_this_project_writes_it_is_read_back_exactly(minor: int, currency: str) -> None:
    money = Money.from_minor(minor, currency)
    (found,) = find_amounts(f"It is {money}, and that is all.")
    assert (found.value, found.currency) == (money.amount, currency)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$56.20", "56.20", "USD"),
        ("56.20 USD", "56.20", "USD"),
        ("£1,200", "1200", "GBP"),
        ("30 €", "30", "EUR"),
        ("22,90 €", "22.90", "EUR"),
        ("40 dollars", "40", "USD"),
        ("5 bucks", "5", "USD"),
        ("it costs 20", "20", None),
    ],
)
def test_an_amount_has_its_sign_before_or_after_or_a_word(text: str, value: str, currency: str | None) -> None:
    (found,) = find_amounts(text)
    assert (found.value, found.currency) == (Decimal(value), currency)


@pytest.mark.parametrize("text", ["He turns 60.", "a set of 12", "ISO9001", "rated 4.6 of 5", "3 packs", ""])
def test_a_number_that_is_no_money_is_left_alone(text: str) -> None:
    assert find_amounts(text) == []


def test_several_amounts_come_in_their_order() -> None:
    assert [str(a.value) for a in find_amounts("$5-10 or 3 × $4.99 = $14.97")] == ["5", "4.99", "14.97"]


def test_a_bare_dollar_may_be_that_of_the_shops_country() -> None:
    (found,) = find_amounts("$20")
    assert found.may_be_in("USD")
    assert found.may_be_in("CAD")
    assert not found.may_be_in("EUR")
