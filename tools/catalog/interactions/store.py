"""The events and what was learned of them, in one file of the catalogue folder, replaced as a whole."""

from __future__ import annotations

import csv
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np

from tools.catalog.cells import cell
from tools.catalog.feeds.feed import OnBytes
from tools.catalog.folder import FolderCatalog
from tools.catalog.interactions.events import BadRow, Event, read_events
from tools.catalog.interactions.log import EventLog
from tools.catalog.interactions.model import Behaviour, fit
from tools.catalog.interactions.sparse import Rows
from tools.catalog.layout import INTERACTIONS, INTERACTIONS_LOCK, INTERACTIONS_REJECTED
from tools.catalog.versions.generations import write_lock
from tools.errors import CatalogError

FORMAT = 1
KEPT_BAD_ROWS = 20
WAIT_S = 600.0
"""Longer than a writer of products waits: another one is not a price change but a log to read and a model to fit."""

_HEADERS = Lock()
"""numpy reads the header of an array with `ast`, which in Python 3.11 can fail where two threads do so at once."""

Stored = Mapping[str, np.ndarray]
T = TypeVar("T")


@dataclass(slots=True)
class LogSummary:
    """What became of the rows: ``rows == events + rejected``. ``added`` events were not there before.

    ``bad_rows`` are the first rejected ones, ``rejected_file`` lists all; ``unknown_items`` counts products the
    catalogue does not have.
    """

    file: Path
    rejected_file: Path
    rows: int = 0
    rejected: int = 0
    added: int = 0
    total: int = 0
    unknown_items: int = 0
    bad_rows: list[tuple[str, BadRow]] = field(default_factory=list)

    @property
    def events(self) -> int:
        """Rows that are events."""
        return self.rows - self.rejected


def add_interactions(
    paths: Iterable[Path],
    catalog: FolderCatalog,
    *,
    columns: Mapping[str, str] | None = None,
    afresh: bool = False,
    on_bytes: OnBytes | None = None,
    wait_s: float = WAIT_S,
) -> LogSummary:
    """Adds the events of logs to those kept beside a catalogue (``afresh``: replaces them) and fits the model anew.

    ``columns`` is what `parse_columns` returns; ``on_bytes`` is told what was read. A reader sees the old file or the
    new one; another import waits for its turn, up to ``wait_s`` seconds. Raises CatalogError; then the old one stays.
    """
    summary = LogSummary(catalog.folder / INTERACTIONS, catalog.folder / INTERACTIONS_REJECTED)
    rejected = summary.rejected_file.with_name(f".{INTERACTIONS_REJECTED}.{uuid.uuid4().hex[:8]}")
    with write_lock(catalog.folder, wait_s, INTERACTIONS_LOCK):
        try:
            with rejected.open("w", encoding="utf-8", newline="") as out:
                rows: Any = csv.writer(out)
                rows.writerow(("log", "line", "reason"))
                events = (event for path in paths for event in _events(path, columns, summary, rows, on_bytes))
                _add(events, catalog, summary, afresh=afresh)
            os.replace(rejected, summary.rejected_file)
        finally:
            rejected.unlink(missing_ok=True)
    return summary


def _add(events: Iterable[Event], catalog: FolderCatalog, summary: LogSummary, *, afresh: bool) -> None:
    file = summary.file
    old = EventLog() if afresh or not file.exists() else _load(file, _read_log)
    log = old.with_events(events)
    if not summary.events:
        first = ""
        if summary.bad_rows:
            name, bad = summary.bad_rows[0]
            first = f"; the first: {name}, line {bad.line}: {bad.reason}"
        raise CatalogError(f"None of the {summary.rows} rows is an event{first}")
    titles = {product.product_id: product.title for product in catalog}
    summary.added, summary.total = len(log) - len(old), len(log)
    summary.unknown_items = sum(item not in titles for item in log.item_ids)
    _write(file, log, fit(log, titles))


def load_behaviour(folder: Path) -> Behaviour | None:
    """What was learned from the events kept in a catalogue folder; None where there are none."""
    file = folder / INTERACTIONS
    return _load(file, _read_behaviour) if file.exists() else None


def _events(
    path: Path, columns: Mapping[str, str] | None, summary: LogSummary, rejects: Any, on_bytes: OnBytes | None
) -> Iterator[Event]:
    for row in read_events(path, columns, on_bytes):
        summary.rows += 1
        if isinstance(row, Event):
            yield row
            continue
        summary.rejected += 1
        rejects.writerow((cell(path.name), row.line, cell(row.reason)))
        if len(summary.bad_rows) < KEPT_BAD_ROWS:
            summary.bad_rows.append((path.name, row))


def _write(file: Path, log: EventLog, model: Behaviour) -> None:
    new = file.with_name(f".{file.name}.{uuid.uuid4().hex[:8]}.npz")
    try:
        np.savez(
            new,
            format=np.array(FORMAT),
            user_ids=_packed(log.user_ids),
            log_items=np.array(len(log.item_ids)),
            users=log.users,
            items=log.items,
            seconds=log.seconds,
            kinds=log.kinds,
            item_ids=_packed(model.item_ids),
            popularity=model.popularity,
            lateness=model.lateness,
            **{f"{name}_{part}": getattr(rows, part) for name, rows in _rows(model) for part in Rows.__slots__},
        )
        os.replace(new, file)
    finally:
        new.unlink(missing_ok=True)


def _rows(model: Behaviour) -> tuple[tuple[str, Rows], ...]:
    return ("after", model.after), ("together", model.together)


def _load(file: Path, read: Callable[[Stored], T]) -> T:
    try:
        with _HEADERS, np.load(file, allow_pickle=False) as stored:
            if int(stored["format"]) != FORMAT:
                raise ValueError(f"format {int(stored['format'])}, this version reads {FORMAT}")
            return read(stored)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise CatalogError(f"{file} cannot be read ({error}); import the logs again with --afresh") from error


def _read_log(stored: Stored) -> EventLog:
    items = _unpacked(stored["item_ids"])[: int(stored["log_items"])]
    return EventLog(
        _unpacked(stored["user_ids"]), items, stored["users"], stored["items"], stored["seconds"], stored["kinds"]
    )


def _read_behaviour(stored: Stored) -> Behaviour:
    after, together = (Rows(*(stored[f"{name}_{part}"] for part in Rows.__slots__)) for name in ("after", "together"))
    return Behaviour(_unpacked(stored["item_ids"]), after, together, stored["popularity"], stored["lateness"])


def _packed(ids: tuple[str, ...]) -> np.ndarray:
    """Ids as bytes, one a line: an array of texts would take four bytes a character of the longest for each."""
    return np.frombuffer("\n".join(ids).encode(), np.uint8)


def _unpacked(packed: np.ndarray) -> tuple[str, ...]:
    text = packed.tobytes().decode()
    return tuple(text.split("\n")) if text else ()
