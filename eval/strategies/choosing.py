"""What the simple strategies share: the messages read into a brief, and the first products of an order that fit it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from eval.keyless import TODAY
from eval.simulation.dialogue import Shown
from recsys_agent.offline.reading import read
from tools.brief import Brief, Need
from tools.planning.bounds import Bounds, need_bounds, plan_bounds
from tools.planning.rules import Rules
from tools.product import Product

SHORTLIST = 3

Price = Callable[[Product], int]
"""What a product is believed to cost, in minor units."""


@dataclass(frozen=True)
class Chosen:
    """A product for a need, in packs."""

    product: Product
    need: Need

    def shown(self) -> Shown:
        """As it is shown, with the catalogue's title and price."""
        packs = self.product.packs_for(self.need.quantity)
        return Shown(self.product.product_id, self.product.title, self.product.price.amount, self.need.kind, packs)


@lru_cache(maxsize=4096)
def brief_of(messages: tuple[str, ...]) -> Brief:
    """All that the messages say, as the keyless stand-in reads them one after the other."""
    if not messages:
        return Brief()
    before = brief_of(messages[:-1])
    return read(messages[-1], today=date.fromisoformat(TODAY), brief=before).changes.apply(before)


def choose(
    brief: Brief, ordered: Iterable[Product], currency: str, seen: Iterable[str] = (), price: Price | None = None
) -> list[Chosen]:
    """The first of the order that keep the rules and the budget: three for one need, one each for several.

    In a plan each need may take its even share of what is left. ``seen`` product_ids are left out.
    """
    rules = Rules.of(brief, currency)
    cost = _cost_by(price)

    def first(need: Need, bounds: Bounds, count: int) -> list[Chosen]:
        fitting = (
            Chosen(product, need)
            for product in products
            if product.need == need.kind
            and product.product_id not in left_out
            and rules.broken_by(product, need) is None
            and bounds.admits(cost(product, need))
        )
        return list(islice(fitting, count))

    left_out, products = set(seen), ordered
    if not brief.is_plan:
        (need,) = brief.wanted
        return first(need, need_bounds(brief, need, currency), SHORTLIST)
    products = list(ordered)
    left = plan_bounds(brief, currency).high
    plan: list[Chosen] = []
    for done, need in enumerate(brief.wanted):
        share = None if left is None else left // (len(brief.wanted) - done)
        for chosen in first(need, Bounds(0, share), 1):
            plan.append(chosen)
            left = None if left is None else left - cost(chosen.product, need)
    return plan


def _cost_by(price: Price | None) -> Callable[[Product, Need], int]:
    def cost(product: Product, need: Need) -> int:
        return (price(product) if price else product.price.minor) * product.packs_for(need.quantity)

    return cost
