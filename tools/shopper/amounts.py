"""Amounts that a model passes on. It may not make one up: its digits must stand in what the shopper wrote."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from tools.brief import Budget

NUMBER_WORD = re.compile(
    r"\b(?:ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|\w*-?hundred|thousand|grand|fiver|tenner)\b|\d\s?k\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine)[\s-](?:dollars?|bucks?|euros?|pounds?|quid|per ?cent|each|"
    r"apiece|a head|per|max|tops|at most|or less)\b|\bhalf(?:[\s-]price|[\s-]off)\b",
    re.IGNORECASE,
)
"""Amounts in words cannot be compared digit by digit; where there are any, the model's reading is believed."""

POOLED = re.compile(
    r"\b(?:chip(?:s|ped|ping)? in|clubb?(?:ed|ing)? together|pool(?:ed|ing)?|contribut\w+|whip-?round|"
    r"(?:go|going) halves)\b",
    re.IGNORECASE,
)
"""Where several put money together, "8 of us chip in 10 each", what each gives times how many they are was said."""

EVERYBODY_GIVES = re.compile(
    r"\b(?:each|everyone|everybody|every one)(?: of (?:us|the \d+ of us))?(?: is| are| can| will| would)* "
    r"(?:giv|pay|put|throw|contribut|chip)\w*|"
    r"\b(?:paying|giving|putting in|contributing) \D{0,3}\d+ ?[^\d.,;]{0,9}\beach\b",
    re.IGNORECASE,
)
""" "Everyone puts in 5": what is told is each one's part."""

_SLIPPED_ZERO = re.compile(r"(?<=\d)[oO]{1,3}(?![\w'])")
_WITH_CENTS = re.compile(r"(\d+) (?:pounds?|quid|dollars?|bucks|euros?) (\d\d)\b", re.IGNORECASE)

_CENTS = re.compile(r"(?<![\w.,])(\d{1,2}) ?(?:pence|p|cents?|¢)(?!\w)", re.IGNORECASE)

_STEP = re.compile(r"\b(?:more|extra|another|add\w*|higher|further|on top|less|lower|off|by)\b", re.IGNORECASE)


def said_amount(value: Any, said: str, field: str) -> Decimal | None:
    """``value`` as an amount; None for none. Raises ValueError, in words for a model, for what was never said."""
    if value in (None, ""):
        return None
    try:
        amount = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"{field} takes plain numbers such as 40 or 39.90; got {value!r}") from None
    if amount.is_finite() and amount.normalize() not in _numbers(said) and not NUMBER_WORD.search(said):
        raise ValueError(f"{field}: the shopper never said {amount}; pass only amounts from their messages")
    return amount


def raised_amount(value: Any, said: str, known: Budget | None) -> Decimal | None:
    """``value`` as an amount if it is the ``known`` upper end and an amount that was said, "10 more"; else None."""
    if known is None or known.max is None or not _STEP.search(said):
        return None
    try:
        step = Decimal(str(value).replace(",", "")) - known.max
    except InvalidOperation:
        return None
    return known.max + step if step and was_said(abs(step), said) else None


def was_said(value: Any, said: str) -> bool:
    """Whether the number stands in what the shopper wrote, in digits."""
    try:
        return Decimal(str(value).replace(",", "")).normalize() in _numbers(said)
    except InvalidOperation:
        return False


def _numbers(said: str) -> set[Decimal]:
    """Every number in the text, in each way it can be read: "1,200" is 1200 and also 1 and 200."""
    said = _SLIPPED_ZERO.sub(lambda m: "0" * len(m[0]), said)
    written = re.findall(r"\d{1,3}(?:[.,'\u00a0 ]\d{3})+(?:[.,]\d{1,2})?", said)
    written += re.findall(r"\d+(?:[.,]\d{1,2})?", said)
    whole = [re.sub(r"[.,'\u00a0 ](?=\d{3}$|\d{3}[.,'\u00a0 ])", "", number) for number in written]
    cents = [f"{units}.{part}" for units, part in _WITH_CENTS.findall(said)]
    cents += [f"0.{int(part):02}" for part in _CENTS.findall(said)]
    numbers = {Decimal(n.replace(",", ".")).normalize() for n in (*whole, *cents, *re.findall(r"\d+", said))}
    return (
        numbers | {(one * other).normalize() for one in numbers for other in numbers}
        if POOLED.search(said) or EVERYBODY_GIVES.search(said)
        else numbers
    )
