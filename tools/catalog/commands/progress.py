"""The progress bar of what reads feeds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.catalog.feeds.feed import OnBytes

OnWritten = Callable[[int, int], None]
"""Told how many more products were written, and of how many."""


@contextmanager
def progress(files: list[Path]) -> Iterator[tuple[OnBytes | None, OnWritten]]:
    """Progress bars on the standard error, where that is a terminal: the bytes of the feeds, then products written."""
    if not sys.stderr.isatty():
        yield None, lambda count, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    from tools.catalog.feeds.opening import feed_files

    total = sum(file.stat().st_size for file in feed_files(files) if file.is_file())
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Importing", total=total)
        writing = progress.add_task("Writing", total=None, visible=False)

        def on_written(count: int, of: int) -> None:
            progress.update(writing, advance=count, total=of, visible=True)

        yield lambda count: progress.advance(task, count), on_written
