"""Leaving out options that no best plan can have, before the solver runs. Nothing it leaves out can change the optimum.

A Lagrangian bound (Geoffrion, 1974) with the budget priced into every option: an option whose best conceivable plan is
worse than a plan at hand is left out. The bound is taken for each theme and for each way in which sellers may be
unused, charge, or deliver for free; it counts every voucher as used in full and takes no picks for look-alikes, so it
is never below the truth.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from tools.planning.accounting import Line, Terms
from tools.planning.instance import OFF_THEME, WISH, Instance, Option, points

Options = Mapping[str, tuple[Option, ...]]
Parcels = tuple[float, frozenset[str], frozenset[str]]
"""What is charged for shipping at least, which sellers charge, and which deliver for free."""

STEPS = 24
"""Halvings of the interval in which the price of the budget is looked for."""
PRICES = np.array([0.7, 0.85, 1.0, 1.2, 1.6])
"""The budget's price is tried at these multiples of the one that is right without shipping: the least bound counts."""
CREDITS = np.array([0.0, 0.2, 0.4, 1.0])
"""The share of an answered wish that is credited to every pick that answers it; the rest counts once, as if it were.

A plan has the points of a wish once, whoever answers it, so each of these shares makes a bound, and the least counts.
"""
SELLERS = 4
"""Sellers whose parcels are told apart; others are taken to deliver for nothing."""
STARTS, MORE_STARTS, FEW = 4, 16, 120
"""Promising plans that are improved; more of them where more than few options are left after the first."""
MARGIN = 1e-9
"""The bounds are floats; what is worse by less than this share is not left out."""
NEAR = 6
"""Options of each need that the plan at hand is improved with."""


def reduce(instance: Instance, options: Options, least_points: int | None = None) -> tuple[Options, dict | None]:
    """The options that may be in a best plan, and a plan at hand (need -> option), if one was come by."""
    bound = _Bound(instance, options)
    starts = bound.promises()
    left, at_hand = bound.affordable(), None
    for some in (starts[:STARTS], starts[STARTS:MORE_STARTS]):
        plan = _improved(instance, some, least_points)
        if plan is not None and (at_hand is None or instance.value(plan) > instance.value(at_hand)):
            left, at_hand = bound.promising(instance.value(plan)), plan
        if sum(map(len, left.values())) <= FEW:
            break
    return left, at_hand


class _Bound:
    """What each option adds at best (``worth``) and costs at least (``net``)."""

    def __init__(self, instance: Instance, options: Options) -> None:
        self.instance, self.options = instance, options
        kinds = {o.line.kind for all_ in options.values() for o in all_}
        lines = [o.line for all_ in options.values() for o in all_]
        self.amounts, share = _at_most_off(instance.vouchers, kinds, most_shipping(lines))
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
        most = sum(max(o.line.goods for o in all_) for all_ in options.values())
        dearest = max(share.values())
        if self.limit is not None and dearest < 1:
            most = min(most, int(self.limit / (1 - dearest)))
        self.most_goods = most
        self._tabulate()

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
        """The options of which a plan at least as good as the one at hand is conceivable."""
        wanted = at_hand - MARGIN * abs(at_hand) - 1
        alive = np.zeros(self.cost.shape, dtype=bool)
        for parcels in self.parcels:
            priced, best, whole = self._bounds(parcels)
            if whole.min(axis=1).max() >= wanted:
                each = whole[:, :, None, None] - best[:, :, :, None] + priced
                alive |= each.min(axis=1).max(axis=0) >= wanted
        return {
            need: tuple(o for o, lives in zip(all_, row, strict=False) if lives)
            for (need, all_), row in zip(self.options.items(), alive, strict=True)
        }

    def promises(self) -> list[dict[str, list[Option]]]:
        """What looks best for each need under the most promising parcels, the best first, and the cheapest of all."""
        found: list[tuple[float, Any]] = []
        for parcels in self.parcels:
            priced, _, whole = self._bounds(parcels)
            theme = int(whole.min(axis=1).argmax())
            price = int(whole[theme].argmin())
            if np.isfinite(whole[theme, price]):
                found.append((whole[theme, price], priced[theme, price]))
        found.sort(key=lambda item: -item[0])
        return [
            {need: self._near(need, row) for need, row in zip(self.options, priced, strict=True)}
            for _, priced in found[:MORE_STARTS]
        ]

    def _near(self, need: str, priced: Any) -> list[Option]:
        """The options of a need that are worth most, the best first, and the cheapest."""
        worth, net = priced[: len(self.options[need])], self.net[need]
        order = [int(i) for i in np.argsort(-worth, kind="stable")[:NEAR] if np.isfinite(worth[i])]
        cheapest = min(range(len(net)), key=lambda i: (net[i], -self.worth[need][i]))
        return [self.options[need][i] for i in dict.fromkeys([*order, cheapest])]

    def _ways(self) -> list[Parcels]:
        """The ways in which the sellers that ship may take part."""
        lines = [o.line for all_ in self.options.values() for o in all_ if o.line.shipping]
        sellers = sorted({line.seller for line in lines})[:SELLERS]
        rate = {s: min(line.shipping for line in lines if line.seller == s) for s in sellers}
        free = {
            s: [line.free_from for line in lines if line.seller == s and line.free_from is not None] for s in sellers
        }
        ways = []
        for states in itertools.product(*(("unused", "charges", *(["free"] if free[s] else [])) for s in sellers)):
            state = dict(zip(sellers, states, strict=True))
            charging = frozenset(s for s in sellers if state[s] == "charges")
            for_free = frozenset(s for s in sellers if state[s] == "free")
            if sum(min(free[s]) for s in for_free) <= self.most_goods:
                ways.append((float(sum(rate[s] for s in charging)), charging, for_free))
        return ways

    def _bounds(self, parcels: Parcels) -> tuple[Any, Any, Any]:
        """By theme and price of the budget: what each option adds, the best of each need, and the bound of the plan."""
        charged, charging, for_free = parcels
        taking_part = np.zeros(len(self.senders) + 1, dtype=bool)
        for (seller, has_free), i in self.senders.items():
            taking_part[i] = seller in charging or (seller in for_free and has_free) or seller not in self.counted
        taking_part[-1] = True  # what is sent for nothing
        priced = np.where(taking_part[self.sender], self.table, -np.inf)
        best = priced.max(axis=3)
        money, limit = self.instance.money, self.limit or 0
        fixed = money * (self.instance.reference + self.amounts - charged) + self.prices * (limit - charged)
        return priced, best, best.sum(axis=2) + fixed + self.shared

    def _tabulate(self) -> None:
        """Worth as an array: (theme, price and credit, need, option); shorter needs are filled up with -inf."""
        needs, most = len(self.options), max(map(len, self.options.values()))
        themes = sorted({theme for all_ in self.options.values() for o in all_ for theme in o.themes}) or [""]
        worth = np.full((len(themes), needs, most), -np.inf)
        self.cost, answered = np.zeros((needs, most)), np.zeros((needs, most))
        self.senders: dict[tuple[str, bool], int] = {}
        self.sender = np.full((needs, most), -1)
        off = OFF_THEME * self.instance.reference
        for n, (need, all_) in enumerate(self.options.items()):
            self.cost[n, : len(all_)] = self.net[need]
            answered[n, : len(all_)] = [len(option.answers) for option in all_]
            for i, option in enumerate(all_):
                line = option.line
                astray = [off if option.themes and theme not in option.themes else 0 for theme in themes]
                worth[:, n, i] = self.worth[need][i] - np.array(astray, dtype=float)
                if line.shipping:
                    sender = line.seller, line.free_from is not None
                    self.sender[n, i] = self.senders.setdefault(sender, len(self.senders))
        wishes = {wish for all_ in self.options.values() for o in all_ for wish in o.answers}
        credits = CREDITS if wishes else CREDITS[-1:]
        self.prices = np.repeat(self.price * PRICES, len(credits))
        shared = np.tile((1 - credits) * WISH * self.instance.reference, len(PRICES))
        self.shared = shared * len(wishes)
        weighed = self.prices[:, None, None] * self.cost + shared[:, None, None] * answered
        self.table = worth[:, None] - weighed[None]
        self.parcels = self._ways()
        self.counted = {seller for _, charging, for_free in self.parcels for seller in charging | for_free}


def most_shipping(lines: Iterable[Line]) -> int:
    """The most that purchases of these can come to in shipping: one parcel a seller, at its dearest."""
    dearest: dict[str, int] = {}
    for line in lines:
        dearest[line.seller] = max(dearest.get(line.seller, 0), line.shipping)
    return sum(dearest.values())


def _at_most_off(vouchers: Sequence[Terms], kinds: Iterable[str], shipping: int) -> tuple[int, dict[str, Fraction]]:
    """The amount, and the share of each kind of goods, that the vouchers can never take off more than together.

    What is for one kind takes off no more than its goods; what is for all may take its share of them off other goods.
    """

    def share(of: Iterable[Terms], kind: str | None) -> Fraction:
        return sum((v.share or Fraction(0) for v in of if v.kind == kind), Fraction(0))

    together = [v for v in vouchers if v.combinable]
    alone = [[v] for v in vouchers if not v.combinable]
    ways = [together, *alone]
    amount = max(sum(v.amount for v in way) + shipping * any(v.free_shipping for v in way) for way in ways)
    return amount, {kind: max(min(Fraction(1), share(w, kind)) + share(w, None) for w in ways) for kind in kinds}


def _improved(
    instance: Instance, starts: Sequence[Mapping[str, Sequence[Option]]], least_points: int | None
) -> dict[str, Option] | None:
    """A good plan by exchanging single picks; None when none was come by, which proves nothing."""

    def worth(plan: dict[str, Option]) -> tuple[int, int]:
        total = instance.account(plan).total
        missed = instance.missed(plan, total)
        good = points(instance, plan)
        missed += max(0, least_points - good) if least_points is not None else 0
        return -missed, instance.reference * good + instance.money * (instance.reference - total)

    reached, plan = (-1, 0), None
    for near in starts:
        found = {need: options[0] for need, options in near.items()}
        good, improved = worth(found), True
        while improved:
            improved = False
            for need, options in near.items():
                for option in options:
                    other = {**found, need: option}
                    if (value := worth(other)) > good:
                        found, good, improved = other, value, True
        if good[0] == 0 and (plan is None or good > reached):
            reached, plan = good, found
    return plan
