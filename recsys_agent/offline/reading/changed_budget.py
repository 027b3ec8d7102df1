"""What is to be spent where a budget is known: "make it 40", "what if I spend 10 more?", "dollars then"."""

from __future__ import annotations

import re
from decimal import Decimal

from recsys_agent.offline.reading.amounts import CURRENCY, Amount, close_amount, currency_of, read_amounts
from recsys_agent.offline.reading.budget_cues import HEAVY_LEFT, SUPPOSING, WHAT_IF
from recsys_agent.offline.reading.text import Message
from tools.brief import Budget

_UNIT = r"(?: (?:dollars?|bucks|euros?|pounds?|quid|usd|eur|gbp))?"
_MORE_BEHIND = re.compile(
    rf"{_UNIT} (?:more|extra|higher|further|on top|over(?= (?:that|it|my|the|budget)))\b(?! than (?!that|it))"
)
_LESS_BEHIND = re.compile(
    rf"{_UNIT} (?:less|lower|cheaper|off (?:that|it|the budget|my budget))\b(?! than (?!that|it))"
)
_MORE_BEFORE = re.compile(
    r"\b(?:(?:an?other|an extra|an additional|extra|additional)|add(?:ed|ing)?|put in|chip in|threw in|"
    r"(?:raised?|increased?|up|upped|went up|go up|bump(?:ed)?|extend(?:ed)?|stretch(?:ed)?)"
    r"(?: (?:it|that|this|the|my|our|limit|budget|up))* by) $"
)
_LESS_BEFORE = re.compile(
    r"\b(?:lower(?:ed)?|reduced?|cut|dropped|drop|decreased?|went down|go down|save|saved)"
    r"(?: (?:it|that|this|the|my|our|limit|budget|down))* by $"
)
_TALK = SUPPOSING | frozenset(
    """spent add added adding another an extra additional put in chip threw raise raised increase increased by bump
    bumped extend extended stretch stretched lower lowered reduce reduced cut drop dropped decrease decreased save
    saved higher further cheaper off pay paid give gave me us show find buy see changes change difference happens
    happen willing able happy afford am shall should will let please then now maybe even no not problem fine ok
    better options option choice choices picks gift gifts present""".split()
)

_MONEY = re.compile(
    r"\b(?:spend|spent|pay|paid|go|went|add\w*|rais\w+|increas\w+|bump\w*|up|extend\w*|stretch\w*|lower\w*|reduc\w+|cut|"
    r"drop\w*|decreas\w+|save\w*|budget|limit|extra|higher|cheaper|chip|put|afford|that|better|"
    r"what (?:if|would|could|will))\b"
)
""" "2 more" without any of these counts things."""


def read_raised(message: Message, known: Budget | None) -> Budget | None:
    """The known budget with the one amount of the message added to its upper end, or taken off; None if it says none.

    Only a message about nothing else is read so: "10 more for the cake" and "10 more guests" are another matter.
    """
    text = message.open
    if known is None or known.max is None or len(amounts := read_amounts(text)) != 1:
        return None
    (amount,) = amounts
    by = _step(amount, text)
    rest = text[: amount.start] + " " + text[amount.end :]
    if by is None or not (amount.currency or _MONEY.search(rest)) or not set(re.findall(r"[a-z]+", rest)) <= _TALK:
        return None
    if amount.currency and known.currency and amount.currency != known.currency:
        return None
    most = known.max + by
    if most <= (known.min or 0):
        return None
    message.close(0, len(message.text))
    return known.model_copy(update={"max": most})


def _step(amount: Amount, text: str) -> Decimal | None:
    before, behind = text[: amount.start], text[amount.end :]
    behind = behind if behind.startswith(" ") else f" {behind}"
    if _MORE_BEHIND.match(behind) or _MORE_BEFORE.search(before):
        return amount.value
    if _LESS_BEHIND.match(behind) or _LESS_BEFORE.search(before):
        return -amount.value
    return None


def read_supposed(message: Message, known: Budget | None) -> Budget | None:
    """The budget of a what-if about a known one: "what if it was only 60?", "would it work with 80?"."""
    text = message.open
    if known is None or not (opening := WHAT_IF.match(text)):
        return None
    amounts = read_amounts(text)
    if len(amounts) != 1 or amounts[0].value < 1:
        return None
    (amount,) = amounts
    rest = text[: amount.start] + text[amount.end :]
    if amount.start < opening.end() or not set(re.findall(r"[a-z]+", rest)) <= SUPPOSING:
        return None
    message.close(0, len(message.text))
    return _capped(known, amount)


_REVISING = frozenset(
    """actually make bring total cut budget instead raise lower increase rather better now sorry max change reduce bump
    spend let ok okay then go fine works good""".split()
)


def revised(amounts: list[Amount], message: Message, known: Budget) -> Budget | None:
    """A bare number that changes a known budget: "actually make it 40", "50 is better", "40 then"."""
    if len(amounts) != 1 or amounts[0].value < 1:
        return None
    amount, text = amounts[0], message.open
    rest = (text[: amount.start] + text[amount.end :]).strip(" .,!?;")
    words = set(re.findall(r"[a-z]+", rest))
    if (
        HEAVY_LEFT.search(text[: amount.start])
        or not (words & _REVISING or words <= {"no", "nope", "nah"})
        or len(words) > 9
        or words & {"she", "he", "option", "number", "guests", "kids", "age"}
    ):
        return None
    close_amount(message, amount)
    return _capped(known, amount)


def currency_alone(message: Message, known: Budget | None, asked_currency: bool) -> Budget | None:
    """A currency without an amount: "dollars then", "I mean pounds"; the amounts stay."""
    text = message.open
    match = re.search(rf"(?<![a-z])(?P<currency>{CURRENCY})(?![a-z])", text) if len(text.split()) <= 8 else None
    if (
        match
        and (code := currency_of(match["currency"]))
        and (known is None or known.currency != code or asked_currency)
    ):
        message.close(*match.span())
        return (known or Budget()).model_copy(update={"currency": code})
    return None


def _capped(known: Budget, amount: Amount) -> Budget:
    """The known budget with another upper end."""
    return known.model_copy(
        update={
            "max": amount.value,
            "min": None if known.min and known.min > amount.value else known.min,
            "currency": amount.currency or known.currency,
            "soft": False,
        }
    )
