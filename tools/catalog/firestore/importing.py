"""Feeds into a catalogue in Firestore: read and cleaned as for a folder, in one that is removed, then written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.catalog.firestore.address import Address
from tools.catalog.firestore.dense import Embedder
from tools.catalog.firestore.writing import publish
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import ImportSummary, import_feed
from tools.catalog.layout import REJECTED


def import_to_firestore(
    paths: Iterable[Path],
    to: Address,
    *,
    embedder: Embedder | None = None,
    on_written: Callable[[int, int], None] = lambda written, of: None,
    **options: Any,
) -> ImportSummary:
    """Makes the products in the feeds the catalogue ``to``; ``options`` are those of `import_feed`.

    The list of the rejected, if there are any, is written to the working directory (`rejected_file`). ``on_written`` is
    told how many more products are written, and of how many. Raises CatalogError; then the former catalogue serves on.
    """
    with TemporaryDirectory(prefix="recsys-import-") as scratch:
        folder = Path(scratch) / "catalog"
        summary = import_feed(paths, folder, **options)
        if summary.rejected:
            shutil.copyfile(folder / REJECTED, rejected_file(to))
        read = FolderCatalog.open(folder)
        publish(
            to,
            read,
            read.manifest,
            embedder=embedder,
            on_written=lambda count: on_written(count, summary.accepted),
        )
    return summary


def rejected_file(to: Address) -> Path:
    """Where the rejected rows of a feed for this catalogue are listed."""
    return Path(f"{to.name}.{REJECTED}")
