"""Every product that could serve a need, not only the best few a search returns: what makes "nothing fits" a proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from tools.brief import Brief, Need
from tools.catalog.interface import Catalog
from tools.lexicon import canonical_interest, interest_words
from tools.lexicon.stems import stems
from tools.planning.bounds import Bounds, cost, plan_bounds
from tools.planning.candidates import Candidates, assess, bounds_of
from tools.planning.matching import match, names
from tools.planning.rules import Rules
from tools.product import NeedKind, Product
from tools.request import Request

PAGE = 200
"""Products looked at in one go while walking the catalogue in order of price."""
ENOUGH = 24
"""Overlooked products that are brought back: as many as a search would have."""


def by_price(
    catalog: Catalog, rules: Rules, need: Need, wishes: Sequence[str] = (), price_max: int | None = None
) -> Iterator[Product]:
    """All products that keep the rules, are in stock and answer one of the wishes, if there are any; cheapest first.

    A pack costs at least its price, so ``price_max`` may be the highest admissible cost, in minor units.
    """
    filters, groups = rules.filters(need.kind, price_max=price_max), _search_groups(wishes)
    limit, looked_at = PAGE, 0
    while True:
        hits = catalog.index.cheapest(filters, limit, groups)
        for product, _ in hits[looked_at:]:
            if rules.broken_by(product, need.kind) or not _in_stock(product, need):
                continue
            if not wishes or any(match(product, wish) for wish in wishes):
                yield product
        if len(hits) < limit:
            return
        looked_at, limit = len(hits), limit * 4


def cheapest_for(
    catalog: Catalog, rules: Rules, need: Need, wishes: Sequence[str], seen: frozenset[str] = frozenset()
) -> Product | None:
    """The product that serves the need at the lowest cost while keeping all rules but the budget; exact.

    Once the price of one pack exceeds the best cost found, nothing cheaper can follow.
    """
    best: Product | None = None
    for product in by_price(catalog, rules, need, wishes):
        if best is not None and product.price.minor >= cost(best, need):
            break
        if product.product_id not in seen and (best is None or cost(product, need) < cost(best, need)):
            best = product
    return best


def closest_for(
    catalog: Catalog, rules: Rules, need: Need, wishes: Sequence[str], bounds: Bounds, seen: frozenset[str]
) -> Product | None:
    """The product that misses the bounds by the least, of those that come closest to what was asked for.

    Who wants a telescope and loves astronomy is closer to a dear telescope than to cheap moon earrings: what bears all
    wishes' own words goes before what bears one of them, and that before what merely belongs to one.
    """

    def distance(product: Product) -> tuple[int, int, int]:
        named = sum(names(product, wish) for wish in wishes)
        price = cost(product, need)
        over = max(0, price - bounds.high) if bounds.high is not None else 0
        return (0 if named == len(wishes) else 1 if named else 2, over + max(0, bounds.low - price), price)

    best: tuple[tuple[int, int, int], Product] | None = None
    for product in by_price(catalog, rules, need, wishes):
        if best and best[0][0] == 0 and bounds.high is not None and product.price.minor - bounds.high >= best[0][1]:
            break  # nothing dearer can miss the upper end by less
        if product.product_id not in seen and (best is None or distance(product) < best[0]):
            best = distance(product), product
    return best[1] if best else None


def count_fitting(
    catalog: Catalog, rules: Rules, need: Need, wishes: Sequence[str], bounds: Bounds, seen: frozenset[str]
) -> int:
    """How many products serve the need under these rules and bounds."""
    found = by_price(catalog, rules, need, wishes, bounds.high)
    return sum(product.product_id not in seen and bounds.admits(cost(product, need)) for product in found)


def sold_wishes(catalog: Catalog, brief: Brief, need: Need) -> list[str]:
    """The shopper's wishes, if the shop has anything for one of them that keeps the rules, at any price; else none."""
    named = [*brief.interests, *([brief.theme] if brief.theme else [])]
    found = by_price(catalog, Rules.of(brief, catalog.currency), need, named)
    return named if named and next(found, None) else []


def overlooked(catalog: Catalog, request: Request, candidates: Candidates) -> Candidates:
    """The candidates and what the search has missed, so that something fits among them if anything does."""
    found: dict[NeedKind, list[list[str]]] = {}
    for need in request.brief.wanted:
        known = [scored.product.product_id for scored in candidates.by_need.get(need.kind, [])]
        found[need.kind] = [known, [product.product_id for product in _missed(catalog, request, need)]]
    return assess(catalog, request, found)


def _missed(catalog: Catalog, request: Request, need: Need) -> list[Product]:
    """What fits a need alone, the cheapest first.

    For a plan the cheapest product decides; if its total has a lower end, one product of each cost.
    """
    brief, seen = request.brief, frozenset(request.seen)
    rules, bounds = Rules.of(brief, catalog.currency), bounds_of(request, need, catalog.currency)
    if brief.is_plan and not plan_bounds(brief, catalog.currency).low:
        best = cheapest_for(catalog, rules, need, [], seen)
        return [best] if best else []
    wishes = [] if brief.is_plan else sold_wishes(catalog, brief, need)
    found = by_price(catalog, rules, need, wishes, bounds.high)
    fitting = (p for p in found if p.product_id not in seen and bounds.admits(cost(p, need)))
    if not brief.is_plan:
        return list(islice(fitting, ENOUGH))
    return list({cost(product, need): product for product in fitting}.values())


def _search_groups(wishes: Sequence[str]) -> list[tuple[str, ...]]:
    """What the index looks for: the wishes' own names and what belongs to them. Looser than a match, never stricter."""
    words = [w for wish in wishes for w in (wish, canonical_interest(wish) or wish, *interest_words(wish))]
    return [stems(word) for word in dict.fromkeys(words)]


def _in_stock(product: Product, need: Need) -> bool:
    return product.stock is None or product.stock >= product.packs_for(need.quantity)
