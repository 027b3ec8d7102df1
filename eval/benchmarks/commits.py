"""How often a turn writes to its store: Firestore's transactions and batches, commits of SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from inspect import iscoroutinefunction
from typing import Any
from unittest.mock import patch

import aiosqlite
from google.cloud.firestore_v1.async_batch import AsyncWriteBatch
from google.cloud.firestore_v1.async_transaction import AsyncTransaction

from recsys_agent.sessions import rows

WRITES: tuple[tuple[Any, str], ...] = (
    (AsyncTransaction, "_commit"),
    (AsyncWriteBatch, "commit"),  # single writes, too
    (aiosqlite.Connection, "commit"),  # ADK's
    (rows, "go_on"),  # ours, a transaction each
)


@contextmanager
def counted_commits() -> Iterator[list[str]]:
    """The commits made within the block, one name each."""
    made: list[str] = []
    with ExitStack() as stack:
        for owner, name in WRITES:
            stack.enter_context(patch.object(owner, name, _counting(owner, name, made)))
        yield made


def _counting(owner: Any, name: str, made: list[str]) -> Any:
    real = getattr(owner, name)

    async def counting(*args: Any, **kwargs: Any) -> Any:
        made.append(name)
        return await real(*args, **kwargs)

    def counting_at_once(*args: Any, **kwargs: Any) -> Any:
        made.append(name)
        return real(*args, **kwargs)

    return counting if iscoroutinefunction(real) else counting_at_once
