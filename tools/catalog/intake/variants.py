"""The rows of one declared group into one product with variants, and such a product with other variants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, TypeVar

from tools.catalog.intake.specs import specs_of
from tools.product import Product, Variant

T = TypeVar("T")
Sold = TypeVar("Sold", Product, Variant)

_CHARGES = ("shipping", "free_shipping_from", "tax_percent", "delivery_days")
_LISTS = ("tags", "interests", "themes", "occasions", "materials", "colors", "contains")


def merge(group_id: str, parent: Product | None, members: Sequence[Product]) -> Product:
    """One product of at least one member, each with itself as its variant, all in one currency.

    It has the group's id and the texts of the parent, else of the first member. Price, stock, pack size and charges are
    those of the cheapest member that is available, so that a sum of prices stays exact; stock adds up over members at
    that price. Ages are the narrowest stated, lists and specs are joined.
    """
    base = parent or members[0]
    cheapest, alike = _cheapest(members)
    alike = [member for member in alike if member.pack_size == cheapest.pack_size]
    return base.model_copy(
        update={
            "product_id": group_id,
            "price": cheapest.price,
            "stock": _stock(alike),
            "pack_size": cheapest.pack_size,
            "seller": cheapest.seller or base.seller,
            "variants": list(chain.from_iterable(member.variants for member in members)),
        }
        | {name: _first(getattr(p, name) for p in (cheapest, base)) for name in _CHARGES}
        | _shared([base, *members])
    )


def extended(product: Product, members: Sequence[Product]) -> Product:
    """The product of a group with further members of it, in its currency."""
    joined = product.model_copy(update=_shared([product, *members]))
    return with_variants(joined, [*product.variants, *chain.from_iterable(member.variants for member in members)])


def with_variants(product: Product, variants: Sequence[Variant]) -> Product:
    """The product with these variants, at least one, all in one currency: price and stock follow the cheapest."""
    cheapest, alike = _cheapest(variants)
    return product.model_copy(
        update={"variants": list(variants), "price": cheapest.price, "stock": _stock(alike)},
    )


def _cheapest(sold: Sequence[Sold]) -> tuple[Sold, list[Sold]]:
    """The cheapest that is available, and all that are available at its price; where none is, of all."""
    available = [one for one in sold if one.available] or list(sold)
    cheapest = min(available, key=lambda one: one.price)
    return cheapest, [one for one in available if one.price == cheapest.price]


def _stock(alike: Iterable[Product] | Iterable[Variant]) -> int | None:
    stocks = [one.stock for one in alike]
    return None if None in stocks else sum(stock or 0 for stock in stocks)


def _shared(every: Sequence[Product]) -> dict[str, Any]:
    """Ages, lists and specs of all."""
    low = max((p.age_min_years for p in every if p.age_min_years is not None), default=None)
    high = min((p.age_max_years for p in every if p.age_max_years is not None), default=None)
    return {
        "age_min_years": low,
        "age_max_years": None if low is not None and high is not None and high < low else high,
        "specs": specs_of(("specs", p.specs) for p in every),
    } | {name: list(dict.fromkeys(value for p in every for value in getattr(p, name))) for name in _LISTS}


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
