"""When nothing fits: what comes closest, and the single changes that would help, each verified by searching again.

Nothing here is applied: a changed budget or rule needs the shopper's yes.
"""

from __future__ import annotations

from tools.brief import Brief, BriefChanges, Budget, Need
from tools.catalog.catalog import Catalog
from tools.money import Money
from tools.planning.bounds import Bounds, cost, need_bounds, plan_bounds
from tools.planning.exhaustive import cheapest_for, closest_for, count_fitting, sold_wishes
from tools.planning.rules import Rules
from tools.product import NEED_NAMES, Product
from tools.request import Outcome, Pick, Relaxation, Request


def explain_infeasible(catalog: Catalog, request: Request, outcome: Outcome) -> None:
    """Fills in the closest fit and the changes that would help."""
    if request.brief.is_plan:
        _explain_plan(catalog, request, outcome)
    else:
        _explain_need(catalog, request, request.brief.wanted[0], outcome)


def _explain_need(catalog: Catalog, request: Request, need: Need, outcome: Outcome) -> None:
    brief, seen = request.brief, frozenset(request.seen)
    rules = Rules.of(brief, catalog.currency)
    bounds = need_bounds(brief, need, catalog.currency)
    wishes = sold_wishes(catalog, brief, need)
    closest = closest_for(catalog, rules, need, wishes, bounds, seen)
    if closest is not None:
        outcome.closest, outcome.closest_cost = _closest(closest, need, catalog)
        price = cost(closest, need)
        if bounds.high is not None and price > bounds.high:
            change, changes, high = _raised(brief, need.quantity, price, bounds.high, catalog.currency)
            opens = count_fitting(catalog, rules, need, wishes, Bounds(bounds.low, high), seen)
            if opens:
                outcome.relaxations.append(_offer(brief, change, opens, changes))
    if bounds.low:
        opens = count_fitting(catalog, rules, need, wishes, Bounds(0, bounds.high), seen)
        if opens:
            outcome.relaxations.append(_drop_lower_end(brief, bounds, catalog.currency, opens))
    outcome.relaxations += _rule_relaxations(catalog, brief, need, bounds, seen)


def _offer(brief: Brief, change: str, opens: int, changes: BriefChanges) -> Relaxation:
    before, after = brief.model_dump(mode="json"), changes.apply(brief).model_dump(mode="json")
    return Relaxation(change=change, opens=opens, sets={k: v for k, v in after.items() if v != before[k]})


def _raised(brief: Brief, heads: int, price: int, high: int, currency: str) -> tuple[str, BriefChanges, int]:
    """The change that admits the price, in words and for the brief, and the upper end it comes to, in minor units."""
    times = heads if brief.budget is not None and brief.budget.per == "each" else 1
    stated = brief.budget.bounds(currency)[1] if brief.budget else None
    within = stated is None or price <= stated * times  # what binds is only that it should be cheaper than before
    one = -(-price // times)
    to = f"{Money.from_minor(one, currency)}{' each' if times > 1 else ''}"
    more = Money.from_minor(price - high, currency)
    top = {"max": Money.from_minor(one, currency).amount}
    budget = (brief.budget or Budget()).model_copy(update=top)
    words = f"{'pay' if within else 'raise the budget to'} {to} ({more} more)"
    return words, BriefChanges(budget=budget), one * times


def _drop_lower_end(brief: Brief, bounds: Bounds, currency: str, opens: int) -> Relaxation:
    change = f"drop the lower end of {Money.from_minor(bounds.low, currency)}"
    return _offer(brief, change, opens, BriefChanges(remove=["budget minimum"]))


def _rule_relaxations(
    catalog: Catalog, brief: Brief, need: Need, bounds: Bounds, seen: frozenset[str]
) -> list[Relaxation]:
    """Each avoided or owned thing that alone keeps products away. Allergies are never offered for relaxing."""
    changes = []
    for field in ("avoid", "owned"):
        for word in getattr(brief, field):
            without = brief.model_copy(update={field: [w for w in getattr(brief, field) if w != word]})
            rules, wishes = Rules.of(without, catalog.currency), sold_wishes(catalog, without, need)
            if opens := count_fitting(catalog, rules, need, wishes, bounds, seen):
                changes.append(_offer(brief, f'allow "{word}"', opens, BriefChanges(remove=[word])))
    return changes


def _closest(product: Product, need: Need, catalog: Catalog) -> tuple[Pick, Money]:
    packs = product.packs_for(need.quantity)
    pick = Pick(need=need.kind, product_id=product.product_id, quantity=packs, units=packs * product.pack_size)
    return pick, Money.from_minor(cost(product, need), catalog.currency)


def _explain_plan(catalog: Catalog, request: Request, outcome: Outcome) -> None:
    """The cheapest plan that keeps all rules but the budget; then another budget, or leaving one need out."""
    brief, currency = request.brief, catalog.currency
    rules, bounds = Rules.of(brief, currency), plan_bounds(brief, currency)
    seen = frozenset(request.seen)
    sold = [need for need in brief.wanted if catalog.sells(need.kind)] or brief.wanted
    cheapest = {need: cheapest_for(catalog, rules, need, [], seen) for need in sold}
    outcome.unmet = [need.kind for need, product in cheapest.items() if product is None]
    costs = {need: cost(product, need) for need, product in cheapest.items() if product}
    total = sum(costs.values())
    if not outcome.unmet and costs:
        outcome.closest_cost = Money.from_minor(total, currency)
        too_dear = bounds.high is not None and total > bounds.high
        if bounds.high is not None and too_dear and total >= bounds.low:
            heads = brief.guests or max(need.quantity for need in brief.wanted)
            change, changes, _ = _raised(brief, heads, total, bounds.high, currency)
            outcome.relaxations.append(_offer(brief, change, 1, changes))
        elif bounds.low and not too_dear:
            outcome.relaxations.append(_drop_lower_end(brief, bounds, currency, 1))
    for need in sold:
        changes = BriefChanges(remove=[need.kind])
        rest = changes.apply(brief)
        if rest.needs and _fits(catalog, rest, {n: c for n, c in costs.items() if n != need}, seen):
            outcome.relaxations.append(_offer(brief, f"leave out the {NEED_NAMES[need.kind]}", 1, changes))


def _fits(catalog: Catalog, brief: Brief, costs: dict[Need, int], seen: frozenset[str]) -> bool:
    """Whether the brief can be met, given the lowest cost of each of its needs; of a plan, whether by the cheapest."""
    if not brief.is_plan:
        (need,) = brief.wanted
        rules, bounds = Rules.of(brief, catalog.currency), need_bounds(brief, need, catalog.currency)
        return count_fitting(catalog, rules, need, sold_wishes(catalog, brief, need), bounds, seen) > 0
    wanted = [need for need in brief.wanted if catalog.sells(need.kind)]
    bounds = plan_bounds(brief, catalog.currency)
    return bool(wanted) and all(need in costs for need in wanted) and bounds.admits(sum(costs[need] for need in wanted))
