"""A catalogue in Firestore, opened: what `tools.catalog.interface` asks of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tools.catalog.firestore.address import Address
from tools.catalog.firestore.connection import Connection, Reads
from tools.catalog.firestore.documents import product_of
from tools.catalog.firestore.head import Head, read_head
from tools.catalog.firestore.index import FirestoreIndex
from tools.catalog.search.index import Filters
from tools.product import NeedKind, Product

if TYPE_CHECKING:
    from tools.catalog.embedding.embedder import Embedder
    from tools.catalog.firestore.free_search import FirestoreFreeSearch

RENEWED_AFTER_S = 1800.0
"""Firestore answers as of a moment for an hour; after half of one, the next turn reads as of now."""

ANSWERED_WITHIN = timedelta(seconds=1)
"""How long after Firestore looked a document up it may stamp its answer. The emulator stamps milliseconds later, and a
change in between is not in the answer but would be in every read as of the stamp."""


class FirestoreCatalog:
    """One state of the catalogue: everything is read as of one moment at which the head was what it is here.

    Use `FirestoreCatalog.open`.
    """

    def __init__(self, connection: Connection, head: Head, snapshot: Any) -> None:
        self.connection = connection
        self.manifest = head
        self.at = settled_moment(snapshot)
        self._updated = snapshot.update_time
        self.index = FirestoreIndex(connection, head.generation, self.at, head.shelves)

    @classmethod
    def open(cls, address: Address | str) -> FirestoreCatalog:
        """Opens a catalogue. Raises CatalogError, saying what to do, where it is none or cannot be reached."""
        connection = Connection.open(Address.parse(address) if isinstance(address, str) else address)
        return cls(connection, *read_head(connection))

    @property
    def name(self) -> str:
        """The address, as text."""
        return str(self.connection.address)

    @property
    def folder(self) -> None:
        """None: it is no folder."""
        return None

    @property
    def reads(self) -> Reads:
        """What was read of Firestore so far, by this catalogue and those that `newest` made of it."""
        return self.connection.reads

    @property
    def currency(self) -> str:
        """The catalogue's currency."""
        return self.manifest.currency

    def get(self, product_id: str) -> Product | None:
        """The product of this id, or None."""
        return self.index.product(product_id)

    def require(self, product_ids: list[str]) -> list[Product]:
        """The products of these ids, in order; ids that have left the catalogue are left out."""
        found = self.index.products(product_ids)
        return [found[i] for i in product_ids if i in found]

    def __iter__(self) -> Iterator[Product]:
        """Every product, in the feed's order: a read each."""
        return (product_of(document["product"]) for document in self.index.in_feed_order())

    def sells(self, need: NeedKind) -> bool:
        """Whether the shop has anything at all of this kind, in stock or not. The head knows it."""
        return self.index.count(Filters(currency=self.currency, need=need, available_only=False)) > 0

    def free_search(self, embedder: Embedder | None = None) -> FirestoreFreeSearch:
        """Searching it by what a shopper writes, by its words only: an ``embedder`` changes nothing here."""
        from tools.catalog.firestore.free_search import FirestoreFreeSearch

        return FirestoreFreeSearch(self)

    def nearest(self, text: str, embedder: Embedder, filters: Filters, limit: int) -> list[tuple[Product, float]]:
        """The products nearest in meaning, with their cosines, best first. Raises CatalogError, EmbeddingError."""
        from tools.catalog.firestore.dense import nearest

        return nearest(self, embedder, text, filters, limit)

    def marker(self) -> Hashable:
        """Changes with every change, and when the moment that is read has become old. One read."""
        head = self.connection.get(self.connection.head)
        return head.update_time, self._too_old(head)

    def newest(self) -> FirestoreCatalog:
        """The catalogue as it is now; this one where nothing has changed. One read. Raises CatalogError."""
        head, snapshot = read_head(self.connection)
        if snapshot.update_time == self._updated and not self._too_old(snapshot):
            return self
        newest = FirestoreCatalog(self.connection, head, snapshot)
        if (head.generation, head.words) == (self.manifest.generation, self.manifest.words):
            newest.index.inherit(self.index, all_of_it=snapshot.update_time == self._updated)
        return newest

    def _too_old(self, snapshot: Any) -> bool:
        return (snapshot.read_time - self.at).total_seconds() > RENEWED_AFTER_S


def settled_moment(head: Any) -> datetime:
    """A moment at which this snapshot was the head, whatever has been written since: never before its last change."""
    return max(head.update_time, head.read_time - ANSWERED_WITHIN)
