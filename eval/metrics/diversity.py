"""Intra-list diversity: one minus the mean likeness of the pairs of a shortlist (Ziegler et al., 2005), 0 to 1.

Likeness is the Jaccard overlap of what two products are: category, tags, interests, themes, colours, materials, brand.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import fmean

from tools.product import Product


def diversity(shortlist: Sequence[Product]) -> float | None:
    """None for fewer than two products."""
    pairs = [
        len(one.attributes & other.attributes) / max(1, len(one.attributes | other.attributes))
        for one, other in combinations(shortlist, 2)
    ]
    return 1 - fmean(pairs) if pairs else None
