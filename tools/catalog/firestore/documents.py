"""A product as a Firestore document: what is filtered and sorted on as fields, the product itself as JSON."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from tools.catalog.search.index import NO_UPPER_AGE, Filters, quality, searched_text
from tools.lexicon.stems import stems
from tools.product import Product

HEAD_FIELDS = ("title", "labels", "category", "brand")
"""What says what a product is; the description only mentions things. A stem in one of these is looked for first."""

MOST_STEMS = 1500
"""Each stem is an entry in the indexes, of which Firestore allows a document 40,000."""

LONG_TEXT = "*"
"""Marks a product with more stems than are kept: a complete walk must look at it, whatever it looks for."""

COMPRESSED_FROM = 200_000
"""Characters of JSON. A document may have 1 MiB; the most a feed can hold, 5,000 variants, fits compressed."""


def document_id(product_id: str) -> str:
    """The id of a product's document: any text may be a product id, and near ids must not lie on one machine."""
    return hashlib.sha256(product_id.encode()).hexdigest()[:32]


def shelf(currency: str, need: str, *, available: bool) -> str:
    """The one field that stands for currency, kind and availability: fields of their own would each need an index."""
    return f"{currency}|{need}|{'in' if available else 'out'}"


def shelf_of(product: Product) -> str:
    """The shelf a product stands on."""
    return shelf(product.price.currency, product.need, available=product.available)


def shelves_for(filters: Filters, shelves: Iterable[str]) -> list[str]:
    """Those of the catalogue's shelves that the filters admit."""
    found = (one.split("|") for one in shelves)
    return sorted(
        "|".join(parts)
        for parts in found
        if filters.currency in (None, parts[0])
        and filters.need in (None, parts[1])
        and (parts[2] == "in" or not filters.available_only)
    )


@lru_cache(maxsize=20_000)
def field_stems(product: Product) -> dict[str, tuple[str, ...]]:
    """The stems of each searched field, in order. Kept: a product is scored in many searches."""
    return {name: stems(text) for name, text in searched_text(product).items()}


@lru_cache(maxsize=20_000)
def all_stems(product: Product) -> frozenset[str]:
    """The stems of all searched fields."""
    return frozenset(stem for found in field_stems(product).values() for stem in found)


def as_document(product: Product, position: int) -> dict[str, Any]:
    """The fields of a product's document. ``position`` is its place in the feed's order."""
    by_field = field_stems(product)
    head = dict.fromkeys(stem for name in HEAD_FIELDS for stem in by_field[name])
    body = dict.fromkeys(stem for found in by_field.values() for stem in found if stem not in head)
    terms = [*map(head_term, head), *body]
    json = product.model_dump_json(exclude_defaults=True)
    return {
        "product_id": product.product_id,
        "variant_ids": [variant.product_id for variant in product.variants],
        "shelf": shelf_of(product),
        "price_minor": product.price.minor,
        "age_min": product.age_min_years or 0,
        "age_max": NO_UPPER_AGE if product.age_max_years is None else product.age_max_years,
        "quality": round(quality(product) * 1000),
        "terms": [*terms[: MOST_STEMS - 1], LONG_TEXT] if len(terms) > MOST_STEMS else terms,
        "position": position,
        "product": zlib.compress(json.encode()) if len(json) > COMPRESSED_FROM else json,
    }


def head_term(stem: str) -> str:
    """A stem of `HEAD_FIELDS`, as an element of the field ``terms``; of the other fields it is the stem itself."""
    return f"^{stem}"


def product_of(stored: str | bytes) -> Product:
    """The product of the field ``product``."""
    return _parsed(zlib.decompress(stored).decode() if isinstance(stored, bytes) else stored)


@lru_cache(maxsize=20_000)
def _parsed(json: str) -> Product:
    return Product.model_validate_json(json)


def passes(product: Product, filters: Filters) -> bool:
    """Whether a product passes all filters: the last word, on what Firestore returned."""
    price = product.price.minor
    return (
        filters.currency in (None, product.price.currency)
        and price >= filters.price_min
        and (filters.price_max is None or price <= filters.price_max)
        and (filters.age_years is None or product.suits_age(filters.age_years))
        and filters.need in (None, product.need)
        and (product.available or not filters.available_only)
        and product.product_id not in filters.exclude_ids
        and filters.exclude_stems.isdisjoint(product.rule_stems)
    )
