"""The exact plan: the best value of an `Instance`, proven by CP-SAT in one solve.

Everything that decides the total is modelled as it is accounted, to the minor unit and both ways, so that a lower end
binds as exactly as an upper one. One worker: the same plan every time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tools.planning.accounting import Terms
from tools.planning.instance import LOOK_ALIKE, OFF_THEME, WISH, Instance, Option
from tools.planning.reduction import most_shipping, reduce

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

TIME_LIMIT_S = 2.0
SEARCH_LIMIT_S = 4.0
"""How long may be searched for any plan at all, where the first limit found none and no proof that there is none."""


class OutOfTime(Exception):
    """Neither a plan was found in time nor the proof that there is none."""


@dataclass(frozen=True)
class Solution:
    """A plan with its value; ``gap`` (0 to 1) is how much of the value a better one could at most add, 0 if proven."""

    chosen: dict[str, Option]
    value: int
    gap: float = 0.0


def plan_in_time(instance: Instance, *, least_points: int | None = None) -> Solution | None:
    """The best plan for what may be left out if it takes too long: one of many that are tried. None: none was found."""
    try:
        return best_plan(instance, least_points=least_points, search_limit_s=0.0)
    except OutOfTime:
        return None


def best_plan(
    instance: Instance,
    *,
    least_points: int | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    search_limit_s: float = SEARCH_LIMIT_S,
) -> Solution | None:
    """The best plan, or None when no combination keeps the bounds. A need without options makes it None.

    ``least_points`` asks for at least so many points besides the money. Raises OutOfTime where the limits, in seconds,
    are reached without a plan or the proof that there is none.
    """
    options = {need: choice.admissible for need, choice in instance.choices.items()}
    if not options or not all(options.values()) or (instance.high is not None and instance.low > instance.high):
        return None
    options, at_hand = reduce(instance, options, least_points)
    if not all(options.values()):
        return None
    # Imported here: a shortlist never needs the solver, and it takes a quarter of a second to load.
    from ortools.sat.python import cp_model

    model = _Model(instance, options, cp_model.CpModel())
    if at_hand is not None:
        for need in options:
            for option, variable in zip(options[need], model.chosen[need], strict=True):
                model.sat.add_hint(variable, option is at_hand[need])
    if least_points is not None:
        model.sat.add(model.points >= least_points)
    for limit in filter(None, (time_limit_s, search_limit_s)):
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = limit
        solver.parameters.num_workers = 1
        solver.parameters.cp_model_presolve = False  # it takes longer than most of these models take to be solved
        status = solver.solve(model.sat)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            chosen = {
                need: next(o for o, x in zip(options[need], model.chosen[need], strict=True) if solver.boolean_value(x))
                for need in options
            }
            value = instance.value(chosen)
            gap = 0.0
            if status != cp_model.OPTIMAL:
                bound = solver.best_objective_bound
                gap = min(1.0, max(0.0, (bound - value) / max(1.0, abs(bound))))
            return Solution(chosen, value, gap)
        if status == cp_model.INFEASIBLE:
            return None
    raise OutOfTime


class _Model:
    """The variables and constraints of an instance."""

    def __init__(self, instance: Instance, options: Mapping[str, tuple[Option, ...]], sat: cp_model.CpModel) -> None:
        self.instance, self.options, self.sat = instance, options, sat
        self.chosen = {need: [sat.new_bool_var("") for _ in o] for need, o in options.items()}
        for variables in self.chosen.values():
            sat.add_exactly_one(variables)
        self.pairs = [(need, o, x) for need in options for o, x in zip(options[need], self.chosen[need], strict=True)]
        self.most = sum(max(o.line.goods for o in all_) for all_ in options.values())
        self.parcels = most_shipping(o.line for all_ in options.values() for o in all_)
        self.dearest = sum(max(o.line.cost for o in all_) for all_ in options.values())
        total = self._total()
        sat.add(total >= instance.low)
        if instance.high is not None:
            sat.add(total <= instance.high)
        for joint in instance.joint:
            together = sum(o.line.cost * x for need, o, x in self.pairs if need in joint.needs)
            sat.add_linear_constraint(together, joint.low, self.dearest if joint.high is None else joint.high)
        self.value = instance.reference * self.points + instance.money * (instance.reference - total)
        sat.maximize(self.value)

    # -- points ---------------------------------------------------------------

    @cached_property
    def points(self) -> Any:
        """Fit, variety and the rules between picks."""
        importance = {need: choice.importance for need, choice in self.instance.choices.items()}
        fit = sum((importance[need] * o.fit - o.demerit) * x for need, o, x in self.pairs)
        return fit + WISH * self._wishes() - OFF_THEME * self._astray() - LOOK_ALIKE * self._surplus()

    def _wishes(self) -> Any:
        answering: dict[str, list[Any]] = defaultdict(list)
        for _, option, x in self.pairs:
            for wish in option.answers:
                answering[wish].append(x)
        answered = []
        for _, by in sorted(answering.items()):
            wish = self.sat.new_bool_var("")
            self.sat.add_max_equality(wish, by)
            answered.append(wish)
        return sum(answered)

    def _astray(self) -> Any:
        """The themed picks that are not of the plan's theme. One theme is enough to be the plan's."""
        all_themes = sorted({theme for _, o, _ in self.pairs for theme in o.themes})
        if len(all_themes) < 2:
            return 0
        theme_of = {theme: self.sat.new_bool_var("") for theme in all_themes}
        self.sat.add_exactly_one(theme_of.values())
        alike: dict[tuple[str, tuple[str, ...]], list[Any]] = defaultdict(list)
        for need, option, x in self.pairs:
            if option.themes:
                alike[need, tuple(sorted(option.themes))].append(x)
        astray = {need: self.sat.new_bool_var("") for need in self.options}
        for (need, themes), by in alike.items():
            self.sat.add(astray[need] >= sum(by) - sum(theme_of[theme] for theme in themes))
        return sum(astray.values())

    def _surplus(self) -> Any:
        groups: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for need, option, x in self.pairs:
            for look in option.look:
                groups[look].append((need, x))
        surplus = []
        for _, group in sorted(groups.items()):
            if len({need for need, _ in group}) > 1:
                more = self.sat.new_int_var(0, len(self.options), "")
                self.sat.add(more >= sum(x for _, x in group) - 1)
                surplus.append(more)
        return sum(surplus)

    # -- money ----------------------------------------------------------------

    def _goods(self, **of: str | None) -> Any:
        return sum(
            o.line.goods * x
            for _, o, x in self.pairs
            if all(value is None or getattr(o.line, name) == value for name, value in of.items())
        )

    def _total(self) -> Any:
        tax = sum(o.line.tax * x for _, o, x in self.pairs)
        shipping = self._shipping()
        return self._goods() + tax + shipping - self._discount(shipping)

    def _discount(self, shipping: Any) -> Any:
        """The larger of all vouchers that combine, and each that does not."""
        by_kind: dict[str | None, list[Any]] = defaultdict(list)
        ways, sent_free = [], []
        kinds = {o.line.kind for _, o, _ in self.pairs} | {None}
        for voucher in self.instance.vouchers:
            if voucher.kind not in kinds:
                continue
            if voucher.free_shipping:
                waived = self._waived(voucher, shipping)
                (sent_free if voucher.combinable else ways).append(waived)
            elif voucher.combinable:
                by_kind[voucher.kind].append(self._worth(voucher))
            else:
                ways.append(self._worth(voucher))
        if by_kind or sent_free:
            parts = [self._capped(kind, worths) for kind, worths in by_kind.items() if kind is not None]
            off_goods = [self._capped(None, [*parts, *by_kind[None]])] if by_kind else []
            ways.append(sum([*off_goods, self._one_of(sent_free, self.sat.add_max_equality)]))
        return self._one_of(ways, self.sat.add_max_equality)

    def _capped(self, kind: str | None, worths: list[Any]) -> Any:
        """Together no more than the goods they count for."""
        return (
            worths[0]
            if len(worths) == 1
            else self._one_of([sum(worths), self._goods(kind=kind)], self.sat.add_min_equality)
        )

    def _one_of(self, ways: list[Any], constrain: Any) -> Any:
        if len(ways) < 2:
            return ways[0] if ways else 0
        chosen = self.sat.new_int_var(0, self.most + self.parcels, "")
        constrain(chosen, ways)
        return chosen

    def _waived(self, voucher: Terms, shipping: Any) -> Any:
        """The shipping, where a voucher for it counts."""
        waived = self.sat.new_int_var(0, self.parcels, "")
        reached = self._reached(self._goods(kind=voucher.kind), voucher.from_total)
        self.sat.add(waived == shipping).only_enforce_if(reached)
        self.sat.add(waived == 0).only_enforce_if(~reached)
        return waived

    def _worth(self, voucher: Terms) -> Any:
        goods = self._goods(kind=voucher.kind)
        worth = self.sat.new_int_var(0, self.most, "")
        if voucher.share is not None:  # rounded down: the rest is less than one
            taken = voucher.share.numerator * goods - voucher.share.denominator * worth
            self.sat.add_linear_constraint(taken, 0, voucher.share.denominator - 1)
        else:
            self.sat.add_min_equality(worth, [goods, voucher.amount])
        if voucher.from_total <= 0:
            return worth
        reached, off = self._reached(goods, voucher.from_total), self.sat.new_int_var(0, self.most, "")
        self.sat.add(off == worth).only_enforce_if(reached)
        self.sat.add(off == 0).only_enforce_if(~reached)
        return off

    def _reached(self, goods: Any, least: int) -> Any:
        reached = self.sat.new_bool_var("")
        self.sat.add(goods >= least).only_enforce_if(reached)
        self.sat.add(goods < least).only_enforce_if(~reached)
        return reached

    def _shipping(self) -> Any:
        """For each seller the highest of what is charged; what is charged needs a pick that is not free."""
        parcels: dict[str, dict[tuple[int, int | None], list[Any]]] = defaultdict(lambda: defaultdict(list))
        for _, option, x in self.pairs:
            if option.line.shipping:
                parcels[option.line.seller][option.line.shipping, option.line.free_from].append(x)
        charges = []
        for seller, rates in sorted(parcels.items()):
            levels = sorted({shipping for shipping, _ in rates})
            due = {level: self._due(seller, level, rates) for level in levels}
            below = 0
            for level in levels:  # each level adds its step where it or a higher one is due
                charges.append((level - below) * due[level])
                below = level
        return sum(charges)

    def _due(self, seller: str, level: int, rates: Mapping[tuple[int, int | None], list[Any]]) -> Any:
        """Whether a pick of at least this shipping is charged for."""
        by = []
        for (shipping, free_from), picks in rates.items():
            if shipping < level:
                continue
            if free_from is None:
                by += picks
                continue
            picked, charged = self.sat.new_bool_var(""), self.sat.new_bool_var("")
            self.sat.add_max_equality(picked, picks)
            self.sat.add_multiplication_equality(charged, [picked, ~self._free(seller, free_from)])
            by.append(charged)
        due = self.sat.new_bool_var("")
        self.sat.add_max_equality(due, by)
        return due

    def _free(self, seller: str, free_from: int) -> Any:
        known = self.__dict__.setdefault("_thresholds", {})
        if (seller, free_from) not in known:
            known[seller, free_from] = self._reached(self._goods(seller=seller), free_from)
        return known[seller, free_from]
