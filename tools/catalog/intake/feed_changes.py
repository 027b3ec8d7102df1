"""Feeds that change a catalogue: whole rows to add, or rows of an id and only the fields that are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from tools.catalog.catalog import Catalog
from tools.catalog.dialects import in_own_words
from tools.catalog.feeds.feed import Feed, Row
from tools.catalog.feeds.opening import feed_files, open_feeds
from tools.catalog.intake.mapping import REQUIRED, ColumnMap, map_columns
from tools.catalog.intake.rejects import Rejects
from tools.catalog.intake.rows import RowReader, RowRejected, product_id
from tools.catalog.versions.changes import change_catalog
from tools.catalog.versions.generations import REJECTED
from tools.catalog.versions.store import Change
from tools.errors import CatalogError
from tools.money import as_currency
from tools.product import Product

if TYPE_CHECKING:
    from tools.catalog.embedding.embedder import Embedder

_Read = Callable[[Catalog, ColumnMap, Row], Change | None]
"""What a row changes; None where it states what is so already. Raises RowRejected."""

_Rejected = tuple[str, int, object, RowRejected]
"""A row that changed nothing: its feed, line and id, and why."""


@dataclass(slots=True)
class ChangeSummary:
    """What became of the rows: ``rows == changed + unchanged + rejected``. ``reasons`` counts rejections by field."""

    folder: Path
    rows: int = 0
    changed: int = 0
    unchanged: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    first_reason: str = ""

    @property
    def rejected(self) -> int:
        """How many rows changed nothing because they could not."""
        return self.reasons.total()


def add_feed(
    paths: Iterable[Path],
    folder: Path,
    *,
    mapping: Mapping[str, tuple[str, ...]] | None = None,
    currency: str | None = None,
    embedder: Embedder | None = None,
) -> ChangeSummary:
    """Adds the products of the feeds, read as an import reads them. A row whose id is there already is rejected.

    Raises CatalogError where every row was rejected; then, and in a crash, the catalogue stays as it was.
    """
    code, known = _code(currency), set[str]()

    def read(catalog: Catalog, columns: ColumnMap, row: Row) -> Change:
        reader = RowReader(columns, code)
        if row.role != "product" or reader.group(row.values):
            raise RowRejected("group_id", "is declared; variants come in together, with an import")
        product = reader.product(row.values)
        if product.product_id in known or catalog.get(product.product_id):
            raise RowRejected("product_id", "is already in the catalogue; update changes it")
        known.add(product.product_id)
        return Change(kind="add", product_id=product.product_id, product=product)

    return _apply(folder, _mapped(paths, mapping, REQUIRED), read, embedder)


def update_feed(
    paths: Iterable[Path],
    folder: Path,
    *,
    mapping: Mapping[str, tuple[str, ...]] | None = None,
    currency: str | None = None,
    embedder: Embedder | None = None,
) -> ChangeSummary:
    """Changes products by id. Only what a row states is changed: a field without a column, or left empty, stays.

    A price without a currency is in ``currency``, else in that of the product's present price. A row whose id is not
    there, or with a value that cannot be read, is rejected. Raises CatalogError where every row was.
    """
    code, now = _code(currency), dict[str, Product]()

    def read(catalog: Catalog, columns: ColumnMap, row: Row) -> Change | None:
        wanted = product_id(next(iter(columns.values(row.values, "product_id")), ""))
        before = now.get(wanted) or catalog.get(wanted)
        if before is None:
            raise RowRejected("product_id", "is not in the catalogue; add brings it in")
        after = _updated(before, columns, row.values, code)
        now[wanted] = after
        return None if after == before else Change(kind="update", product_id=wanted, product=after)

    return _apply(folder, _mapped(paths, mapping, ("product_id",)), read, embedder)


def _apply(folder: Path, feeds: list[tuple[Feed, ColumnMap]], read: _Read, embedder: Embedder | None) -> ChangeSummary:
    summary, rejects = ChangeSummary(folder), list[_Rejected]()

    def plan(catalog: Catalog) -> list[Change]:
        changes: list[Change] = []
        for feed, columns in feeds:
            for row in feed.rows:
                summary.rows += 1
                try:
                    if row.problem:
                        raise RowRejected("row", row.problem)
                    change = read(catalog, columns, row)
                except RowRejected as error:
                    summary.reasons[error.field] += 1
                    summary.first_reason = summary.first_reason or f"{feed.name}, line {row.line}, {error}"
                    given = next(iter(columns.values(row.values, "product_id")), "")
                    rejects.append((feed.name, row.line, given, error))
                    continue
                changes += [change] if change else []
                summary.unchanged += change is None
        if summary.rows == summary.rejected:
            first = f"; the first: {summary.first_reason}" if summary.rows else ""
            raise CatalogError(f"None of the {summary.rows} rows changes the catalogue{first}")
        return changes

    changes = change_catalog(folder, plan, also=lambda new: _write_rejects(new / REJECTED, rejects), embedder=embedder)
    summary.changed = len(changes)
    return summary


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
    try:
        return Product.model_validate(fields)
    except ValidationError as error:
        raise RowRejected(str(error.errors()[0]["loc"]), error.errors()[0]["msg"]) from None


def _mapped(
    paths: Iterable[Path], mapping: Mapping[str, tuple[str, ...]] | None, required: tuple[str, ...]
) -> list[tuple[Feed, ColumnMap]]:
    feeds = [in_own_words(feed) for path in feed_files(paths) for feed in open_feeds(path)]
    mapped = [(feed, map_columns(feed.name, feed.columns, mapping or {}, required)) for feed in feeds]
    for feed, columns in mapped:
        if not set(columns.columns) - {"product_id", "currency"}:
            raise CatalogError(f"{feed.name} has no column but the id that fills a field; name one with --map")
    return mapped


def _code(currency: str | None) -> str | None:
    try:
        return as_currency(currency) if currency else None
    except ValueError as error:
        raise CatalogError(str(error)) from error


def _write_rejects(file: Path, rejects: list[_Rejected]) -> None:
    with Rejects(file) as out:
        for rejected in rejects:
            out.add(*rejected)
