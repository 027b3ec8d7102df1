"""The vectors of an opened catalogue: the nearest to a query among the products that pass the filters.

Up to `EXACT_ROWS` rows every product is compared. Beyond, the bulk is in an approximate index (HNSW, Malkov and
Yashunin, 2016, by usearch, on 8-bit integers) and what it finds is compared again with the vectors themselves; where
few products pass the filters, each of them is compared.

``vectors/`` of a generation holds ``base.f16`` (the vectors, written by an import), ``base.usearch`` beyond
`EXACT_ROWS`, ``tail.f16`` (what changed since), ``rows`` (`rows.ROW`, of the base and then the tail) and ``ids.txt``.
No file is ever edited in place: generations share them as hard links. They hold plain numbers: the header of .npy is
read with `ast`, which in Python 3.11 can fail between threads.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tools.catalog.embedding.graph import graph_index
from tools.catalog.embedding.rows import passing, read_rows
from tools.catalog.embedding.text import digest
from tools.catalog.search.index import Filters

BASE, TAIL, ROWS, IDS, GRAPH = "base.f16", "tail.f16", "rows", "ids.txt", "base.usearch"
NUMBER = np.dtype("<f2")

EXACT_ROWS = 100_000
"""Up to here a float32 copy is kept in memory (150 MB at 384 numbers) and a search is one matrix product."""

OVERFETCH = 4
"""So many times the wanted rows are asked of the approximate index at first, for some do not pass the filters."""

MOST_FETCHED = 3200


class Vectors:
    """The vectors in one folder. Lengths are 1, so dot products are cosines. Raises OSError, ValueError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = read_rows(folder / ROWS)
        base = np.memmap(folder / BASE, NUMBER, mode="r").view(np.ndarray)
        tail = np.fromfile(folder / TAIL, NUMBER) if (folder / TAIL).exists() else np.empty(0, NUMBER)
        width, rest = divmod(len(base) + len(tail), max(len(self.rows["id"]), 1))
        if not width or rest or len(base) % width:
            raise ValueError("their number does not match the products")
        self.base, self.tail = base.reshape(-1, width), tail.reshape(-1, width)
        self._sorted: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return self.base.shape[1]

    def __len__(self) -> int:
        return len(self.base) + len(self.tail)

    def at(self, rows: np.ndarray) -> np.ndarray:
        """The vectors of these rows, float32, shape (n, d)."""
        in_tail = rows >= len(self.base)
        found = np.empty((len(rows), self.dimensions), np.float32)
        found[~in_tail] = self.base[rows[~in_tail]]
        found[in_tail] = self.tail[rows[in_tail] - len(self.base)]
        return found

    def nearest(self, query: np.ndarray, filters: Filters, limit: int) -> list[tuple[str, float]]:
        """The ids and cosines of the products nearest to the query, best first, that pass the filters.

        Only the filter ``exclude_stems`` is not applied: words are the index's business.
        """
        rows = self._candidates(query, filters, limit)
        cosines = self._all @ query if rows is None else self.at(rows) @ query
        if rows is None:
            cosines[~passing(self.rows, filters)] = -np.inf
            rows = np.arange(len(cosines))
        best = _top(cosines, limit)
        return [(self._id(int(rows[i])), float(cosines[i])) for i in best if np.isfinite(cosines[i])]

    def cosines(self, query: np.ndarray, product_ids: Sequence[str]) -> list[float]:
        """The cosine of each product to the query; 0 for one that has no vector."""
        rows = self.find("id", np.array([digest(i) for i in product_ids], np.uint64))
        found = self.at(np.maximum(rows, 0)) @ query if len(rows) else np.empty(0)
        return np.where(rows < 0, 0.0, found).tolist()

    def find(self, column: str, digests: np.ndarray) -> np.ndarray:
        """The live row of each id (or text) by its digest; -1 where there is none."""
        order, values = self._by(column)
        if not len(values):
            return np.full(len(digests), -1)
        places = np.minimum(np.searchsorted(values, digests), len(values) - 1)
        return np.where(values[places] == digests, order[places], -1)

    def _candidates(self, query: np.ndarray, filters: Filters, limit: int) -> np.ndarray | None:
        """The rows worth comparing; None for all."""
        if self._graph is None:
            return None
        fetched = OVERFETCH * limit
        most = max(fetched, MOST_FETCHED)
        changed = np.arange(len(self.base), len(self))
        changed = changed[passing(self.rows, filters, changed)]
        while fetched <= most:
            found = self._graph.search(query, fetched, threads=1).keys.astype(np.int64)
            found = found[passing(self.rows, filters, found)]
            if len(found) >= limit:
                return np.concatenate([found, changed])
            fetched *= OVERFETCH
        return np.flatnonzero(passing(self.rows, filters))

    @cached_property
    def _all(self) -> np.ndarray:
        return np.concatenate([self.base, self.tail]).astype(np.float32)

    @cached_property
    def _graph(self) -> Any:
        file = self.folder / GRAPH
        if not file.exists():
            return None
        return graph_index().restore(str(file), view=True)

    def _by(self, column: str) -> tuple[np.ndarray, np.ndarray]:
        """The live rows in the order of a column, and its values."""
        if column not in self._sorted:
            live = np.flatnonzero(self.rows["live"])
            order = live[np.argsort(self.rows[column][live], kind="stable")]
            self._sorted[column] = order, self.rows[column][order]
        return self._sorted[column]

    @cached_property
    def _ids(self) -> mmap.mmap:
        with (self.folder / IDS).open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def _id(self, row: int) -> str:
        start = int(self.rows["id_end"][row - 1]) if row else 0
        return self._ids[start : int(self.rows["id_end"][row])].decode()


def _top(values: np.ndarray, limit: int) -> np.ndarray:
    """The places of the highest values, highest first."""
    if limit < len(values):
        best = np.argpartition(-values, limit)[:limit]
        return best[np.argsort(-values[best], kind="stable")]
    return np.argsort(-values, kind="stable")
