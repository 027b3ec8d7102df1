"""The catalogue that ships with the project: hand-written JSON Lines in `curated_feed/`, imported at first use.

It goes through the same import as any shop's feed. The built folder is named after the content, so an edited feed
makes a new one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from pathlib import Path

from tools.catalog.catalog import FORMAT, Catalog

FEED = Path(__file__).parent / "curated_feed"
CURRENCY = "USD"


def curated_catalog(data_dir: Path) -> Catalog:
    """Opens the shipped catalogue, building it under ``data_dir`` first where it is not there yet."""
    folder = data_dir / "catalog" / f"curated-{_fingerprint()}"
    if not folder.is_dir():
        _build(folder)
    return Catalog.open(folder)


def _build(folder: Path) -> None:
    # Imported here: a start with a built catalogue needs none of the readers and cleaners.
    from tools.catalog.importing import import_feed

    building = folder.with_name(f"building-{uuid.uuid4().hex[:8]}")
    try:
        import_feed([FEED], building, currency=CURRENCY)
        os.replace(building, folder)
    except OSError:
        # Another process may have finished the same build in the meantime; theirs is as good.
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _fingerprint() -> str:
    digest = hashlib.sha256(str(FORMAT).encode())
    for file in sorted(FEED.glob("*.jsonl")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
