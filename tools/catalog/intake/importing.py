"""Importing feeds: rows stream into a new generation of a catalogue, which serves once it is complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tools.catalog.aspects.rules import ASPECTS, Aspects, ReadAspects
from tools.catalog.dialects import in_own_words
from tools.catalog.feeds.feed import Feed, OnBytes, Row
from tools.catalog.feeds.opening import feed_files, open_feeds
from tools.catalog.folder import FORMAT, FolderCatalog, Manifest, main_currency, write_manifest
from tools.catalog.intake.mapping import ColumnMap, map_columns, unmapped
from tools.catalog.intake.prices import PriceUnit
from tools.catalog.intake.rejects import Rejects
from tools.catalog.intake.rows import RowReader, RowRejected
from tools.catalog.intake.staging import MAX_VARIANTS, Staging, Waiting
from tools.catalog.intake.variants import merge
from tools.catalog.layout import INDEX, PRODUCTS, REJECTED, VECTORS
from tools.catalog.search.index import build_index
from tools.catalog.versions.generations import new_generation
from tools.errors import CatalogError
from tools.money import as_currency
from tools.product import Product

if TYPE_CHECKING:
    from tools.catalog.embedding.embedder import Embedder
    from tools.catalog.embedding.keeping import OnEmbedded


@dataclass(slots=True)
class ImportSummary:
    """What became of the rows; ``rows == accepted + merged + rejected``.

    ``merged`` rows are further variants, descriptions or images of an accepted product. ``formats`` says of each feed
    what it was read as, ``reasons`` counts rejected rows by field, ``ignored`` unreadable optional values by field,
    ``currencies`` the accepted products by the currency of their price, ``neutralised`` those that had something in
    their texts that was made harmless, by field, ``unmapped`` the columns that no field takes.
    """

    folder: Path
    rows: int = 0
    accepted: int = 0
    merged: int = 0
    formats: dict[str, str] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)
    neutralised: Counter[str] = field(default_factory=Counter)
    unmapped: list[str] = field(default_factory=list)
    first_reason: str = ""

    @property
    def rejected(self) -> int:
        """How many rows are no product of the catalogue."""
        return self.reasons.total()

    def count(self, product: Product) -> None:
        """Counts an accepted product."""
        self.accepted += 1
        self.currencies[product.price.currency] += 1
        self.neutralised.update({line.partition(":")[0] for line in product.neutralised})


def import_feed(
    paths: Iterable[Path],
    to: Path,
    *,
    mapping: Mapping[str, tuple[str, ...]] | None = None,
    currency: str | None = None,
    price_unit: PriceUnit = "major",
    now: datetime | None = None,
    aspects: Aspects = "rules",
    on_bytes: OnBytes | None = None,
    embedder: Embedder | None = None,
    on_embedded: OnEmbedded | None = None,
) -> ImportSummary:
    """Makes ``to`` a catalogue of the products in the feeds, replacing a catalogue that is there.

    ``mapping`` is what `parse_map` returns; ``currency`` is that of prices that name none (without it
    such prices are rejected), ``price_unit`` tells dollars from cents, ``now`` decides which sale prices hold,
    ``aspects`` who reads from the products' texts what the feed leaves unsaid.
    With an ``embedder`` each product gets its vector; that of an unchanged text is taken over from the catalogue that
    is there. Raises CatalogError; then, and in a crash, ``to`` stays as it was.
    """
    files = feed_files(paths)
    try:
        currency = as_currency(currency) if currency else None
    except ValueError as error:
        raise CatalogError(str(error)) from error
    # All feeds are opened and mapped before anything is written: most mistakes show here.
    feeds = [in_own_words(feed) for path in files for feed in open_feeds(path, on_bytes)]
    mapped = [(feed, map_columns(feed.name, feed.columns, mapping or {})) for feed in feeds]
    readers = [(feed, RowReader(columns, currency, price_unit, now), columns) for feed, columns in mapped]
    with new_generation(to) as folder:
        summary = ImportSummary(to, formats={feed.name: feed.format for feed in feeds}, unmapped=unmapped(mapped))
        _take(readers, folder, summary, ASPECTS[aspects])
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
            aspects=aspects,
        )
        if embedder:
            manifest = _embedded(to, folder, manifest, embedder, on_embedded)
        write_manifest(folder, manifest)
    return summary


def _embedded(
    to: Path, folder: Path, manifest: Manifest, embedder: Embedder, on_embedded: OnEmbedded | None
) -> Manifest:
    """Writes the vectors; the manifest says whose they are."""
    from tools.catalog.embedding.keeping import write_vectors

    try:
        present = FolderCatalog.open(to)
        earlier = present.vectors if present.manifest.embedder == embedder.name else None
    except CatalogError:  # there is none yet, or it is being replaced because it is broken
        earlier = None
    products = _written(folder / PRODUCTS)
    width = write_vectors(
        folder / VECTORS, products, manifest.products, embedder, earlier=earlier, on_embedded=on_embedded
    )
    return manifest.model_copy(update={"embedder": embedder.name, "dimensions": width})


def _take(
    readers: list[tuple[Feed, RowReader, ColumnMap]], folder: Path, summary: ImportSummary, read: ReadAspects
) -> None:
    """Writes the products, and the list of the rejected; all rows are counted."""
    with Rejects(folder / REJECTED) as rejects, Staging(folder) as staging:
        for feed, reader, columns in readers:
            for row in feed.rows:
                summary.rows += 1
                try:
                    product = _stage(feed.name, row, reader, staging, read)
                except RowRejected as error:
                    given = next(iter(columns.values(row.values, "product_id")), "")
                    rejects.add(feed.name, row.line, given, error)
                    continue
                if product is not None:
                    summary.count(product)
            summary.ignored.update(reader.ignored)
        if not staging.finish(folder / PRODUCTS):
            with (folder / PRODUCTS).open("w", encoding="utf-8") as out:
                for kept in staging.kept():
                    out.write(kept if isinstance(kept, str) else _merged(*kept, summary, rejects, read))
        summary.reasons, summary.first_reason = rejects.reasons, rejects.first


def _stage(feed: str, row: Row, reader: RowReader, staging: Staging, read: ReadAspects) -> Product | None:
    """Keeps the row's product, which is returned unless it waits for its group. Raises RowRejected."""
    if row.problem:
        raise RowRejected("row", row.problem)
    place = f"{feed}, line {row.line}"
    group = reader.group(row.values)
    product = reader.product(row.values, row.role) if row.role != "extra" else None
    if group and (taken := staging.claim_group(group, place)):
        raise RowRejected("group_id", f"is already the id of the product in {taken}")
    if product and row.role == "product" and (taken := staging.claim(product.product_id, group, place)):
        raise RowRejected("product_id", f"is already taken by {taken}")
    if not group:
        if product is None or row.role != "product":
            raise RowRejected("group_id", "is empty, so the row belongs to no product")
        product = read(product)
        staging.add(product)
        return product
    if not staging.add_to_group(group, Waiting(feed, row.line, row.role, product)):
        raise RowRejected("group_id", f"has more than {MAX_VARIANTS:,} rows")
    return None


def _merged(group: str, rows: list[Waiting], summary: ImportSummary, rejects: Rejects, read: ReadAspects) -> str:
    """The line of a group's product, or nothing where no row of it has a price."""
    found = [(row, row.product) for row in rows if row.product and row.role == "product"]
    currency = found[0][1].price.currency if found else ""
    for row, product in found:
        if product.price.currency != currency:
            error = RowRejected(
                "price", f"is in {product.price.currency}, the other variants of {group!r} in {currency}"
            )
            rejects.add(row.feed, row.line, product.product_id, error)
    members = [product for _, product in found if product.price.currency == currency]
    others = [row for row in rows if row.role != "product"]
    if not members:
        for row in others:
            rejects.add(row.feed, row.line, group, RowRejected("price", f"no variant of {group!r} has one"))
        return ""
    product = read(merge(group, next((row.product for row in others if row.product), None), members))
    summary.merged += len(members) + len(others) - 1
    summary.count(product)
    return product.model_dump_json() + "\n"


def _written(file: Path) -> Iterator[Product]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield Product.model_validate_json(line)
