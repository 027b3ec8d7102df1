"""Where memory is kept. One contract for every backend; its tests run against all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from pydantic import BaseModel

from tools.memory.kinds import AnyMemory, Kind, Person


class Known(BaseModel):
    """What is kept of one shopper: people, and records, oldest first."""

    people: list[Person] = []
    memories: list[AnyMemory] = []
    paused: bool = False  # the shopper asked that nothing more be remembered
    may_message: bool = False  # the shopper consented to messages unasked


Whose = Sequence[str] | Callable[[Sequence[Person]], Sequence[str]] | None
"""Whose records to read: these ids, those that a function chooses among all people (so that one call resolves and
reads), or everybody's."""


def chosen(whose: Whose, people: Sequence[Person]) -> Sequence[str] | None:
    """The ids that are meant, None for all."""
    return whose(people) if callable(whose) else whose


SHUT_OUT = timedelta(hours=1)
"""Longer than any turn runs."""


def unnamed(user_id: str) -> str:
    """A shopper's name in what outlives their being forgotten."""
    return hashlib.sha256(user_id.encode("utf-8", "surrogatepass")).hexdigest()


class MemoryStore(Protocol):
    """One shopper's memory at a time; no call ever reads another's.

    Writes of one call are all made or none. A record or person of the same id is replaced. Times are aware, UTC.
    """

    def recall(
        self,
        user_id: str,
        *,
        person_ids: Whose = None,
        kinds: Sequence[Kind] | None = None,
        history: bool = False,
        now: datetime,
    ) -> Known:
        """All people, and the records of ``person_ids`` (None: of all) and ``kinds`` (None: all) that have not expired.

        ``history`` includes what was superseded.
        """
        ...

    def remember(
        self, user_id: str, people: Sequence[Person], memories: Sequence[AnyMemory], *, begun: datetime | None = None
    ) -> bool:
        """Keeps people and records; whether it did: not what a turn learnt that had ``begun`` before a `shut_out`."""
        ...

    def pause(self, user_id: str, paused: bool) -> None:
        """Notes whether the shopper wants anything to be remembered from now on."""
        ...

    def let_message(self, user_id: str, allowed: bool) -> None:
        """Notes whether the shopper consents to messages unasked; `forget` of everything withdraws it."""
        ...

    def messageable(self) -> list[str]:
        """The ids of all shoppers who consent to messages unasked and have not paused memory, sorted."""
        ...

    def forget(self, user_id: str, *, person_id: str | None = None, memory_ids: Sequence[str] | None = None) -> int:
        """Erases records, or a person with all records, or (neither given) everything of the shopper.

        Nothing of it is left in the raw store. Returns how many people and records were erased.
        """
        ...

    def shut_out(self, user_id: str, now: datetime) -> None:
        """Turns that run now, on any server, keep nothing more of this shopper: called before something is forgotten.

        What is noted for that names the shopper by a hash, for `SHUT_OUT`.
        """
        ...

    def purge(self, now: datetime) -> int:
        """Erases what has expired, of all shoppers; returns how many records."""
        ...


def usable(
    found: Sequence[AnyMemory], *, kinds: Sequence[Kind] | None, history: bool, now: datetime
) -> list[AnyMemory]:
    """The records of these kinds that have not expired and, without ``history``, still hold; oldest first."""
    kept = (
        m
        for m in found
        if (kinds is None or m.kind in kinds)
        and (m.expires_at is None or m.expires_at > now)
        and (history or m.superseded_by is None)
    )
    return sorted(kept, key=lambda m: (m.source.at, m.memory_id))
