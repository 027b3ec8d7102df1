"""Rows of an id and only the fields that are new, into products as they are to be."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, get_args

from pydantic import ValidationError

from tools.catalog.aspects.rules import ASPECTS
from tools.catalog.feeds.feed import Row
from tools.catalog.intake.mapping import ColumnMap
from tools.catalog.intake.rows import RowReader, RowRejected, product_id
from tools.catalog.intake.variants import with_variants
from tools.catalog.interface import Catalog
from tools.catalog.versions.store import Change
from tools.product import DerivedField, Product

READ_FOR_ASPECTS = {*get_args(DerivedField), "interests", "occasions", "age_min_years", "age_max_years", "derived"}
"""Fields on which it depends what a product's text supports beyond them."""
_OF_VARIANTS = ("price", "sale_price", "sale_dates", "stock", "options")
"""What a variant has of its own; the rest is the product's."""


class Updates:
    """Takes rows one by one, each on top of the ones before, and says then what they change."""

    def __init__(self, catalog: Catalog, currency: str | None) -> None:
        self._catalog = catalog
        self._currency = currency
        self._with_aspects = ASPECTS[catalog.manifest.aspects]
        self._now: dict[str, Product] = {}

    def take(self, feed: str, columns: ColumnMap, row: Row) -> bool:
        """Takes a row; whether it changes anything. Raises RowRejected."""
        wanted = product_id(next(iter(columns.values(row.values, "product_id")), ""))
        there = self._catalog.get(wanted)
        if there is None:
            raise RowRejected("product_id", "is not in the catalogue; add brings it in")
        before = self._now.get(there.product_id, there)
        change = _updated if wanted == there.product_id else partial(_updated_variant, wanted)
        after = change(before, columns, row.values, self._currency)
        if any(getattr(after, name) != getattr(before, name) for name in READ_FOR_ASPECTS):
            after = self._with_aspects(after)
        if after != before:
            self._now[there.product_id] = after
        return after != before

    def changes(self) -> list[Change]:
        """The products that are not as they were."""
        return [Change(kind="update", product_id=i, product=product) for i, product in self._now.items()]

    def left_over(self) -> tuple[()]:
        """Nothing: each row is judged when it is taken."""
        return ()


def _updated_variant(
    variant_id: str, before: Product, columns: ColumnMap, row: Mapping[str, Any], currency: str | None
) -> Product:
    """The product with what the row states of its variant; what is the product's is changed by the product's id."""
    variant = before.variant(variant_id)
    if variant is None:
        raise RowRejected("product_id", "is not in the catalogue; add brings it in")
    own = ColumnMap({field: columns.columns[field] for field in _OF_VARIANTS if field in columns.columns})
    if not any(own.values(row, field) for field in own.columns):
        raise RowRejected(
            "product_id",
            f"is a variant, with a price, a stock and options only; the rest is that of {before.product_id!r}",
        )
    as_product = before.model_copy(update={"price": variant.price, "stock": variant.stock, "variants": []})
    with_currency = {"currency": columns.columns["currency"]} if "currency" in columns.columns else {}
    read = _updated(as_product, ColumnMap({**own.columns, **with_currency}), row, currency)
    options = variant.options | (RowReader(columns, currency).options(row) if own.values(row, "options") else {})
    after = variant.model_copy(update={"price": read.price, "stock": read.stock, "options": options})
    others = {v.price.currency for v in before.variants if v is not variant}
    if others - {after.price.currency}:
        raise RowRejected("price", f"is in {after.price.currency}, the other variants in {min(others)}")
    return with_variants(before, [after if v is variant else v for v in before.variants])


def _updated(before: Product, columns: ColumnMap, row: Mapping[str, Any], currency: str | None) -> Product:
    """The product with what the row states. The other fields are lent to the reader, which wants whole rows."""
    stated = {name for name in columns.columns if columns.values(row, name)}
    lent = {f"\0{name}": value for name, value in before.model_dump(mode="json").items()}
    own = {name: (f"\0{name}",) for name in Product.model_fields if name != "variants"}
    sources = own | {name: columns.columns[name] for name in stated}
    reader = RowReader(ColumnMap(sources), currency or before.price.currency)
    read = reader.product({**row, **lent})
    if unreadable := sorted(stated & set(reader.ignored)):
        raise RowRejected(unreadable[0], "cannot be read")
    if stated & {"sale_price", "sale_dates"}:
        stated.add("price")
    # Only stated fields are taken over: the reader also infers some, such as ages from a description.
    fields = {name: getattr(read if name in stated else before, name) for name in Product.model_fields}
    fields["specs"] = before.specs | (read.specs if "specs" in stated else {})
    try:
        after = Product.model_validate(fields)
    except ValidationError as error:
        raise RowRejected(str(error.errors()[0]["loc"]), error.errors()[0]["msg"]) from None
    return _with_all_variants(after, stated & {"price", "stock"}) if before.variants else after


def _with_all_variants(product: Product, stated: set[str]) -> Product:
    """A product whose new price, and stock where that can be meant, are those of each of its variants."""
    if "stock" in stated and product.stock and len(product.variants) > 1:
        raise RowRejected("stock", "is counted for each variant; update the variants by their ids")
    new = {name: getattr(product, name) for name in stated}
    return with_variants(product, [v.model_copy(update=new) for v in product.variants]) if new else product
