"""How alike two products are, and how new one is beside the gifts that were given before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.catalog.interface import Catalog
from tools.product import Product

SAME_KIND = 0.5
"""A product of a category that was given before is half a repetition, whatever else it has in common."""


def likeness(product: Product, other: Product) -> float:
    """Jaccard overlap of what two products are: category, tags, interests, themes, colours, materials, brand."""
    ours, theirs = product.attributes, other.attributes
    return len(ours & theirs) / max(1, len(ours | theirs))


SAME_WORDS = 0.75
"""From this share of common words on, two titles of one kind of product name the same thing."""

FEW_WORDS = 8
"""Shorter descriptions may be alike by chance."""


def is_near_duplicate(one: Product, other: Product) -> bool:
    """Whether a shopper would take both for the same offer: the same words in the title, or the same description."""
    if one.need != other.need:
        return False
    ours, theirs = frozenset(one.field_stems["title"]), frozenset(other.field_stems["title"])
    if len(ours) > 1 and len(ours & theirs) >= SAME_WORDS * len(ours | theirs):
        return True
    text = one.field_stems["description"]
    return len(text) >= FEW_WORDS and text == other.field_stems["description"]


@dataclass(frozen=True)
class Given:
    """Past gifts to the recipient: those that are still in the catalogue, and the categories of the others."""

    products: tuple[Product, ...] = ()
    categories: frozenset[str] = frozenset()

    @classmethod
    def of(cls, catalog: Catalog, given: Sequence[str]) -> Given:
        """Past gifts out of product ids and categories; what is no product of the catalogue is a category."""
        products = tuple(catalog.require(list(given)))
        known = {product.product_id for product in products}
        return cls(products, frozenset(name.lower() for name in given if name not in known))

    def novelty(self, product: Product) -> float:
        """1 less the likeness to the closest past gift: 0 for the same thing again. Where none is known, 0 for all."""
        if not self.products and not self.categories:
            return 0.0
        closest = max((_repeats(product, past) for past in self.products), default=0.0)
        if product.category.lower() in self.categories:
            closest = max(closest, SAME_KIND)
        return 1 - closest


def _repeats(product: Product, past: Product) -> float:
    if product.product_id == past.product_id:
        return 1.0
    same_kind = bool(product.category) and product.category == past.category
    return max(likeness(product, past), SAME_KIND * same_kind)
