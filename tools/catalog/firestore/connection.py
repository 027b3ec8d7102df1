"""Reading and writing Firestore: retried, counted as Firestore bills it, and with errors of one sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from google.api_core.exceptions import (
    Aborted,
    DeadlineExceeded,
    GoogleAPICallError,
    InternalServerError,
    ResourceExhausted,
    RetryError,
    ServiceUnavailable,
)
from google.api_core.retry import Retry, if_exception_type
from google.auth.exceptions import GoogleAuthError
from google.cloud import firestore
from google.cloud.firestore_v1.base_query import FieldFilter

from tools.catalog.firestore.address import Address
from tools.errors import CatalogError

T = TypeVar("T")

RETRY_FOR_S, CALL_S = 30.0, 10.0
"""How long a failing call is tried again, and how long one try may take, in seconds."""

PASSING = (Aborted, DeadlineExceeded, InternalServerError, ResourceExhausted, ServiceUnavailable)
"""Errors that go away. Every write made here may be repeated: documents are set whole, by their id."""

MOST_VALUES = 30
"""Of one `array_contains_any`, in Firestore."""
MOST_DOCUMENTS, MOST_BYTES = 300, 6_000_000
"""Of one commit. Firestore takes 10 MiB."""

ENTRIES_A_READ = 1000
"""Index entries that a counting query looks at for the price of one read."""


class Reads:
    """How many document reads were made, as Firestore bills them: a query that finds nothing is one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.count = 0
        self.calls = 0

    def add(self, documents: int) -> None:
        """Counts one call."""
        with self._lock:
            self.calls += 1
            self.count += max(1, documents)


class Connection:
    """A Firestore database, for one catalogue. Threads may share it."""

    def __init__(self, address: Address, client: firestore.Client) -> None:
        self.address = address
        self.client = client
        self.reads = Reads()
        self.retry = Retry(predicate=if_exception_type(*PASSING), initial=0.2, maximum=5.0, timeout=RETRY_FOR_S)

    @classmethod
    def open(cls, address: Address) -> Connection:
        """Raises CatalogError where this machine has no credentials; FIRESTORE_EMULATOR_HOST needs none."""
        try:
            return cls(address, firestore.Client(project=address.project, database=address.database))
        except GoogleAuthError as error:
            raise CatalogError(
                f"{address} needs Google Cloud credentials, which were not found: run `gcloud auth application-default "
                "login`, or name an emulator in FIRESTORE_EMULATOR_HOST"
            ) from error

    @property
    def head(self) -> firestore.DocumentReference:
        """The document that says what serves."""
        return self.client.collection("catalogs").document(self.address.name)

    def generation(self, generation: str) -> firestore.DocumentReference:
        """One version of all products; its words and products are collections below it."""
        return self.head.collection("generations").document(generation)

    def products(self, generation: str) -> firestore.CollectionReference:
        """The products of a generation."""
        return self.generation(generation).collection("catalog_products")

    def words(self, generation: str) -> firestore.CollectionReference:
        """The words of a generation, in shards."""
        return self.generation(generation).collection("catalog_words")

    def get(self, reference: Any, at: datetime | None = None) -> Any:
        """One document, as of ``at``."""
        with self.failing_clearly():
            found = reference.get(retry=self.retry, timeout=CALL_S, read_time=at)
        self.reads.add(1)
        return found

    def get_all(self, references: list[Any], at: datetime | None = None) -> list[Any]:
        """Several documents, in no order; those that are not there are left out, and billed."""
        found = []
        for start in range(0, len(references), MOST_DOCUMENTS):
            part = references[start : start + MOST_DOCUMENTS]
            with self.failing_clearly():
                answered = self.client.get_all(part, retry=self.retry, timeout=CALL_S, read_time=at)
                found += [one for one in answered if one.exists]
            self.reads.add(len(part))
        return found

    def run(self, query: Any, at: datetime | None = None) -> list[Any]:
        """The documents of a query."""
        with self.failing_clearly():
            # A vector query takes no time to read at; its caller looks the products up again.
            when = {} if at is None else {"read_time": at}
            found = list(query.stream(retry=self.retry, timeout=CALL_S, **when))
        self.reads.add(len(found))
        return found

    def of_variants(self, products: Any, variant_ids: list[str], at: datetime | None = None) -> list[Any]:
        """The documents of the products that have variants of these ids."""
        parts = (variant_ids[start : start + MOST_VALUES] for start in range(0, len(variant_ids), MOST_VALUES))
        named = (products.where(filter=FieldFilter("variant_ids", "array_contains_any", part)) for part in parts)
        return [one for query in named for one in self.run(query, at)]

    def count(self, query: Any, at: datetime | None = None) -> int:
        """How many documents a query has."""
        with self.failing_clearly():
            (((answer,),)) = query.count().get(retry=self.retry, timeout=CALL_S, read_time=at)
        self.reads.add(-(-int(answer.value) // ENTRIES_A_READ))
        return int(answer.value)

    def write(self, documents: Iterable[tuple[Any, dict[str, Any]]], on_batch: Callable[[int], None]) -> None:
        """Sets documents in batches. ``on_batch`` is told how many were written."""
        for batch in _batches(documents):
            self._commit([("set", reference, fields) for reference, fields in batch])
            on_batch(len(batch))

    def delete(self, references: Iterable[Any]) -> None:
        """Deletes documents in batches."""
        waiting = list(references)
        for start in range(0, len(waiting), MOST_DOCUMENTS):
            self._commit([("delete", one, None) for one in waiting[start : start + MOST_DOCUMENTS]])

    def _commit(self, writes: list[tuple[str, Any, dict[str, Any] | None]]) -> None:
        batch = self.client.batch()
        for kind, reference, fields in writes:
            getattr(batch, kind)(*([reference] if fields is None else [reference, fields]))
        with self.failing_clearly():
            batch.commit(retry=self.retry, timeout=6 * CALL_S)

    def transact(self, body: Callable[[firestore.Transaction], T]) -> T:
        """Runs a transaction, once more as a whole while Firestore is busy: ``body`` must bear to be run twice."""

        def once() -> T:
            return firestore.transactional(body)(self.client.transaction())

        with self.failing_clearly():
            return self.retry(once)()

    @contextmanager
    def failing_clearly(self) -> Iterator[None]:
        """Firestore's errors as a CatalogError."""
        try:
            yield
        except (GoogleAPICallError, RetryError, GoogleAuthError) as error:
            reason = str(error).split("\n")[0]
            raise CatalogError(f"The catalogue {self.address} cannot be reached: {reason}") from error


def bytes_of(fields: dict[str, Any]) -> int:
    """About how large a document is; only long values matter."""
    return sum(
        len(v) * 4 if isinstance(v, str | bytes) else 24 * len(v) if hasattr(v, "__len__") else 8
        for v in fields.values()
    )


def _batches(documents: Iterable[tuple[Any, dict[str, Any]]]) -> Iterator[list[tuple[Any, dict[str, Any]]]]:
    batch: list[tuple[Any, dict[str, Any]]] = []
    size = 0
    for reference, fields in documents:
        more = bytes_of(fields)
        if batch and (len(batch) == MOST_DOCUMENTS or size + more > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((reference, fields))
        size += more
    if batch:
        yield batch
