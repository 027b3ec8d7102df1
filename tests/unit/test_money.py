"""Money is exact, has a currency, and never meets another one."""

from __future__ import annotations

from decimal import Decimal
from operator import add, ge, gt, le, lt, sub

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from tools.errors import CurrencyMismatch, RecsysError
from tools.money import Currency, Money, as_currency, decimals

PLACES = {"JPY": 0, "USD": 2, "EUR": 2, "KWD": 3}
CURRENCIES = st.sampled_from(sorted(PLACES))
MINOR = st.integers(min_value=-(10**12), max_value=10**12)
AMOUNTS = st.builds(Money.from_minor, MINOR, CURRENCIES)
DOLLARS = st.lists(MINOR, max_size=20)


@pytest.mark.parametrize(("currency", "places"), PLACES.items())
def test_a_currency_has_its_own_number_of_decimals(currency: str, places: int) -> None:
    assert decimals(currency) == places
    assert Money.of(7, currency).amount.as_tuple().exponent == -places


@pytest.mark.parametrize("amount", [39.9, 40.0, float("nan")])
def test_a_float_is_never_an_amount(amount: float) -> None:
    with pytest.raises(ValidationError, match="float"):
        Money.of(amount, "USD")


@pytest.mark.parametrize(("amount", "currency"), [("0.5", "JPY"), ("1.005", "USD"), ("1.0005", "KWD"), ("1e-9", "USD")])
def test_a_fraction_of_a_minor_unit_is_no_amount(amount: str, currency: str) -> None:
    with pytest.raises(ValidationError, match="more decimals"):
        Money.of(amount, currency)


@pytest.mark.parametrize("amount", ["", "abc", "1,50", "NaN", "Infinity", "1e40", None])
def test_what_is_no_number_is_refused_as_invalid(amount: str) -> None:
    with pytest.raises(ValidationError):
        Money.of(amount, "USD")


@pytest.mark.parametrize("code", ["", "US", "XYZ", "dollar", None, 5])
def test_an_unknown_currency_is_refused_with_the_value_in_the_message(code: object) -> None:
    with pytest.raises(ValueError, match="ISO 4217") as error:
        as_currency(code)
    assert repr(code) in str(error.value)


@pytest.mark.parametrize("code", ["usd", " USD ", "Usd"])
def test_a_currency_may_be_written_in_any_case(code: str) -> None:
    class Priced(BaseModel):
        currency: Currency

    assert Priced(currency=code).currency == "USD"
    assert Money.of(1, code) == Money.of("1.00", "USD")


@pytest.mark.parametrize("operation", [add, sub, lt, le, gt, ge])
def test_different_currencies_never_meet(operation: object) -> None:
    with pytest.raises(CurrencyMismatch, match="different currencies") as error:
        operation(Money.of(1, "USD"), Money.of(1, "EUR"))
    assert isinstance(error.value, RecsysError)


def test_the_same_number_in_another_currency_is_another_amount() -> None:
    assert Money.of(5, "USD") != Money.of(5, "EUR")


def test_money_is_multiplied_by_whole_numbers_only() -> None:
    assert 3 * Money.of("3.33", "USD") == Money.of("9.99", "USD")
    with pytest.raises(TypeError):
        Money.of("3.33", "USD") * 1.5


def test_an_amount_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Money.of(1, "USD").amount = Decimal(2)


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [("1234.5", "USD", "$1,234.50"), ("500", "JPY", "¥500"), ("0.1", "EUR", "€0.10"), ("1.5", "KWD", "KWD1.500")],
)
def test_an_amount_is_said_with_all_its_decimals(amount: str, currency: str, said: str) -> None:
    assert str(Money.of(amount, currency)) == said


@given(AMOUNTS)
def test_minor_units_and_json_lose_nothing(money: Money) -> None:
    assert Money.from_minor(money.minor, money.currency) == money
    assert Money.model_validate_json(money.model_dump_json()) == money
    assert Money.of(str(money.amount), money.currency) == money


@given(AMOUNTS)
def test_json_holds_the_amount_as_text(money: Money) -> None:
    assert money.model_dump(mode="json") == {"amount": str(money.amount), "currency": money.currency}


@given(DOLLARS, CURRENCIES)
def test_a_sum_is_the_sum_of_the_minor_units(minors: list[int], currency: str) -> None:
    total = sum((Money.from_minor(m, currency) for m in minors), start=Money.of(0, currency))
    assert total.minor == sum(minors)


@given(MINOR, MINOR, st.integers(-1000, 1000), CURRENCIES)
def test_arithmetic_is_that_of_whole_minor_units(a: int, b: int, times: int, currency: str) -> None:
    one, other = Money.from_minor(a, currency), Money.from_minor(b, currency)
    assert (one + other).minor == a + b
    assert (one - other).minor == a - b
    assert (one * times).minor == a * times


@given(MINOR, MINOR, CURRENCIES)
def test_amounts_order_as_their_minor_units(a: int, b: int, currency: str) -> None:
    one, other = Money.from_minor(a, currency), Money.from_minor(b, currency)
    assert (one < other, one <= other, one == other, one > other) == (a < b, a <= b, a == b, a > b)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**6), max_value=10**6), CURRENCIES)
def test_an_amount_is_taken_exactly_or_not_at_all(amount: Decimal, currency: str) -> None:
    try:
        money = Money.of(amount, currency)
    except ValidationError:
        assert amount % Decimal(1).scaleb(-PLACES[currency])
    else:
        assert money.amount == amount
