"""When nothing fits: what comes closest, and the single changes that would help, each verified by searching again.

Nothing here is applied: a changed budget or rule needs the shopper's yes.
"""

from __future__ import annotations

from collections.abc import Iterator

from tools.brief import Brief, Need
from tools.catalog.catalog import Catalog
from tools.lexicon import canonical_interest, interest_words
from tools.lexicon.stems import stems
from tools.money import Money
from tools.planning.bounds import Bounds, cost, need_bounds, plan_bounds
from tools.planning.rules import Rules
from tools.product import NEED_NAMES, Product
from tools.request import Outcome, Pick, Relaxation, Request

PAGE = 200
"""Products looked at in one go while walking the catalogue in order of price."""


def explain_infeasible(catalog: Catalog, request: Request, outcome: Outcome) -> None:
    """Fills in the closest fit and the changes that would help."""
    if request.brief.is_plan:
        _explain_plan(catalog, request, outcome)
    else:
        _explain_need(catalog, request, request.brief.wanted[0], outcome)


def wish_is_sold(catalog: Catalog, request: Request, need: Need, wish: str) -> bool:
    """Whether the shop has anything for the wish that keeps the rules, at any price."""
    groups = wish_groups([wish])
    return next(_by_price(catalog, Rules.of(request.brief, catalog.currency), need, groups), None) is not None


def wish_groups(wishes: list[str]) -> list[tuple[str, ...]]:
    """Search groups for wishes: their own names and what belongs to them."""
    words = [w for wish in wishes for w in (wish, canonical_interest(wish) or wish, *interest_words(wish))]
    return [stems(word) for word in dict.fromkeys(words)]


def cheapest_for(
    catalog: Catalog, rules: Rules, need: Need, groups: list[tuple[str, ...]], seen: frozenset[str] = frozenset()
) -> Product | None:
    """The product that serves the need at the lowest cost while keeping all rules but the budget; exact.

    Walks the catalogue in order of price. A pack costs at least its price, so once the price exceeds the best cost
    found, nothing cheaper can follow.
    """
    best: Product | None = None
    for product in _by_price(catalog, rules, need, groups):
        if best is not None and product.price.minor >= cost(best, need):
            break
        if product.product_id not in seen and (best is None or cost(product, need) < cost(best, need)):
            best = product
    return best


def _by_price(catalog: Catalog, rules: Rules, need: Need, groups: list[tuple[str, ...]]) -> Iterator[Product]:
    """Products that keep the rules, cheapest first."""
    filters = rules.filters(need.kind)
    limit, shown = PAGE, 0
    while True:
        hits = catalog.index.cheapest(filters, limit, groups)
        for product, _ in hits[shown:]:
            if rules.broken_by(product, need.kind) is None and _in_stock(product, need):
                yield product
        if len(hits) < limit:
            return
        shown, limit = len(hits), limit * 4


def _in_stock(product: Product, need: Need) -> bool:
    return product.stock is None or product.stock >= product.packs_for(need.quantity)


def _explain_need(catalog: Catalog, request: Request, need: Need, outcome: Outcome) -> None:
    brief = request.brief
    rules = Rules.of(brief, catalog.currency)
    bounds = need_bounds(brief, need, catalog.currency)
    named = [*brief.interests, *([brief.theme] if brief.theme else [])]
    groups = wish_groups(named)
    seen = frozenset(request.seen)
    closest = cheapest_for(catalog, rules, need, groups, seen) or cheapest_for(catalog, rules, need, [], seen)
    if closest is not None:
        outcome.closest, outcome.closest_cost = _closest(closest, need, catalog)
        price = cost(closest, need)
        if bounds.high is not None and price > bounds.high:
            opens = _count(catalog, rules, need, groups, Bounds(0, price), seen)
            outcome.relaxations.append(_raise_budget(brief, need.quantity, price, bounds.high, catalog.currency, opens))
    if bounds.low:
        opens = _count(catalog, rules, need, groups, Bounds(0, bounds.high), seen)
        if opens:
            low = Money.from_minor(bounds.low, catalog.currency)
            outcome.relaxations.append(Relaxation(change=f"drop the lower end of {low}", opens=opens))
    outcome.relaxations += _rule_relaxations(catalog, brief, need, groups, bounds, seen)


def _raise_budget(brief: Brief, heads: int, price: int, high: int, currency: str, opens: int) -> Relaxation:
    per_head = brief.budget is not None and brief.budget.per == "each" and heads > 1
    to = Money.from_minor(-(-price // heads) if per_head else price, currency)
    more = Money.from_minor(price - high, currency)
    each = " each" if per_head else ""
    return Relaxation(change=f"raise the budget to {to}{each} ({more} more)", opens=opens)


def _rule_relaxations(
    catalog: Catalog, brief: Brief, need: Need, groups: list[tuple[str, ...]], bounds: Bounds, seen: frozenset[str]
) -> list[Relaxation]:
    """Each avoided or owned thing that alone keeps products away. Allergies are never offered for relaxing."""
    changes = []
    for field in ("avoid", "owned"):
        for word in getattr(brief, field):
            without = brief.model_copy(update={field: [w for w in getattr(brief, field) if w != word]})
            opens = _count(catalog, Rules.of(without, catalog.currency), need, groups, bounds, seen)
            if opens:
                changes.append(Relaxation(change=f'allow "{word}"', opens=opens))
    return changes


def _count(
    catalog: Catalog, rules: Rules, need: Need, groups: list[tuple[str, ...]], bounds: Bounds, seen: frozenset[str]
) -> int:
    """How many products serve the need under these rules and bounds."""
    count = 0
    for product in _by_price(catalog, rules, need, groups):
        if bounds.high is not None and product.price.minor > bounds.high:
            break
        count += product.product_id not in seen and bounds.admits(cost(product, need))
    return count


def _closest(product: Product, need: Need, catalog: Catalog) -> tuple[Pick, Money]:
    packs = product.packs_for(need.quantity)
    pick = Pick(need=need.kind, product_id=product.product_id, quantity=packs, units=packs * product.pack_size)
    return pick, Money.from_minor(cost(product, need), catalog.currency)


def _explain_plan(catalog: Catalog, request: Request, outcome: Outcome) -> None:
    """The cheapest plan that keeps all rules but the budget; then raising the budget, or leaving one need out."""
    brief = request.brief
    rules = Rules.of(brief, catalog.currency)
    bounds = plan_bounds(brief, catalog.currency)
    seen = frozenset(request.seen)
    cheapest = {need: cheapest_for(catalog, rules, need, [], seen) for need in brief.wanted}
    outcome.unmet = [need.kind for need, product in cheapest.items() if product is None]
    costs = {need: cost(product, need) for need, product in cheapest.items() if product}
    total = sum(costs.values())
    if not outcome.unmet and costs:
        outcome.closest_cost = Money.from_minor(total, catalog.currency)
        if bounds.high is not None and total > bounds.high:
            heads = brief.guests or max(need.quantity for need in brief.wanted)
            outcome.relaxations.append(_raise_budget(brief, heads, total, bounds.high, catalog.currency, 1))
    for need in brief.wanted:
        others = {n: c for n, c in costs.items() if n != need}
        complete = len(others) == len(brief.wanted) - 1
        if complete and others and (bounds.high is None or sum(others.values()) <= bounds.high):
            outcome.relaxations.append(Relaxation(change=f"leave out the {NEED_NAMES[need.kind]}", opens=1))
