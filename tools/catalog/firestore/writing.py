"""A new generation of a catalogue in Firestore: all products written beside the old ones, then the head replaced."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from google.cloud import firestore

from tools.catalog.firestore.address import Address
from tools.catalog.firestore.connection import MOST_DOCUMENTS, Connection
from tools.catalog.firestore.dense import FIELD, Embedder, vectors_of
from tools.catalog.firestore.documents import as_document, document_id, shelf_of
from tools.catalog.firestore.head import FORMAT, Head, write_head
from tools.catalog.firestore.lease import Lease, leased
from tools.catalog.firestore.words import WordCount
from tools.catalog.folder import Manifest
from tools.product import Product

READERS_HAVE_S = 3600.0
"""A replaced generation stays for so long: nobody can read as of an older moment."""


def publish(
    address: Address,
    products: Iterable[Product],
    manifest: Manifest,
    *,
    embedder: Embedder | None = None,
    on_written: Callable[[int], None] = lambda count: None,
) -> Head:
    """Makes these products the catalogue at ``address``, replacing what is there, and returns its head.

    Readers see the old ones until the last one is written; an error or a crash leaves the old ones serving. Raises
    CatalogError.
    """
    connection = Connection.open(address)
    with leased(connection) as lease:
        head = Head.model_validate(manifest.model_dump() | {"format": FORMAT, "next_position": 0})
        new = ((product, None) for product in products)
        return write_generation(connection, lease, new, head, embedder=embedder, on_written=on_written)


def write_generation(
    connection: Connection,
    lease: Lease,
    products: Iterable[tuple[Product, Any]],
    head: Head,
    *,
    embedder: Embedder | None = None,
    on_written: Callable[[int], None] = lambda count: None,
) -> Head:
    """Writes a generation and makes it serve.

    Products come with the vector they keep, or None. ``head`` says what is not counted: source, time, the usual
    currency, the model of the kept vectors.
    """
    former = sweep(connection)
    generation = uuid.uuid4().hex[:12]
    target = connection.generation(generation)
    connection.write([(target, {"created": firestore.SERVER_TIMESTAMP})], lambda count: None)
    count = _Count()

    def written(documents: int) -> None:
        lease.renew()
        on_written(documents)

    documents = _documents(products, connection.products(generation), count, embedder)
    connection.write(documents, written)
    shards = count.words.words().as_documents()
    connection.write(((connection.words(generation).document(str(n)), one) for n, one in enumerate(shards)), written)
    new = head.counted(count.shelves).model_copy(
        update={
            "generation": generation,
            "words": uuid.uuid4().hex[:12],
            "next_position": count.words.products,
            "embedder": embedder.name if embedder else head.embedder,
        }
    )

    def publish_head(transaction: firestore.Transaction) -> None:
        write_head(transaction, connection, new)
        if former:
            transaction.set(connection.generation(former), {"replaced": firestore.SERVER_TIMESTAMP})

    lease.commit(publish_head)
    return new


def sweep(connection: Connection) -> str | None:
    """Deletes the generations that nobody reads any more: replaced an hour ago, or left by a writer that was killed.

    To be called by who holds the lease: what does not serve then, and was not replaced, is a dead writer's. Returns the
    one that serves.
    """
    serving = connection.get(connection.head)
    current = serving.get("generation") if serving.exists else None
    long_ago = datetime.now(UTC) - timedelta(seconds=READERS_HAVE_S)
    for one in connection.run(connection.head.collection("generations")):
        replaced = (one.to_dict() or {}).get("replaced")
        if one.id != current and (replaced is None or replaced < long_ago):
            _delete_generation(connection, one)
    return current


def _delete_generation(connection: Connection, generation: Any) -> None:
    for collection in (connection.products(generation.id), connection.words(generation.id)):
        while found := connection.run(collection.select([]).limit(MOST_DOCUMENTS)):
            connection.delete(one.reference for one in found)
    connection.delete([generation.reference])


class _Count:
    """What is learned of the products while they stream by."""

    def __init__(self) -> None:
        self.shelves: Counter[str] = Counter()
        self.words = WordCount()

    def add(self, product: Product) -> None:
        self.shelves[shelf_of(product)] += 1
        self.words.add(product)


def _documents(
    products: Iterable[tuple[Product, Any]], collection: Any, count: _Count, embedder: Embedder | None
) -> Iterator[tuple[Any, dict[str, Any]]]:
    rest = iter(products)
    while part := list(islice(rest, MOST_DOCUMENTS)):
        made = iter(vectors_of([product for product, kept in part if kept is None], embedder))
        for product, kept in part:
            vector = next(made) if kept is None else {FIELD: kept}
            document = as_document(product, count.words.products) | vector
            count.add(product)
            yield collection.document(document_id(product.product_id)), document
