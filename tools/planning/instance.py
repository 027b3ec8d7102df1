"""A plan to find, as plain numbers: what may be chosen for each need, the bounds, and what makes one plan better.

The objective is one sum of integers:

    reference · ( Σ importance · fit  +  900 · wishes answered by any pick
                  − Σ demerits  −  5 000 · picks of another theme than the plan's  −  50 000 · surplus look-alikes )
    + money · (reference − total)

``reference`` is the budget (without one: what the dearest picks cost), so that ``money`` is what leaving all of it
would be worth, in the unit of ``fit``: thousandths of a score of `ranking`. The plan's theme is the one that most of
its themed picks share. A look-alike is one more pick of a group of near-identical ones. Both weigh more than fit can
make up for: they are avoided where they can be, and no plan is impossible for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tools.planning.accounting import Account, Line, Terms, account

WISH, OFF_THEME, LOOK_ALIKE = 900, 5_000, 50_000
"""Points of variety, and of the two rules between picks."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to serve a need. ``option`` is the variant's id; ``demerit`` are points off whatever the importance."""

    product_id: str
    line: Line
    fit: int = 0
    option: str | None = None
    demerit: int = 0
    answers: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    look: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Choice:
    """The options of one need, its weight and its own inclusive bounds; ``keep`` is a product_id that has to stay."""

    options: tuple[Option, ...]
    importance: int = 2
    low: int = 0
    high: int | None = None
    keep: str | None = None

    @property
    def admissible(self) -> tuple[Option, ...]:
        """The options that keep the need's own bounds and its kept pick."""
        return tuple(
            o
            for o in self.options
            if self.low <= o.line.cost
            and (self.high is None or o.line.cost <= self.high)
            and (self.keep is None or o.product_id == self.keep)
        )


@dataclass(frozen=True)
class Joint:
    """Inclusive bounds of what the needs of some kinds cost together, each by its `Line.cost`."""

    needs: frozenset[str]
    low: int = 0
    high: int | None = None

    def cost(self, lines: Iterable[Line]) -> int:
        """What these needs cost among the lines of a plan, in minor units."""
        return sum(line.cost for line in lines if line.serves in self.needs)

    def may_hold(self, lines: Iterable[Line]) -> bool:
        """Whether the upper end is kept by the lines so far."""
        return self.high is None or self.cost(lines) <= self.high

    def missed(self, lines: Iterable[Line]) -> int:
        """By how much the lines of a plan are outside the bounds, in minor units."""
        cost = self.cost(lines)
        return max(0, self.low - cost) + (0 if self.high is None else max(0, cost - self.high))


@dataclass(frozen=True)
class Instance:
    """A plan to find: one option for each need, its total and joint costs within inclusive bounds in minor units."""

    choices: Mapping[str, Choice]
    vouchers: tuple[Terms, ...] = ()
    joint: tuple[Joint, ...] = ()
    low: int = 0
    high: int | None = None
    reference: int = 1
    money: int = 500

    def account(self, chosen: Mapping[str, Option]) -> Account:
        """The sums of a plan."""
        return account([o.line for o in chosen.values()], self.vouchers)

    def missed(self, chosen: Mapping[str, Option], total: int) -> int:
        """By how much a plan of this total is outside the bounds of the total and the joint ones, in minor units."""
        over = 0 if self.high is None else max(0, total - self.high)
        lines = [option.line for option in chosen.values()]
        return max(0, self.low - total) + over + sum(joint.missed(lines) for joint in self.joint)

    def value(self, chosen: Mapping[str, Option]) -> int:
        """The objective of a plan."""
        return self.reference * points(self, chosen) + self.money * (self.reference - self.account(chosen).total)


def points(instance: Instance, chosen: Mapping[str, Option]) -> int:
    """The objective without the money."""
    picks: Sequence[Option] = list(chosen.values())
    fit = sum(instance.choices[need].importance * o.fit - o.demerit for need, o in chosen.items())
    wishes = len(frozenset().union(*(o.answers for o in picks)))
    looks = Counter(look for o in picks for look in o.look)
    themes = Counter(theme for o in picks for theme in o.themes)
    astray = sum(bool(o.themes) for o in picks) - max(themes.values(), default=0)
    surplus = sum(count - 1 for count in looks.values())
    return fit + WISH * wishes - OFF_THEME * astray - LOOK_ALIKE * surplus
