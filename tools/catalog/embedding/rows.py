"""What is known of each vector besides the vector: whose it is, of which text, and what searches filter by.

Filters hold for dense candidates as for those of the text index. These numbers let most of them be applied before
the products are read; the words that are excluded are left to the index.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from tools.catalog.embedding.text import digest, embedded_text
from tools.catalog.search.index import NO_UPPER_AGE, Filters
from tools.product import NEED_KINDS, Product

ROW = np.dtype(
    [
        ("id", "u8"),  # digests; the ids themselves are in a file of their own
        ("text", "u8"),
        ("id_end", "u8"),  # where the id ends in that file
        ("price_minor", "i8"),
        ("currency", "S3"),
        ("need", "u1"),
        ("age_min", "u2"),
        ("age_max", "u2"),
        ("available", "?"),
        ("live", "?"),  # False: removed, or replaced by a later row
    ]
)


def rows_of(products: Iterable[Product]) -> np.ndarray:
    """A row for each product, shape (n,) of `ROW`; ``id_end`` is left 0."""
    return np.array([_row(product) for product in products], ROW)


def passing(rows: dict[str, np.ndarray], filters: Filters, at: np.ndarray | slice = slice(None)) -> np.ndarray:
    """Which of the rows ``at`` pass, as booleans; ``rows`` are the columns of `ROW` by name."""
    kept = rows["live"][at].copy()
    if filters.available_only:
        kept &= rows["available"][at]
    if filters.currency:
        kept &= rows["currency"][at] == filters.currency.encode()
    if filters.price_min:
        kept &= rows["price_minor"][at] >= filters.price_min
    if filters.price_max is not None:
        kept &= rows["price_minor"][at] <= filters.price_max
    if filters.age_years is not None:
        kept &= (rows["age_min"][at] <= filters.age_years) & (rows["age_max"][at] >= filters.age_years)
    if filters.need:
        kept &= rows["need"][at] == (NEED_KINDS.index(filters.need) if filters.need in NEED_KINDS else len(NEED_KINDS))
    if filters.exclude_ids:
        kept &= ~np.isin(rows["id"][at], np.array([digest(i) for i in filters.exclude_ids], np.uint64))
    return kept


def read_rows(file: Path) -> dict[str, np.ndarray]:
    """The columns by name, each in one piece: a filter reads one column of all rows."""
    rows = np.fromfile(file, ROW)
    return {name: np.ascontiguousarray(rows[name]) for name in ROW.names or ()}


def _row(product: Product) -> tuple[object, ...]:
    return (
        digest(product.product_id),
        digest(embedded_text(product)),
        0,
        product.price.minor,
        product.price.currency.encode(),
        NEED_KINDS.index(product.need),
        product.age_min_years or 0,
        NO_UPPER_AGE if product.age_max_years is None else product.age_max_years,
        product.available,
        True,
    )
