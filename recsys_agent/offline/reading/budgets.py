"""What may be spent: every amount is judged by the words around it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from recsys_agent.offline.reading.amounts import Amount, close_amount, currency_of, read_amounts
from recsys_agent.offline.reading.bare_amounts import standing_alone
from recsys_agent.offline.reading.budget_cues import (
    ABOUT_LEFT,
    ABOUT_RIGHT,
    BUDGET_LEFT,
    CORRECTED,
    EACH_LEFT,
    EACH_RIGHT,
    HEAVY_LEFT,
    HEAVY_RIGHT,
    JOINED,
    MAX_LEFT,
    MAX_RIGHT,
    MIN_LEFT,
    MIN_RIGHT,
    NOT_MONEY_RIGHT,
    NOW_RIGHT,
    PAST,
    PAST_RIGHT,
    RANGE_LEFT,
    REFUSED,
    TOTAL_LEFT,
    TOTAL_RIGHT,
)
from recsys_agent.offline.reading.changed_budget import currency_alone, revised
from recsys_agent.offline.reading.text import Message
from tools.brief import Budget
from tools.shopper.amounts import EVERYBODY_GIVES, POOLED


def read_budget(
    message: Message,
    *,
    asked: bool = False,
    asked_currency: bool = False,
    known: Budget | None = None,
) -> Budget | None:
    """The budget the message states, its words closed; None if it states none.

    ``asked`` means a bare number answers the question for the budget; ``known`` is the present budget, which
    "make it 40" or "in euros please" changes.
    """
    text = message.open
    amounts = [a for a in read_amounts(text) if not _is_something_else(a, text)]
    budget = _judged(amounts, message, lenient=asked or asked_currency)
    if budget is None and known is not None:
        budget = revised(amounts, message, known)
    if budget is None:
        budget = _judged(standing_alone(amounts, text), message, lenient=True)
    each = budget and (budget.per == "each" or EVERYBODY_GIVES.search(message.text))
    if budget and each and budget.max and (givers := _givers(message.text)):
        budget = budget.model_copy(update={"max": budget.max * givers, "per": "total"})
    if budget is None and (asked_currency or known is not None or asked):
        return currency_alone(message, known, asked_currency)
    return budget  # a bare number that answers the question for a currency is in the one the question named


_GIVERS = re.compile(
    r"\b(?P<n>\d{1,2}) (?:of us|people|persons|colleagues|coworkers|friends|team members|members|siblings|families)\b"
)


def read_each_beside_total(message: Message) -> Budget | None:
    """What each may cost where another amount is for all of them, its words closed: "$30 a head, $150 in all"."""
    text = message.open
    amounts = [a for a in read_amounts(text) if not _is_something_else(a, text)]
    each = [a for a in amounts if _said_of(a, text, EACH_LEFT, EACH_RIGHT)]
    total = [a for a in amounts if a not in each and _said_of(a, text, TOTAL_LEFT, TOTAL_RIGHT)]
    return _judged(each, message, lenient=True) if len(each) == 1 and total else None


def _said_of(amount: Amount, text: str, before: re.Pattern[str], behind: re.Pattern[str]) -> bool:
    """Whether such words stand beside the amount; "not above" and the like may stand between."""
    left = text[max(0, amount.start - 60) : amount.start]
    return bool(before.search(left) or before.search(MAX_LEFT.sub("", left)) or behind.match(text[amount.end :]))


def _givers(text: str) -> int | None:
    """How many put money together: "the team chips in, 8 people 10 dollars each" is 80 for the one gift."""
    found = _GIVERS.search(text) if POOLED.search(text) or EVERYBODY_GIVES.search(text) else None
    return int(found["n"]) if found else None


def _is_something_else(amount: Amount, text: str) -> bool:
    left, right = text[max(0, amount.start - 60) : amount.start], text[amount.end : amount.end + 50]
    past = bool(PAST.search(left)) and not NOW_RIGHT.match(right)
    if amount.currency is None:
        return past or bool(NOT_MONEY_RIGHT.match(right))
    if HEAVY_RIGHT.match(right) or re.search(r"\b(?:weighs?|weighing|lost|lose|gained)[^,.;]{0,12}$", left):
        return True
    return past or bool(PAST_RIGHT.match(right) and re.search(r"\b(?:spent|was|paid|cost|got|gave)\b", left))


def _judged(amounts: list[Amount], message: Message, *, lenient: bool) -> Budget | None:
    text = message.open
    low = high = None
    currency: str | None = None
    per: Literal["total", "each"] = "total"
    used: list[Amount] = []
    skip = capped = False  # capped: the upper end was said to be one ("at most"), and stands against a bare amount
    for index, amount in enumerate(amounts):
        if skip:
            skip = False
            continue
        following = amounts[index + 1] if index + 1 < len(amounts) else None
        left = text[max(0, amount.start - 60) : amount.start]
        if following and _is_range(amount, following, left, text, lenient):
            low, high = sorted((_scaled(amount, following), following.value))
            currency = amount.currency or following.currency or currency
            used += [amount, following]
            skip = True
            continue
        kind = _kind(amount, left, text[amount.end : amount.end + 50], lenient)
        if kind is None:
            continue
        if kind == "low":
            low = amount.value
        elif (
            high is None
            or (kind == "cap" and not capped)
            or CORRECTED.search(text[used[-1].end if used else 0 : amount.start])
        ):
            high, capped = amount.value, kind == "cap"
        else:
            continue
        currency = amount.currency or currency
        used.append(amount)
    if not used:
        return None
    if low is not None and high is not None and low > high:
        low = None
    if currency is None and (apart := _CURRENCY_WORD.search(text)):  # "euros please, 50 at most"
        currency = currency_of(apart[0])
    soft = False
    for amount in used:
        right = text[amount.end : amount.end + 40]
        left = text[max(0, amount.start - 60) : amount.start]
        soft = soft or bool(ABOUT_LEFT.search(left) or ABOUT_RIGHT.match(right))
        if (
            EACH_RIGHT.match(right) or EACH_LEFT.search(text[max(0, amount.start - 50) : amount.start])
        ) and not TOTAL_RIGHT.match(right):
            per = "each"
    for amount in used:
        close_amount(message, amount)
    return Budget(min=low, max=high, currency=currency, per=per, soft=soft)


def _is_range(first: Amount, second: Amount, left: str, text: str, lenient: bool) -> bool:
    if not JOINED.fullmatch(text[first.end : second.start]):
        return False
    if first.currency and second.currency and first.currency != second.currency:
        return False
    cued = RANGE_LEFT.search(left) or BUDGET_LEFT.search(left) or MAX_RIGHT.match(text[second.end : second.end + 40])
    return bool(first.currency or second.currency or cued or lenient)


def _scaled(first: Amount, second: Amount) -> Decimal:
    """ "1-2k" is 1000 to 2000."""
    return (
        first.value * 1000
        if first.value < 10
        and second.value >= 1000
        and second.value / 1000 <= 100
        and first.value * 1000 <= second.value
        else first.value
    )


def _kind(amount: Amount, left: str, right: str, lenient: bool) -> Literal["low", "high", "cap"] | None:
    """Whether an amount is the lower end, an upper end, or expressly the cap; None if it is no budget."""
    refused = bool(
        REFUSED.search(
            re.sub(
                r"\bno(?:t|thing)? (?:more|less|cheaper|higher) than[^,.;]*$|\bnot (?:over|above|under|below)[^,.;]*$",
                "",
                left,
            )
        )
    )
    if MAX_LEFT.search(left):
        if re.search(
            r"\b(?:not|nothing|no less|nothing less|no cheaper) "
            r"(?:be |cost |go |fall )?(?:under|below|less than|than)\b[^,.;]*$",
            left,
        ):
            return "low"
        return "high" if _WISHED.search(left) else "cap"
    if MIN_LEFT.search(left):
        from_only = re.search(r"\bfrom ?$", left)
        if amount.currency or not from_only:
            if re.search(r"\bno(?:t|thing)? (?:under|below|less than|cheaper than)[^,.;]*$", left):
                return "low"
            return "cap" if refused else "low"
    if MIN_RIGHT.match(right) and (amount.currency or BUDGET_LEFT.search(left)):
        return "low"
    if MAX_RIGHT.match(right):
        return "cap"
    if amount.currency is not None or lenient or (amount.value >= 5 and TOTAL_RIGHT.match(right)):
        return "high"
    if HEAVY_LEFT.search(left) and not BUDGET_LEFT.search(left):
        return None
    if BUDGET_LEFT.search(left) and _is_budget_word(left, right):
        return "high"
    if TOTAL_LEFT.search(left) and amount.value >= 5 and not HEAVY_RIGHT.match(right):
        return "high"
    if EACH_RIGHT.match(right) and amount.value >= 3:
        return "high"
    if (
        ABOUT_RIGHT.match(right)
        and amount.value >= 5
        and re.match(r"[ -]?(?:ish|or so|or thereabouts|give or take)", right)
        and not re.match(r"[ -]?or so (?:people|kids|guests)", right)
    ):
        return "high"
    if (
        ABOUT_LEFT.search(left)
        and amount.value >= 10
        and re.match(r" ?(?:[,.;!?|]|$|for\b|and\b|would|max|please|or\b|is\b)", right)
    ):
        return "high"
    return None


_WISHED = re.compile(r"\b(?:ideally|preferably|hopefully|hoping|aiming|best)\b[^,.;\d]*$")
"""An end that is only wished for gives way to one that is firm: "preferably below 30, not above 40"."""


def _is_budget_word(left: str, right: str) -> bool:
    """ "have 80" and "is worth 80" need more than the verb: a budget's end or its purpose follows."""
    if re.search(r"\b(?:have|has|have got)(?: \w+){0,3} ?$", left) and not re.search(
        r"\b(?:budget|collected|pooled|raised|set aside|put aside|chipped in)\b", left
    ):
        return (
            bool(
                re.match(
                    r" ?(?:(?:dollars|euros|pounds|bucks|quid) )?(?:to spend|to work|to play|for (?:it|this|the gift|"
                    r"(?:an?|the|this|my|our|his|her|their) (?:[\w|'-]+ ){0,3}(?:party|bash|celebration|lot|thing|"
                    r"day|\|+))|available|in mind|left|[,.;:!?|]|$)",
                    right,
                )
            )
            and "have" in left
        )
    return True


_CURRENCY_WORD = re.compile(r"\b(?:euros?|dollars?|bucks|pounds|quid|usd|eur|gbp|chf|yen|(?:swiss )?francs)\b")
