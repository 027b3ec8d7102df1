"""One writer at a time, on however many machines: a lease that a killed writer loses by itself.

Only the clock of Firestore is asked: how long ago it says that the lease was renewed.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from google.cloud import firestore

from tools.catalog.firestore.connection import CALL_S, Connection
from tools.errors import CatalogError

EXPIRES_S = 60.0
"""A writer that has not renewed its lease for so long is taken to be dead."""

RENEW_S = 15.0
WAIT_S = 10.0


class Lease:
    """The right to change a catalogue, while it is held."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._owner = uuid.uuid4().hex
        self._reference = connection.head.collection("locks").document("writer")
        self._renewed = 0.0

    def renew(self) -> None:
        """Called by long writes between their batches. Raises CatalogError where another writer took over."""
        if time.monotonic() - self._renewed < RENEW_S:
            return
        self.commit(lambda transaction: None)

    def commit(self, write: Callable[[firestore.Transaction], None]) -> None:
        """Calls ``write`` with a transaction that ends well only if the lease is still held, and renews it."""

        def run(transaction: firestore.Transaction) -> None:
            held = self._held(transaction)
            if not held.exists or held.get("owner") != self._owner:
                raise CatalogError(f"Another writer took over {self._connection.address}; nothing was changed")
            write(transaction)
            transaction.set(self._reference, self._now())

        self._connection.transact(run)
        self._renewed = time.monotonic()

    def take(self, wait_s: float) -> None:
        """Waits for another writer. Raises CatalogError when it is not done in time."""
        deadline = time.monotonic() + wait_s

        def run(transaction: firestore.Transaction) -> bool:
            held = self._held(transaction)
            alive = held.exists and (held.read_time - held.update_time).total_seconds() < EXPIRES_S
            if alive and held.get("owner") != self._owner:
                return False
            transaction.set(self._reference, self._now())
            return True

        while not self._connection.transact(run):
            if time.monotonic() >= deadline:
                raise CatalogError(
                    f"Another import or update is changing the catalogue {self._connection.address}; try again when it "
                    f"is done ({EXPIRES_S:g} s after a writer was killed)"
                )
            time.sleep(0.2)
        self._renewed = time.monotonic()

    def release(self) -> None:
        """Gives it back, if it is still held."""

        def run(transaction: firestore.Transaction) -> None:
            held = self._held(transaction)
            if held.exists and held.get("owner") == self._owner:
                transaction.delete(self._reference)

        self._connection.transact(run)

    def _held(self, transaction: firestore.Transaction) -> Any:
        return self._reference.get(transaction=transaction, timeout=CALL_S)

    def _now(self) -> dict[str, Any]:
        return {"owner": self._owner, "at": firestore.SERVER_TIMESTAMP}


@contextmanager
def leased(connection: Connection, wait_s: float = WAIT_S) -> Iterator[Lease]:
    """Holds the lease of a catalogue for the block."""
    lease = Lease(connection)
    lease.take(wait_s)
    try:
        yield lease
    finally:
        lease.release()
