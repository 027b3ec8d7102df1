"""The Chorus collection (o19s/chorus on GitHub, Apache-2.0; products by Icecat): our feed of it, and its judgements."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.catalog.catalog import Catalog
from tools.catalog.embedding.embedder import Embedder
from tools.catalog.embedding.keeping import OnEmbedded
from tools.catalog.intake.importing import import_feed
from tools.money import Money

CURRENCY = "USD"
"""The collection states none."""

TEXT, NUMBER, FLAG = "attr_t_", "attr_n_", "attr_b_"
LONGEST_VALUE = 200
LOGISTICS = re.compile(r"package|pallet|master_|carton|weight|width|height|depth|harmonized|temperature|humidity")
"""Attributes of the box and the storeroom: numbers that nobody searches for."""


def read_judgements(folder: Path) -> dict[str, dict[str, int]]:
    """The grade (0 to 3) of each judged product id, by query."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    with (folder / "judgments_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            grades[row["query"]][row["docid"]] = int(row["rating"])
    return dict(grades)


def read_products(folder: Path) -> Iterator[dict[str, Any]]:
    """The collection's own records. Prices are cents."""
    for file in sorted(folder.glob("chorus_products_*.json.zip")):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                yield from json.loads(archive.read(name))


def as_feed_row(record: dict[str, Any]) -> dict[str, Any]:
    """One record as a row of our own feed format.

    The short description comes first; attributes follow as "name: value", flags that hold by their name alone.
    """
    facts = [fact for key, value in record.items() if (fact := _fact(key, value))]
    return {
        "product_id": record["id"],
        "title": record["title"],
        "description": ". ".join([record.get("short_description") or record["name"], *facts]),
        "brand": record.get("supplier", ""),
        "price": str(Money.from_minor(record["price"], CURRENCY).amount),
        "currency": CURRENCY,
        "colors": str(record.get(f"{TEXT}product_colour", "")).split(",")
        if record.get(f"{TEXT}product_colour")
        else [],
    }


def plain_text(record: dict[str, Any]) -> str:
    """What the plain baseline reads: name, title, short description and brand."""
    return " ".join(str(record.get(key, "")) for key in ("name", "title", "short_description", "supplier"))


def import_chorus(
    folder: Path, to: Path, embedder: Embedder | None = None, on_embedded: OnEmbedded | None = None
) -> Catalog:
    """Makes ``to`` a catalogue of the collection, through the same import as any shop's feed."""
    feed = to.with_name(f"{to.name}-feed.jsonl")
    with feed.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(as_feed_row(record)) + "\n" for record in read_products(folder))
    import_feed([feed], to, embedder=embedder, on_embedded=on_embedded)
    return Catalog.open(to)


def _fact(key: str, value: Any) -> str:
    if not key.startswith((TEXT, NUMBER, FLAG)) or LOGISTICS.search(key):
        return ""
    name = " ".join(key.split("_")[2:]).strip()
    if key.startswith(FLAG):
        return name if value is True else ""
    text = f"{value:g}" if isinstance(value, float) else " ".join(str(value).replace("\\n", ", ").split())
    return f"{name}: {text[:LONGEST_VALUE]}"
