"""The two memory stores under a story: an address of its own for each, its raw content, and how often it is asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch
from uuid import uuid4

from google.cloud import firestore

from tools.memory.firestore_store import FirestoreMemoryStore
from tools.memory.sqlite_store import SqliteMemoryStore

StoreName = Literal["sqlite", "firestore"]


@dataclass(frozen=True)
class Backend:
    """A fresh memory store: its URI, and what is in it, read past all code of ours."""

    uri: str
    raw: Callable[[], str]


def fresh(store: StoreName, folder: Path) -> Backend:
    """A store that shares nothing with any other. For Firestore, FIRESTORE_EMULATOR_HOST must name an emulator."""
    if store == "firestore":
        project = f"story-{uuid4().hex[:12]}"
        return Backend(f"firestore://{project}", lambda: _documents(firestore.Client(project=project)))
    own = folder / uuid4().hex[:12]
    own.mkdir()
    return Backend(f"sqlite:///{own / 'memory.db'}", partial(_bytes, own))


def _bytes(folder: Path) -> str:
    """Every byte in the folder, a journal's too."""
    return "\n".join(file.read_bytes().decode("utf-8", "replace") for file in sorted(folder.iterdir()))


def _documents(where: firestore.Client | firestore.DocumentReference) -> str:
    found = []
    for collection in where.collections():
        for document in collection.list_documents():
            found += [document.path, str(document.get().to_dict()), _documents(document)]
    return "\n".join(found)


@dataclass
class Traffic:
    """What went to and from a memory store. A record is a row, or a document."""

    reads: int = 0
    writes: int = 0
    records_read: int = 0
    records_written: int = 0
    ms: list[float] = field(default_factory=list)  # of each call


@contextmanager
def counted() -> Iterator[Traffic]:
    """Counts the calls of the memory stores within the block, whoever makes them."""
    traffic = Traffic()
    with ExitStack() as stack:
        for owner in (SqliteMemoryStore, FirestoreMemoryStore):
            for name in ("recall", "remember", "forget", "pause"):
                stack.enter_context(patch.object(owner, name, _counting(getattr(owner, name), name, traffic)))
        yield traffic


def _counting(real: Callable[..., Any], name: str, traffic: Traffic) -> Callable[..., Any]:
    def counting(*args: Any, **kwargs: Any) -> Any:
        started = time.perf_counter()
        answer = real(*args, **kwargs)
        traffic.ms.append((time.perf_counter() - started) * 1000)
        if name == "recall":
            traffic.reads += 1
            traffic.records_read += len(answer.people) + len(answer.memories)
        else:
            traffic.writes += 1
            traffic.records_written += sum(len(arg) for arg in args[2:]) if name == "remember" else 1
        return answer

    return counting
