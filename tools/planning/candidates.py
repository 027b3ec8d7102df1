"""Joining what the sources found: products looked up, rules applied, scored; and the count of what was removed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tools.brief import Need
from tools.catalog.catalog import Catalog
from tools.lexicon import neighbours
from tools.planning.bounds import Bounds, cost, need_bounds, plan_bounds
from tools.planning.ranking import Scored, Wishes, score
from tools.planning.retrieval import fused_scores
from tools.planning.rules import Rules
from tools.product import NeedKind, Product
from tools.request import Request


@dataclass
class Candidates:
    """Admissible products by need, best first, and why others were removed (reason -> count)."""

    by_need: dict[NeedKind, list[Scored]] = field(default_factory=dict)
    removed: Counter[str] = field(default_factory=Counter)


def wishes_of(request: Request) -> Wishes:
    """What products are matched against in this request."""
    near = [n for wish in request.brief.interests for n in neighbours(wish)] if request.widened else []
    return Wishes.of(request.brief, request.ideas, near)


def bounds_of(request: Request, need: Need, currency: str) -> Bounds:
    """The cost bounds of one need; within a plan only the total's upper end binds a single need."""
    if request.brief.is_plan:
        return Bounds(0, plan_bounds(request.brief, currency).high)
    return need_bounds(request.brief, need, currency)


def assess(catalog: Catalog, request: Request, found: dict[NeedKind, list[list[str]]]) -> Candidates:
    """Turns the sources' rankings (need -> rankings of ids) into scored candidates that keep every rule."""
    rules = Rules.of(request.brief, catalog.currency)
    wishes = wishes_of(request)
    anchor = catalog.get(request.brief.like) if request.brief.like else None
    seen = set(request.seen)
    result = Candidates()
    for need in request.brief.wanted:
        fused = fused_scores(found.get(need.kind, [])) if need.keep is None else {need.keep: 1.0}
        best = max(fused.values(), default=1.0)
        bounds = bounds_of(request, need, catalog.currency)
        scored: list[Scored] = []
        for product in catalog.require(list(fused)):
            if reason := _removal(product, need, rules, bounds, seen):
                result.removed[reason] += 1
                continue
            part = fused[product.product_id] / best
            share = cost(product, need) / bounds.high if bounds.high else None
            scored.append(score(product, request.brief, wishes, retrieval=part, budget_share=share, anchor=anchor))
        result.by_need[need.kind] = sorted(scored, key=lambda s: (-s.score, s.product.product_id))
    return result


def _removal(product: Product, need: Need, rules: Rules, bounds: Bounds, seen: set[str]) -> str | None:
    if product.product_id in seen and product.product_id != need.keep:
        return "turned down or shown before"
    if product.need != need.kind:
        return f"no {need.kind}"
    if reason := rules.broken_by(product, need.kind):
        return reason
    if not bounds.admits(cost(product, need)):
        return "outside the budget"
    if product.stock is not None and product.stock < product.packs_for(need.quantity):
        return "not enough in stock"
    return None
