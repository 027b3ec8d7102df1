"""Which columns of a feed feed which fields of a product: what the user says, else well-known names of columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from tools.catalog.feeds.feed import Feed
from tools.catalog.intake.specs import attribute_name
from tools.errors import CatalogError
from tools.product import Product

FIELDS: tuple[str, ...] = (*Product.model_fields, "currency", "sale_price", "sale_dates", "group_id", "options")
"""What ``--map`` can fill. ``currency`` is the row's own, for feeds that keep it apart from the price; ``sale_dates``
is an ISO 8601 interval; rows of one ``group_id`` are variants of one product, told apart by their ``options``."""

REQUIRED = ("product_id", "title", "price")

JOINED = (
    *("category", "description", "tags", "interests", "themes", "occasions", "materials", "colors", "contains"),
    *("options", "specs"),
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
        *("age_min", "min_age", "minimum_age", "age", "ages", "age_range", "recommended_age", "recommended_age_min"),
        *("manufacturer_recommended_age", "product_information"),
    ),
    "age_max_years": ("age_max", "max_age", "maximum_age", "recommended_age_max"),
    "rating": ("average_review_rating", "average_rating", "avg_rating", "review_rating", "stars"),
    "rating_count": ("number_of_reviews", "review_count", "reviews_count", "num_reviews", "ratings_count"),
    "materials": ("material",),
    "colors": ("color", "colour", "colours", "product_color", "product_colour"),
    "contains": ("allergens", "allergen", "ingredients"),
    "origin": ("country_of_origin", "made_in"),
    "pack_size": ("pack_quantity", "units_per_pack"),
    "stock": (
        *("number_available_in_stock", "stock_quantity", "current_stock", "inventory", "quantity", "qty"),
        "availability",
    ),
    "delivery_days": (
        *("delivery_time", "delivery_time_days", "shipping_time", "shipping_days", "lead_time_days"),
        *("max_delivery_days", "delivery_days_max"),
    ),
    "seller": (
        *("seller_name", "sold_by", "merchant", "merchant_name", "store", "store_name", "shop_name"),
        *("marketplace_seller", "external_seller_id"),
    ),
    "shipping": (
        *("shipping_price", "shipping_cost", "shipping_costs", "shipping_fee", "shipping_charge", "shipping_rate"),
        *("delivery_price", "delivery_cost", "delivery_fee", "delivery_charge", "postage"),
        *("shipping_country_price", "shipping_country_service_price", "shipping_country_region_service_price"),
    ),
    "free_shipping_from": (
        *("free_shipping_threshold", "free_shipping_over", "free_shipping_above", "free_delivery_from"),
        *("free_delivery_over", "free_shipping_threshold_country_price_threshold"),
    ),
    "tax_percent": ("sales_tax", "sales_tax_rate", "sales_tax_percent"),
    "sale_price": ("special_price",),
    "sale_dates": ("sale_price_effective_date",),
    "group_id": ("item_group_id", "variant_group_id"),
}

MARKED = ("materials", "colors", "contains", "origin", "age_min_years", "age_max_years")
"""Fields whose columns may also be marked as attributes: ``attr_material`` is ``material``."""

SUBCATEGORY = re.compile(r"sub_?category(_?\d+)?")


_TAKEN = frozenset(FIELDS).union(*SYNONYMS.values())
"""Names of columns that mean a field, also where another column fills it: a second text is no attribute."""


@lru_cache(maxsize=1 << 14)
def plain_name(name: str) -> str:
    """The column's name as it is compared: "Product Name" is ``product_name``."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The columns of each field, in order. A field that no column feeds is missing.

    ``keeps_others``: columns of no field are a product's ``specs``.
    """

    columns: Mapping[str, tuple[str, ...]]
    keeps_others: bool = False

    def others(self, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The row's attributes by the names of their columns: those mapped to ``specs``, else what no field takes."""
        chosen = self.columns.get("specs", ())
        if chosen or not self.keeps_others:
            return ((column, row[column]) for column in chosen if row.get(column) not in (None, ""))
        taken = _TAKEN | {column for columns in self.columns.values() for column in columns}
        return (
            (column, value)
            for column, value in row.items()
            if value not in (None, "")
            and column not in taken
            and (plain := plain_name(column)) not in _TAKEN
            and (plain == column or plain not in row)  # a dialect has put it beside as it read it
        )

    def unmapped(self, columns: Iterable[str]) -> list[str]:
        """The columns that no field takes, which are kept as attributes."""
        return [name for name, _ in self.others(dict.fromkeys(columns, True))] if self.keeps_others else []

    def values(self, row: Mapping[str, Any], field: str) -> list[Any]:
        """The row's values for a field that are not empty, in the order of its columns."""
        found = (row.get(column) for column in self.columns.get(field, ()))
        return [value for value in found if value is not None and value not in ([], {}) and str(value).strip()]


def unmapped(mapped: Iterable[tuple[Feed, ColumnMap]]) -> list[str]:
    """The columns of these feeds that no field takes, each once."""
    return list(dict.fromkeys(name for feed, columns in mapped for name in columns.unmapped(feed.columns)))


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
    *,
    keeps_others: bool = True,
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
    keeps_others = keeps_others and "specs" not in chosen and not found["specs"]
    return ColumnMap({field: names for field, names in found.items() if names}, keeps_others)


def _guess(field: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    by_name = {plain_name(column): column for column in reversed(columns)}
    known = (field, *SYNONYMS.get(field, ()))
    first = next((by_name[name] for name in known if name in by_name), None)
    if first is None and field in MARKED:
        marked = {plain_name(attribute_name(column)): column for column in reversed(columns)}
        return tuple(marked[name] for name in known if name in marked)
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
