"""Memory in an SQLite file: the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tools.memory.kinds import RECORDS, AnyMemory, Kind, Person
from tools.memory.store import Known, Whose, chosen, usable

BUSY_S = 20.0

SCHEMA = """
CREATE TABLE IF NOT EXISTS shoppers (user_id TEXT PRIMARY KEY, paused INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS messageable (user_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS people (
  user_id TEXT NOT NULL, person_id TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (user_id, person_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS memories (
  user_id TEXT NOT NULL, memory_id TEXT NOT NULL, person_id TEXT NOT NULL, expires_at TEXT, data TEXT NOT NULL,
  PRIMARY KEY (user_id, memory_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS memories_person ON memories (user_id, person_id);
CREATE INDEX IF NOT EXISTS memories_expiry ON memories (expires_at) WHERE expires_at IS NOT NULL;
"""


class SqliteMemoryStore:
    """A `MemoryStore` in one file, for several threads and processes."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        with self._open() as db:
            db.executescript(SCHEMA)

    def recall(
        self,
        user_id: str,
        *,
        person_ids: Whose = None,
        kinds: Sequence[Kind] | None = None,
        history: bool = False,
        now: datetime,
    ) -> Known:
        """See `MemoryStore`."""
        with self._open() as db:
            paused = db.execute("SELECT paused FROM shoppers WHERE user_id = ?", (user_id,)).fetchone()
            consent = db.execute("SELECT 1 FROM messageable WHERE user_id = ?", (user_id,)).fetchone()
            rows = db.execute("SELECT data FROM people WHERE user_id = ? ORDER BY person_id", (user_id,)).fetchall()
            people = [Person.model_validate_json(data) for (data,) in rows]
            which, values = _among("person_id", chosen(person_ids, people))
            rows = db.execute(f"SELECT data FROM memories WHERE user_id = ?{which}", (user_id, *values)).fetchall()
        found = [RECORDS.validate_json(data) for (data,) in rows]
        return Known(
            people=people,
            memories=usable(found, kinds=kinds, history=history, now=now),
            paused=bool(paused and paused[0]),
            may_message=consent is not None,
        )

    def remember(self, user_id: str, people: Sequence[Person], memories: Sequence[AnyMemory]) -> None:
        """See `MemoryStore`."""
        with self._open() as db:
            db.executemany(
                "INSERT OR REPLACE INTO people VALUES (?, ?, ?)",
                [(user_id, person.person_id, person.model_dump_json(exclude_none=True)) for person in people],
            )
            db.executemany(
                "INSERT OR REPLACE INTO memories VALUES (?, ?, ?, ?, ?)",
                [
                    (user_id, m.memory_id, m.person_id, _text(m.expires_at), m.model_dump_json(exclude_none=True))
                    for m in memories
                ],
            )

    def pause(self, user_id: str, paused: bool) -> None:
        """See `MemoryStore`."""
        with self._open() as db:
            db.execute("INSERT OR REPLACE INTO shoppers VALUES (?, ?)", (user_id, int(paused)))

    def let_message(self, user_id: str, allowed: bool) -> None:
        """See `MemoryStore`."""
        change = (
            "INSERT OR IGNORE INTO messageable VALUES (?)" if allowed else "DELETE FROM messageable WHERE user_id = ?"
        )
        with self._open() as db:
            db.execute(change, (user_id,))

    def messageable(self) -> list[str]:
        """See `MemoryStore`."""
        with self._open() as db:
            rows = db.execute(
                "SELECT user_id FROM messageable WHERE user_id NOT IN (SELECT user_id FROM shoppers WHERE paused) "
                "ORDER BY user_id"
            )
            return [user_id for (user_id,) in rows]

    def forget(self, user_id: str, *, person_id: str | None = None, memory_ids: Sequence[str] | None = None) -> int:
        """See `MemoryStore`."""
        with self._open() as db:
            if memory_ids is not None:
                which, values = _among("memory_id", memory_ids)
                return db.execute(f"DELETE FROM memories WHERE user_id = ?{which}", (user_id, *values)).rowcount
            which, values = _among("person_id", None if person_id is None else [person_id])
            gone = sum(
                db.execute(f"DELETE FROM {table} WHERE user_id = ?{which}", (user_id, *values)).rowcount
                for table in ("people", "memories")
            )
            if person_id is None:
                for table in ("shoppers", "messageable"):
                    db.execute(f"DELETE FROM {table} WHERE user_id = ?", (user_id,))
            return gone

    def purge(self, now: datetime) -> int:
        """See `MemoryStore`."""
        with self._open() as db:
            return db.execute("DELETE FROM memories WHERE expires_at <= ?", (_text(now),)).rowcount

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one call, whose changes are all made or none.

        What is erased is overwritten in the file (secure_delete), and no write-ahead log keeps a copy of it.
        """
        db = sqlite3.connect(self._file, timeout=BUSY_S)
        try:
            db.execute("PRAGMA secure_delete = ON")
            with db:
                yield db
        finally:
            db.close()


def _among(column: str, values: Sequence[str] | None) -> tuple[str, Sequence[str]]:
    """A condition on a column of ours, and its values; none without values."""
    if values is None:
        return "", ()
    return f" AND {column} IN ({', '.join('?' * len(values))})", values


def _text(moment: datetime | None) -> str | None:
    """A time that sorts as text: UTC, always with microseconds."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")
