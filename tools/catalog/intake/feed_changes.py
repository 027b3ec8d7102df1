"""Feeds that change a catalogue: whole rows to add, or rows of an id and only the fields that are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tools.catalog.dialects import in_own_words
from tools.catalog.feeds.feed import Feed, Row
from tools.catalog.feeds.opening import feed_files, open_feeds
from tools.catalog.firestore.address import Address
from tools.catalog.intake.additions import Additions
from tools.catalog.intake.mapping import REQUIRED, ColumnMap, map_columns
from tools.catalog.intake.rejects import Rejects
from tools.catalog.intake.rows import RowRejected
from tools.catalog.intake.updates import Updates
from tools.catalog.interface import Catalog
from tools.catalog.layout import REJECTED
from tools.catalog.places import Place, change
from tools.catalog.versions.store import Change
from tools.errors import CatalogError
from tools.money import as_currency

if TYPE_CHECKING:
    from tools.catalog.embedding.embedder import Embedder


class Changing(Protocol):
    """Takes rows one by one, and says then what they change."""

    def take(self, feed: str, columns: ColumnMap, row: Row) -> bool:
        """Takes a row of the feed named; whether it changes anything. Raises RowRejected."""
        ...

    def changes(self) -> list[Change]:
        """What the rows change together."""
        ...

    def left_over(self) -> Iterable[tuple[str, Row, RowRejected]]:
        """Rows that were taken and came to nothing, each with its feed and why."""
        ...


_Rejected = tuple[str, int, object, RowRejected]
"""A row that changed nothing: its feed, line and id, and why."""


@dataclass(slots=True)
class ChangeSummary:
    """What became of the rows: ``rows == changed + unchanged + rejected``. ``reasons`` counts rejections by field."""

    folder: Place
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
    folder: Place,
    *,
    mapping: Mapping[str, tuple[str, ...]] | None = None,
    currency: str | None = None,
    embedder: Embedder | None = None,
) -> ChangeSummary:
    """Adds the products of the feeds, read as an import reads them. A row whose id is there already is rejected.

    Rows of a declared group are a new product with variants, or new variants of the product of that id.
    Raises CatalogError where every row was rejected; then, and in a crash, the catalogue stays as it was.
    """
    code = _code(currency)
    return _apply(folder, _mapped(paths, mapping, REQUIRED), lambda catalog: Additions(catalog, code), embedder)


def update_feed(
    paths: Iterable[Path],
    folder: Place,
    *,
    mapping: Mapping[str, tuple[str, ...]] | None = None,
    currency: str | None = None,
    embedder: Embedder | None = None,
) -> ChangeSummary:
    """Changes products by id. Only what a row states is changed: a field without a column, or left empty, stays.

    A price without a currency is in ``currency``, else in that of the product's present price. The id may be that of a
    variant, which has a price, a stock and options of its own; the product's price and stock follow. A row whose id is
    not there, or with a value that cannot be read, is rejected. Raises CatalogError where every row was.
    """
    code = _code(currency)
    return _apply(folder, _mapped(paths, mapping, ("product_id",)), lambda catalog: Updates(catalog, code), embedder)


def _apply(
    folder: Place,
    feeds: list[tuple[Feed, ColumnMap]],
    begin: Callable[[Catalog], Changing],
    embedder: Embedder | None,
) -> ChangeSummary:
    summary, rejects = ChangeSummary(folder), list[_Rejected]()

    def reject(feed: str, line: int, given: object, error: RowRejected) -> None:
        summary.reasons[error.field] += 1
        summary.first_reason = summary.first_reason or f"{feed}, line {line}, {error}"
        rejects.append((feed, line, given, error))

    def plan(catalog: Catalog) -> list[Change]:
        changing = begin(catalog)
        for feed, columns in feeds:
            for row in feed.rows:
                summary.rows += 1
                try:
                    if row.problem:
                        raise RowRejected("row", row.problem)
                    changed = changing.take(feed.name, columns, row)
                except RowRejected as error:
                    reject(feed.name, row.line, next(iter(columns.values(row.values, "product_id")), ""), error)
                    continue
                summary.changed += changed
                summary.unchanged += not changed
        for name, row, error in changing.left_over():
            summary.changed -= 1
            reject(name, row.line, "", error)
        if summary.rows == summary.rejected:
            first = f"; the first: {summary.first_reason}" if summary.rows else ""
            raise CatalogError(f"None of the {summary.rows} rows changes the catalogue{first}")
        return changing.changes()

    change(folder, plan, also=lambda new: _write_rejects(new / REJECTED, rejects), embedder=embedder)
    if isinstance(folder, Address) and rejects:
        _write_rejects(Path(f"{folder.name}.{REJECTED}"), rejects)
    return summary


def _mapped(
    paths: Iterable[Path], mapping: Mapping[str, tuple[str, ...]] | None, required: tuple[str, ...]
) -> list[tuple[Feed, ColumnMap]]:
    feeds = [in_own_words(feed) for path in feed_files(paths) for feed in open_feeds(path)]
    # A change names what it changes: a column nobody knows may be a slip, and is no new attribute.
    whole = required == REQUIRED
    mapped = [
        (feed, map_columns(feed.name, feed.columns, mapping or {}, required, keeps_others=whole)) for feed in feeds
    ]
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
