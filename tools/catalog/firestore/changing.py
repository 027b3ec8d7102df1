"""Changing a catalogue in Firestore by id: all of a call's changes or none, seen by readers all at once."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from google.cloud import firestore

from tools.catalog.firestore.address import Address
from tools.catalog.firestore.catalog import FirestoreCatalog
from tools.catalog.firestore.connection import MOST_BYTES, Connection, bytes_of
from tools.catalog.firestore.dense import FIELD, Embedder, text_of, vectors_of
from tools.catalog.firestore.documents import as_document, document_id, product_of, shelf_of
from tools.catalog.firestore.head import Head, read_head, write_head
from tools.catalog.firestore.lease import WAIT_S, Lease, leased
from tools.catalog.firestore.writing import sweep, write_generation
from tools.catalog.versions.changes import Plan, counted
from tools.catalog.versions.store import Change
from tools.product import Product

MOST_AT_ONCE = 200
"""Products changed in one commit, which Firestore makes all or none; more are written as a new generation."""


def change_firestore(
    address: Address, plan: Plan, *, wait_s: float = WAIT_S, embedder: Embedder | None = None
) -> Sequence[Change]:
    """Applies what ``plan`` decides on, atomically, and returns it; an empty plan changes nothing.

    Raises CatalogError as `tools.catalog.versions.changes.change_catalog` does.
    """
    connection = Connection.open(address)
    read_head(connection)  # what is not there is told before a lease is made for it
    with leased(connection, wait_s) as lease:
        current = FirestoreCatalog(connection, *read_head(connection))
        changes = plan(current)
        if changes:
            sweep(connection)
            _apply(current, lease, changes, embedder)
    return changes


def _apply(current: FirestoreCatalog, lease: Lease, changes: Sequence[Change], embedder: Embedder | None) -> None:
    last = {change.product_id: change.product for change in changes}
    before = {product.product_id: product for product in current.require(list(last))}  # read at once, for `counted`
    added = {change.product_id for change in changes if change.kind == "add"}
    come = [product for product in last.values() if product]
    shelves = Counter(current.manifest.shelves)
    shelves.subtract(map(shelf_of, before.values()))
    shelves.update(map(shelf_of, come))
    head = Head.model_validate(counted(current, changes).model_dump() | {"shelves": dict(+shelves)})
    if len(last) <= MOST_AT_ONCE:
        writes = _Writes(current, before, added, embedder)
        for product_id, product in last.items():
            writes.put(product_id, product)
        words = writes.change_words(come)
        if writes.size <= MOST_BYTES:
            update = {"next_position": writes.next_position, "words": words}
            lease.commit(lambda transaction: writes.into(transaction, head.model_copy(update=update)))
            return
    everything = _after(current, last, added, embedder)
    write_generation(current.connection, lease, everything, head, embedder=embedder)


def _after(
    current: FirestoreCatalog, last: Mapping[str, Product | None], added: set[str], embedder: Embedder | None
) -> Iterator[tuple[Product, Any]]:
    """Every product after the changes with the vector it keeps: what was updated keeps its place, added comes last."""
    same_model = embedder is None or embedder.name == current.manifest.embedder
    for document in current.index.in_feed_order():
        product = product_of(document["product"])
        changed = last.get(product.product_id, product)
        if changed is not None and product.product_id not in added:
            kept = same_model and text_of(changed) == text_of(product)
            yield changed, document.get(FIELD) if kept else None
    yield from ((product, None) for i, product in last.items() if product is not None and i in added)


class _Writes:
    """The documents of one commit."""

    def __init__(
        self, current: FirestoreCatalog, before: Mapping[str, Product], added: set[str], embedder: Embedder | None
    ) -> None:
        self._current, self._before, self._added, self._embedder = current, before, added, embedder
        self._collection = current.connection.products(current.manifest.generation)
        old = current.connection.get_all([self._collection.document(document_id(i)) for i in before], current.at)
        self._stored = {product_of(one.get("product")).product_id: one.to_dict() for one in old}
        self._put: list[tuple[Any, dict[str, Any] | None]] = []
        self.next_position = current.manifest.next_position
        self.size = 0

    def put(self, product_id: str, product: Product | None) -> None:
        """A product as it must be in the end; None where it must be gone."""
        reference = self._collection.document(document_id(product_id))
        if product is None:
            self._put.append((reference, None))
            return
        if product_id in self._added:
            position, self.next_position = self.next_position, self.next_position + 1
        else:
            position = self._stored[product_id]["position"]
        document = as_document(product, position) | self._vector(product)
        self._put.append((reference, document))
        self.size += bytes_of(document)

    def change_words(self, come: Sequence[Product]) -> str:
        """Adds the shards of the words where a word or its count differs. Returns the name of their state."""
        index, manifest = self._current.index, self._current.manifest
        words = index.words.changed(self._before.values(), come)
        if words == index.words:
            return manifest.words
        shards = self._current.connection.words(manifest.generation)
        documents = words.as_documents()
        kept = [str(number) for number in range(len(documents))]
        self._put += [(shards.document(kept[number]), one) for number, one in enumerate(documents)]
        former = self._current.connection.run(shards.select([]), self._current.at)
        self._put += [(one.reference, None) for one in former if one.id not in kept]
        self.size += sum(map(bytes_of, documents))
        return uuid.uuid4().hex[:12]

    def into(self, transaction: firestore.Transaction, head: Head) -> None:
        """Writes all of it and the head."""
        for reference, document in self._put:
            if document is None:
                transaction.delete(reference)
            else:
                transaction.set(reference, document)
        write_head(transaction, self._current.connection, head)

    def _vector(self, product: Product) -> dict[str, Any]:
        """The vector it has while its text is the same; else a new one, if it can be made and others have one."""
        stored = self._stored.get(product.product_id, {})
        before = self._before.get(product.product_id)
        if before and FIELD in stored and text_of(before) == text_of(product):
            return {FIELD: stored[FIELD]}
        fits = self._embedder is not None and self._embedder.name == self._current.manifest.embedder
        return vectors_of([product], self._embedder if fits else None)[0]
