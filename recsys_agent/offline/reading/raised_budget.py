"""What is to be spent more or less than now: "what if I spend 10 more?", "another $20", "10 less"."""

from __future__ import annotations

import re
from decimal import Decimal

from recsys_agent.offline.reading.amounts import Amount, read_amounts
from recsys_agent.offline.reading.budget_cues import SUPPOSING
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
