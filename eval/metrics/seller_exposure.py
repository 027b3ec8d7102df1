"""Exposure of sellers, and of places in the catalogue, against what they deserve by relevance.

Exposure falls with the position, 1 / log2(rank + 1); what is deserved is the share of all relevance: exposure in
proportion to merit (Singh and Joachims, 2018, "Fairness of Exposure in Rankings"). The distance of the two is half the
sum of the absolute differences (total variation): the share of all exposure that would have to go to others, 0 to 1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

Shares = Mapping[str, float]


def exposure(shortlists: Iterable[Sequence[str]], group_of: Mapping[str, str]) -> dict[str, float]:
    """Each group's share of the exposure; products that belong to no group count nothing."""
    got: Counter[str] = Counter()
    for shortlist in shortlists:
        for rank, product_id in enumerate(shortlist, start=1):
            if product_id in group_of:
                got[group_of[product_id]] += 1 / math.log2(rank + 1)  # type: ignore[assignment]
    return _shares(got)


def merit(grades: Iterable[Mapping[str, int]], group_of: Mapping[str, str]) -> dict[str, float]:
    """Each group's share of the relevance, each shopper counting the same; ``grades`` are one shopper's, by product."""
    deserved: Counter[str] = Counter()
    for of_one in grades:
        relevant = {product_id: grade for product_id, grade in of_one.items() if product_id in group_of}
        total = sum(relevant.values())
        for product_id, grade in relevant.items():
            deserved[group_of[product_id]] += grade / total  # type: ignore[assignment]
    return _shares(deserved)


def distance(one: Shares, other: Shares) -> float:
    """The total variation distance of two distributions, 0 to 1."""
    return sum(abs(one.get(group, 0) - other.get(group, 0)) for group in {*one, *other}) / 2


def _shares(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {group: count / total for group, count in counts.items()} if total else {}
