"""Joining what the sources found: products looked up, rules applied, scored; and the count of what was removed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tools.brief import Need
from tools.catalog.interface import Catalog
from tools.planning.bounds import cost
from tools.planning.likeness import Given
from tools.planning.matching import is_one
from tools.planning.offers import Limits, offers
from tools.planning.ranking import Scored, Wishes, score
from tools.planning.retrieval import fused_scores, sought
from tools.planning.rules import Rules
from tools.planning.stated import rules_in
from tools.planning.things import close_to
from tools.product import Product
from tools.request import Request

LIKED = 10
"""How many of the products a shopper liked count: the latest."""


@dataclass
class Candidates:
    """Admissible products by need, best first, and why others were removed (reason -> count)."""

    by_need: dict[str, list[Scored]] = field(default_factory=dict)
    removed: Counter[str] = field(default_factory=Counter)


def wishes_of(request: Request, need: Need | None = None) -> Wishes:
    """What products are matched against in this request, for a need with a theme of its own."""
    near = [n for wish in request.brief.interests for n in close_to(wish)] if request.widened else []
    return Wishes.of(request.brief, request.ideas, near, need)


def assess(catalog: Catalog, request: Request, found: dict[str, list[list[str]]]) -> Candidates:
    """Turns the sources' rankings (need -> rankings of ids) into scored candidates that keep every rule."""
    rules = rules_in(catalog, request.brief, request.today)
    anchor = catalog.get(request.brief.like) if request.brief.like else None
    liked = catalog.require(request.liked[-LIKED:])
    given = Given.of(catalog, request.given)
    leanings = [] if request.brief.is_plan else request.leanings  # a plan goes by its needs
    seen = set(request.seen)
    result = Candidates()
    for need in request.brief.wanted:
        fused = fused_scores(found.get(need.name, [])) if need.keep is None else {need.keep: 1.0}
        best = max(fused.values(), default=1.0)
        stay = request.replacing.places if request.replacing else []
        fused = dict.fromkeys(filter(None, stay), 0.0) | fused
        limits, wishes = Limits.of(request.brief, need, catalog.currency), wishes_of(request, need)
        surely = sought(catalog, request, need)
        scored: list[Scored] = []
        for product in catalog.require(list(fused)):
            if reason := _removal(product, need, rules, limits, seen):
                result.removed[reason] += 1
                continue
            part = fused[product.product_id] / best
            share = cost(product, need) / limits.dearest if limits.dearest else None
            scored.append(
                score(
                    product,
                    request.brief,
                    wishes,
                    retrieval=part,
                    sought=surely.get(product.product_id, 0.0),
                    budget_share=share,
                    anchor=anchor,
                    liked=liked,
                    given=given,
                    leanings=leanings,
                )
            )
        result.by_need[need.name] = sorted(scored, key=lambda s: (-s.score, s.product.product_id))
    return result


def _removal(product: Product, need: Need, rules: Rules, limits: Limits, seen: set[str]) -> str | None:
    if product.product_id in seen and product.product_id != need.keep:
        return "turned down or shown before"
    if product.need != need.kind:
        return f"no {need.kind}"
    if need.thing and not is_one(product, need.thing):
        return f"no {need.name}"
    if reason := rules.broken_by(product, need):
        return reason
    ways = offers(product, need)
    if not ways:
        return "not enough in stock"
    return None if any(map(limits.admit, ways)) else "outside the budget"
