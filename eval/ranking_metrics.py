"""Measures of a ranking against graded judgements, and how sure their means are.

nDCG follows Järvelin and Kekäläinen (2002) with the grade as gain and a discount of log2(rank + 1), as trec_eval does;
a result that nobody judged has the gain 0.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Grades = Mapping[str, int]
"""The grade of each judged document of one query; 0 is judged and not relevant."""


def ndcg(ranked: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """nDCG of the first ``depth`` results, 0 to 1; 0 where the query has no relevant document."""
    best = _dcg(sorted(grades.values(), reverse=True)[:depth])
    return _dcg([grades.get(i, 0) for i in ranked[:depth]]) / best if best else 0.0


def ndcg_judged(ranked: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """nDCG of the ranking without its unjudged results (the "condensed list" of Sakai, 2007)."""
    return ndcg([i for i in ranked if i in grades], grades, depth)


def recall(ranked: Sequence[str], grades: Grades, depth: int = 50) -> float:
    """The share of the relevant documents (grade above 0) among the first ``depth`` results."""
    relevant = {i for i, grade in grades.items() if grade > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0


def unjudged(ranked: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """The share of unjudged documents among the first ``depth`` results; 0 for an empty ranking."""
    top = ranked[:depth]
    return sum(i not in grades for i in top) / len(top) if top else 0.0


def bootstrap(
    values: Sequence[float], *, rounds: int = 2000, level: float = 0.95, seed: int = 7
) -> tuple[float, float]:
    """The percentile bootstrap interval (Efron, 1979) of the mean of ``values``, one value a query."""
    means = np.sort(np.asarray(values, dtype=float)[_draws(len(values), rounds, seed)].mean(axis=1))
    tail = (1 - level) / 2
    return float(means[int(tail * rounds)]), float(means[min(rounds - 1, int((1 - tail) * rounds))])


@lru_cache(maxsize=8)
def _draws(count: int, rounds: int, seed: int) -> npt.NDArray[np.intp]:
    """``rounds`` rows of ``count`` places drawn with replacement; the same for every metric of the same queries."""
    chance = random.Random(seed)
    return np.array([chance.choices(range(count), k=count) for _ in range(rounds)], dtype=np.intp)


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
