"""Sessions in an SQLite file, on ADK's service and in its tables: two or three commits a turn, several processes."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import aiosqlite
from google.adk.events import Event
from google.adk.sessions import Session
from google.adk.sessions.base_session_service import GetSessionConfig
from google.adk.sessions.sqlite_session_service import SqliteSessionService

from recsys_agent.sessions import rows
from recsys_agent.sessions.artifacts import erase_artifacts
from recsys_agent.sessions.turnwise import OpenTurn, TurnwiseSessions, renew
from tools.errors import SessionBusyError
from tools.sqlite import BUSY_S, LOGGED, OVERWRITING, SqliteFile

POLL_S = 0.02
LOCKS = 4096
"""Lock files, shared by all sessions: two that share one merely wait for each other."""
T = TypeVar("T")


class TurnwiseSqliteSessions(TurnwiseSessions, SqliteSessionService):
    """ADK's SQLite session service, a turn at a time, with connections that stay open.

    Who runs a turn holds a file lock (flock(2)), which the operating system takes back however the process ends.
    """

    def __init__(self, db_path: str) -> None:
        with suppress(OSError):  # what cannot be written is said at the first turn
            Path(db_path).touch(mode=0o600)  # ADK would make it readable for everyone on the machine
        super().__init__(db_path)
        self._locks = Path(f"{db_path}.turns")
        self._file = SqliteFile(Path(db_path), (*LOGGED, OVERWRITING), schema=rows.SCHEMA)
        # SQLite lets one write and has the others look again and again, in no order; within the process they queue.
        self._writer = ThreadPoolExecutor(1, "sessions")

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

        def commit() -> None:
            with self._file.connection() as db:
                moment = rows.go_on(db, _place(session), session.last_update_time, events)
            session.last_update_time = moment

        if events:
            await self._queued(commit)

    async def get_session(
        self, *, app_name: str, user_id: str, session_id: str, config: GetSessionConfig | None = None
    ) -> Session | None:
        """As ADK's, but at once: a look into the file takes less time than the way to a thread and back."""
        if session_id != session_id.strip():  # ADK knows how such ids were kept
            return await super().get_session(app_name=app_name, user_id=user_id, session_id=session_id, config=config)
        with self._file.connection() as db:
            return rows.read(db, (app_name, user_id, session_id), config)

    async def create_session(
        self, *, app_name: str, user_id: str, state: dict[str, Any] | None = None, session_id: str | None = None
    ) -> Session:
        """As ADK's."""

        def begin() -> Session:
            with self._file.connection() as db:
                return rows.begin(db, (app_name, user_id, name), state or {}, time.time())

        name = (session_id or "").strip() or uuid4().hex
        return await self._queued(begin)

    async def delete_session(self, *, app_name: str, user_id: str, session_id: str) -> None:
        """As ADK's; what it held is overwritten in the file."""
        await erase_artifacts(self.artifacts, app_name=app_name, user_id=user_id, session_id=session_id)
        await self._erase((app_name, user_id, session_id), self._file.settle)

    async def erase_shopper(self, *, app_name: str, user_id: str) -> None:
        """See `TurnwiseSessions`; nothing is left in the file."""
        await self._erase((app_name, user_id), self._file.scrub)

    async def _erase(self, place: tuple[str, ...], finish: Callable[[], None]) -> None:
        def erase() -> None:
            with self._file.connection() as db:
                rows.erase(db, place)
            finish()

        await self._queued(erase)

    async def _queued(self, write: Callable[[], T]) -> T:
        """In a thread, since other processes may be writing, and after the writes before it."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, write)

    async def _read_again(self, session: Session) -> None:
        with self._file.connection() as db:
            moment = rows.updated(db, _place(session))
            if moment is not None and moment > session.last_update_time:
                renew(session, rows.read(db, _place(session), None))

    @asynccontextmanager
    async def _get_db_connection(self) -> AsyncIterator[aiosqlite.Connection]:
        """For what ADK's service does itself: lists, deletions, events outside of turns."""
        async with super()._get_db_connection() as db:
            for setting in (*LOGGED, OVERWRITING, f"PRAGMA busy_timeout = {int(BUSY_S * 1000)}"):
                await db.execute(setting)
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


def _place(session: Session) -> rows.Place:
    return session.app_name, session.user_id, session.id
