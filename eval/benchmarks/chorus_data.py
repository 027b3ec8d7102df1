"""The Chorus collection (o19s/chorus on GitHub, Apache-2.0; products by Icecat): its products and judgements."""

from __future__ import annotations

import csv
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.catalog.embedding.embedder import Embedder
from tools.catalog.embedding.keeping import OnEmbedded
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import import_feed

CURRENCY = "USD"
"""The collection states none."""


def read_judgements(folder: Path) -> dict[str, dict[str, int]]:
    """The grade (0 to 3) of each judged product id, by query."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    with (folder / "judgments_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            grades[row["query"]][row["docid"]] = int(row["rating"])
    return dict(grades)


def read_products(folder: Path) -> Iterator[dict[str, Any]]:
    """The collection's own records. Prices are cents."""
    for file in product_files(folder):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                yield from json.loads(archive.read(name))


def plain_text(record: dict[str, Any]) -> str:
    """What the plain baseline reads: name, title, short description and brand."""
    return " ".join(str(record.get(key, "")) for key in ("name", "title", "short_description", "supplier"))


def import_chorus(
    folder: Path, to: Path, embedder: Embedder | None = None, on_embedded: OnEmbedded | None = None
) -> FolderCatalog:
    """Makes ``to`` a catalogue of the collection, by the import that any shop's feed takes, without any mapping."""
    options = {"currency": CURRENCY, "embedder": embedder, "on_embedded": on_embedded}
    import_feed(product_files(folder), to, price_unit="minor", **options)
    return FolderCatalog.open(to)


def product_files(folder: Path) -> list[Path]:
    """The files of the collection's products, in order."""
    return sorted(folder.glob("chorus_products_*.json.zip"))
