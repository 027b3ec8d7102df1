"""Which columns of a feed feed which fields of a product: what the user says, else well-known names of columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tools.errors import CatalogError
from tools.product import Product

FIELDS: tuple[str, ...] = (*Product.model_fields, "currency", "sale_price", "sale_dates", "group_id", "options")
"""What ``--map`` can fill. ``currency`` is the row's own, for feeds that keep it apart from the price; ``sale_dates``
is an ISO 8601 interval; rows of one ``group_id`` are variants of one product, told apart by their ``options``."""

REQUIRED = ("product_id", "title", "price")

JOINED = (
    *("category", "description", "tags", "interests", "themes", "occasions", "materials", "colors", "contains"),
    "options",
)
"""Fields that take all their columns; every other field takes its first column that is not empty."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "product_id": ("id", "sku", "uniq_id", "asin", "item_id", "article_number", "ean", "gtin"),
    "title": ("name", "product_name", "product_title", "item_name"),
    "description": ("product_description", "long_description", "short_description", "body_html", "details"),
    "price": ("selling_price", "current_price", "retail_price", "unit_price"),
    "currency": ("currency_code", "price_currency"),
    "category": ("categories", "product_type", "google_product_category", "amazon_category_and_sub_category"),
    "brand": ("manufacturer", "brand_name", "vendor", "maker", "supplier"),
    "tags": ("keywords", "labels"),
    "age_min_years": (
        *("age_min", "min_age", "minimum_age", "age", "ages", "age_range", "recommended_age"),
        *("manufacturer_recommended_age", "product_information"),
    ),
    "age_max_years": ("age_max", "max_age", "maximum_age"),
    "rating": ("average_review_rating", "average_rating", "avg_rating", "review_rating", "stars"),
    "rating_count": ("number_of_reviews", "review_count", "reviews_count", "num_reviews", "ratings_count"),
    "materials": ("material",),
    "colors": ("color", "colour", "colours"),
    "contains": ("allergens",),
    "origin": ("country_of_origin", "made_in"),
    "pack_size": ("pack_quantity", "units_per_pack"),
    "stock": (
        *("number_available_in_stock", "stock_quantity", "current_stock", "inventory", "quantity", "qty"),
        "availability",
    ),
    "sale_price": ("special_price",),
    "sale_dates": ("sale_price_effective_date",),
    "group_id": ("item_group_id", "variant_group_id"),
}

SUBCATEGORY = re.compile(r"sub_?category(_?\d+)?")


def plain_name(name: str) -> str:
    """The column's name as it is compared: "Product Name" is ``product_name``."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The columns of each field, in order. A field that no column feeds is missing."""

    columns: Mapping[str, tuple[str, ...]]

    def values(self, row: Mapping[str, Any], field: str) -> list[Any]:
        """The row's values for a field that are not empty, in the order of its columns."""
        found = (row.get(column) for column in self.columns.get(field, ()))
        return [value for value in found if value is not None and value not in ([], {}) and str(value).strip()]


def parse_map(options: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The fields and columns of ``FIELD=COLUMN`` options; a repeated FIELD takes several columns, in order.

    ``FIELD=`` leaves the field without a column, also where a column with a well-known name is there.
    Raises CatalogError for anything else and for unknown fields.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    for option in options:
        field, equals, column = (part.strip() for part in option.partition("="))
        if not equals:
            raise CatalogError(f"--map {option!r} has no '='; write --map FIELD=COLUMN, e.g. --map title=product_name")
        if field not in FIELDS:
            raise CatalogError(f"--map {option!r}: {_unknown('field', field, FIELDS)}")
        chosen[field] = (*chosen.get(field, ()), *([column] if column else []))
    return chosen


def map_columns(
    feed: str,
    columns: Iterable[str],
    chosen: Mapping[str, tuple[str, ...]],
    required: tuple[str, ...] = REQUIRED,
) -> ColumnMap:
    """The mapping for a feed with these columns: the chosen ones, and guesses by name for the other fields.

    Raises CatalogError where a chosen column is not in the feed or a required field has no column.
    """
    columns = tuple(columns)
    for field, names in chosen.items():
        for name in names:
            if name not in columns:
                raise CatalogError(f"--map {field}={name}: {_unknown('column', name, columns)} ({feed})")
    found = {field: chosen[field] if field in chosen else _guess(field, columns) for field in FIELDS}
    for field in required:
        if not found[field]:
            raise CatalogError(
                f"{feed} has no column for {field}; name one with --map {field}=COLUMN, its columns are: "
                + _listed(columns)
            )
    return ColumnMap({field: names for field, names in found.items() if names})


def _guess(field: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    by_name = {plain_name(column): column for column in reversed(columns)}
    known = (field, *SYNONYMS.get(field, ()))
    first = next((by_name[name] for name in known if name in by_name), None)
    if field != "category":
        return (first,) if first is not None else ()
    # Shops keep the steps of the category path in numbered columns beside the category itself.
    steps = [column for column in columns if SUBCATEGORY.fullmatch(plain_name(column))]
    return (*([first] if first is not None else []), *sorted(steps, key=plain_name))


def _listed(names: tuple[str, ...]) -> str:
    """The first forty names, as far as they can be shown: they come from outside and go to a terminal."""
    shown = ["".join(c if c.isprintable() else "\ufffd" for c in name)[:40] for name in names[:40]]
    return ", ".join(shown) + (f" and {len(names) - 40} more" if len(names) > 40 else "")


def _unknown(kind: str, name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]}? The" if close else "the"
    return f"there is no {kind} {name!r}; {hint} {kind}s are: {_listed(known)}"
