"""Which titles are alike: the cosine of TF-IDF weighted words and word pairs (Salton and Buckley, 1988)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from tools.catalog.interactions.sparse import Rows

NEIGHBOURS = 60
"""Titles kept for each title, the most alike."""

COMMON = 4000
"""A word in more titles than this tells too little for what it costs to look them all up."""


def alike_titles(titles: Sequence[str]) -> Rows:
    """For each title the most alike other ones, by their places, with a cosine in (0, 1]. An empty one has none."""
    vocabulary: dict[str, int] = {}
    words = [np.array([vocabulary.setdefault(w, len(vocabulary)) for w in _words(t)], np.int64) for t in titles]
    owners = np.repeat(np.arange(len(titles)), [len(found) for found in words])
    flat = np.concatenate([*words, np.zeros(0, np.int64)])
    counts = np.bincount(flat, minlength=len(vocabulary))
    idf = np.log((len(titles) + 1) / (counts + 1))
    norms = np.sqrt(np.bincount(owners, weights=idf[flat] ** 2, minlength=len(titles))) + 1e-9
    order = np.argsort(flat, kind="stable")
    postings = Rows.of(flat[order], owners[order], idf[flat[order]] / norms[owners[order]], len(vocabulary))
    idf[counts > COMMON] = 0
    found = [_most_alike(at, mine, idf[mine] / norms[at], postings, len(titles)) for at, mine in enumerate(words)]
    places = np.repeat(np.arange(len(titles)), [len(near) for near, _ in found])
    near = np.concatenate([*(near for near, _ in found), np.zeros(0, np.int64)])
    return Rows.of(places, near, np.concatenate([*(cosine for _, cosine in found), np.zeros(0)]), len(titles))


def _most_alike(
    at: int, words: np.ndarray, weights: np.ndarray, postings: Rows, titles: int
) -> tuple[np.ndarray, np.ndarray]:
    telling = weights > 0
    cosines = postings.weighted_sum(words[telling], weights[telling], titles)
    cosines[at] = 0
    best = np.argpartition(-cosines, NEIGHBOURS)[:NEIGHBOURS] if titles > NEIGHBOURS else np.arange(titles)
    best = best[cosines[best] > 0]
    return best, cosines[best]


def _words(title: str) -> list[str]:
    """The words and numbers of a title and the pairs of neighbours among them, each once."""
    words = re.findall(r"[^\W\d_]+|\d+", title.lower().replace("'", ""))
    return list(dict.fromkeys([*words, *(f"{a} {b}" for a, b in pairwise(words))]))
