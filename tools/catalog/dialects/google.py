"""Google Merchant Center: RSS, Atom, TSV or CSV with Google's attribute names.

Source of the names and meanings: Google's product data specification. Most of them are known to `mapping` already;
what needs reading are the age group, categories that are numbers, delivery times and details.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tools.catalog.feeds.feed import Feed, Row
from tools.catalog.intake.delivery import days_in_all, shipping_days
from tools.catalog.intake.mapping import plain_name

_TELLING = {
    *("google_product_category", "item_group_id", "image_link", "sale_price_effective_date", "mobile_link"),
    *("additional_image_link", "availability", "condition", "identifier_exists", "product_type", "gtin", "mpn"),
}
_OPTIONS = ("color", "size", "material", "pattern")

AGE_GROUPS = {
    "newborn": ("0", "0"),
    "infant": ("0", "1"),
    "toddler": ("1", "5"),
    "kids": ("5", "13"),
    "adult": ("13", ""),
}
"""Years from and to, as Google defines them (newborn up to 3 months, adult "teens or older"); no end is stated open."""


def google(feed: Feed) -> Feed | None:
    """The feed in our words, or None where its columns are not Google's."""
    names = {column: _name(column) for column in feed.columns}
    if not {"id", "title", "price"} <= set(names.values()) or len(_TELLING & set(names.values())) < 2:
        return None
    added = ("product_id", "category", "age_min_years", "age_max_years", "options", "delivery_days", "tax_percent")
    columns = tuple(dict.fromkeys((*added, *names.values(), *feed.columns)))
    return replace(feed, format=f"Google Merchant Center ({feed.format})", columns=columns, rows=_rows(feed, names))


def _name(column: str) -> str:
    return plain_name(column.removeprefix("g:"))


def _rows(feed: Feed, names: dict[str, str]) -> Iterator[Row]:
    for row in feed.rows:
        renamed = {names.get(column, _name(column)): value for column, value in row.values.items()}
        yield row if row.problem else replace(row, values=row.values | _told(renamed))


def _told(values: dict[str, Any]) -> dict[str, Any]:
    own = values.get("product_type")
    shelf = str(values.get("google_product_category") or "")
    low, high = AGE_GROUPS.get(str(values.get("age_group") or "").strip().lower(), ("", ""))
    if str(values.get("adult") or "").strip().lower() in ("yes", "true"):
        low, high = "adult", ""
    return values | {
        "product_id": values.get("id"),
        "category": own or ("" if shelf.strip().isdigit() else shelf),
        "age_min_years": low,
        "age_max_years": high,
        "options": {name: values[name] for name in _OPTIONS if values.get(name)},
        "delivery_days": _days(values),
        "tax_percent": values.get("tax"),
        "product_detail": _details(values.get("product_detail")),
    }


def _days(values: dict[str, Any]) -> int | None:
    """The item's own times, else those beside its shipping price."""
    handling, transit = (
        values.get(f"max_{part}_time") or values.get(f"min_{part}_time") for part in ("handling", "transit")
    )
    return days_in_all(handling, transit) if transit else shipping_days(values.get("shipping"))


def _details(value: Any) -> Any:
    """``section:name:value`` texts as named values; XML has them so already."""
    if not isinstance(value, str):
        return value
    parts = [one.split(":", 2) for one in re.split(r",(?=[^,:]*:[^,:]+:)", value[:50_000])]
    return [{"attribute_name": one[1].strip(), "attribute_value": one[2].strip()} for one in parts if len(one) == 3]
