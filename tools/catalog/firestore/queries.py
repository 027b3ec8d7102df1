"""The queries made of Firestore: four shapes, so that four composite indexes serve every search.

Each applies all filters, those that are not asked for with limits that nothing exceeds: a query without a filter would
need an index of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from google.cloud.firestore_v1.base_query import FieldFilter

from tools.catalog.search.index import NO_UPPER_AGE, Filters

MOST_ALTERNATIVES = 30
"""Of a query, in Firestore: shelves times terms."""

HIGHEST_PRICE = 2**53

BEST_RATED = (
    ("quality", "DESCENDING"),
    ("age_max", "ASCENDING"),
    ("age_min", "ASCENDING"),
    ("price_minor", "ASCENDING"),
)
CHEAPEST = (("price_minor", "ASCENDING"), ("age_max", "ASCENDING"), ("age_min", "ASCENDING"))
"""Orders. Every field with a limit is in them, as Firestore demands of the index; ids settle the rest."""

Order = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A query but for its collection: hashable, so that what was read for one is found again."""

    order: Order
    shelves: tuple[str, ...]
    terms: tuple[str, ...]
    price_min: int
    price_max: int
    age_years: int | None

    def query(self, products: Any) -> Any:
        """The query of a collection of products."""
        youngest, oldest = (NO_UPPER_AGE, 0) if self.age_years is None else (self.age_years, self.age_years)
        limits = [("price_minor", ">=", self.price_min), ("price_minor", "<=", self.price_max)]
        limits += [("age_min", "<=", youngest), ("age_max", ">=", oldest)]
        query = products.where(filter=FieldFilter("shelf", "in", list(self.shelves)))
        if self.terms:
            query = query.where(filter=FieldFilter("terms", "array_contains_any", list(self.terms)))
        for name, operator, value in limits:
            query = query.where(filter=FieldFilter(name, operator, value))
        for name, direction in self.order:
            query = query.order_by(name, direction=direction)
        return query.order_by("__name__")


def shapes(order: Order, filters: Filters, shelves: Sequence[str], terms: Sequence[str]) -> Iterator[Shape]:
    """The queries whose answers together are all products on these shelves with any of the terms, if there are any."""
    high = HIGHEST_PRICE if filters.price_max is None else filters.price_max
    for some in _batched(shelves, MOST_ALTERNATIVES):
        for words in _batched(terms, MOST_ALTERNATIVES // len(some)) if terms else [()]:
            yield Shape(order, some, words, filters.price_min, high, filters.age_years)


def _batched(values: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    for at in range(0, len(values), size):
        yield tuple(values[at : at + size])
