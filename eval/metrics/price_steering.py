"""Price steering: how much dearer the picks of one shopper are than those of another who asked for the same.

Measured between paired requests as in Hannak et al. (2014), "Measuring Price Discrimination and Steering on E-commerce
Web Sites"; as a share of the other's prices, so that currencies and dear shops compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import fmean


def price_gap(one: Sequence[Decimal], other: Sequence[Decimal]) -> float | None:
    """(mean of one - mean of other) / mean of other; None where either was shown nothing that costs anything."""
    if not one or not sum(other):
        return None
    return fmean(map(float, one)) / fmean(map(float, other)) - 1
