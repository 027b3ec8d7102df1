"""Picks side by side: a table of what the catalogue says of each, and in words what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.receipts.evidence import PickEvidence, gather_evidence
from tools.receipts.plan_table import markdown
from tools.receipts.reasons import age_range, rating_text
from tools.request import Outcome, Request

Fact = Callable[[PickEvidence], str]

ROWS: tuple[tuple[str, Fact], ...] = (
    ("Price", lambda p: str(p.cost)),
    ("Fits", lambda p: ", ".join(p.answers[:3])),
    ("Rating", lambda p: rating_text(p.product).removeprefix("rated ") if p.product.rating is not None else ""),
    ("Ages", lambda p: age_range(p.product).removeprefix("for ages ") if _has_ages(p) else ""),
    ("Brand", lambda p: p.product.brand),
    ("Kind", lambda p: p.product.category.split(">")[-1].strip()),
    ("Material", lambda p: ", ".join(p.product.materials[:3])),
    ("Colour", lambda p: ", ".join(p.product.colors[:3])),
    ("In a pack", lambda p: str(p.product.pack_size) if p.product.pack_size > 1 else ""),
    ("Delivery", lambda p: f"{p.product.delivery_days} days" if p.product.delivery_days is not None else ""),
)


def compare(catalog: Catalog, shown: Outcome, numbers: Sequence[int], brief: Brief) -> str:
    """The table of the picks of these numbers, without the rows that nothing is known for, and a sentence."""
    evidence = gather_evidence(catalog, shown.model_copy(update={"request": Request(brief=brief)}))
    picks = [pick for pick in evidence.picks if pick.number in numbers]
    if len(picks) < 2:
        return "One of them has left the catalogue, so they cannot be compared any more."
    head = ("", *(f"{pick.number}. {pick.product.title}" for pick in picks))
    rows = [(name, *(fact(pick) or "–" for pick in picks)) for name, fact in ROWS if any(map(fact, picks))]
    return f"{markdown([head, *rows], figures_from=len(head))}\n\n{_verdict(picks)}"


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
