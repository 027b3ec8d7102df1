"""Picks side by side: a table of what the catalogue says of each, and in words what it comes to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.receipts.evidence import PickEvidence, gather_evidence
from tools.receipts.plan_table import markdown
from tools.receipts.reasons import age_range, rating_text
from tools.request import Outcome, Request

Fact = Callable[[PickEvidence], str]

_MEASURED = re.compile(
    r"\d+(?:[.,]\d+)?(?: ?[x×] ?\d+(?:[.,]\d+)?)* ?(?:mm|cm|m|inch(?:es)?|in|ft|ml|cl|l|litres?|g|kg|oz)\b",
    re.IGNORECASE,
)
_SIZE_SPECS = frozenset("size dimensions height width length depth weight diameter capacity volume".split())


def _size(pick: PickEvidence) -> str:
    """What the catalogue says of size and weight: in the attributes, else the measures in title and description."""
    told = [f"{name} {value}" for name, value in pick.product.specs.items() if _SIZE_SPECS.intersection(name.split())]
    texts = (pick.product.title, pick.product.description)
    told = told or next((found for text in texts if (found := _MEASURED.findall(text))), [])
    return ", ".join(told[:3])


ROWS: tuple[tuple[str, Fact], ...] = (
    ("Price", lambda p: str(p.cost)),
    ("Fits", lambda p: ", ".join(p.answers[:3])),
    ("Rating", lambda p: rating_text(p.product).removeprefix("rated ") if p.product.rating is not None else ""),
    ("Ages", lambda p: age_range(p.product).removeprefix("for ages ") if _has_ages(p) else ""),
    ("Brand", lambda p: p.product.brand),
    ("Kind", lambda p: p.product.category.split(">")[-1].strip()),
    ("Size", _size),
    ("Material", lambda p: ", ".join(p.product.materials[:3])),
    ("Colour", lambda p: ", ".join(p.product.colors[:3])),
    ("In a pack", lambda p: str(p.product.pack_size) if p.product.pack_size > 1 else ""),
    ("Delivery", lambda p: f"{p.product.delivery_days} days" if p.product.delivery_days is not None else ""),
)


MEASURES = {"price": "Price", "rating": "Rating", "size": "Size", "age": "Ages", "delivery": "Delivery"}
"""What picks can be asked to be compared by, and the row that tells it."""


def compare(catalog: Catalog, shown: Outcome, numbers: Sequence[int], brief: Brief, by: str | None = None) -> str:
    """The table of the picks of these numbers, without the rows that nothing is known for, and a sentence.

    ``by``, one of `MEASURES`, is what was asked about: it is answered first, and where nothing is known of it that is
    said.
    """
    evidence = gather_evidence(catalog, shown.model_copy(update={"request": Request(brief=brief)}))
    picks = [pick for pick in evidence.picks if pick.number in numbers]
    if len(picks) < 2:
        return "One of them has left the catalogue, so they cannot be compared any more."
    head = ("", *(f"{pick.number}. {pick.product.title}" for pick in picks))
    rows = [(name, *(fact(pick) or "–" for pick in picks)) for name, fact in ROWS if any(map(fact, picks))]
    asked = [_answer(by, picks, rows)] if by else []
    return "\n\n".join([*asked, markdown([head, *rows], figures_from=len(head)), _verdict(picks)])


def _answer(by: str, picks: list[PickEvidence], rows: Sequence[Sequence[str]]) -> str:
    """The answer to what was asked. Sizes and ages come as texts: they are shown, not ranked."""
    if by == "price":
        costs = {p.number: p.cost.minor for p in picks}
        ends = (("the cheapest", {n: -cost for n, cost in costs.items()}), ("the most expensive", costs))
        return " ".join(_extreme(picks, name, values, lambda p: str(p.cost)) for name, values in ends)
    if by == "rating":
        rated = {p.number: p.product.rating for p in picks if p.product.rating is not None}
        return _extreme(picks, "the best rated", rated, lambda p: rating_text(p.product).removeprefix("rated "))
    if by == "delivery":
        days = {p.number: -p.product.delivery_days for p in picks if p.product.delivery_days is not None}
        return _extreme(picks, "the first to arrive", days, lambda p: f"{p.product.delivery_days} days")
    told = next((row for row in rows if row[0] == MEASURES[by]), None)
    if told is None:
        return f"The catalogue does not say what {'size' if by == 'size' else 'age'} they are{' for' * (by == 'age')}."
    return f"{told[0]}, as the catalogue says: {', '.join(f'{p.number}: {t}' for p, t in zip(picks, told[1:], strict=True))}."


def _extreme(
    picks: list[PickEvidence], name: str, values: Mapping[int, float], worded: Callable[[PickEvidence], str]
) -> str:
    """Which pick has the highest value, or that several share it, or that nothing is known."""
    if not values:
        return f"The catalogue does not say which of them is {name}."
    first = [pick for pick in picks if values.get(pick.number) == max(values.values())]
    titles = " and ".join(f'number {pick.number}, "{pick.product.title}"' for pick in first)
    if len(first) > 1:
        return f"{titles[:1].upper()}{titles[1:]} are equally {name.removeprefix('the ')}: {worded(first[0])}."
    return f"{titles[:1].upper()}{titles[1:]}, is {name}: {worded(first[0])}."


def _verdict(picks: list[PickEvidence]) -> str:
    """What tells them apart in money, ratings and wishes."""
    dear, cheap = max(picks, key=lambda p: p.cost.minor), min(picks, key=lambda p: p.cost.minor)
    said = []
    if dear.cost != cheap.cost:
        said.append(f"number {cheap.number} costs {dear.cost - cheap.cost} less than number {dear.number}")
    rated = [pick for pick in picks if pick.product.rating is not None]
    best = max(rated, key=lambda p: p.product.rating or 0, default=None)
    if best and len(rated) > 1 and [p.product.rating for p in rated].count(best.product.rating) == 1:
        said.append(f"number {best.number} has the best rating")
    widest = max(picks, key=lambda p: len(set(p.answers)))
    if [len(set(p.answers)) for p in picks].count(len(set(widest.answers))) == 1 and len(widest.answers) > 1:
        said.append(f"number {widest.number} answers the most of the wishes")
    text = "; ".join(said) or "they are level in price and rating"
    return f"{text[:1].upper()}{text[1:]}."


def _has_ages(pick: PickEvidence) -> bool:
    return bool(pick.product.age_min_years or pick.product.age_max_years)
