"""What a shop states of its products at all: what it states of most, it means to say by leaving out; of none, nothing.

A look at some of its products tells; the sample is drawn once for each opened catalogue, and only where it matters.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date
from weakref import WeakKeyDictionary

from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.catalog.search.index import Filters
from tools.planning.rules import DAYS_IF_UNKNOWN, Rules
from tools.product import Product

SAMPLE = 200
MOST_HAVE = 0.5
"""A shop that states the age of half of its products states it where it can."""

_samples: WeakKeyDictionary[Catalog, list[Product]] = WeakKeyDictionary()


def rules_in(catalog: Catalog, brief: Brief, today: Date | None = None) -> Rules:
    """The rules of a brief in this shop: for a baby an age must be stated if the shop states ages, and a delivery time
    nobody states counts as in time, with a word of warning (`unstated_delivery`)."""
    rules = Rules.of(brief, catalog.currency, today)
    return replace(
        rules,
        stated_age_only=rules.baby and states_ages(catalog),
        any_delivery=unstated_delivery(catalog, brief, today),
    )


def states_ages(catalog: Catalog) -> bool:
    """Whether the shop states from or to which age most of its products are."""
    sample = _sample(catalog)
    return len([p for p in sample if p.age_name]) > MOST_HAVE * len(sample)


def unstated_delivery(catalog: Catalog, brief: Brief, today: Date | None) -> bool:
    """Whether the day is too close to count on a delivery time that is not stated, and this shop states none."""
    days = (brief.date - today).days if brief.date and today else DAYS_IF_UNKNOWN
    return 0 <= days < DAYS_IF_UNKNOWN and all(product.delivery_days is None for product in _sample(catalog))


def _sample(catalog: Catalog) -> list[Product]:
    if catalog not in _samples:
        hits = catalog.index.best_rated(Filters(available_only=False), SAMPLE)
        _samples[catalog] = [product for product, _ in hits]
    return _samples[catalog]
