"""Fields that the parts of a brief share: phrases as they are compared, and amounts of money as they are stored."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer


def phrases(values: Any) -> Any:
    """Lower-case phrases without blanks or repetitions, in the order they were said."""
    if isinstance(values, str):
        values = [values]
    if not isinstance(values, list | tuple):
        return values
    return list(dict.fromkeys(p for v in values if (p := " ".join(str(v).lower().split())[:80])))


def _phrase(value: Any) -> Any:
    return next(iter(phrases(value)), None) if isinstance(value, str) else value


def amount_text(amount: Decimal) -> str:
    """With cents ("40.00"), unless that would round: a dinar has three decimals."""
    cents = amount.quantize(Decimal("0.01"))
    return str(cents) if cents == amount else f"{amount:f}"


Phrases = Annotated[list[str], BeforeValidator(phrases)]
Phrase = Annotated[str | None, BeforeValidator(_phrase)]
Amount = Annotated[Decimal, Field(ge=0, le=Decimal(10) ** 9), PlainSerializer(amount_text, return_type=str)]
"""Major units of a currency that stands beside it."""
Percent = Annotated[Decimal, Field(gt=0, le=100), PlainSerializer(amount_text, return_type=str)]
