"""What a need, or the whole plan, may cost: the budget as inclusive bounds in minor units."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from tools.brief import Brief, Budget, Need
from tools.money import minor_unit
from tools.planning.instance import Joint
from tools.product import Product


@dataclass(frozen=True)
class Bounds:
    """Inclusive cost bounds in minor units of the catalogue's currency; ``high`` None means no upper end."""

    low: int = 0
    high: int | None = None

    def admits(self, cost: int) -> bool:
        """Whether the cost keeps both ends."""
        return self.low <= cost and (self.high is None or cost <= self.high)


def cost(product: Product, need: Need) -> int:
    """What the need costs with this product, in minor units: price × packs."""
    return product.price.minor * product.packs_for(need.quantity)


def own_bounds(need: Need, currency: str) -> Bounds:
    """What the need itself may cost ("cake at most 30"): its goods and their tax, before vouchers and shipping."""
    if need.min is None and need.max is None:  # as of most
        return Bounds()
    return Bounds(*Budget(min=need.min, max=need.max).bounds(currency))


def joint_bounds(brief: Brief, kinds: Container[str], currency: str) -> tuple[Joint, ...]:
    """What some of these needs may cost together, as it was said: before vouchers and shipping, as `own_bounds`."""
    said = [(b, Bounds(*Budget(min=b.min, max=b.max).bounds(currency))) for b in brief.joint]
    return tuple(
        Joint(together, ends.low, ends.high)
        for bound, ends in said
        if (together := frozenset(kind for kind in bound.kinds if kind in kinds))
    )


def need_bounds(brief: Brief, need: Need, currency: str) -> Bounds:
    """The budget's bounds of the one need of a brief, and what was said of the need itself, together."""
    stated, own = plan_bounds(brief, currency), own_bounds(need, currency)
    ends = [high for high in (stated.high, own.high) if high is not None]
    return Bounds(max(stated.low, own.low), min(ends, default=None))


def heads(brief: Brief) -> int:
    """Whom an amount "each" counts: a party's guests, else as many as the largest need is for; of presents all.

    Leaving all but one thing out of a party leaves the guests; a present is for whom it is for.
    """
    is_party = any(need.kind != "gift" for need in brief.wanted)
    counts = [need.quantity for need in brief.wanted]
    return (brief.guests if is_party else None) or (max(counts) if is_party else sum(counts))


def plan_bounds(brief: Brief, currency: str) -> Bounds:
    """Bounds of the total of all needs, or of the only one: the budget, and the cap where "cheaper" was said."""
    return _capped(plan_budget(brief, currency), brief, currency)


def plan_budget(brief: Brief, currency: str) -> Bounds:
    """The budget of all needs, as it was said; an amount per head counts once a guest."""
    if brief.budget is None:
        return Bounds()
    low, high = brief.budget.bounds(currency)
    times = heads(brief) if brief.budget.per == "each" else 1
    return Bounds(low * times, None if high is None else high * times)


def _capped(bounds: Bounds, brief: Brief, currency: str) -> Bounds:
    """ "Cheaper" means below what was shown; the cap is the highest cost that still is."""
    if brief.price_cap is None:
        return bounds
    cap = int(brief.price_cap // minor_unit(currency))
    return Bounds(bounds.low, cap if bounds.high is None else min(cap, bounds.high))
