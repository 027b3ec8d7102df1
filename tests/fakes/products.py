"""Products with only what a test cares about, and real catalogue folders made of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

from tools.catalog.folder import FORMAT, FolderCatalog, Manifest, write_manifest
from tools.catalog.interface import Catalog
from tools.catalog.layout import INDEX, PRODUCTS
from tools.catalog.search.index import build_index
from tools.money import Money
from tools.product import Product


def a_product(product_id: str = "mug", price: str = "12.00", currency: str = "USD", **fields: Any) -> Product:
    """A plain present; its title is made of its id."""
    named = {"title": f"The {product_id}", "price": Money.of(price, currency), **fields}
    return Product.model_validate({"product_id": product_id, **named})


def a_catalog(folder: Path, products: Iterable[Product], currency: str = "USD") -> Catalog:
    """An opened catalogue of exactly these products, in a new folder under ``folder``."""
    products, shop = list(products), folder / uuid4().hex[:8]
    shop.mkdir(parents=True)
    (shop / PRODUCTS).write_text("".join(f"{p.model_dump_json()}\n" for p in products), "utf-8")
    build_index(products, shop / INDEX)
    write_manifest(shop, Manifest(format=FORMAT, currency=currency, products=len(products)))
    return FolderCatalog.open(shop)
