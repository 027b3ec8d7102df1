"""When nothing fits: what clashes, what comes closest, and the single changes that would help.

Each change is a brief of its own that was solved over the whole catalogue before it is offered. None is applied: a
changed budget or rule needs the shopper's yes. Allergies and ages are never up for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tools.brief import Brief, BriefChanges, Budget, JointBound, Need
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.needs import spoken, spoken_many
from tools.planning.bounds import Bounds, heads, plan_bounds
from tools.planning.clash import clash, day
from tools.planning.exhaustive import closest_for, sold_wishes
from tools.planning.feasibility import Feasibility
from tools.planning.offers import Limits
from tools.request import Outcome, Pick, Relaxation, Request

LATEST_DAYS = 60
"""A later delivery is looked for up to so many days after the date."""


def explain_infeasible(catalog: Catalog, request: Request, outcome: Outcome) -> None:
    """Fills in the rules that clash, the closest fit and the changes that would help."""
    feasibility = Feasibility(catalog)
    if request.brief.is_plan:
        _closest_plan(request, feasibility, outcome)
    else:
        _closest_product(catalog, request, outcome)
    outcome.clash = clash(request, feasibility)
    outcome.relaxations = _Changes(request, feasibility, outcome.closest_cost).all()


def _closest_product(catalog: Catalog, request: Request, outcome: Outcome) -> None:
    (need,) = request.brief.wanted
    closest = closest_for(catalog, request, need, sold_wishes(catalog, request, need))
    if closest is None:
        return
    product, offer = closest
    packs = product.packs_for(need.quantity)
    outcome.closest = Pick(
        need=need.name,
        product_id=product.product_id,
        option=offer.option,
        quantity=packs,
        units=packs * product.pack_size,
    )
    pays = Limits.of(request.brief, need, catalog.currency).pays(offer)
    outcome.closest_cost = Money.from_minor(pays, catalog.currency)


def _closest_plan(request: Request, feasibility: Feasibility, outcome: Outcome) -> None:
    """The needs that nothing is admissible for; else what the cheapest plan comes to that keeps all but the budget."""
    unbound = _with(request, budget=None, price_cap=None)
    needs = feasibility.needs(unbound)
    outcome.unmet = [need.name for need in needs if not feasibility.lines(unbound, need)]
    if cheapest := feasibility.cheapest(unbound):
        outcome.closest_cost = Money.from_minor(cheapest.total, feasibility.catalog.currency)


class _Changes:
    """The single changes that help, each tried."""

    def __init__(self, request: Request, feasibility: Feasibility, closest: Money | None) -> None:
        self.request, self.brief, self.feasibility, self.closest = request, request.brief, feasibility, closest
        self.currency = feasibility.catalog.currency
        self.found: list[Relaxation] = []

    def all(self) -> list[Relaxation]:
        """Money first, then how many, when, what else, and what to do without."""
        self._raise_budget()
        self._drop_lower_end()
        for need in self.brief.needs:
            self._own_bounds(need)
            self._fewer(need)
        for bound in self.brief.joint:
            self._joint(bound)
        self._deliver_later()
        for field in ("avoid", "owned"):
            for word in getattr(self.brief, field):
                self._offer(f'allow "{word}"', **{field: [w for w in getattr(self.brief, field) if w != word]})
        for need in self.brief.needs:
            for source in need.not_from:
                others = [s for s in need.not_from if s != source]
                self._offer_need(f'allow "{source}" for the {spoken(need.name)}', need, not_from=others)
            if need.keep:
                kept = self.feasibility.catalog.get(need.keep)
                self._offer_need(f"swap {kept.title if kept else 'what you keep'}", need, keep=None)
        if self.brief.is_plan:
            for need in self.brief.needs:
                rest = BriefChanges(remove=[need.name]).apply(self.brief).needs
                self._offer(f"leave out the {spoken(need.name)}", needs=rest)
        return self.found

    def _offer(self, change: str, **fields: Any) -> None:
        changed = _with(self.request, **fields)
        if opens := self.feasibility.opens(changed):
            sets = changed.brief.model_dump(mode="json", include=set(fields))
            self.found.append(Relaxation(change=change, opens=opens, sets=sets))

    def _offer_need(self, change: str, need: Need, **fields: Any) -> None:
        self._offer(change, needs=_needs(self.brief, need, **fields))

    def _raise_budget(self) -> None:
        """By as little as makes it possible: of a plan its lowest total, of one thing what comes closest."""
        brief = self.brief
        bounds = plan_bounds(brief, self.currency) if brief.is_plan else None
        if bounds is None:
            (need,) = brief.wanted
            bounds = Limits.of(brief, need, self.currency).budget
            to_pay = self.closest.minor if self.closest else None
        else:
            unbound = _with(self.request, budget=brief.budget and _ends(brief.budget, max=None), price_cap=None)
            cheapest = self.feasibility.cheapest(unbound, Bounds(bounds.low, None))
            to_pay = cheapest.total if cheapest else None
        if bounds.high is None or to_pay is None or to_pay <= bounds.high:
            return
        times = heads(brief) if brief.budget is not None and brief.budget.per == "each" else 1
        stated = brief.budget.bounds(self.currency)[1] if brief.budget else None
        within = stated is None or to_pay <= stated * times  # what binds is only that it should be cheaper than before
        one = Money.from_minor(-(-to_pay // times), self.currency)
        more = Money.from_minor(to_pay - bounds.high, self.currency)
        said = f"{'pay' if within else 'raise the budget to'} {one}{' each' if times > 1 else ''} ({more} more)"
        self._offer(said, budget=_ends(brief.budget or Budget(), max=one.amount), price_cap=None)

    def _drop_lower_end(self) -> None:
        budget = self.brief.budget
        if budget is not None and budget.min:
            times = heads(self.brief) if budget.per == "each" else 1
            low = Money.from_minor(budget.bounds(self.currency)[0] * times, self.currency)
            self._offer(f"drop the lower end of {low}", budget=_ends(budget, min=None))

    def _own_bounds(self, need: Need) -> None:
        """The lowest cap of its own that helps, or no lower end."""
        name = spoken(need.name)
        if need.max is not None:
            open_ended = _with(self.request, needs=_needs(self.brief, need, max=None))
            if cost := self._least_cost(open_ended, need):
                most = Money.of(need.max, self.currency)
                if cost > most:
                    words = f"pay up to {cost} for the {name} ({cost - most} more)"
                    self._offer_need(words, need, max=cost.amount, min=need.min)
        if need.min is not None:
            self._offer_need(
                f"drop the lower end of {Money.of(need.min, self.currency)} for the {name}", need, min=None
            )

    def _joint(self, bound: JointBound) -> None:
        """The lowest cap that helps on what some needs cost together, or no lower end."""

        def with_ends(**ends: Any) -> list[JointBound]:
            return [b.model_copy(update=ends) if b.kinds == bound.kinds else b for b in self.brief.joint]

        if bound.max is not None:
            uncapped = _with(self.request, joint=with_ends(max=None))
            most, least = Money.of(bound.max, self.currency), self.feasibility.least_together(uncapped, bound.kinds)
            if least is not None and (cost := Money.from_minor(least, self.currency)) > most:
                words = f"pay up to {cost} for the {bound.names} together ({cost - most} more)"
                self._offer(words, joint=with_ends(max=cost.amount))
        if bound.min is not None:
            low = Money.of(bound.min, self.currency)
            self._offer(f"drop the lower end of {low} for the {bound.names} together", joint=with_ends(min=None))

    def _least_cost(self, request: Request, need: Need) -> Money | None:
        """What the need's cheapest admissible product costs in this request."""
        (asked,) = (n for n in request.brief.needs if n.name == need.name)
        lines = self.feasibility.lines(request, asked)
        return Money.from_minor(min(line.cost for line in lines), self.currency) if lines else None

    def _fewer(self, need: Need) -> None:
        """The largest smaller quantity that helps."""

        def helps(count: int) -> bool:
            return self.feasibility.feasible(_with(self.request, needs=_needs(self.brief, need, quantity=count)))

        if need.quantity > 1 and (most := _largest(1, need.quantity - 1, helps)):
            named = spoken(need.name) if most == 1 else spoken_many(need.name)
            self._offer_need(f"take {most} {named} instead of {need.quantity}", need, quantity=most)

    def _deliver_later(self) -> None:
        """The earliest later day that helps."""
        brief, today = self.brief, self.request.today
        if brief.date is None or today is None or brief.date < today:
            return
        date = brief.date

        def helps(early: int) -> bool:
            later = date + timedelta(days=LATEST_DAYS - early)
            return self.feasibility.feasible(_with(self.request, date=later))

        early = _largest(0, LATEST_DAYS - 1, helps)
        if early is not None:
            later = date + timedelta(days=LATEST_DAYS - early)
            self._offer(f"accept delivery on {day(later)}", date=later)


def _largest(low: int, high: int, helps: Callable[[int], bool]) -> int | None:
    """The largest number in the range that helps, where all below it do too; None if not even the lowest does."""
    if not helps(low):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if helps(middle) else (low, middle - 1)
    return low


def _with(request: Request, **fields: Any) -> Request:
    return request.model_copy(update={"brief": request.brief.model_copy(update=fields)})


def _needs(brief: Brief, need: Need, **fields: Any) -> list[Need]:
    return [n.model_copy(update=fields) if n.name == need.name else n for n in brief.needs]


def _ends(budget: Budget, **ends: Any) -> Budget:
    return budget.model_copy(update=ends)
