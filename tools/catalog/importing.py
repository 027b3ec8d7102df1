"""Importing feeds: rows stream into a new catalogue folder, which replaces the old one only when it is complete."""

from __future__ import annotations

import csv
import os
import shutil
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tools.catalog.catalog import FORMAT, INDEX, MANIFEST, PRODUCTS, Manifest, main_currency, write_manifest
from tools.catalog.feeds import Feed, OnBytes, feed_files, open_feed
from tools.catalog.index import build_index
from tools.catalog.interactions.beside import FILE as INTERACTIONS
from tools.catalog.mapping import ColumnMap, map_columns
from tools.catalog.rows import RowReader, RowRejected
from tools.errors import CatalogError
from tools.money import as_currency
from tools.product import Product

REJECTED = "rejected.csv"

OWN_ENTRIES = {MANIFEST, PRODUCTS, INDEX, REJECTED, INTERACTIONS}
"""What our imports write. A target folder with anything else in it is not replaced: it could be the user's."""


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
    with _replacing(to) as folder:
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
        )
        write_manifest(folder, manifest)
        if (to / INTERACTIONS).exists():
            # What shoppers did outlives a new feed: ids stay the feed's.
            shutil.copy2(to / INTERACTIONS, folder / INTERACTIONS)
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
                    rejects.writerow((feed.path.name, row.line, _cell(given), error.field, _cell(error.reason)))
                    continue
                seen[product.product_id] = place
                summary.accepted += 1
                summary.currencies[product.price.currency] += 1
                yield product
            summary.ignored.update(reader.ignored)


def _cell(value: object) -> str:
    """Printable on one line, and no formula: the list of the rejected is opened in spreadsheets."""
    text = "".join(c for c in " ".join(str(value).split()) if c.isprintable())[:200]
    return f"'{text}" if text[:1] in ("=", "+", "@") else text


def _written(file: Path) -> Iterator[Product]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield Product.model_validate_json(line)


@contextmanager
def _replacing(to: Path) -> Iterator[Path]:
    """A new folder beside ``to`` that takes its place when the block ends well, and is removed when it does not."""
    target = to.resolve()
    _refuse_foreign(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.new")
    old = new.with_suffix(".old")
    new.mkdir()
    try:
        yield new
        if target.exists():
            # Two renames, because a folder cannot be renamed onto one that is not empty.
            os.replace(target, old)
        try:
            os.replace(new, target)
        except OSError:
            if old.exists():
                os.replace(old, target)
            raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)


def _refuse_foreign(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise CatalogError(f"{target} is a file; --to takes a folder")
    foreign = sorted(entry.name for entry in target.iterdir() if entry.name not in OWN_ENTRIES)
    if foreign:
        raise CatalogError(
            f"{target} holds {foreign[0]!r}, which no import wrote, and would be replaced; give --to a new folder"
        )
