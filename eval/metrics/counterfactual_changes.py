"""Counterfactual changes: how many picks are others when only who is spoken of, or who speaks, is another.

Counterfactual fairness (Kusner et al., 2017; for recommenders Li et al., 2021) on inputs: the same wishes are said
twice, and the answers compared place by place. 0 is fair.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import zip_longest


def changed_picks(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[Hashable, Hashable]]:
    """The places at which the two answers differ, with what stands there (None where one answer is shorter)."""
    return [(a, b) for a, b in zip_longest(one, other) if a != b]
