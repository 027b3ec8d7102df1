"""Whether a request can be met at all, by how much at the least, and in how many ways: over the whole catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from tools.brief import Need
from tools.catalog.interface import Catalog
from tools.planning.accounting import Account, Line, Terms, account
from tools.planning.bounds import Bounds, joint_bounds, plan_bounds
from tools.planning.exhaustive import count_fitting, deciding, is_sold, serving, sold_wishes
from tools.planning.instance import Choice, Instance, Joint, Option
from tools.planning.offers import terms
from tools.planning.optimiser import plan_in_time
from tools.request import Request

MOST = 1000
"""Plans are counted up to here: nobody chooses by the difference of more."""
LOOKED_AT = 20_000
"""Combinations tried while counting; what is counted by then is the answer."""


class Feasibility:
    """Answers for one catalogue. What was found out for one request serves the next, which mostly differs little."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._lines: dict[str, list[Line]] = {}
        self._sold: dict[str, bool] = {}

    def needs(self, request: Request) -> list[Need]:
        """The needs of a plan of which the shop sells anything; if it sells nothing, all."""
        return [need for need in request.brief.wanted if self._sells(need)] or request.brief.wanted

    def cheapest(
        self,
        request: Request,
        bounds: Bounds | None = None,
        only: Mapping[str, Sequence[Line]] | None = None,
    ) -> Account | None:
        """The plan of the lowest total within the bounds (the brief's unless given), or None.

        ``only`` are the ways in which some needs are to be served, where not any will do.
        """
        bounds = plan_bounds(request.brief, self.catalog.currency) if bounds is None else bounds
        instance = self._instance(request, bounds, only or {})
        if instance is None:
            return None
        if all(len(choice.options) == 1 for choice in instance.choices.values()):
            single = {kind: choice.options[0] for kind, choice in instance.choices.items()}
            paid = instance.account(single)
            return None if instance.missed(single, paid.total) else paid
        best = plan_in_time(instance)
        return instance.account(best.chosen) if best else None

    def least_together(self, request: Request, kinds: Sequence[str]) -> int | None:
        """The least that these needs cost together in any plan for the request, in minor units, or None."""
        instance = self._instance(request, plan_bounds(request.brief, self.catalog.currency), {})
        if instance is None:
            return None
        choices = {
            kind: Choice(tuple(replace(o, demerit=o.line.cost) for o in choice.options)) if kind in kinds else choice
            for kind, choice in instance.choices.items()
        }
        best = plan_in_time(replace(instance, choices=choices, money=0))
        return sum(best.chosen[kind].line.cost for kind in kinds if kind in best.chosen) if best else None

    def _instance(self, request: Request, bounds: Bounds, only: Mapping[str, Sequence[Line]]) -> Instance | None:
        """What decides about a plan, the cheapest being the best; None where nothing serves one of the needs."""
        lines = {need.name: only.get(need.name) or self.lines(request, need) for need in self.needs(request)}
        if not all(lines.values()):
            return None
        choices = {kind: Choice(tuple(Option("", line) for line in found)) for kind, found in lines.items()}
        joint = joint_bounds(request.brief, choices, self.catalog.currency)
        vouchers = terms(request.brief, self.catalog.currency)
        return Instance(choices, vouchers, joint, bounds.low, bounds.high, reference=1, money=1)

    def opens(self, request: Request) -> int:
        """In how many ways the request can be met: products for a need alone, plans otherwise, up to `MOST`."""
        brief = request.brief
        if not brief.is_plan:
            (need,) = brief.wanted
            return count_fitting(self.catalog, request, need, sold_wishes(self.catalog, request, need))
        bounds = plan_bounds(brief, self.catalog.currency)
        if not any(map(self._sells, brief.wanted)) or self.cheapest(request) is None:
            return 0
        menus = [self._menu(request, need) for need in self.needs(request)]
        joint = joint_bounds(brief, {need.name for need in brief.wanted}, self.catalog.currency)
        return max(1, _count(menus, terms(brief, self.catalog.currency), bounds, joint))

    def feasible(self, request: Request) -> bool:
        """Whether anything at all meets the request."""
        brief = request.brief
        if brief.is_plan:
            return any(map(self._sells, brief.wanted)) and self.cheapest(request) is not None
        (need,) = brief.wanted
        return next(serving(self.catalog, request, need, sold_wishes(self.catalog, request, need)), None) is not None

    def lines(self, request: Request, need: Need) -> list[Line]:
        """What decides about the need in a plan; see `deciding`."""
        brief = request.brief
        about = (
            need,
            brief.rules,
            brief.recipient,
            brief.date,
            brief.budget,
            brief.price_cap,
            brief.vouchers,
            brief.joint,
        )
        key = f"{about}{request.seen}{brief.guests}"
        if key not in self._lines:
            self._lines[key] = [offer.line for _, offer in deciding(self.catalog, request, need)]
        return self._lines[key]

    def _menu(self, request: Request, need: Need) -> list[Line]:
        first = {}
        for product, offer in islice(serving(self.catalog, request, need), MOST):
            first.setdefault(product.product_id, offer.line)
        return sorted(first.values(), key=lambda line: line.cost)

    def _sells(self, need: Need) -> bool:
        if need.name not in self._sold:
            self._sold[need.name] = is_sold(self.catalog, need)
        return self._sold[need.name]


def _count(menus: Sequence[Sequence[Line]], vouchers: Sequence[Terms], bounds: Bounds, joint: Sequence[Joint]) -> int:
    """How many combinations keep the bounds, one product a need: depth first, the cheap ones first."""
    off = sum(v.amount for v in vouchers)
    share = min(1.0, sum(float(v.share or 0) for v in vouchers))
    least = [min(line.cost for line in menu) for menu in menus]
    rest = [sum(least[i:]) for i in range(len(menus) + 1)]
    counted = tried = 0

    def descend(depth: int, chosen: list[Line], cost: int) -> None:
        nonlocal counted, tried
        for line in menus[depth]:
            spent = cost + line.cost
            surely = (spent + rest[depth + 1]) * (1 - share) - off
            if counted >= MOST or tried >= LOOKED_AT or (bounds.high is not None and surely > bounds.high):
                return
            tried += 1
            lines = [*chosen, line]
            if any(not bound.may_hold(lines) for bound in joint):
                return  # nor for a dearer line
            if depth + 1 < len(menus):
                descend(depth + 1, lines, spent)
            elif bounds.admits(account(lines, vouchers).total) and all(bound.missed(lines) == 0 for bound in joint):
                counted += 1

    descend(0, [], 0)
    return counted
