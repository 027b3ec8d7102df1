"""The products of a generation in the feed's order: the imported file, and a log of what was changed since."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from tools.catalog.layout import CHANGES, PRODUCTS
from tools.product import Product


class Change(BaseModel):
    """One change, which is also a line of the log. ``product`` is None only for "remove"."""

    kind: Literal["add", "update", "remove"]
    product_id: str
    product: Product | None = None


def stored_products(snapshot: Path) -> Iterator[Product]:
    """Every product: what was updated keeps its place, what was added comes last."""
    updated: dict[str, Product] = {}
    added: dict[str, Product] = {}
    removed: set[str] = set()
    for change in stored_changes(snapshot):
        if change.product is None:
            if added.pop(change.product_id, None) is None:
                removed.add(change.product_id)
        elif change.kind == "add" or change.product_id in added:
            added[change.product_id] = change.product
        else:
            updated[change.product_id] = change.product
    with (snapshot / PRODUCTS).open(encoding="utf-8") as lines:
        for line in lines:
            product = Product.model_validate_json(line)
            if product.product_id not in removed:
                yield updated.get(product.product_id, product)
    yield from added.values()


def stored_changes(snapshot: Path) -> Iterator[Change]:
    """The log, in order; empty after an import."""
    if (snapshot / CHANGES).exists():
        with (snapshot / CHANGES).open(encoding="utf-8") as lines:
            for line in lines:
                yield Change.model_validate_json(line)


def write_products(snapshot: Path, products: Iterable[Product]) -> None:
    """Writes the products as an import does; the log is empty then."""
    with (snapshot / PRODUCTS).open("w", encoding="utf-8") as out:
        out.writelines(product.model_dump_json() + "\n" for product in products)


def append_changes(old: Path, new: Path, changes: Iterable[Change]) -> int:
    """Writes the log of ``old`` and further changes as that of ``new``. Returns how many there are."""
    (new / CHANGES).unlink(missing_ok=True)  # it may be a link to the old one
    if (old / CHANGES).exists():
        shutil.copyfile(old / CHANGES, new / CHANGES)
    with (new / CHANGES).open("a", encoding="utf-8") as out:
        out.writelines(change.model_dump_json() + "\n" for change in changes)
    with (new / CHANGES).open("rb") as log:
        return sum(1 for _ in log)
