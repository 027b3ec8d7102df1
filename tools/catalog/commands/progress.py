"""The progress bars of what reads feeds and of what embeds products."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tools.catalog.embedding.keeping import OnEmbedded
    from tools.catalog.feeds.feed import OnBytes

OnWritten = Callable[[int, int], None]
"""Told how many more products were written, and of how many."""


class Bars(NamedTuple):
    """What moves the bars; None where nobody would see them."""

    on_bytes: OnBytes | None = None
    on_embedded: OnEmbedded | None = None
    on_written: OnWritten = lambda count, of: None


@contextmanager
def progress(files: list[Path]) -> Iterator[Bars]:
    """Bars over the bytes of the feeds, the products embedded and the products written, if this is a terminal."""
    if not sys.stderr.isatty():
        yield Bars()
        return
    from rich.console import Console
    from rich.progress import Progress

    from tools.catalog.feeds.opening import feed_files

    total = sum(file.stat().st_size for file in feed_files(files) if file.is_file())
    with Progress(console=Console(stderr=True), transient=True) as progress:
        reading = progress.add_task("Importing", total=total, visible=bool(files))
        embedding = progress.add_task("Embedding", visible=False)
        writing = progress.add_task("Writing", total=None, visible=False)
        yield Bars(
            lambda count: progress.advance(reading, count),
            lambda done, of: progress.update(embedding, completed=done, total=of, visible=True),
            lambda count, of: progress.update(writing, advance=count, total=of, visible=True),
        )
