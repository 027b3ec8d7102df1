"""SQLite files that are asked all the time: connections stay open from one use to the next.

To open one costs more than what is asked of it: the schema is read anew and, where the last one was closed, the
write-ahead log is folded into the file and waited for (https://www.sqlite.org/wal.html).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import finalize

BUSY_S = 20.0
"""How long a write waits for other processes' writes."""

LOGGED = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL")
"""With a write-ahead log readers and writers do not wait for each other, and what was committed outlives the process,
however it ends; the last commits before a power cut may be missing."""

OVERWRITING = "PRAGMA secure_delete = ON"
"""What is erased or replaced is overwritten in the file."""


class SqliteFile:
    """One file, for several threads and processes. ``setup`` is run on each new connection, as a script."""

    def __init__(self, file: Path, setup: Sequence[str] = LOGGED, *, schema: str = "") -> None:
        self._file = file
        self._setup = setup
        self._schema = schema  # of the first connection only
        self._idle: list[sqlite3.Connection] = []
        finalize(self, _close, self._idle)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for this use alone; its changes are all made at the end, or none. Rows know their columns.

        Raises sqlite3.Error, at the opening too.
        """
        try:
            db = self._idle.pop()
        except IndexError:
            db = self._opened()
        try:
            with db:
                yield db
        except BaseException:  # a full disk, a locked file: the next use begins with a fresh connection
            db.close()
            raise
        self._idle.append(db)

    def settle(self) -> None:
        """What was ordered is on the disk, and the write-ahead log has no copy of what was erased.

        Raises sqlite3.OperationalError where somebody still reads the log.
        """
        with self.connection() as db:
            (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise sqlite3.OperationalError(f"The log of {self._file.name} is still being read; please try again")

    def scrub(self) -> None:
        """Nothing is left of what was erased, where `OVERWRITING` alone leaves some: as SQLite moves rows from page to
        page, copies stay in the gaps. Writes the file anew, so it takes as long as the file is large.

        Raises sqlite3.OperationalError as `settle` does, and where the disk has no place for that.
        """
        with self.connection() as db:
            db.execute("VACUUM")
        self.settle()

    def _opened(self) -> sqlite3.Connection:
        with suppress(OSError):  # then SQLite says what is wrong
            self._file.touch(mode=0o600)  # a new file is its owner's alone: it holds what shoppers said
        db = sqlite3.connect(self._file, timeout=BUSY_S, check_same_thread=False)
        try:
            db.row_factory = sqlite3.Row
            for statement in self._setup:
                db.execute(statement)
            if self._schema:
                db.executescript(self._schema)
                self._schema = ""
        except BaseException:
            db.close()
            raise
        return db


def _close(idle: list[sqlite3.Connection]) -> None:
    while idle:
        idle.pop().close()
