"""A price is exact, or the product is not sold through us."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.catalog.intake.prices import UnreadablePrice, read_price
from tools.money import Money


@pytest.mark.parametrize(
    ("text", "currency", "amount", "expected"),
    [
        ("4.99", "GBP", "4.99", "GBP"),
        ("£1,299.00", "GBP", "1299", "GBP"),
        ("1,299", "GBP", "1299", "GBP"),
        ("22,90 €", "EUR", "22.90", "EUR"),
        ("1.299,00 €", "EUR", "1299", "EUR"),
        ("1.299 €", "EUR", "1299", "EUR"),
        ("1 299,00\u00a0€", "EUR", "1299", "EUR"),
        ("1'299.00 CHF", "CHF", "1299", "CHF"),
        ("₹1,00,000.00", "INR", "100000", "INR"),
        ("12.50 USD", "GBP", "12.50", "USD"),
        ("5,- €", "EUR", "5", "EUR"),
        ("&pound;5.99", "GBP", "5.99", "GBP"),
        ("Â£5.99", "GBP", "5.99", "GBP"),
        ("¥1,299", "JPY", "1299", "JPY"),
        ("199 kr", "NOK", "199", "NOK"),
        ("12,50 zł", "PLN", "12.50", "PLN"),
        ("£4.99 each, incl. VAT", "GBP", "4.99", "GBP"),
        ("1.299", "KWD", "1.299", "KWD"),
    ],
)
def test_one_exact_amount_is_read(text: str, currency: str, amount: str, expected: str) -> None:
    assert read_price(text, currency) == Money.of(amount, expected)


def test_a_sign_wins_over_the_feeds_currency() -> None:
    assert read_price("$5.00", "GBP") == Money.of("5.00", "USD")


def test_a_dollar_sign_is_the_feeds_own_dollar() -> None:
    assert read_price("$5.00", "CAD") == Money.of("5.00", "CAD")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("$5-10", "several amounts"),
        ("£5.99 - £9.99", "several amounts"),
        ("5.99 9.99", "several amounts"),
        ("2 for 10.00", "several amounts"),
        ("£4.99 (was £9.99)", "several amounts"),
        ("1e3", "several amounts"),
        ("from £4.99", "names no currency"),
        ("£4.99/month", "names no currency"),
        ("99p", "names no currency"),
        ("£5 USD", "two currencies"),
        ("199 kr", "names no currency"),
        ("Free", "no amount"),
        ("0.00", "above zero"),
        ("-5.00", "negative"),
        ("(5.00)", "negative"),
        ("4.9951", "exact"),
        ("1.299", "decimal point or with a thousands"),
        ("99999999999.00", "above zero"),
        (True, "no amount"),
        (["5"], "names no currency"),
        ({"amount": None, "currency": "GBP"}, "exact"),
    ],
)
def test_a_price_that_could_be_another_is_rejected_with_the_reason(text: Any, reason: str) -> None:
    with pytest.raises(UnreadablePrice, match=reason):
        read_price(text, "GBP")


def test_an_amount_without_a_currency_is_rejected_when_the_feed_has_none() -> None:
    with pytest.raises(UnreadablePrice, match="--currency"):
        read_price("4.99", None)


def test_money_as_this_project_writes_it_is_read_back() -> None:
    assert read_price({"amount": "39.90", "currency": "USD"}, "GBP") == Money.of("39.90", "USD")


def test_json_numbers_are_amounts() -> None:
    assert read_price(Decimal("4.1"), "GBP") == read_price("4.10", "GBP")
    assert read_price(4, "GBP") == Money.of(4, "GBP")


@given(st.integers(1, 10**9), st.sampled_from(["£{:,.2f}", "{:.2f}", "{:,.2f} GBP", "GBP {:.2f}", " £ {:,.2f} "]))
def test_any_amount_written_the_english_way_is_read_exactly(pence: int, style: str) -> None:
    assert read_price(style.format(Decimal(pence) / 100), "GBP").minor == pence


@given(st.integers(1, 10**9))
def test_any_amount_written_the_german_way_is_read_exactly(cents: int) -> None:
    text = f"{Decimal(cents) / 100:,.2f} €".translate(str.maketrans(",.", ".,"))
    assert read_price(text, "EUR").minor == cents


@given(st.text(max_size=40) | st.from_regex(r"[£$€ 0-9.,'-]{0,12}", fullmatch=True))
def test_any_text_is_a_price_above_zero_or_rejected(text: str) -> None:
    try:
        price = read_price(text, "GBP")
    except UnreadablePrice:
        return
    assert price.minor > 0
