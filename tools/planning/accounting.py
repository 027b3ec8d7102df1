"""What a set of purchases comes to, to the minor unit: goods, vouchers, shipping and tax. Plain integers, no catalogue.

- A percentage is taken of the goods it counts for, before any other voucher, and rounded down to the minor unit.
- An amount never takes off more than the goods it counts for, and all vouchers together no more than all goods.
- Free shipping takes off what the shipping comes to, once.
- Either all vouchers that combine are used, or one of those that do not: whichever takes off more.
- A seller charges for one parcel: the highest shipping of its products that are not free at the goods ordered there.
- Tax is rounded half up per purchase and is owed on the price before vouchers. Shipping bears no tax.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Line:
    """One purchase in minor units: ``goods`` is price × packs. ``shipping`` is waived from ``free_from`` on, if any."""

    kind: str
    goods: int
    tax: int = 0
    seller: str = ""
    shipping: int = 0
    free_from: int | None = None
    need: str = ""

    @property
    def serves(self) -> str:
        """The name of the need, which is its kind where there is one need of that kind."""
        return self.need or self.kind

    @property
    def cost(self) -> int:
        """What the need itself costs: goods and tax. Its own bounds are compared with this."""
        return self.goods + self.tax


@dataclass(frozen=True, slots=True)
class Terms:
    """A voucher's terms: a ``share`` of the goods, an ``amount`` in minor units or the shipping, from ``from_total`` of
    goods on.
    """

    label: str
    share: Fraction | None = None
    amount: int = 0
    from_total: int = 0
    kind: str | None = None
    combinable: bool = True
    free_shipping: bool = False

    def worth(self, goods: int, shipping: int = 0) -> int:
        """What it takes off these goods and their shipping, with no other voucher beside it."""
        if goods < self.from_total:
            return 0
        if self.free_shipping:
            return shipping
        if self.share is not None:
            return goods * self.share.numerator // self.share.denominator
        return min(self.amount, goods)


@dataclass(frozen=True)
class Account:
    """The sums of a plan in minor units; ``discounts`` are (number of the voucher, what it takes off), if anything."""

    subtotal: int
    discounts: tuple[tuple[int, int], ...]
    shipping: int
    tax: int

    @property
    def total(self) -> int:
        """What is to be paid."""
        return self.subtotal - sum(off for _, off in self.discounts) + self.shipping + self.tax


def account(lines: Sequence[Line], vouchers: Sequence[Terms] = ()) -> Account:
    """The sums of these purchases under the best use of the vouchers."""
    if len(lines) == 1 and not vouchers:  # as each candidate is asked for
        (line,) = lines
        waived = line.free_from is not None and line.goods >= line.free_from
        return Account(line.goods, (), 0 if waived else max(0, line.shipping), line.tax)
    goods: dict[str | None, int] = defaultdict(int)
    for line in lines:
        goods[line.kind] += line.goods
        goods[None] += line.goods
    shipping = _shipping(lines)
    used = _best_use(goods, shipping, vouchers) if vouchers else ()  # most have none, and each product asks
    return Account(goods[None], used, shipping, sum(line.tax for line in lines))


def _best_use(goods: dict[str | None, int], shipping: int, vouchers: Sequence[Terms]) -> tuple[tuple[int, int], ...]:
    """Those that combine, or one of the others: what takes off most."""
    together = _together(goods, shipping, vouchers)
    alone = [((i, v.worth(goods[v.kind], shipping)),) for i, v in enumerate(vouchers) if not v.combinable]
    best = max([together, *alone], key=lambda used: sum(off for _, off in used))
    return tuple((i, off) for i, off in best if off)


def _together(goods: dict[str | None, int], shipping: int, vouchers: Sequence[Terms]) -> tuple[tuple[int, int], ...]:
    """All vouchers that combine, those for one kind of goods first: each finds as much as can be left for it."""
    left, used = dict(goods), []
    for i, voucher in sorted(enumerate(vouchers), key=lambda item: item[1].kind is None):
        if voucher.combinable and voucher.free_shipping:
            off = voucher.worth(goods[voucher.kind], shipping)
            shipping -= off
            used.append((i, off))
        elif voucher.combinable:
            off = min(voucher.worth(goods[voucher.kind]), left.get(voucher.kind, 0), left.get(None, 0))
            for kind in {voucher.kind, None}:
                left[kind] = left.get(kind, 0) - off
            used.append((i, off))
    return tuple(sorted(used))


def _shipping(lines: Sequence[Line]) -> int:
    ordered: dict[str, int] = defaultdict(int)
    for line in lines:
        ordered[line.seller] += line.goods
    charged: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.free_from is None or ordered[line.seller] < line.free_from:
            charged[line.seller] = max(charged[line.seller], line.shipping)
    return sum(charged.values())
