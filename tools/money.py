"""Exact money: a decimal amount with an ISO 4217 currency. Amounts of different currencies never meet."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache, total_ordering
from typing import Annotated, Any

from babel.numbers import format_currency, get_currency_precision, list_currencies
from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, model_validator

from tools.errors import CurrencyMismatch


@lru_cache(maxsize=1)
def known_currencies() -> frozenset[str]:
    """The ISO 4217 codes of the CLDR."""
    return frozenset(list_currencies())


@lru_cache
def decimals(currency: str) -> int:
    """How many decimals the currency has: 2 for USD, 0 for JPY."""
    return get_currency_precision(currency)


@lru_cache
def minor_unit(currency: str) -> Decimal:
    """The smallest amount of the currency in major units: 0.01 for USD, 1 for JPY."""
    return Decimal(1).scaleb(-decimals(currency))


def as_currency(code: Any) -> str:
    """The upper-case ISO code. Raises ValueError for anything else."""
    upper = str(code).strip().upper()
    if upper not in known_currencies():
        raise ValueError(f"{code!r} is not an ISO 4217 currency code such as USD, EUR or GBP")
    return upper


Currency = Annotated[str, BeforeValidator(as_currency)]
"""An ISO 4217 currency code, upper case."""


@lru_cache(maxsize=4096)
def _written(amount: Decimal, currency: str) -> str:
    return format_currency(amount, currency, locale="en_US")


@total_ordering
class Money(BaseModel):
    """An exact amount. Serialises as ``{"amount": "39.90", "currency": "USD"}``."""

    model_config = ConfigDict(frozen=True)

    amount: Annotated[Decimal, PlainSerializer(str, return_type=str)]
    currency: Currency

    @model_validator(mode="before")
    @classmethod
    def _quantised(cls, data: Any) -> Any:
        """Gives the amount exactly the currency's decimals; refuses fractions of a minor unit."""
        if not isinstance(data, dict):
            return data
        currency = as_currency(data.get("currency"))
        if isinstance(data.get("amount"), float):
            raise ValueError(f"amount {data['amount']!r} is a float; give a string or a Decimal, floats are not exact")
        try:
            amount = Decimal(str(data.get("amount")))
            exact = amount.quantize(minor_unit(currency))
        except InvalidOperation:
            raise ValueError(f"amount {data.get('amount')!r} is not a number, or too large") from None
        if not amount.is_finite():
            raise ValueError(f"amount {amount} is not a number")
        if exact != amount:
            raise ValueError(f"amount {amount} has more decimals than {currency} has ({decimals(currency)})")
        return {"amount": exact, "currency": currency}

    @classmethod
    def of(cls, amount: Decimal | str | int, currency: str) -> Money:
        """Money from an amount in major units, e.g. ``Money.of("39.90", "USD")``."""
        return _money(amount, currency)

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> Money:
        """Money from minor units: 3990 USD cents are 39.90 USD."""
        return cls.of(minor * minor_unit(currency), currency)

    @cached_property
    def minor(self) -> int:
        """The amount in minor units (cents)."""
        return int(self.amount.scaleb(decimals(self.currency)))

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money.of(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money.of(self.amount - other.amount, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money.of(self.amount * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        self._same_currency(other)
        return self.amount < other.amount

    def __str__(self) -> str:
        return _written(self.amount, self.currency)

    def _same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self} and {other} have different currencies; convert neither, ask the shopper")


@lru_cache(maxsize=4096, typed=True)  # a turn states the same few prices many times; typed, for a float is no amount
def _money(amount: Decimal | str | int, currency: str) -> Money:
    return Money.model_validate({"amount": amount, "currency": currency})
