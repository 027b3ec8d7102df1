"""Sessions in an SQLite file, on ADK's service and in its tables: two or three commits a turn, several processes."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import aiosqlite
from google.adk.errors._stale_session_error import StaleSessionError
from google.adk.errors.session_not_found_error import SessionNotFoundError
from google.adk.events import Event
from google.adk.sessions import Session
from google.adk.sessions._session_util import extract_json_safe_state_delta
from google.adk.sessions.sqlite_session_service import SqliteSessionService

from recsys_agent.sessions.turnwise import OpenTurn, TurnwiseSessions, renew
from tools.errors import SessionBusyError

POLL_S = 0.02
BUSY_MS = 20_000
"""How long SQLite waits for other processes' commits."""
UPDATED = "SELECT update_time FROM sessions WHERE app_name=? AND user_id=? AND id=?"
LOCKS = 4096
"""Lock files, shared by all sessions: two that share one merely wait for each other."""


class TurnwiseSqliteSessions(TurnwiseSessions, SqliteSessionService):
    """ADK's SQLite session service, a turn at a time.

    Who runs a turn holds a file lock (flock(2)), which the operating system takes back however the process ends.
    """

    def __init__(self, db_path: str) -> None:
        super().__init__(db_path)
        self._locks = Path(f"{db_path}.turns")
        self._logged = False
        self._writing: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()

    async def take_turn(self, session: Session, deadline: float) -> Callable[[], None]:
        """Waits for the session's file lock, then reads the session again where it has changed."""
        handle = self._lock_of(session)
        try:
            while not _locked(handle):
                if time.monotonic() > deadline:
                    raise SessionBusyError
                await asyncio.sleep(POLL_S)
            await self._read_again(session)
        except BaseException:
            os.close(handle)
            raise
        return lambda: os.close(handle)

    async def commit_turn(self, session: Session, turn: OpenTurn, events: list[Event], *, last: bool) -> None:
        """One transaction for all events."""
        if not events:
            return
        place = (session.app_name, session.user_id, session.id)
        # SQLite lets one write and has the others look again and again, in no order; within the process they queue.
        async with (
            self._writing.setdefault(asyncio.get_running_loop(), asyncio.Lock()),
            self._get_db_connection() as db,
        ):
            await db.execute("BEGIN IMMEDIATE")
            async with db.execute(UPDATED, place) as cursor:
                row = await cursor.fetchone()
            if row is None:
                raise SessionNotFoundError(f"Session {session.id} not found.")
            if row["update_time"] > session.last_update_time:
                raise StaleSessionError("Another turn has taken over this session.")
            # Read back by time, so a branch's event that was made earlier but came later gets the later time.
            moments = list(accumulate((e.timestamp for e in events), max, initial=row["update_time"]))[1:]
            moment = moments[-1]
            changes = extract_json_safe_state_delta(_merged(events))
            if changes["app"]:
                await self._upsert_app_state(db, session.app_name, changes["app"], moment)
            if changes["user"]:
                await self._upsert_user_state(db, session.app_name, session.user_id, changes["user"], moment)
            await self._update_session_state_in_db(db, *place, changes["session"], moment)
            await db.executemany(
                "INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp, event_data) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (event.id, *place, event.invocation_id, time_, event.model_dump_json(exclude_none=True))
                    for event, time_ in zip(events, moments, strict=True)
                ],
            )
            await db.commit()
        session.last_update_time = moment

    async def _read_again(self, session: Session) -> None:
        place = (session.app_name, session.user_id, session.id)
        async with self._get_db_connection() as db, db.execute(UPDATED, place) as cursor:
            row = await cursor.fetchone()
        if row is not None and row["update_time"] > session.last_update_time:
            stored = await self.get_session(app_name=place[0], user_id=place[1], session_id=place[2])
            renew(session, stored)

    @asynccontextmanager
    async def _get_db_connection(self) -> AsyncIterator[aiosqlite.Connection]:
        """With a write-ahead log: readers do not wait, and what was committed outlives the process, however it ends."""
        async with super()._get_db_connection() as db:
            if not self._logged:
                await db.execute("PRAGMA journal_mode=WAL")
                self._logged = True
            await db.execute("PRAGMA synchronous=NORMAL")
            await db.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            yield db

    def _lock_of(self, session: Session) -> int:
        name = hashlib.sha256("\0".join((session.app_name, session.user_id, session.id)).encode()).digest()
        self._locks.mkdir(exist_ok=True)
        return os.open(self._locks / f"{int.from_bytes(name[:4]) % LOCKS:03x}", os.O_RDWR | os.O_CREAT, 0o600)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _merged(events: list[Event]) -> dict[str, Any]:
    delta: dict[str, Any] = {}
    for event in events:
        delta.update(event.actions.state_delta)
    return delta
