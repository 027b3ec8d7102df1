"""Memory in an SQLite file: the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tools.memory.kinds import RECORDS, AnyMemory, Kind, Person
from tools.memory.store import SHUT_OUT, Known, Whose, chosen, unnamed, usable
from tools.sqlite import LOGGED, OVERWRITING, SqliteFile

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
CREATE TABLE IF NOT EXISTS shut_out (who TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS memories_person ON memories (user_id, person_id);
CREATE INDEX IF NOT EXISTS memories_expiry ON memories (expires_at) WHERE expires_at IS NOT NULL;
"""


class SqliteMemoryStore:
    """A `MemoryStore` in one file, for several threads and processes."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = SqliteFile(file, (*LOGGED, OVERWRITING), schema=SCHEMA)
        with self._file.connection():
            pass  # what cannot be opened is said now

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
        with self._file.connection() as db:
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

    def remember(
        self, user_id: str, people: Sequence[Person], memories: Sequence[AnyMemory], *, begun: datetime | None = None
    ) -> bool:
        """See `MemoryStore`."""
        with self._file.connection() as db:
            db.execute("BEGIN IMMEDIATE")
            shut = "SELECT 1 FROM shut_out WHERE who = ? AND at > ?"
            if begun is not None and db.execute(shut, (unnamed(user_id), _text(begun))).fetchone():
                return False
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
        return True

    def pause(self, user_id: str, paused: bool) -> None:
        """See `MemoryStore`."""
        with self._file.connection() as db:
            db.execute("INSERT OR REPLACE INTO shoppers VALUES (?, ?)", (user_id, int(paused)))
        self._file.settle()

    def let_message(self, user_id: str, allowed: bool) -> None:
        """See `MemoryStore`."""
        change = (
            "INSERT OR IGNORE INTO messageable VALUES (?)" if allowed else "DELETE FROM messageable WHERE user_id = ?"
        )
        with self._file.connection() as db:
            db.execute(change, (user_id,))
        self._file.settle()

    def messageable(self) -> list[str]:
        """See `MemoryStore`."""
        with self._file.connection() as db:
            rows = db.execute(
                "SELECT user_id FROM messageable WHERE user_id NOT IN (SELECT user_id FROM shoppers WHERE paused) "
                "ORDER BY user_id"
            )
            return [user_id for (user_id,) in rows]

    def forget(self, user_id: str, *, person_id: str | None = None, memory_ids: Sequence[str] | None = None) -> int:
        """See `MemoryStore`."""
        with self._file.connection() as db:
            if memory_ids is not None:
                which, values = _among("memory_id", memory_ids)
                gone = db.execute(f"DELETE FROM memories WHERE user_id = ?{which}", (user_id, *values)).rowcount
            else:
                gone = _forget_people(db, user_id, person_id)
        self._file.scrub()
        return gone

    def shut_out(self, user_id: str, now: datetime) -> None:
        """See `MemoryStore`."""
        with self._file.connection() as db:
            db.execute("DELETE FROM shut_out WHERE at < ?", (_text(now - SHUT_OUT),))
            db.execute("INSERT OR REPLACE INTO shut_out VALUES (?, ?)", (unnamed(user_id), _text(now)))

    def purge(self, now: datetime) -> int:
        """See `MemoryStore`."""
        with self._file.connection() as db:
            gone = db.execute("DELETE FROM memories WHERE expires_at <= ?", (_text(now),)).rowcount
        self._file.settle()
        return gone


def _forget_people(db: sqlite3.Connection, user_id: str, person_id: str | None) -> int:
    """One person and their records; without a person everything of the shopper."""
    which, values = _among("person_id", None if person_id is None else [person_id])
    gone = sum(
        db.execute(f"DELETE FROM {table} WHERE user_id = ?{which}", (user_id, *values)).rowcount
        for table in ("people", "memories")
    )
    if person_id is None:
        for table in ("shoppers", "messageable"):
            db.execute(f"DELETE FROM {table} WHERE user_id = ?", (user_id,))
    return gone


def _among(column: str, values: Sequence[str] | None) -> tuple[str, Sequence[str]]:
    """A condition on a column of ours, and its values; none without values."""
    if values is None:
        return "", ()
    return f" AND {column} IN ({', '.join('?' * len(values))})", values


def _text(moment: datetime | None) -> str | None:
    """A time that sorts as text: UTC, always with microseconds."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")
