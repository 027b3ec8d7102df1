"""Every product that could serve a need, not only the best few a search returns: what makes "nothing fits" a proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from weakref import WeakKeyDictionary

from tools.brief import Brief, Need
from tools.catalog.interface import Catalog
from tools.lexicon import interest_meant, interest_words
from tools.lexicon.stems import stems
from tools.planning.accounting import Terms
from tools.planning.bounds import plan_bounds
from tools.planning.candidates import Candidates, assess
from tools.planning.matching import is_one, match, names
from tools.planning.offers import Limits, Offer, offers, terms
from tools.planning.rules import Rules
from tools.planning.stated import rules_in
from tools.planning.things import names_of
from tools.product import Product
from tools.request import Request

PAGE = 200
"""Products looked at in one go while walking the catalogue in order of price."""
ENOUGH = 24
"""Overlooked products that are brought back: as many as a search would have."""

Found = tuple[Product, Offer]
"""A product and a way to buy it that the need's limits admit."""


def by_price(
    catalog: Catalog, rules: Rules, need: Need, wishes: Sequence[str] = (), price_max: int | None = None
) -> Iterator[Product]:
    """All products that keep the rules, are in stock and answer one of the wishes, if there are any; cheapest first.

    A pack costs at least its price, so ``price_max`` may be the highest admissible cost, in minor units.
    """
    named = wishes or ([need.thing] if need.thing else [])
    filters, groups = rules.filters(need.kind, price_max=price_max), search_groups(named)
    limit, looked_at = PAGE, 0
    while True:
        hits = catalog.index.cheapest(filters, limit, groups)
        for product, _ in hits[looked_at:]:
            if rules.broken_by(product, need) or not offers(product, need):
                continue
            if need.thing and not is_one(product, need.thing):
                continue
            if not wishes or any(match(product, wish) for wish in wishes):
                yield product
        if len(hits) < limit:
            return
        looked_at, limit = len(hits), limit * 4


def is_sold(catalog: Catalog, need: Need) -> bool:
    """Whether the shop has anything for the need at all, whatever the brief's rules and bounds."""
    if need.thing is None or not catalog.sells(need.kind):
        return catalog.sells(need.kind)
    return next(by_price(catalog, Rules.of(Brief(), catalog.currency), need), None) is not None


def serving(catalog: Catalog, request: Request, need: Need, wishes: Sequence[str] = ()) -> Iterator[Found]:
    """Every way to serve the need that keeps all rules and the need's limits, in order of the price of a pack.

    Of a need that keeps its pick, only that product is one.
    """
    limits = Limits.of(request.brief, need, catalog.currency)
    rules, seen = rules_in(catalog, request.brief, request.today), frozenset(request.seen)
    if need.keep:
        kept = catalog.get(need.keep)
        fits = kept is not None and kept.need == need.kind and not rules.broken_by(kept, need)
        found, seen = iter([kept] if kept is not None and fits else []), frozenset[str]()
    else:
        found = by_price(catalog, rules, need, wishes, limits.dearest)
    for product in found:
        if product.product_id not in seen:
            for offer in offers(product, need):
                if limits.admit(offer):
                    yield product, offer


def cheapest_for(catalog: Catalog, request: Request, need: Need) -> Found | None:
    """The product that serves the need at the lowest cost while keeping its rules and limits; exact.

    Once the price of one pack reaches the best cost found, nothing cheaper can follow.
    """
    best: Found | None = None
    for product, offer in serving(catalog, request, need):
        if best is not None and product.price.minor >= best[1].line.cost:
            break
        if best is None or offer.line.cost < best[1].line.cost:
            best = product, offer
    return best


def closest_for(catalog: Catalog, request: Request, need: Need, wishes: Sequence[str]) -> Found | None:
    """Of a need alone, what misses its limits by the least, of those that come closest to what was asked for.

    Who wants a telescope and loves astronomy is closer to a dear telescope than to cheap moon earrings: what bears all
    wishes' own words goes before what bears one of them, and that before what merely belongs to one.
    """
    rules, seen = rules_in(catalog, request.brief, request.today), frozenset(request.seen)
    limits = Limits.of(request.brief, need, catalog.currency)

    def missed(cost: int, low: int, high: int | None) -> int:
        return max(0, low - cost) + (max(0, cost - high) if high is not None else 0)

    def distance(product: Product, offer: Offer) -> tuple[int, int, int]:
        named = sum(names(product, wish) for wish in wishes)
        pays = limits.pays(offer)
        off = missed(pays, limits.budget.low, limits.budget.high)
        off = max(off, missed(offer.line.cost, limits.own.low, limits.own.high))
        return (0 if named == len(wishes) else 1 if named else 2, off, pays)

    best: tuple[tuple[int, int, int], Found] | None = None
    for product in by_price(catalog, rules, need, wishes):
        over = limits.dearest is not None and product.price.minor - limits.dearest
        if best and best[0][0] == 0 and over and over >= best[0][1] and not limits.vouchers:
            break  # nothing dearer can miss the upper end by less
        if product.product_id in seen:
            continue
        for offer in offers(product, need):
            if best is None or distance(product, offer) < best[0]:
                best = distance(product, offer), (product, offer)
    return best[1] if best else None


def count_fitting(catalog: Catalog, request: Request, need: Need, wishes: Sequence[str]) -> int:
    """How many products serve the need alone."""
    return len({product.product_id for product, _ in serving(catalog, request, need, wishes)})


def sold_wishes(catalog: Catalog, request: Request, need: Need) -> list[str]:
    """The shopper's wishes, if the shop has anything for one of them that keeps the rules, at any price; else none."""
    brief = request.brief
    named = [*brief.interests, *([brief.theme] if brief.theme else [])]
    found = by_price(catalog, rules_in(catalog, brief, request.today), need, named)
    return named if named and next(found, None) else []


def cheapest_decides(catalog: Catalog, brief: Brief) -> bool:
    """Whether the cheapest product of each need makes the cheapest plan, so that nothing dearer need be looked at.

    Not where the total, or what some needs cost together, has a lower end, a threshold may make dearer goods the
    cheaper plan, parcels are shared, tax is owed on what a voucher pays, or two percentages are rounded one by one.
    """
    if plan_bounds(brief, catalog.currency).low or any(b.min for b in brief.joint) or _charges(catalog):
        return False
    vouchers: Sequence[Terms] = terms(brief, catalog.currency)
    return all(v.from_total <= 0 for v in vouchers) and sum(v.share is not None for v in vouchers if v.combinable) < 2


_charging: WeakKeyDictionary[Catalog, bool] = WeakKeyDictionary()


def _charges(catalog: Catalog) -> bool:
    """Whether any product states shipping or tax. Read once for each opened catalogue."""
    if catalog not in _charging:
        _charging[catalog] = any(product.shipping or product.tax_percent for product in catalog)
    return _charging[catalog]


def deciding(catalog: Catalog, request: Request, need: Need) -> list[Found]:
    """Enough of what serves a need of a plan: among these there is a plan if there is any. Of equal lines the first."""
    if cheapest_decides(catalog, request.brief):
        best = cheapest_for(catalog, request, need)
        return [best] if best else []
    found = {}
    for product, offer in serving(catalog, request, need):
        found.setdefault(offer.line, (product, offer))
    return list(found.values())


def overlooked(catalog: Catalog, request: Request, candidates: Candidates) -> Candidates:
    """The candidates and what the search has missed, so that something fits among them if anything does."""
    found: dict[str, list[list[str]]] = {}
    for need in request.brief.wanted:
        known = [scored.product.product_id for scored in candidates.by_need.get(need.name, [])]
        if request.brief.is_plan:
            missed = [product.product_id for product, _ in deciding(catalog, request, need)]
        else:
            all_ = serving(catalog, request, need, sold_wishes(catalog, request, need))
            missed = list(islice(dict.fromkeys(product.product_id for product, _ in all_), ENOUGH))
        found[need.name] = [known, list(dict.fromkeys(missed))]
    return assess(catalog, request, found)


def search_groups(wishes: Sequence[str]) -> list[tuple[str, ...]]:
    """What the index looks for: the wishes' own names and what belongs to them. Looser than a match, never stricter."""
    words = [w for wish in wishes for w in (wish, *_other_words(wish))]
    return [stems(word) for word in dict.fromkeys(words)]


def _other_words(wish: str) -> Sequence[str]:
    interest = interest_meant(wish)
    return (interest, *interest_words(interest)) if interest else names_of(wish)
