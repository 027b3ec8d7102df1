"""Amounts that a reply may work out itself: what is left of the budget, how much dearer a pick is, what several cost.

Such an amount is believed only beside words that say which of these it is, and only where the sum is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations

from tools.money_text import find_amounts
from tools.receipts.evidence import Evidence, PickEvidence

MOST_PICKS = 6
"""Of so many picks any part may be added up."""
LEFT = re.compile(
    r"\b(?:leav\w+|left|spare|remain\w*|short|under|below|within|over|above|to go|change|unspent|room|saves?|saving|still|keeps?|stays?|takes?|out of|of your|of the|"
    r"budget|limit|cap|ceiling|maximum|beyond|past)\b",
    re.IGNORECASE,
)
DIFFERENCE = re.compile(
    r"\b(?:more|less|cheaper|dearer|pricier|costlier|expensive|sav\w+|difference|apart|extra|than|below|above|lower|"
    r"higher|compared|gap|between|under|over|shave\w*|knock\w*|on top|cheapest|dearest)\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"\b(?:than|between|instead|rather|over|difference|apart|compared|cheaper|dearer|cheapest|dearest)\b", re.IGNORECASE
)
"""What tells that two picks are compared, where none is named: "you save $5" sounds like a discount."""
TOGETHER = re.compile(
    r"\b(?:together|both|all|two|three|four|total\w*|com(?:e|es|ing) to|combin\w+|altogether|add\w*|sum\w*|pair\w*|plus|"
    r"in all|lot|whole|with|make\w*|second|another)\b",
    re.IGNORECASE,
)
SHARED = re.compile(
    r"\b(?:split|shared?|divided|chip\w*|each|apiece|per (?:person|head|family)|a head)\b", re.IGNORECASE
)
"""Where a price is shared among several who give."""
_FEW = {"two": 2, "three": 3}
MORE = re.compile(
    r"\b(?:second|third|another|two of|three of|twice|two packs|three packs|pair of them)\b", re.IGNORECASE
)
ROUGHLY = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|some|approximately|close to|just (?:over|under|shy of|below|above)|a little"
    r"|a touch|a shade|a bit|well|or so|odd|more or less|over|under)\b",
    re.IGNORECASE,
)
IS_LEFT = re.compile(
    r"(?:\b(?:about|around|roughly|nearly|almost|over|under|some)\s)?(?P<a>[$€£]\d[\d,.]*\d) (?:(?:is|are|will be) )?(?:left(?: over)?|to spare|unspent)\b",
    re.IGNORECASE,
)
"""What is said to be left, whatever the sentence says beside it."""
WHOLE = re.compile(r"\b(?:plan|total|everything|all|whole|altogether|party)\b", re.IGNORECASE)
"""Where what is left is told of the whole plan."""
WAS_ASKED = re.compile(
    r"\b(?:you (?:asked for|wanted|said|set)|your (?:\w+ )?(?:budget|limit|cap|maximum|ceiling)|budget)\b[^.;,!?$€£]{0,25}\b(?:of|is|under|below|up to|at most)"
    r" (?P<a>[$€£]\d[\d,.]*\d)",
    re.IGNORECASE,
)
"""What the shopper is said to have set."""
ALL_BELOW = re.compile(
    r"\b(?:all|both|each|every\w*|none|neither|three|two|these|it|it's|for)\b[^.;]{0,30}?\b(?:under|below|less than)\s(?!your\b)(?P<bound>(?:[^.;]|\.\d){1,12})",
    re.IGNORECASE,
)
FAR = Decimal(2)
"""So many times the dearest pick is a bound at most."""
NEAR = Decimal("0.07")
"""So much of an amount may be left out where it is said to be "a bit over" it."""
SMALL_MONEY = re.compile(r"(?<![\w.,$€£])(\d{1,2})[\s-](?:cents?|pence|p)\b", re.IGNORECASE)
"""An amount of small money."""


def worked_out(text: str, evidence: Evidence, about: Sequence[PickEvidence]) -> frozenset[Decimal]:
    """The amounts that the words of this sentence can stand for, of the picks it is about; of any without such."""
    picks = evidence.picks if len(evidence.picks) <= MOST_PICKS else list(about)
    own = [pick for pick in picks if any(pick is one for one in about)]
    found: set[Decimal] = set()
    if LEFT.search(text):
        found |= set(_left(evidence, picks, own))
    if DIFFERENCE.search(text) and (own or BETWEEN.search(text)):
        found |= {
            abs(one - other)
            for group in _parts(picks, own, 2, 2)
            for one, other in [(group[0].cost.amount, group[1].cost.amount)]
        }
    if TOGETHER.search(text):
        found |= {_sum(group) for group in _parts(picks, own, 2, len(picks))}
        found |= {pick.cost.amount * times for pick in (own or picks) for times in (2, 3) if MORE.search(text)}
    if SHARED.search(text):
        heads = {int(n) for n in re.findall(r"(?<![\d.,$€£])\b([2-9]|1\d|20)\b(?![.,]?\d)", text)}
        heads |= {number for word, number in _FEW.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
        costs = {pick.cost.amount for pick in (own or picks)} | ({evidence.total.amount} if evidence.total else set())
        found |= {(cost / n).quantize(Decimal("0.01")) for cost in costs for n in heads}
    return frozenset((found | set(_bounds(text, own or picks))) - {Decimal(0)})


def misnamed(text: str, evidence: Evidence) -> Iterator[str]:
    """Amounts said to be left that are not what any of the picks leave, and budgets that nobody set."""
    sums = evidence.sums
    rest = {sums.left.amount} if sums and sums.left else set[Decimal]()
    if len(evidence.picks) <= MOST_PICKS and not (rest and WHOLE.search(text)):
        groups = list(_parts(evidence.picks, [], 1, len(evidence.picks)))
        rest |= {abs(high - _sum(group)) for high in _limits(evidence) for group in groups}
    brief = evidence.brief
    stated = [
        bound for bounds in (brief.budget, *brief.wanted, *brief.joint) if bounds for bound in (bounds.min, bounds.max)
    ]
    limits = {bound for bound in (*stated, brief.price_cap) if bound is not None}
    for pattern, known in ((IS_LEFT, frozenset(rest)), (WAS_ASKED, frozenset(limits))):
        for match in pattern.finditer(text) if known else ():
            value = next((amount.value for amount in find_amounts(match["a"])), None)
            if value is not None and value not in known and not is_about(value, known, match[0]):
                yield f"{match[0]!r} is not so"


def _bounds(text: str, picks: Sequence[PickEvidence]) -> Iterator[Decimal]:
    """The amounts that all picks are said to be below, where they are, and the dearest is not far from it."""
    dearest = max((pick.cost.amount for pick in picks), default=Decimal(0))
    for match in ALL_BELOW.finditer(text):
        bound = next((amount.value for amount in find_amounts(match["bound"])), Decimal(0))
        if dearest < bound <= dearest * FAR:
            yield bound


def is_about(value: Decimal, known: frozenset[Decimal], text: str) -> bool:
    """Whether a whole amount is one of the known ones rounded, and said to be."""
    return (
        value == value.to_integral()
        and bool(ROUGHLY.search(text))
        and any(abs(value - one) < max(Decimal(1), value * NEAR) for one in known)
    )


def _left(evidence: Evidence, picks: Sequence[PickEvidence], own: Sequence[PickEvidence]) -> Iterator[Decimal]:
    """What the budget leaves after some picks, or what it lacks for them."""
    for high in _limits(evidence):
        for group in [list(own)] if own else _parts(picks, [], 1, len(picks)):
            yield abs(high - _sum(group))
        if len(own) > 1:
            yield from (abs(high - pick.cost.amount) for pick in own)


def _limits(evidence: Evidence) -> list[Decimal]:
    """The ends of the budget."""
    budget = evidence.brief.budget
    return [end for end in (budget.min, budget.max) if end is not None] if budget else []


def _parts(
    picks: Sequence[PickEvidence], own: Sequence[PickEvidence], least: int, most: int
) -> Iterator[tuple[PickEvidence, ...]]:
    """The groups of picks that have some of these in them; with several own ones, only such of them, or all picks."""
    groups = chain.from_iterable(combinations(picks, size) for size in range(least, most + 1))
    for group in groups:
        among = sum(any(pick is one for one in own) for pick in group)
        if not own or (len(own) == 1 and among) or among == len(group) or len(group) == len(picks):
            yield group


def _sum(picks: Sequence[PickEvidence]) -> Decimal:
    return sum((pick.cost.amount for pick in picks), Decimal(0))
