"""WooCommerce's product CSV export: simple products, and variable ones as a parent row with variation rows.

A variation names its parent by SKU, or as ``id:7`` where the parent has none, which is how ids are given here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tools.catalog.feeds.feed import Feed, Row
from tools.catalog.intake.mapping import plain_name

_ADDED = (
    *("product_id", "group_id", "title", "description", "price", "sale_price", "sale_dates", "category", "brand"),
    *("tags", "stock", "options", "colors", "materials", "specs"),
)


def woocommerce(feed: Feed) -> Feed | None:
    """The feed in our words, or None where its columns are not WooCommerce's."""
    names = {plain_name(column) for column in feed.columns}
    if not {"type", "name", "regular_price"} <= names or not names & {"id", "sku"}:
        return None
    columns = tuple(dict.fromkeys((*_ADDED, *feed.columns)))
    return replace(feed, format=f"WooCommerce export ({feed.format})", columns=columns, rows=map(_told, feed.rows))


def _told(row: Row) -> Row:
    if row.problem:
        return row
    values = {plain_name(column): str(value or "").strip() for column, value in row.values.items()}
    kind = {part.strip() for part in values["type"].lower().split(",")}
    if values.get("published", "1") not in ("1", "", "true"):
        return replace(row, values={}, problem="is not published")
    own = values.get("sku") or values.get("id", "")
    parent = values.get("parent", "").removeprefix("id:").strip()
    variable, variation = "variable" in kind, "variation" in kind
    attributes = dict(_attributes(values))
    dates = (values.get("date_sale_price_starts", ""), values.get("date_sale_price_ends", ""))
    fields = {
        "product_id": own,
        "group_id": own if variable else parent if variation else "",
        "title": values["name"],
        "description": _lines(" ".join((values.get("short_description", ""), values.get("description", "")))),
        "price": values["regular_price"],
        "sale_price": values.get("sale_price", ""),
        "sale_dates": "/".join(dates) if any(dates) else "",
        "category": _first_path(values.get("categories", "")),
        "brand": values.get("brands", "") or values.get("brand", "") or attributes.get("Brand", ""),
        "tags": values.get("tags", ""),
        "stock": _stock(values),
        "options": attributes if variation else {},
        "colors": _named(attributes, "colo"),
        "materials": _named(attributes, "material"),
        "specs": {} if variation else attributes | _meta(row),
    }
    return replace(row, values=row.values | fields, role="parent" if variable else "product")


def _attributes(values: dict[str, str]) -> Iterator[tuple[str, str]]:
    n = 1
    while f"attribute_{n}_name" in values:
        name, value = values[f"attribute_{n}_name"], values.get(f"attribute_{n}_value_s", "")
        if name and value:
            yield name, value
        n += 1


def _meta(row: Row) -> dict[str, Any]:
    """The fields a shop added itself; those that begin with an underscore are its plugins'."""
    found = ((column.partition(":"), value) for column, value in row.values.items())
    return {
        name.strip(): value
        for (kind, _, name), value in found
        if kind.strip().lower() == "meta" and not name.strip().startswith("_")
    }


def _named(attributes: dict[str, str], word: str) -> str:
    return next((value for name, value in attributes.items() if name.lower().startswith(word)), "")


def _stock(values: dict[str, Any]) -> str:
    """Nothing where the shop says so; else the pieces, which need not be stated."""
    inside, pieces = values.get("in_stock", "").lower(), values.get("stock", "")
    if inside in ("0", "no", "false"):
        return "0"
    return pieces if re.fullmatch(r"\d+(?:[.,]0+)?", pieces) and float(pieces.replace(",", ".")) > 0 else ""


def _first_path(categories: str) -> str:
    """The deepest of the paths "Home > Mugs, Sale"; a comma inside a name is written with a backslash."""
    paths = [path.replace("\\,", ",").strip() for path in re.split(r"(?<!\\),", categories)]
    return max(paths, key=lambda path: path.count(">"))


def _lines(text: str) -> str:
    """The export writes line breaks as backslash and n."""
    return text.replace("\\n", " ").strip()
