"""``import``: a catalogue made of feeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tools.catalog.commands.options import EmbedderOption, FilesArgument, MapOption, Unit
from tools.catalog.commands.progress import progress

if TYPE_CHECKING:
    from tools.catalog.intake.importing import ImportSummary


def import_(
    files: FilesArgument,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The catalogue folder to make or replace.")],
    field_map: MapOption = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Currency of prices that name none, e.g. GBP.")
    ] = None,
    price_unit: Annotated[
        Unit, typer.Option(help="Whether a bare 4995 means whole units (dollars) or minor ones (cents).")
    ] = Unit.major,
    embedder: EmbedderOption = None,
) -> None:
    """Make a catalogue of product feeds; columns with well-known names need no --map.

    Google Merchant Center (RSS, Atom, TSV), Shopify and WooCommerce CSV, schema.org JSON-LD, or any CSV, TSV, JSON,
    JSON Lines and YAML; each also gzipped or zipped.
    """
    from tools.catalog.embedding.embedder import build_embedder
    from tools.catalog.intake.importing import import_feed
    from tools.catalog.intake.mapping import parse_map

    mapping = parse_map(field_map or [])
    model = build_embedder(embedder)
    with progress(files) as bars:
        summary = import_feed(
            files,
            to,
            mapping=mapping,
            currency=currency,
            price_unit=price_unit.value,
            on_bytes=bars.on_bytes,
            embedder=model,
            on_embedded=bars.on_embedded,
        )
    typer.echo(_import_told(summary))


def _import_told(summary: ImportSummary) -> str:
    prices = ", ".join(f"{count:,} in {code}" for code, count in summary.currencies.most_common())
    lines = [f"{feed}: read as {read_as}." for feed, read_as in summary.formats.items()]
    lines += [f"{summary.accepted:,} of {summary.rows:,} rows are products of {summary.folder} (prices: {prices})."]
    if summary.merged:
        lines.append(f"{summary.merged:,} merged into them as variants, shared descriptions or images.")
    if summary.rejected:
        why = ", ".join(f"{field} {count:,}" for field, count in summary.reasons.most_common())
        lines.append(f"{summary.rejected:,} rejected, by field: {why}; each is in {summary.folder / 'rejected.csv'}.")
    if summary.ignored:
        what = ", ".join(f"{field} {count:,}" for field, count in summary.ignored.most_common())
        lines.append(f"Values that could not be read count as not stated: {what}.")
    return "\n".join(lines)
