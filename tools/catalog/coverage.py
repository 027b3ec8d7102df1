"""What a catalogue has for whom: products by interest and age, by interest and price, by theme; and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from rich.console import Console
from rich.table import Table

from tools.lexicon import all_interests, canonical_interest
from tools.product import NEED_KINDS, Product

STAGES = {"baby": 0, "toddler": 2, "child": 7, "teenager": 15, "adult": 40, "older": 75}
"""Stages of life, each by one age in years that a product must suit."""

PRICE_BANDS = ((0, 20), (20, 50), (50, 100), (100, None))
"""From inclusive, to exclusive; in whole units of the catalogue's currency."""

PARTY_NEEDS = tuple(need for need in NEED_KINDS if need != "gift")
POPULAR = 12
"""How many interests, those with most products, count as popular."""

ENOUGH = 2
"""Products that make an interest covered: one is no choice."""

SHOWN = 20


@dataclass(slots=True)
class Coverage:
    """Counts over a catalogue, of products in stock. A product counts for each of its interests and themes.

    ``ages[interest][stage]`` counts what suits that age; ``prices[interest][band]`` products by `PRICE_BANDS`, of the
    catalogue's currency; ``parties[theme][need]`` party supplies.
    """

    interests: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    ages: dict[str, Counter[str]] = field(default_factory=dict)
    prices: dict[str, Counter[int]] = field(default_factory=dict)
    parties: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def popular(self) -> list[str]:
        """The `POPULAR` interests with most products."""
        return [interest for interest, _ in self.interests.most_common(POPULAR)]

    @property
    def missing(self) -> list[str]:
        """What a shopper may ask for and the shop cannot serve, in sentences, the broadest first."""
        said = [f"Nothing for a {stage} ({age} years)" for stage, age in STAGES.items() if not self.stages[stage]]
        for interest in self.popular:
            ages = [stage for stage in STAGES if not self.ages[interest][stage]]
            bands = [band_name(n) for n in range(len(PRICE_BANDS)) if not self.prices[interest][n]]
            said += [f"Popular {interest}: nothing for {', '.join(ages)}"] if ages else []
            said += [f"Popular {interest}: nothing at {', '.join(bands)}"] if bands else []
        for theme, needs in self.parties.items():
            if lacking := [need for need in PARTY_NEEDS if not needs[need]]:
                said.append(f"A {theme} party: no {', '.join(lacking)}")
        known = all_interests()
        none = sorted(interest for interest in known if not self.interests[interest])
        few = sorted(interest for interest in known if 0 < self.interests[interest] < ENOUGH)
        said += (
            [f"No product for {len(none)} of the {len(known)} interests shoppers name: {_few(none)}"] if none else []
        )
        return said + ([f"Only one product for: {_few(few)}"] if few else [])


def coverage_of(products: Iterable[Product], currency: str) -> Coverage:
    """Counts the products that are in stock."""
    found = Coverage()
    for product in products:
        if not product.available:
            continue
        suited = [stage for stage, age in STAGES.items() if product.suits_age(age)]
        found.stages.update(suited if product.need == "gift" else [])
        for interest in interests_of(product):
            found.interests[interest] += 1
            found.ages.setdefault(interest, Counter()).update(suited)
            prices = found.prices.setdefault(interest, Counter())
            if product.price.currency == currency:
                prices[_band(product.price.amount)] += 1
        if product.need in PARTY_NEEDS:
            for theme in set(product.themes):
                found.parties.setdefault(theme, Counter())[product.need] += 1
    return found


def interests_of(product: Product) -> set[str]:
    """The interests its labels name, and those derived from its text: most feeds have no interests."""
    labels = (*product.interests, *product.tags, *product.derived_as("interest"))
    return {known for label in labels if (known := _known(label))}


def band_name(band: int) -> str:
    """A price band in words."""
    low, high = PRICE_BANDS[band]
    return f"{low} and up" if high is None else f"below {high}" if not low else f"{low} to below {high}"


def print_coverage(coverage: Coverage, console: Console) -> None:
    """Prints the tables, and what is missing."""
    covered = sum(count >= ENOUGH for count in coverage.interests.values())
    table = Table(title="In stock, by interest and age", title_justify="left", box=None, pad_edge=False)
    for name in ("", "all", *STAGES):
        table.add_column(name, justify="right" if name else "left")
    table.add_row("any gift", "", *(f"{coverage.stages[stage]:,}" for stage in STAGES))
    for interest, count in coverage.interests.most_common(SHOWN):
        table.add_row(interest, f"{count:,}", *(f"{coverage.ages[interest][stage] or '-'}" for stage in STAGES))
    console.print(table)
    console.print(f"{covered} interests with at least {ENOUGH} products, {len(coverage.interests)} with any")
    if missing := coverage.missing:
        console.print("What is missing", *(f"- {sentence}" for sentence in missing), sep="\n", markup=False)


def _band(amount: Decimal) -> int:
    return next(n for n, (_, high) in enumerate(PRICE_BANDS) if high is None or amount < high)


def _few(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


@lru_cache(maxsize=1 << 14)
def _known(label: str) -> str | None:
    return canonical_interest(label)
