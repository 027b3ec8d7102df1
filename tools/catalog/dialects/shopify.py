"""Shopify's product CSV: one row for each variant and for each further image, held together by the handle.

What all variants share stands in the first row of a handle only, so it is carried on. Both generations of column names
are known ("Variant Price", "Price").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tools.catalog.feeds.feed import Feed, Row
from tools.catalog.intake.mapping import plain_name

_HANDLE = ("handle", "url_handle")
_PRICE = ("variant_price", "price")
_SKU = ("variant_sku", "sku")
_METAFIELD = re.compile(
    r"(?P<label>[^(]{1,60}?)\s*\(product\.metafields\.[^)]{1,120}\)"
    r"|(?i:metafield):\s*(?:[\w-]+\.)?(?P<key>[\w-]{1,60})(?:\s*\[[^\]]*\])?"
)
_SHARED = {
    "title": ("title",),
    "description": ("body_html", "description"),
    "brand": ("vendor",),
    "tags": ("tags",),
    "shelf": ("product_category",),
    "type": ("type", "custom_product_type"),
    "published": ("published", "published_on_online_store"),
    "status": ("status",),
    **{f"option{n}": (f"option{n}_name",) for n in (1, 2, 3)},
}


def shopify(feed: Feed) -> Feed | None:
    """The feed in our words, or None where its columns are not Shopify's."""
    names = {plain_name(column) for column in feed.columns}
    if not names.intersection(_HANDLE) or not names.intersection(_PRICE) or "option1_value" not in names:
        return None
    added = ("product_id", "group_id", "title", "description", "price", "category", "brand", "tags", "stock", "options")
    added = (*added, "specs")
    columns = tuple(dict.fromkeys((*added, *feed.columns)))
    return replace(feed, format=f"Shopify product export ({feed.format})", columns=columns, rows=_rows(feed))


def _rows(feed: Feed) -> Iterator[Row]:
    shared: dict[str, Any] = {}
    handle = ""
    for row in feed.rows:
        if row.problem:
            yield row
            continue
        values = {plain_name(column): value for column, value in row.values.items()}
        stated = {field: first for field, names in _SHARED.items() if (first := _first(values, names))}
        if (own := _first(values, _HANDLE)) != handle:
            handle, shared = own, stated
        elif stated.get("title"):
            shared = shared | stated
        yield _told(row, values, handle, shared)


def _told(row: Row, values: dict[str, Any], handle: str, shared: dict[str, Any]) -> Row:
    options = {
        shared.get(f"option{n}", f"Option {n}"): value
        for n in (1, 2, 3)
        if (value := _first(values, (f"option{n}_value",))) and value != "Default Title"
    }
    fields = {
        "group_id": handle,
        # A variant without an SKU has no id of its own in the feed but its handle and options.
        "product_id": _first(values, _SKU) or "/".join((handle, *options.values())),
        "title": shared.get("title", ""),
        "description": shared.get("description", ""),
        "brand": shared.get("brand", ""),
        "tags": shared.get("tags", ""),
        "category": shared.get("shelf", "") or shared.get("type", ""),
        "price": _first(values, _PRICE),
        "stock": _stock(values),
        "options": options,
        "specs": _metafields(row),
    }
    if shared.get("published", "true").lower() in ("false", "no") or shared.get("status", "active").lower() != "active":
        return replace(row, values={}, problem="is not published")
    is_variant = fields["price"] or _first(values, ("option1_value", *_SKU))
    return replace(row, values=row.values | fields, role="product" if is_variant else "extra")


def _metafields(row: Row) -> dict[str, Any]:
    """The shop's own attributes: "Fabric (product.metafields.custom.fabric)", "Metafield: custom.fabric [text]"."""
    found = ((_METAFIELD.fullmatch(column.strip()), value) for column, value in row.values.items())
    return {(hit["label"] or hit["key"]).replace("_", " "): value for hit, value in found if hit and value}


def _stock(values: dict[str, Any]) -> str:
    """Pieces, where they are counted and the shop does not sell on without any."""
    sells_on = _first(values, ("variant_inventory_policy", "continue_selling_when_out_of_stock")).lower()
    counted = "variant_inventory_tracker" not in values or _first(values, ("variant_inventory_tracker",))
    if sells_on in ("continue", "true", "yes") or not counted:
        return ""
    return _first(values, ("variant_inventory_qty", "inventory_quantity"))


def _first(values: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := str(values.get(name) or "").strip())), "")
