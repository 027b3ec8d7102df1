"""The catalogue that ships with the project: hand-written JSON Lines in `curated_feed/`, imported at first use.

It goes through the same import as any shop's feed. The built folder is named after the content, so an edited feed
makes a new one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from tools.catalog.folder import FORMAT, FolderCatalog
from tools.catalog.interface import Catalog
from tools.catalog.layout import MANIFEST
from tools.catalog.versions.generations import write_lock

if TYPE_CHECKING:
    from tools.catalog.embedding.embedder import Embedder

FEED = Path(__file__).parent / "curated_feed"
CURRENCY = "USD"

BUILD_WAIT_S = 60.0
"""Servers that start at the same time wait for the first to build it: about a second."""


def curated_catalog(data_dir: Path, embedder: Embedder | None = None) -> Catalog:
    """Opens the shipped catalogue. It is built under ``data_dir`` where it is not there yet, and so are its vectors."""
    folder = data_dir / "catalog" / f"curated-{_fingerprint()}"
    if not (folder / MANIFEST).is_file():
        with write_lock(folder, BUILD_WAIT_S):
            # Another process may have built it while this one waited.
            if not (folder / MANIFEST).is_file():
                build(folder)
    catalog = FolderCatalog.open(folder)
    if embedder is None or catalog.manifest.embedder == embedder.name:
        return catalog
    from tools.catalog.versions.giving_vectors import embed_catalog

    embed_catalog(folder, embedder, wait_s=BUILD_WAIT_S)
    return FolderCatalog.open(folder)


def build(folder: Path) -> None:
    """Imports the shipped feed into the folder."""
    # Imported here: a start with a built catalogue needs none of the readers and cleaners.
    from tools.catalog.intake.importing import import_feed

    import_feed([FEED], folder, currency=CURRENCY)


def _fingerprint() -> str:
    digest = hashlib.sha256(str(FORMAT).encode())
    for file in sorted(FEED.glob("*.jsonl")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
