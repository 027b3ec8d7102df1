"""A catalogue whose queries are answered from memory as Firestore would, to count the reads of a large one.

The emulator has no index for words: with 3,000 products one word takes it seconds. What is asked, in which pages, and
what comes back is the same; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tools.catalog.firestore.address import Address
from tools.catalog.firestore.catalog import FirestoreCatalog
from tools.catalog.firestore.connection import Reads
from tools.catalog.firestore.documents import as_document, document_id, shelf_of
from tools.catalog.firestore.head import FORMAT, Head
from tools.catalog.firestore.index import FirestoreIndex
from tools.catalog.firestore.queries import Shape
from tools.catalog.firestore.words import WordCount
from tools.catalog.folder import Manifest
from tools.product import Product


@dataclass(frozen=True)
class Snapshot:
    """A document as a query returns it."""

    id: str
    fields: dict[str, Any]
    read_time = update_time = datetime(2026, 1, 1, tzinfo=UTC)
    exists = True

    def get(self, name: str) -> Any:
        """One of its fields."""
        return self.fields[name]


class Memory:
    """In place of a `Connection`: the products of one generation."""

    address = Address("memory", "shop")

    def __init__(self, products: Iterable[Product]) -> None:
        self.reads = Reads()
        self.count = WordCount()
        self.shelves: dict[str, int] = {}
        self.documents: dict[str, Snapshot] = {}
        for product in products:
            self.shelves[shelf_of(product)] = self.shelves.get(shelf_of(product), 0) + 1
            one = Snapshot(document_id(product.product_id), as_document(product, self.count.products))
            self.documents[one.id] = one
            self.count.add(product)

    def products(self, generation: str) -> Memory:
        """The collection of products: itself."""
        return self

    def of_variants(self, products: Memory, variant_ids: list[str], at: datetime | None = None) -> list[Snapshot]:
        """None of these catalogues has variants, which takes a read to find out."""
        self.reads.add(1)
        return []

    words = products

    def document(self, name: str) -> str:
        """A reference."""
        return name

    def get_all(self, references: list[str], at: datetime | None = None) -> list[Snapshot]:
        """Those that are there; each is a read."""
        self.reads.add(len(references))
        return [self.documents[one] for one in references if one in self.documents]

    def page(self, shape: Shape, last: Snapshot | None, count: int) -> list[Snapshot]:
        """The answer to a query; each document is a read."""
        passing = sorted((self._place(shape, one), one.id) for one in self.documents.values() if _passes(shape, one))
        behind = (self._place(shape, last), last.id) if last else None
        found = [self.documents[i] for place, i in passing if behind is None or (place, i) > behind][:count]
        self.reads.add(len(found))
        return found

    @staticmethod
    def _place(shape: Shape, one: Snapshot) -> tuple[int, ...]:
        return tuple(-one.get(name) if way == "DESCENDING" else one.get(name) for name, way in shape.order)


def in_memory(memory: Memory, manifest: Manifest) -> FirestoreCatalog:
    """A catalogue that has read nothing yet but the words."""
    head = Head.model_validate(manifest.model_dump() | {"format": FORMAT, "shelves": memory.shelves})
    catalog = FirestoreCatalog(memory, head, Snapshot("head", {}))  # pyright: ignore[reportArgumentType]: it stands in
    catalog.index = _Index(memory, "1", catalog.at, memory.shelves)  # pyright: ignore[reportArgumentType]
    catalog.index._words = memory.count.words()
    return catalog


class _Index(FirestoreIndex):
    def _fetcher(self, shape: Shape) -> Callable[[Any, int], list[Any]]:
        memory: Any = self._connection
        return lambda last, count: memory.page(shape, last, count)


def _passes(shape: Shape, one: Snapshot) -> bool:
    age = shape.age_years
    return (
        one.get("shelf") in shape.shelves
        and (not shape.terms or not set(shape.terms).isdisjoint(one.get("terms")))
        and shape.price_min <= one.get("price_minor") <= shape.price_max
        and (age is None or one.get("age_min") <= age <= one.get("age_max"))
    )
