"""Leaving out options that no best plan can have, before the solver runs. Nothing it leaves out can change the optimum.

A Lagrangian bound (Geoffrion, 1974) with the budget priced into every option: an option whose best conceivable plan is
worse than a plan at hand is left out. The bound takes every rule between picks as kept, every parcel as free and every
voucher as used, so it is never below the truth, whatever thresholds there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tools.planning.instance import OFF_THEME, WISH, Instance, Option, points

Options = Mapping[str, tuple[Option, ...]]

STEPS = 24
"""Halvings of the interval in which the price of the budget is looked for."""
NEAR = 10
"""Options of each need that the plan at hand is improved with."""


def reduce(instance: Instance, options: Options, least_points: int | None = None) -> tuple[Options, dict | None]:
    """The options that may be in a best plan, and a plan at hand (need -> option), if one was come by."""
    bound = _Bound(instance, options)
    plan = _improved(instance, bound, least_points)
    if plan is None:
        return bound.affordable(), None
    return bound.promising(instance.value(plan)), plan


class _Bound:
    """What each option adds at best (``worth``) and costs at least (``net``)."""

    def __init__(self, instance: Instance, options: Options) -> None:
        self.instance, self.options = instance, options
        together = [v for v in instance.vouchers if v.combinable]
        alone = [v for v in instance.vouchers if not v.combinable]
        self.amounts = max([sum(v.amount for v in together), *(v.amount for v in alone)])
        share = {
            kind: min(
                Fraction(1),
                max(
                    sum((v.share or Fraction(0) for v in together if v.kind in (None, kind)), Fraction(0)),
                    *(v.share or Fraction(0) for v in alone if v.kind in (None, kind)),
                    Fraction(0),
                ),
            )
            for kind in {o.line.kind for all_ in options.values() for o in all_}
        }
        self.net: dict[str, list[int]] = {}
        self.worth: dict[str, list[int]] = {}
        for need, all_ in options.items():
            importance = instance.choices[need].importance
            nets = [
                o.line.cost - -(-o.line.goods * share[o.line.kind].numerator // share[o.line.kind].denominator)
                for o in all_
            ]
            good = [importance * o.fit - o.demerit + WISH * len(o.answers) for o in all_]
            self.net[need] = nets
            self.worth[need] = [instance.reference * g - instance.money * n for g, n in zip(good, nets, strict=True)]
        self.limit = None if instance.high is None else instance.high + self.amounts
        self.price = self._price()

    def _price(self) -> int:
        """What a minor unit of the budget is worth: where the best options at that price just keep it."""
        if self.limit is None or self._spent(0) <= self.limit:
            return 0
        low, high = 0, 1 + max(max(w) - min(w) for w in self.worth.values())
        for _ in range(STEPS):
            middle = (low + high) // 2
            low, high = (low, middle) if self._spent(middle) <= self.limit else (middle, high)
        return high

    def _spent(self, price: int) -> int:
        return sum(self.net[need][self._best(need, price)] for need in self.options)

    def _best(self, need: str, price: int) -> int:
        worth, net = self.worth[need], self.net[need]
        return max(range(len(worth)), key=lambda i: worth[i] - price * net[i])

    def affordable(self) -> Options:
        """The options that leave enough for the cheapest of all other needs."""
        if self.limit is None:
            return self.options
        least = {need: min(net) for need, net in self.net.items()}
        room = self.limit - sum(least.values())
        return {
            need: tuple(o for o, net in zip(all_, self.net[need], strict=True) if net - least[need] <= room)
            for need, all_ in self.options.items()
        }

    def promising(self, at_hand: int) -> Options:
        """The options of which a plan at least as good as the one at hand is conceivable, under any theme."""
        themes = sorted({theme for all_ in self.options.values() for o in all_ for theme in o.themes})
        kept: dict[str, set[int]] = {need: set() for need in self.options}
        fixed = self.instance.money * (self.instance.reference + self.amounts) + self.price * (self.limit or 0)
        for theme in themes or [""]:
            priced = {
                need: [
                    worth
                    - self.price * net
                    - (OFF_THEME * self.instance.reference if o.themes and theme not in o.themes else 0)
                    for o, worth, net in zip(all_, self.worth[need], self.net[need], strict=True)
                ]
                for need, all_ in self.options.items()
            }
            best = {need: max(values) for need, values in priced.items()}
            slack = fixed + sum(best.values()) - at_hand
            for need, values in priced.items():
                kept[need].update(i for i, value in enumerate(values) if best[need] - value <= slack)
        return {need: tuple(self.options[need][i] for i in sorted(kept[need])) for need in self.options}

    def near(self, need: str) -> list[Option]:
        """The options that look best at the price of the budget, and the cheapest."""
        worth, net = self.worth[need], self.net[need]
        order = sorted(range(len(worth)), key=lambda i: (self.price * net[i] - worth[i], i))[:NEAR]
        cheapest = min(range(len(net)), key=lambda i: (net[i], -worth[i]))
        return [self.options[need][i] for i in dict.fromkeys([*order, cheapest])]


def _improved(instance: Instance, bound: _Bound, least_points: int | None) -> dict[str, Option] | None:
    """A good plan by exchanging single picks; None when none was come by, which proves nothing."""

    def worth(plan: dict[str, Option]) -> tuple[int, int]:
        total = instance.account(plan).total
        missed = max(0, instance.low - total) + max(0, total - instance.high if instance.high is not None else 0)
        good = points(instance, plan)
        missed += max(0, least_points - good) if least_points is not None else 0
        return -missed, instance.reference * good + instance.money * (instance.reference - total)

    near = {need: bound.near(need) for need in bound.options}
    plan = {need: options[0] for need, options in near.items()}
    reached, improved = worth(plan), True
    while improved:
        improved = False
        for need, options in near.items():
            for option in options:
                other = {**plan, need: option}
                if (value := worth(other)) > reached:
                    plan, reached, improved = other, value, True
    return plan if reached[0] == 0 else None
