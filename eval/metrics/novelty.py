"""Novelty: the mean self-information of what was shown, in bits (Zhou et al., 2010; Vargas and Castells, 2011).

A product's probability is its share of all ratings, each product counting one more than it has, so that a product
nobody has rated is novel and not infinitely so. Where a catalogue has no ratings all are equally novel.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from statistics import fmean


def novelty(shown: Iterable[str], ratings: Mapping[str, int]) -> float:
    """Bits; 0 where nothing of the catalogue was shown."""
    total = sum(ratings.values()) + len(ratings)
    bits = [-math.log2((ratings[i] + 1) / total) for i in shown if i in ratings]
    return fmean(bits) if bits else 0.0
