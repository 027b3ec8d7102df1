"""The rows of one declared group into one product with variants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from tools.catalog.intake.specs import specs_of
from tools.product import Product

T = TypeVar("T")

_CHARGES = ("shipping", "free_shipping_from", "tax_percent", "delivery_days")


def merge(group_id: str, parent: Product | None, members: Sequence[Product]) -> Product:
    """One product of at least one member, each with itself as its variant, all in one currency.

    It has the group's id and the texts of the parent, else of the first member. Price, stock and pack size are those of
    the cheapest member that is available, so that a sum of prices stays exact; stock adds up over members at that
    price. Ages are the narrowest stated, lists are joined.
    """
    base = parent or members[0]
    every = [base, *members]
    available = [member for member in members if member.available] or members
    cheapest = min(available, key=lambda member: member.price)
    alike = [m for m in available if (m.price, m.pack_size) == (cheapest.price, cheapest.pack_size)]
    lows = [p.age_min_years for p in every if p.age_min_years is not None]
    highs = [p.age_max_years for p in every if p.age_max_years is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    lists = ("tags", "interests", "themes", "occasions", "materials", "colors", "contains")
    return base.model_copy(
        update={
            "product_id": group_id,
            "price": cheapest.price,
            "stock": None if any(m.stock is None for m in alike) else sum(m.stock or 0 for m in alike),
            "pack_size": cheapest.pack_size,
            "age_min_years": low,
            "age_max_years": None if low is not None and high is not None and high < low else high,
            "specs": specs_of(("specs", p.specs) for p in every),
            "seller": cheapest.seller or base.seller,
            "variants": list(chain.from_iterable(member.variants for member in members)),
        }
        | {name: _first(getattr(p, name) for p in (cheapest, base)) for name in _CHARGES}
        | {name: list(dict.fromkeys(value for p in every for value in getattr(p, name))) for name in lists}
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
