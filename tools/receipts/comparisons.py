"""Superlatives and comparisons between picks, worked out anew: "the cheapest", "rated higher than", "costs the same"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import lru_cache

from tools.money_text import find_amounts
from tools.receipts.evidence import PickEvidence
from tools.receipts.passages import SIGN, Passage

Scale = Callable[[PickEvidence], Decimal | None]


def _cost(pick: PickEvidence) -> Decimal | None:
    return pick.cost.amount


def _rating(pick: PickEvidence) -> Decimal | None:
    return None if pick.product.rating is None else Decimal(str(pick.product.rating))


def _raters(pick: PickEvidence) -> Decimal | None:
    return None if pick.product.rating_count is None else Decimal(pick.product.rating_count)


def _days(pick: PickEvidence) -> Decimal | None:
    return None if pick.product.delivery_days is None else Decimal(pick.product.delivery_days)


_LESS_MONEY = r"cheap(?:er)?|less expensive|less costly|more affordable|lower[- ]priced|lower in price|costs?(?: \w+){0,2}? less|asks? less"
_MORE_MONEY = (
    r"dear(?:er)?|more expensive|pricier|costlier|higher[- ]priced|higher in price|costs?(?: \w+){0,2}? more|asks? more"
)
_THAN = r"(?:[^.⟦]{0,30}?)\bthan\b"
_RATED = r"(?:rated|scored|ranked|reviewed)"

SUPERLATIVES: tuple[tuple[re.Pattern[str], Scale, int], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), scale, end)
    for pattern, scale, end in (
        (r"\bcheapest\b|\bleast (?:expensive|costly|dear)\b|\blowest(?:[- ]price|[- ]cost|\s\w+\s?price)|\bmost affordable\b"
         r"|\bcosts? the least\b|\bless than (?:all|any|every)\b|\blower than (?:every|all|any)\b"
         r"|\b(?:none|nothing|no other)\b.*\b(?:as cheap as|beats?|costs? less|is cheaper)\b", _cost, -1),
        (r"\bmost expensive\b|\bdearest\b|\bpriciest\b|\bcostliest\b|\bhighest[- ]price|\bcosts? the most\b"
         r"|\b(?:none|nothing|no other|no pick)\b.*\b(?:costs? more than|dearer than|more expensive than)\s⟦", _cost, 1),
        (rf"\bbest[- ]{_RATED}\b|\bhighest[- ](?:\w+[- ])?(?:rat\w+|score)|\btop[- ](?:rat\w+|score)|\bbest (?:rating|score|reviews?)\b"
         rf"|\bleads? the ratings\b|\b(?:nobody|none|nothing|no other)\b.*\b{_RATED} (?:higher|better)\b"
         rf"|\b{_RATED} (?:higher|better) than (?:all|any|every|the (?:others?|rest))\b", _rating, 1),
        (rf"\b(?:worst|lowest)[- ]{_RATED}\b|\blowest rating\b", _rating, -1),
        (rf"\b(?<!most of the )most popular\b|\bmost (?:\w+ )?(?:ratings?|reviews?|votes|voices|{_RATED})\b|\bmost (?:people|shoppers|buyers)\b.*\b{_RATED}\b"
         r"|\b(?:no other|none|nothing)\b.*\bas many (?:ratings|reviews|votes)\b|\bmost[- ]reviewed\b"
         r"|\bmore (?:ratings|reviews|votes|voices) than (?:all|any|every|the (?:others?|rest))\b", _raters, 1),
        (r"\b(?:fewest|least) (?:ratings|reviews|votes|voices)\b", _raters, -1),
        (r"(?<!outgrow it )(?<!outgrow them )(?<!outgrow this )\b(?:fastest|quickest|soonest)\b|\barrives? first\b", _days, -1),
        (r"\bslowest\b|\barrives? last\b", _days, 1),
    )
)  # fmt: skip

COMPARISONS: tuple[tuple[re.Pattern[str], Scale, int], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), scale, sign)
    for pattern, scale, sign in (
        (rf"\b(?:{_LESS_MONEY}){_THAN}", _cost, -1),
        (rf"(?<!less )\b(?:{_MORE_MONEY}){_THAN}", _cost, 1),
        (r"\bas much as|\bcosts? the same|\bsame price|\bequally (?:priced|expensive|cheap)", _cost, 0),
        (rf"\b{_RATED} (?:higher|better){_THAN}|\b(?:higher|better) (?:rating|score|reviews?){_THAN}", _rating, 1),
        (rf"\b{_RATED} (?:lower|worse){_THAN}|\b(?:lower|worse) (?:rating|score){_THAN}", _rating, -1),
        (rf"\b(?:is|are) (?:\w+ ){{0,2}}?{_RATED} (?:higher|better)\b(?! than)|\b(?:is|are) better[- ]{_RATED}\b(?! than)", _rating, 1),
        (r"\b(?:is|are) (?:a (?:bit|touch|little) |slightly |also |even )?(?:cheaper|less expensive)\b(?! than)", _cost, -1),
        (rf"\b(?:same|equal) rating|\b{_RATED} (?:equally|the same)", _rating, 0),
        (rf"\bmore (?:ratings|reviews|votes|voices){_THAN}", _raters, 1),
        (rf"\b(?:fewer|less) (?:ratings|reviews|votes|voices){_THAN}", _raters, -1),
        (rf"(?<!outgrow it )(?<!outgrow them )(?<!outgrow this )\b(?:faster|quicker|sooner|earlier){_THAN}", _days, -1),
    )
)  # fmt: skip
MULTIPLE = re.compile(
    r"\b(?:twice|double|triple|half|a third|a quarter|\d+ times) (?:the|as|of)\b(?=[^.;]{0,25}\b(?:pric\w*|costs?|rat\w+|"
    r"reviews?|money|budget|expensive|cheap|dear|many|much|size|amount|value|shoppers|buyers|people|⟦))",
    re.IGNORECASE,
)
TENTHS = re.compile(
    r"\b(?P<n>a|one|two|three|four|five|1|2|3|4|5)(?: single)? (?:tenth|10th)s?(?: of a (?:point|star))?(?=[^.;]{0,30}\b(?:higher|lower|more|less|better|ahead|behind|before|above|below|between|apart)\b)",
    re.IGNORECASE,
)
"""How far two ratings are apart."""
_TENTHS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def without_tenths(text: str, picks: Sequence[PickEvidence]) -> str:
    """The text without the differences of two picks' ratings that are right."""
    rated = [Decimal(str(pick.product.rating)) for pick in picks if pick.product.rating is not None]
    apart = {abs(one - other) for one in rated for other in rated}

    def left(match: re.Match[str]) -> str:
        tenths = _TENTHS.get(match["n"].lower()) or int(match["n"])
        return " " if Decimal(tenths) / 10 in apart else match[0]

    return TENTHS.sub(left, text)


_SECOND = re.compile(
    r"(?P<first>[$€£]?\d+(?:\.\d+)?)(?P<between>,? (?:against|versus|vs\.?|to|compared (?:with|to)|and not) )(?P<second>[$€£]?\d+(?:\.\d+)?)(?![\d%])"
)
_UNEVEN = re.compile(
    r"\b(?:more|less|better|worse|higher|lower|cheaper|dearer|pricier|ahead|behind|costs?|rated)\b", re.IGNORECASE
)


def without_second_figures(text: str, amounts: AbstractSet[Decimal], ratings: AbstractSet[str]) -> str:
    """The text without what a figure is compared with ("$47.80 against $42.50"), where some pick has such a figure."""

    def first(match: re.Match[str]) -> str:
        second = match["second"].lstrip("$€£")
        known = Decimal(second) in amounts if match["second"] != second else second in ratings
        return match["first"] + " " if known else match[0]

    return _SECOND.sub(first, text) if _UNEVEN.search(text) else text


ORDINAL = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_ORDINALS = re.compile(
    r"\b(?:the|number|pick|no\.)\s(first|second|third|fourth|fifth|last|\d+(?:st|nd|rd|th)?)\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:not|isn't|aren't|never|neither)\b", re.IGNORECASE)
_WITHIN = re.compile(
    r"\b(?:all|each|every|both|any|everything|whichever|these|they)\b[^.]*?"
    r"\b(?:within|under|below|less than|no more than|not more than|at most|cheaper than|inside)\b(?P<a>(?:[^.]|\.\d){0,40})"
    r"|\b(?:none|nothing|no pick|neither|nobody)\b[^.]*?\b(?:more than|over|above|exceeds?|beyond)\b(?P<b>(?:[^.]|\.\d){0,40})",
    re.IGNORECASE | re.DOTALL,
)


def comparison_problems(passage: Passage, picks: Sequence[PickEvidence], shown: Sequence[PickEvidence]) -> list[str]:
    """Superlatives and comparisons of the passage that the catalogue contradicts, or that nothing can prove."""
    named = _places(passage, shown)
    before = shown[passage.last[0]] if len(passage.last) == 1 else None
    subject = [(0, before)] if before else named
    others = [shown[at] for at in passage.last if all(shown[at] is not pick for _, pick in named)]
    last = before or (others[0] if len(others) == 1 else None)
    found = [*_superlative_problems(passage.text, subject, picks), *_comparison_problems(passage.text, named, last)]
    if MULTIPLE.search(passage.text) and not find_amounts(passage.text):
        found.append(f"nobody worked out {MULTIPLE.search(passage.text)[0]!r}")  # pyright: ignore[reportOptionalSubscript]
    return found + _bound_problems(passage.text, picks)


def _places(passage: Passage, shown: Sequence[PickEvidence]) -> list[tuple[int, PickEvidence]]:
    """Which picks the text points at and where: by title, or by "the second"."""
    found = [(m.start(), shown[int(m[1])]) for m in SIGN.finditer(passage.text)]
    found += [(start, shown[at]) for start, at in passage.mentions]
    for match in _ORDINALS.finditer(passage.text):
        word = match[1].lower()
        at = ORDINAL[word] if word in ORDINAL else int(re.sub(r"\D", "", word)) - 1
        numbered = [pick for pick in shown if pick.number]
        if -1 <= at < len(numbered):
            found.append((match.start(), numbered[at]))
    return sorted(found, key=lambda place: place[0]) or [(0, shown[at]) for at in passage.about]


def _superlative_problems(text: str, named: list[tuple[int, PickEvidence]], picks: Sequence[PickEvidence]) -> list[str]:
    found = []
    for match, scale, end in _superlatives(text) if named and len(picks) > 1 else ():
        if _DENIED.search(text[max(0, match.start() - 15) : match.start()]):
            continue
        one = _nearest(match, named)
        values = [scale(pick) for pick in picks]
        mine, known = scale(one), [value for value in values if value is not None]
        best = (max if end > 0 else min)(known, default=None)
        if mine is None or mine != best:
            found.append(f"{match[0]!r} is not true of {one.product.title!r}")
    return found


@lru_cache(maxsize=4096)  # as with all sentences: those of templates are said to many shoppers
def _superlatives(text: str) -> tuple[tuple[re.Match[str], Scale, int], ...]:
    return tuple((match, scale, end) for pattern, scale, end in SUPERLATIVES for match in pattern.finditer(text))


@lru_cache(maxsize=4096)
def _comparatives(text: str) -> tuple[tuple[re.Match[str], Scale, int], ...]:
    return tuple((match, scale, sign) for pattern, scale, sign in COMPARISONS for match in pattern.finditer(text))


_CLAUSE = 40
"""How many letters further away a pick is that another clause names."""


def _nearest(match: re.Match[str], named: list[tuple[int, PickEvidence]]) -> PickEvidence:
    """The pick that a superlative is said of: one within the words themselves, else the closest."""

    def distance(at: int) -> int:
        if match.start() <= at <= match.end():
            return 0
        between = match.string[match.end() : at] if at > match.end() else match.string[at : match.start()]
        return len(between) + (_CLAUSE if re.search(r"[,;]", between) else 0)

    return min(named, key=lambda place: distance(place[0]))[1]


def _comparison_problems(
    text: str, named: list[tuple[int, PickEvidence]], last: PickEvidence | None = None
) -> list[str]:
    """Comparisons that are not true. "It costs less than the second" compares the pick named ``last``."""
    found = []
    for match, scale, sign in _comparatives(text):
        before = [pick for at, pick in named if at < match.start()]
        after = [pick for at, pick in named if at >= match.start()]
        if after and before[-1:] == after[:1]:  # "A outdoes B: it is rated higher than B" compares A
            before = [pick for pick in before if pick is not after[0]]
        if not before and len(after) == 1 and last and last is not after[0]:
            before = [last]
        if "than" not in match[0].lower() and len(before) > 1 and not after:  # "A is fine, but B is rated higher"
            before = before[::-1]
        two = (before[-1], after[0]) if before and after else after[:2][::-1] if len(after) > 1 else before[-2:]
        if len(two) < 2 or two[0] is two[1]:
            continue
        one, other = scale(two[0]), scale(two[1])
        if one is None or other is None or (one > other) - (one < other) != sign:
            found.append(f"{match[0]!r} is not true of {two[0].product.title!r} and {two[1].product.title!r}")
    return found


def _bound_problems(text: str, picks: Sequence[PickEvidence]) -> list[str]:
    """ "All of them are under $40": the dearest must be."""
    dearest = max((pick.cost.amount for pick in picks), default=Decimal(0))
    found = []
    for match in _WITHIN.finditer(text):
        bounds = [amount.value for amount in find_amounts(match["a"] or match["b"] or "")]
        if bounds and max(bounds) < dearest and not SIGN.search(match[0]):
            found.append(f"not all picks are within {find_amounts(match[0])[0].text}")
    return found
