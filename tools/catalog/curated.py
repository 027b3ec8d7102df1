"""The catalogue that ships with the project: hand-written JSON Lines, indexed at first use.

Prices there are plain USD strings. The built folder is named after the content, so an edited file makes a new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tools.catalog.catalog import FORMAT, INDEX, PRODUCTS, Catalog, Manifest, write_manifest
from tools.catalog.index import build_index
from tools.product import Product

SOURCE = Path(__file__).parent / "curated"
CURRENCY = "USD"


def curated_products() -> Iterator[Product]:
    """The hand-written products."""
    for file in sorted(SOURCE.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield Product.model_validate({**row, "price": {"amount": row["price"], "currency": CURRENCY}})


def curated_catalog(data_dir: Path) -> Catalog:
    """Opens the shipped catalogue, building it under ``data_dir`` first where it is not there yet."""
    folder = data_dir / "catalog" / f"curated-{_fingerprint()}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
        try:
            _build(building)
            os.replace(building, folder)
        except OSError:
            # Another process may have finished the same build in the meantime; theirs is as good.
            if not folder.is_dir():
                raise
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return Catalog.open(folder)


def _fingerprint() -> str:
    digest = hashlib.sha256(str(FORMAT).encode())
    for file in sorted(SOURCE.glob("*.jsonl")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _build(folder: Path) -> None:
    products = list(curated_products())
    with (folder / PRODUCTS).open("w", encoding="utf-8") as out:
        out.writelines(product.model_dump_json() + "\n" for product in products)
    build_index(products, folder / INDEX)
    manifest = Manifest(
        format=FORMAT,
        currency=CURRENCY,
        products=len(products),
        source=["curated"],
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    write_manifest(folder, manifest)
