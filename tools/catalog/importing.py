"""Importing feeds: rows stream into a new generation of a catalogue, which serves once it is complete."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tools.catalog.catalog import FORMAT, INDEX, PRODUCTS, Manifest, main_currency, write_manifest
from tools.catalog.feeds import Feed, OnBytes, feed_files, open_feed
from tools.catalog.generations import REJECTED, new_generation
from tools.catalog.index import build_index
from tools.catalog.mapping import ColumnMap, map_columns
from tools.catalog.rows import RowReader, RowRejected
from tools.errors import CatalogError
from tools.money import as_currency
from tools.product import Product


@dataclass(slots=True)
class ImportSummary:
    """What became of the rows; ``rows == accepted + rejected``.

    ``reasons`` counts rejected rows by field, ``ignored`` unreadable optional values by field, ``currencies`` the
    accepted products by the currency of their price.
    """

    folder: Path
    rows: int = 0
    accepted: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)
    first_reason: str = ""

    @property
    def rejected(self) -> int:
        """How many rows are no product of the catalogue."""
        return self.reasons.total()


def import_feed(
    paths: Iterable[Path],
    to: Path,
    *,
    mapping: Mapping[str, tuple[str, ...]] | None = None,
    currency: str | None = None,
    on_bytes: OnBytes | None = None,
) -> ImportSummary:
    """Makes ``to`` a catalogue of the products in the feeds, replacing a catalogue that is there.

    ``mapping`` is what `parse_map` returns; ``currency`` is that of prices that name none (without it
    such prices are rejected). Raises CatalogError; then,
    and in a crash, ``to`` stays as it was.
    """
    files = feed_files(paths)
    try:
        currency = as_currency(currency) if currency else None
    except ValueError as error:
        raise CatalogError(str(error)) from error
    # All feeds are opened and mapped before anything is written: most mistakes show here.
    feeds = [open_feed(path, on_bytes) for path in files]
    mapped = [(feed, map_columns(feed.path.name, feed.columns, mapping or {})) for feed in feeds]
    with new_generation(to) as folder:
        summary = ImportSummary(to)
        with (folder / PRODUCTS).open("w", encoding="utf-8") as out:
            out.writelines(product.model_dump_json() + "\n" for product in _accepted(mapped, currency, folder, summary))
        if not summary.accepted:
            first = f"; the first: {summary.first_reason}" if summary.rows else ""
            raise CatalogError(f"None of the {summary.rows} rows of the feed is a product{first}")
        build_index(_written(folder / PRODUCTS), folder / INDEX)
        manifest = Manifest(
            format=FORMAT,
            currency=main_currency(summary.currencies),
            products=summary.accepted,
            source=[path.name for path in files],
            rejected=summary.rejected,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            currencies=dict(summary.currencies),
        )
        write_manifest(folder, manifest)
    return summary


def _accepted(
    feeds: list[tuple[Feed, ColumnMap]], currency: str | None, folder: Path, summary: ImportSummary
) -> Iterator[Product]:
    """The products, one by one; the other rows go to the list of the rejected."""
    seen: dict[str, str] = {}
    with (folder / REJECTED).open("w", encoding="utf-8", newline="") as file:
        rejects = csv.writer(file)
        rejects.writerow(("feed", "line", "product_id", "field", "reason"))
        for feed, columns in feeds:
            reader = RowReader(columns, currency)
            for row in feed.rows:
                summary.rows += 1
                place = f"{feed.path.name}, line {row.line}"
                try:
                    if row.problem:
                        raise RowRejected("row", row.problem)
                    product = reader.product(row.values)
                    if product.product_id in seen:
                        raise RowRejected("product_id", f"is already taken by {seen[product.product_id]}")
                except RowRejected as error:
                    summary.reasons[error.field] += 1
                    summary.first_reason = summary.first_reason or f"{place}, {error}"
                    given = next(iter(columns.values(row.values, "product_id")), "")
                    rejects.writerow((feed.path.name, row.line, cell_text(given), error.field, cell_text(error.reason)))
                    continue
                seen[product.product_id] = place
                summary.accepted += 1
                summary.currencies[product.price.currency] += 1
                yield product
            summary.ignored.update(reader.ignored)


def cell_text(value: object) -> str:
    """Printable on one line, and no formula: the list of the rejected is opened in spreadsheets."""
    text = "".join(c for c in " ".join(str(value).split()) if c.isprintable())[:200]
    return f"'{text}" if text[:1] in ("=", "+", "@") else text


def _written(file: Path) -> Iterator[Product]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield Product.model_validate_json(line)
