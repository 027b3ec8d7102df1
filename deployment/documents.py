"""Small records of the server itself (keys, daily sums, answers kept for a repeated request): SQLite or Firestore.

A record is a flat JSON object with a name, in a collection. One that has expired is not there any more; in Firestore a
TTL policy on ``expires_at`` takes it away, in SQLite the next write does. The calls block: use them from a thread.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, unquote

from google.api_core.exceptions import AlreadyExists, FailedPrecondition, GoogleAPICallError, NotFound, RetryError
from google.api_core.retry import Retry, if_exception_type
from google.cloud import firestore

from recsys_agent.sessions.reaching import PASSING
from tools.errors import StoreUnreachableError
from tools.sqlite import OVERWRITING, SqliteFile

AT_MOST: dict[str, Any] = {
    "timeout": 5.0,
    "retry": Retry(if_exception_type(*PASSING), initial=0.1, timeout=8.0),
}
"""How long a call to Firestore may take, and is tried again: a request waits for it. Google's default is a minute."""
ROOT = "recsys_server"

Record = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A record to be kept, and where."""

    collection: str
    name: str
    record: Record
    expires_at: datetime | None = None


class Documents(Protocol):
    """One contract for both stores."""

    def get(self, collection: str, name: str) -> Record | None:
        """The record, or None."""
        ...

    def put(self, collection: str, name: str, record: Record, *, expires_at: datetime | None = None) -> None:
        """Keeps the record in place of what was there."""
        ...

    def create(self, collection: str, name: str, record: Record, *, expires_at: datetime | None = None) -> bool:
        """Keeps the record unless there is one; whether it was kept. Of several at once one is."""
        ...

    def replace(self, collection: str, name: str, record: Record, *, expires_at: datetime | None = None) -> bool:
        """Keeps the record in place of the one that is there; False where there is none, as it was taken away."""
        ...

    def create_together(self, entries: Sequence[Entry]) -> bool:
        """Keeps all these records, or none where there is one of them already; whether they were kept."""
        ...

    def add(self, collection: str, name: str, amounts: Mapping[str, int], *, expires_at: datetime) -> None:
        """Adds to the record's numbers; those it has not yet are 0."""
        ...

    def delete(self, collection: str, name: str) -> None:
        """Takes the record away, if there is one."""
        ...

    def all(self, collection: str) -> dict[str, Record]:
        """All records by name."""
        ...

    def clear(self, collection: str) -> None:
        """Takes all records away; nothing of them is left in the raw store."""
        ...


SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
  collection TEXT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, expires_at REAL, PRIMARY KEY (collection, name)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_expiry ON documents (expires_at) WHERE expires_at IS NOT NULL;
"""


class SqliteDocuments:
    """`Documents` in one file, for several threads and processes."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        self._file = SqliteFile(file, ("PRAGMA journal_mode = WAL", OVERWRITING), schema=SCHEMA)
        with self._file.connection():
            pass  # what cannot be opened is said now

    def get(self, collection: str, name: str) -> Record | None:
        """See `Documents`."""
        with self._file.connection() as db:
            return self._read(db, collection, name)

    def put(self, collection: str, name: str, record: Record, *, expires_at: datetime | None = None) -> None:
        """See `Documents`."""
        with self._writing() as db:
            self._write(db, collection, name, record, expires_at)

    def create(self, collection: str, name: str, record: Record, *, expires_at: datetime | None = None) -> bool:
        """See `Documents`."""
        return self.create_together([Entry(collection, name, record, expires_at)])

    def replace(self, collection: str, name: str, record: Record, *, expires_at: datetime | None = None) -> bool:
        """See `Documents`."""
        with self._writing() as db:
            if self._read(db, collection, name) is None:
                return False
            self._write(db, collection, name, record, expires_at)
            return True

    def create_together(self, entries: Sequence[Entry]) -> bool:
        """See `Documents`."""
        with self._writing() as db:
            if any(self._read(db, e.collection, e.name) is not None for e in entries):
                return False
            for e in entries:
                self._write(db, e.collection, e.name, e.record, e.expires_at)
            return True

    def add(self, collection: str, name: str, amounts: Mapping[str, int], *, expires_at: datetime) -> None:
        """See `Documents`."""
        with self._writing() as db:
            record = self._read(db, collection, name) or {}
            for key, amount in amounts.items():
                record[key] = record.get(key, 0) + amount
            self._write(db, collection, name, record, expires_at)

    def delete(self, collection: str, name: str) -> None:
        """See `Documents`."""
        with self._writing() as db:
            db.execute("DELETE FROM documents WHERE collection = ? AND name = ?", (collection, name))

    def all(self, collection: str) -> dict[str, Record]:
        """See `Documents`."""
        with self._file.connection() as db:
            rows = db.execute(
                "SELECT name, data FROM documents WHERE collection = ? AND (expires_at IS NULL OR expires_at > ?) "
                "ORDER BY name",
                (collection, _now()),
            )
            return {name: json.loads(data) for name, data in rows}

    def clear(self, collection: str) -> None:
        """See `Documents`."""
        with self._writing() as db:
            db.execute("DELETE FROM documents WHERE collection = ?", (collection,))
        self._file.scrub()

    def _read(self, db: sqlite3.Connection, collection: str, name: str) -> Record | None:
        row = db.execute(
            "SELECT data FROM documents WHERE collection = ? AND name = ? AND (expires_at IS NULL OR expires_at > ?)",
            (collection, name, _now()),
        ).fetchone()
        return json.loads(row[0]) if row else None

    def _write(
        self, db: sqlite3.Connection, collection: str, name: str, record: Record, expires_at: datetime | None
    ) -> None:
        ends = expires_at.timestamp() if expires_at else None
        db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)", (collection, name, json.dumps(record), ends))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that nobody else writes in."""
        with self._file.connection() as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("DELETE FROM documents WHERE expires_at <= ?", (_now(),))
            yield db


class FirestoreDocuments:
    """`Documents` in Firestore: ``recsys_server/COLLECTION/records/NAME``."""

    def __init__(self, client: firestore.Client, root: str = ROOT) -> None:
        self._client = client
        self._root = root

    def get(self, collection: str, name: str) -> Record | None:
        """See `Documents`."""
        with _reaching():
            return _alive(self._reference(collection, name).get(**AT_MOST).to_dict())

    def put(self, collection: str, name: str, record: Record, *, expires_at: datetime | None = None) -> None:
        """See `Documents`."""
        with _reaching():
            self._reference(collection, name).set(_kept(record, expires_at), **AT_MOST)

    def create(self, collection: str, name: str, record: Record, *, expires_at: datetime | None = None) -> bool:
        """See `Documents`."""
        return self.create_together([Entry(collection, name, record, expires_at)])

    def replace(self, collection: str, name: str, record: Record, *, expires_at: datetime | None = None) -> bool:
        """See `Documents`."""
        with _reaching():
            try:
                self._reference(collection, name).update(_kept(record, expires_at), **AT_MOST)
            except NotFound:
                return False
            return True

    def create_together(self, entries: Sequence[Entry]) -> bool:
        """See `Documents`."""
        references = [self._reference(e.collection, e.name) for e in entries]
        with _reaching():
            while True:
                batch = self._client.batch()
                for reference, e in zip(references, entries, strict=True):
                    batch.create(reference, _kept(e.record, e.expires_at))
                try:
                    batch.commit(**AT_MOST)
                    return True
                except AlreadyExists:
                    if not self._cleared(references):
                        return False

    def _cleared(self, references: Sequence[firestore.DocumentReference]) -> bool:
        """Takes away what has expired and the TTL policy has not yet; False where one is alive, or just became so."""
        found = [snapshot for snapshot in self._client.get_all(list(references), **AT_MOST) if snapshot.exists]
        if any(_alive(snapshot.to_dict()) is not None for snapshot in found):
            return False
        batch = self._client.batch()
        for snapshot in found:
            unchanged = self._client.write_option(last_update_time=snapshot.update_time)
            batch.delete(snapshot.reference, option=unchanged)
        try:
            batch.commit(**AT_MOST)
        except (FailedPrecondition, NotFound):
            return False
        return True

    def add(self, collection: str, name: str, amounts: Mapping[str, int], *, expires_at: datetime) -> None:
        """See `Documents`."""
        sums = {key: firestore.Increment(amount) for key, amount in amounts.items()}
        with _reaching():
            self._reference(collection, name).set({"data": sums, "expires_at": expires_at}, merge=True, **AT_MOST)

    def delete(self, collection: str, name: str) -> None:
        """See `Documents`."""
        with _reaching():
            self._reference(collection, name).delete(**AT_MOST)

    def all(self, collection: str) -> dict[str, Record]:
        """See `Documents`."""
        with _reaching():
            found = {unquote(d.id[1:]): _alive(d.to_dict()) for d in self._records(collection).stream(**AT_MOST)}
        return {name: record for name, record in sorted(found.items()) if record is not None}

    def clear(self, collection: str) -> None:
        """See `Documents`."""
        with _reaching():
            for reference in self._records(collection).list_documents():
                reference.delete(**AT_MOST)

    def _records(self, collection: str) -> firestore.CollectionReference:
        return self._client.collection(self._root).document(collection).collection("records")

    def _reference(self, collection: str, name: str) -> firestore.DocumentReference:
        return self._records(collection).document("=" + quote(name, safe=" @:+-"))


@contextmanager
def _reaching() -> Iterator[None]:
    """Raises StoreUnreachableError where Firestore does not answer in time."""
    try:
        yield
    except (GoogleAPICallError, RetryError) as error:
        raise StoreUnreachableError from error


def _kept(record: Record, expires_at: datetime | None) -> Record:
    return {"data": record, "expires_at": expires_at}


def _alive(stored: Record | None) -> Record | None:
    if not stored or (stored.get("expires_at") and stored["expires_at"] <= datetime.now(UTC)):
        return None
    return dict(stored["data"])


def _now() -> float:
    return datetime.now(UTC).timestamp()
