"""A memory store for running turns: off the event loop, within a time, and with moderation before every write."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from tools.errors import MemoryUnreachableError
from tools.memory.kinds import AnyMemory, Person
from tools.memory.moderation import Admitted, admit
from tools.memory.recall import Similarity, shared_stems
from tools.memory.store import Known, MemoryStore, Whose

TIMEOUT_S = 5.0
T = TypeVar("T")
logger = logging.getLogger(__name__)


class MemoryAccess:
    """The memory of all shoppers. Every call raises MemoryUnreachableError where the store fails or is too slow."""

    def __init__(
        self,
        open_store: Callable[[], MemoryStore],
        clock: Callable[[], datetime],
        timeout_s: float = TIMEOUT_S,
        *,
        similarity: Similarity = shared_stems,
    ) -> None:
        self.similarity = similarity
        self._open_store = open_store
        self._clock = clock
        self._timeout_s = timeout_s
        self._store: MemoryStore | None = None
        self._lock = Lock()

    @property
    def now(self) -> datetime:
        """The present time, UTC."""
        return self._clock()

    async def recall(self, user_id: str, whose: Whose = None, *, history: bool = False) -> Known:
        """What holds of the shopper; see `MemoryStore.recall`."""
        return await self._run(lambda store: store.recall(user_id, person_ids=whose, history=history, now=self.now))

    async def remember(
        self,
        user_id: str,
        people: Sequence[Person],
        memories: Sequence[AnyMemory],
        *,
        begun: datetime | None = None,
    ) -> Admitted:
        """Stores what moderation admits, in one write; returns what was stored and what was refused.

        ``people`` are all that the records are about: whether somebody is a child decides what may be kept. Of a turn
        that had ``begun`` before the shopper was forgotten nothing is stored.
        """
        admitted = admit(people, memories, today_year=self.now.year)
        if not (admitted.people or admitted.memories):
            return admitted
        kept = await self._run(lambda store: store.remember(user_id, admitted.people, admitted.memories, begun=begun))
        return admitted if kept else Admitted()

    async def forget(self, user_id: str, **which: Any) -> int:
        """Erases; see `MemoryStore.forget`."""
        return await self._run(lambda store: store.forget(user_id, **which))

    async def pause(self, user_id: str, paused: bool) -> None:
        """See `MemoryStore.pause`."""
        await self._run(lambda store: store.pause(user_id, paused))

    async def let_message(self, user_id: str, allowed: bool) -> None:
        """See `MemoryStore.let_message`."""
        await self._run(lambda store: store.let_message(user_id, allowed))

    async def _run(self, work: Callable[[MemoryStore], T]) -> T:
        try:
            return await asyncio.wait_for(asyncio.to_thread(lambda: work(self._opened())), self._timeout_s)
        except Exception as error:  # each store fails in its own ways
            logger.warning("memory store: %s", type(error).__name__, exc_info=error)
            raise MemoryUnreachableError(error) from error

    def _opened(self) -> MemoryStore:
        with self._lock:
            if self._store is None:
                self._store = self._open_store()
        return self._store
