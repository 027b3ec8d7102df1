"""The progress bar of what reads feeds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.catalog.feeds.feed import OnBytes


@contextmanager
def progress(files: list[Path]) -> Iterator[OnBytes | None]:
    """A progress bar over the bytes of the feeds on the standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    from tools.catalog.feeds.opening import feed_files

    total = sum(file.stat().st_size for file in feed_files(files) if file.is_file())
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Importing", total=total)
        yield lambda count: progress.advance(task, count)
