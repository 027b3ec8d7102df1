"""How rare the words of a catalogue are, by their numbers: in how many of its products each was met."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tools.catalog.search.reading import TELLING, Read
from tools.catalog.search.tokens import token

TABLE_BITS = 20
SLOTS_A_WORD = 8
"""Words that fall into one slot count as one; with so many slots a word one in eight does."""

COUNTED_AT_ONCE = 100_000
COUNT = "<u4"
"""Plain numbers in the file: the header of .npy is read with `ast`, which in Python 3.11 can fail between threads."""


class Rarity:
    """Inverse document frequencies; ``counts`` are products by the lowest bits of a word's number, of ``products``."""

    def __init__(self, counts: np.ndarray, products: int) -> None:
        bearing = np.minimum(counts, products)
        self._idf = np.log(1 + (products - bearing + 0.5) / (bearing + 0.5)).astype(np.float32)

    @classmethod
    def of(cls, bearing: Mapping[str, int], products: int) -> Rarity:
        """From the number of products that bear each word."""
        counting = Counting()
        numbers = np.array([token(word) for word in bearing], np.int64)
        np.add.at(counting.counts, numbers & (len(counting.counts) - 1), np.array(list(bearing.values()), np.int64))
        return cls(counting.folded(), products)

    @classmethod
    def load(cls, file: Path) -> Rarity:
        """As `Counting.save` wrote it: the number of products, then the counts."""
        kept = np.fromfile(file, COUNT)
        return cls(kept[1:], int(kept[0]))

    def __call__(self, words: np.ndarray) -> np.ndarray:
        """The rarity of each word, by its number."""
        return self._idf[words & (len(self._idf) - 1)]


class Counting:
    """Counts the words of products one by one, in bounded memory."""

    def __init__(self) -> None:
        self.counts = np.zeros(1 << TABLE_BITS, np.uint32)
        self._products = 0
        self._waiting: list[int] = []

    def add(self, seen: Read) -> None:
        """Counts the words of one product."""
        self._products += 1
        self._waiting += map(token, {word for name in TELLING for word in getattr(seen, name)})
        if len(self._waiting) >= COUNTED_AT_ONCE:
            self._count()

    def folded(self) -> np.ndarray:
        """The counts, in a table no larger than they need."""
        self._count()
        counts, wanted = self.counts, max(SLOTS_A_WORD * np.count_nonzero(self.counts), 2)
        while len(counts) >= 2 * wanted:
            counts = counts.reshape(2, -1).sum(axis=0, dtype=np.uint32)
        return counts

    def save(self, file: Path) -> None:
        """For `Rarity.load`."""
        np.concatenate([np.array([self._products], COUNT), self.folded()]).astype(COUNT).tofile(file)

    def _count(self) -> None:
        np.add.at(self.counts, np.array(self._waiting, np.int64) & (len(self.counts) - 1), 1)
        self._waiting.clear()
