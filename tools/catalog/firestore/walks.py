"""What a query returns, read page by page as it is needed and kept: nothing is read, or paid for, twice."""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tools.catalog.firestore.documents import product_of
from tools.catalog.firestore.queries import Order
from tools.product import Product

PAGE = 300
"""The most documents that one call asks for."""

Row = tuple[tuple[Any, ...], Product]
"""A product, and what it is sorted by."""


class Walk:
    """One query. ``fetch`` returns the snapshots behind the last one, at most so many."""

    def __init__(self, order: Order, fetch: Callable[[Any, int], list[Any]]) -> None:
        self._order = order
        self._fetch = fetch
        self._lock = threading.Lock()
        self._rows: list[Row] = []
        self._last: Any = None
        self._ended = False

    @property
    def ended(self) -> bool:
        """Whether all of it was read."""
        return self._ended

    def upto(self, count: int) -> list[Row]:
        """The first ``count`` rows; fewer are all there are."""
        with self._lock:
            while len(self._rows) < count and not self._ended:
                wanted = min(count - len(self._rows), PAGE)
                page = self._fetch(self._last, wanted)
                self._rows += [(self._key(one), product_of(one.get("product"))) for one in page]
                self._last, self._ended = page[-1] if page else self._last, len(page) < wanted
            return self._rows[:count]

    def rows(self, page: int) -> Iterator[Row]:
        """All rows, so many at a time."""
        at = 0
        while found := self.upto(at + page)[at:]:
            yield from found
            at += len(found)

    def _key(self, snapshot: Any) -> tuple[Any, ...]:
        values = (-snapshot.get(name) if way == "DESCENDING" else snapshot.get(name) for name, way in self._order)
        return (*values, snapshot.id)


def merged(walks: Sequence[Walk], page: int) -> Iterator[Product]:
    """The products of several walks of one order, each once, in that order."""
    before = None
    for key, product in heapq.merge(*(walk.rows(page) for walk in walks), key=lambda row: row[0]):
        if key != before:
            yield product
        before = key
