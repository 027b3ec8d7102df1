"""From a brief and its candidates to the numbers of an `Instance`, and back to picks and sums."""

from __future__ import annotations

from tools.brief import Brief, Need
from tools.lexicon.stems import stems
from tools.money import Money
from tools.planning.accounting import Account
from tools.planning.bounds import joint_bounds, own_bounds, plan_bounds, plan_budget
from tools.planning.candidates import Candidates, wishes_of
from tools.planning.instance import OFF_THEME, Choice, Instance, Option
from tools.planning.matching import match
from tools.planning.offers import Limits, Offer, offers, terms
from tools.planning.ranking import WEIGHTS, Scored
from tools.planning.themes import theme_of
from tools.product import Product
from tools.request import Discount, Matched, Pick, PlanSums, Request

SCALE = 1000
"""Points of fit for one of a product's score."""
NEAR = 3.0
"""Score for costing exactly what was said loosely ("around 60"), as much as answering a wish; none for nothing."""
MONEY = {None: 500, "low": 8000, "high": 0}
"""Points for leaving the whole budget, by how the shopper feels about prices."""
TELLING = 5
"""From so many attributes on, the very same ones make two products look alike."""


class Formulation:
    """A plan request in numbers: ``instance``, and which scored candidate each of its options is."""

    def __init__(self, request: Request, candidates: Candidates, needs: list[Need], currency: str) -> None:
        self.needs: dict[str, Need] = {need.name: need for need in needs}
        self.scored = {(name, s.product.product_id): s for name, all_ in candidates.by_need.items() for s in all_}
        self.currency = currency
        brief, bounds = request.brief, plan_bounds(request.brief, currency)
        self.budget = plan_budget(brief, currency).high
        vouchers = terms(brief, currency)
        named = {*wishes_of(request).named, *(wish for need in needs for wish in need.wishes)}
        choices = {
            need.name: _choice(brief, need, candidates.by_need.get(need.name, []), named, currency) for need in needs
        }
        dearest = sum(max((o.line.cost for o in choice.options), default=0) for choice in choices.values())
        self.instance = Instance(
            choices=choices,
            vouchers=vouchers,
            joint=joint_bounds(brief, set(choices), currency),
            low=bounds.low,
            high=bounds.high,
            reference=max(1, dearest if bounds.high is None else bounds.high),
            money=MONEY[brief.price_feel],
        )

    def picks(self, chosen: dict[str, Option]) -> list[Pick]:
        """The plan's picks, in the order of the needs."""
        return [
            pick_of(need, self.scored[name, chosen[name].product_id], chosen[name].option)
            for name, need in self.needs.items()
        ]

    def sums(self, chosen: dict[str, Option], gap: float = 0.0) -> PlanSums:
        """The plan's money."""
        return sums_of(self.instance, self.instance.account(chosen), self.currency, self.budget, gap)


def pick_of(need: Need, scored: Scored, option: str | None = None, pays: Money | None = None) -> Pick:
    """The pick of a product, or of its variant ``option``, for a need."""
    packs = scored.product.packs_for(need.quantity)
    return Pick(
        need=need.name,
        product_id=scored.product.product_id,
        option=option,
        quantity=packs,
        units=packs * scored.product.pack_size,
        pays=pays,
        added=scored.added,
        matched=[Matched(wish=m.wish, field=m.field, word=m.word, passing=m.passing) for m in scored.matches],
    )


def sums_of(instance: Instance, account: Account, currency: str, budget: int | None, gap: float = 0.0) -> PlanSums:
    """An account as money. Shipping and tax are None where there is none; ``left`` is of the budget as it was said."""

    def money(minor: int) -> Money:
        return Money.from_minor(minor, currency)

    return PlanSums(
        subtotal=money(account.subtotal),
        discounts=[Discount(label=instance.vouchers[i].label, amount=money(off)) for i, off in account.discounts],
        shipping=money(account.shipping) if account.shipping else None,
        tax=money(account.tax) if account.tax else None,
        total=money(account.total),
        left=None if budget is None else money(budget - account.total),
        gap=gap or None,
    )


def _choice(brief: Brief, need: Need, found: list[Scored], named: set[str], currency: str) -> Choice:
    own, limits = own_bounds(need, currency), Limits.of(brief, need, currency)
    options = []
    for scored in found:
        ways = [offer for offer in offers(scored.product, need) if limits.admit(offer)]
        # A dearer variant of the same fit can only help to reach a lower end or a threshold.
        dearer_may_help = (
            limits.budget.low or scored.product.free_shipping_from or any(v.from_total for v in limits.vouchers)
        )
        for offer in ways if dearer_may_help else ways[:1]:
            options.append(_option(brief, need, scored, offer, named, own.high if need.soft else None))
    return Choice(tuple(options), need.importance, own.low, own.high, need.keep)


def _option(brief: Brief, need: Need, scored: Scored, offer: Offer, named: set[str], around: int | None) -> Option:
    product = scored.product
    fit = scored.score - WEIGHTS.get("price", 0.0) * scored.parts.get("price", 0.0)  # the plan weighs its money as one
    if around:
        fit += NEAR * (1 - abs(around - offer.line.cost) / around)
    theme = theme_of(brief, need)
    astray = theme is not None and bool(product.themes) and match(product, theme) is None
    free = theme is None and need.kind != "gift"
    answered = frozenset(m.wish for m in scored.matches)
    missed = astray + sum(wish not in answered for wish in need.wishes)
    return Option(
        product_id=product.product_id,
        line=offer.line,
        fit=round(SCALE * fit),
        option=offer.option,
        demerit=OFF_THEME * missed,
        answers=answered & named,
        themes=frozenset(product.themes) if free else frozenset(),
        look=_look(product),
    )


def _look(product: Product) -> frozenset[str]:
    """What it shares with near-identical products: the same words of the title, or the very same attributes."""
    looks = {f"title:{' '.join(sorted(stems(product.title)))}"}
    if len(product.attributes) >= TELLING:
        looks.add(f"attributes:{'|'.join(sorted(product.attributes))}")
    return frozenset(looks)
