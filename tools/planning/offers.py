"""How a need can be bought: a product as such, or each of its variants, with what it costs; and the vouchers' terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil

from tools.brief import Brief, Need
from tools.money import Money, minor_unit
from tools.planning.accounting import Line, Terms, account
from tools.planning.bounds import Bounds, joint_bounds, own_bounds, plan_bounds
from tools.product import Product


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to buy what a need takes. ``option`` is the variant's product_id, None for the product as such."""

    line: Line
    option: str | None = None


def offers(product: Product, need: Need) -> list[Offer]:
    """The ways to buy enough of the product, cheapest first; of variants at one price the first. None: out of stock."""
    packs = product.packs_for(need.quantity)
    if not product.variants:
        return [Offer(_line(product, need, product.price.minor * packs))] if _enough(product.stock, packs) else []
    found: dict[int, Offer] = {}
    for variant in product.variants:
        if variant.price.currency == product.price.currency and _enough(variant.stock, packs):
            goods = variant.price.minor * packs
            found.setdefault(goods, Offer(_line(product, need, goods), variant.product_id))
    return [found[goods] for goods in sorted(found)]


def _enough(stock: int | None, packs: int) -> bool:
    return stock is None or stock >= packs


def _line(product: Product, need: Need, goods: int) -> Line:
    currency = product.price.currency
    shipping, free_from = _minor(product.shipping, currency), _minor(product.free_shipping_from, currency)
    return Line(need.kind, goods, _tax(goods, product.tax_percent), product.seller, shipping or 0, free_from, need.name)


def _tax(goods: int, percent: Decimal | None) -> int:
    """Rounded half up."""
    return int(goods * Fraction(percent) / 100 + Fraction(1, 2)) if percent else 0


def _minor(amount: Money | None, currency: str) -> int | None:
    return amount.minor if amount is not None and amount.currency == currency else None


def terms(brief: Brief, currency: str) -> tuple[Terms, ...]:
    """The brief's vouchers in minor units. A fraction of a minor unit is never taken off; a threshold is rounded up."""
    unit = minor_unit(currency)
    return tuple(
        Terms(
            label=v.label,
            share=None if v.percent is None else Fraction(v.percent) / 100,
            amount=int((v.amount or 0) // unit),
            from_total=ceil((v.from_total or 0) / unit),
            kind=v.kind,
            combinable=v.combinable,
            free_shipping=v.free_shipping,
        )
        for v in brief.vouchers
    )


def dearest_goods(high: int, vouchers: Sequence[Terms]) -> int | None:
    """The most that goods may cost, in minor units, for a total within ``high`` to be conceivable; None: no limit."""
    share = min(Fraction(1), sum((v.share or Fraction(0) for v in vouchers), Fraction(0)))
    if share == 1:
        return None
    return int((high + sum(v.amount for v in vouchers)) / (1 - share))


@dataclass(frozen=True)
class Limits:
    """What one need of a brief may cost.

    Asked for alone, it is to be paid in full within the budget, with vouchers and shipping; within a plan only what no
    plan could pay is ruled out here.
    """

    own: Bounds
    budget: Bounds
    vouchers: tuple[Terms, ...]
    alone: bool

    @classmethod
    def of(cls, brief: Brief, need: Need, currency: str) -> Limits:
        """The limits of the need."""
        stated = plan_bounds(brief, currency)
        own = own_bounds(need, currency)
        for bound in joint_bounds(brief, {need.name}, currency):  # what some cost together, none of them may exceed
            ends = [high for high in (own.high, bound.high) if high is not None]
            own = Bounds(own.low if brief.is_plan else max(own.low, bound.low), min(ends, default=None))
        return cls(own, stated, terms(brief, currency), not brief.is_plan)

    @cached_property
    def dearest(self) -> int | None:
        """The highest goods, in minor units, that can be within the limits; None: there is no upper end."""
        budget = None if self.budget.high is None else dearest_goods(self.budget.high, self.vouchers)
        return min((high for high in (budget, self.own.high) if high is not None), default=None)

    def pays(self, offer: Offer) -> int:
        """What is to be paid for the offer alone."""
        return account([offer.line], self.vouchers).total

    def admit(self, offer: Offer) -> bool:
        """Whether the offer keeps the limits."""
        if not self.own.admits(offer.line.cost):
            return False
        if self.alone:
            return self.budget.admits(self.pays(offer))
        return self.dearest is None or offer.line.goods <= self.dearest
