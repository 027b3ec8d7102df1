"""What is in a catalogue, in numbers: for the person who has just imported a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from rich.console import Console
from rich.table import Table

from tools.product import Product

AGE_EDGES = (0, 1, 3, 6, 9, 13, 16, 18)
"""Lower ends of the age groups, in years."""

MAY_MISS = (
    *("description", "category", "brand", "tags", "interests", "themes", "occasions", "age_min_years"),
    *("age_max_years", "rating", "rating_count", "materials", "colors", "contains", "origin", "stock", "delivery_days"),
    *("specs", "seller", "shipping"),
)
"""Fields a feed may leave out."""


@dataclass(slots=True)
class CatalogStats:
    """Counts over a catalogue. ``prices`` are the amounts by currency; ``ages`` counts by lowest suitable age."""

    count: int = 0
    available: int = 0
    needs: Counter[str] = field(default_factory=Counter)
    ages: Counter[int | None] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    prices: dict[str, list[Decimal]] = field(default_factory=dict)


def catalog_stats(products: Iterable[Product]) -> CatalogStats:
    """Counts the products."""
    stats = CatalogStats()
    for product in products:
        stats.count += 1
        stats.available += product.available
        stats.needs[product.need] += 1
        low = product.age_min_years
        stats.ages[None if low is None else max(edge for edge in AGE_EDGES if edge <= low)] += 1
        stats.missing.update(name for name in MAY_MISS if getattr(product, name) in (None, "", [], {}))
        stats.prices.setdefault(product.price.currency, []).append(product.price.amount)
    return stats


def price_histogram(amounts: list[Decimal]) -> list[tuple[Decimal, Decimal, int]]:
    """Counts between the steps 1, 2, 5, 10, 20, 50 ... as (from, below, count); all amounts must be above zero."""
    edges = [Decimal(0), *_steps(min(amounts), max(amounts))]
    return [(low, high, sum(low <= a < high for a in amounts)) for low, high in pairwise(edges)]


def _steps(lowest: Decimal, highest: Decimal) -> Iterator[Decimal]:
    power = Decimal(1)
    while True:
        for step in (1, 2, 5):
            if (edge := step * power) > lowest:
                yield edge
            if edge > highest:
                return
        power *= 10


def print_stats(stats: CatalogStats, console: Console) -> None:
    """Prints the tables."""
    console.print(f"{stats.count:,} products, {stats.available:,} available")
    for currency, amounts in sorted(stats.prices.items()):
        rows = [(f"{low:f} to below {high:f}", n) for low, high, n in price_histogram(amounts)]
        console.print(_table(f"Prices in {currency}", rows, stats.count))
    console.print(_table("Serves as", stats.needs.most_common(), stats.count))
    ages = sorted(stats.ages.items(), key=lambda item: -1 if item[0] is None else item[0])
    rows = [("not stated" if low is None else f"from {low} years", n) for low, n in ages]
    console.print(_table("Lowest age", rows, stats.count))
    console.print(_table("Missing", [item for item in stats.missing.most_common() if item[1]], stats.count))


def _table(title: str, rows: list[tuple[str, int]], total: int) -> Table:
    table = Table(title=title, title_justify="left", show_header=False, box=None, pad_edge=False)
    table.add_column(min_width=22)
    table.add_column(justify="right")
    table.add_column()
    for name, count in rows:
        table.add_row(name, f"{count:,}", "█" * round(40 * count / total) if total else "")
    return table
