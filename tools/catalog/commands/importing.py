"""``import``: a catalogue made of feeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tools.catalog.commands.options import AspectsFrom, EmbedderOption, FilesArgument, MapOption, Unit
from tools.catalog.commands.progress import progress

if TYPE_CHECKING:
    from tools.catalog.intake.importing import ImportSummary

SHOWN = 8
"""How many columns without a field are named."""


def import_(
    files: FilesArgument,
    to: Annotated[str, typer.Option("--to", metavar="DIR|firestore://...", help="The catalogue to make or replace.")],
    field_map: MapOption = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Currency of prices that name none, e.g. GBP.")
    ] = None,
    price_unit: Annotated[
        Unit, typer.Option(help="Whether a bare 4995 means whole units (dollars) or minor ones (cents).")
    ] = Unit.major,
    aspects: Annotated[
        AspectsFrom,
        typer.Option(
            help="Who reads interests, occasions, ages and aspects from texts; 'recsys_agent enrich': a model."
        ),
    ] = AspectsFrom.rules,
    embedder: EmbedderOption = None,
) -> None:
    """Make a catalogue of product feeds; columns with well-known names need no --map.

    Google Merchant Center (RSS, Atom, TSV), Shopify and WooCommerce CSV, schema.org JSON-LD, or any CSV, TSV, JSON,
    JSON Lines and YAML; each also gzipped or zipped.
    """
    from tools.catalog.embedding.embedder import build_embedder
    from tools.catalog.intake.importing import import_feed
    from tools.catalog.intake.mapping import parse_map
    from tools.catalog.places import place_of

    place = place_of(to)
    options: dict[str, Any] = {"currency": currency, "price_unit": price_unit.value, "aspects": aspects.value}
    options |= {"mapping": parse_map(field_map or []), "embedder": build_embedder(embedder)}
    with progress(files) as bars:
        options["on_bytes"] = bars.on_bytes
        if isinstance(place, Path):
            summary = import_feed(files, place, on_embedded=bars.on_embedded, **options)
            rejected = place / "rejected.csv"
        else:
            from tools.catalog.firestore.importing import import_to_firestore, rejected_file

            summary = import_to_firestore(files, place, on_written=bars.on_written, **options)
            rejected = rejected_file(place)
    typer.echo(_import_told(summary, to, rejected))


def _import_told(summary: ImportSummary, to: str, rejected: Path) -> str:
    prices = ", ".join(f"{count:,} in {code}" for code, count in summary.currencies.most_common())
    lines = [f"{feed}: read as {read_as}." for feed, read_as in summary.formats.items()]
    lines += [f"{summary.accepted:,} of {summary.rows:,} rows are products of {to} (prices: {prices})."]
    if summary.merged:
        lines.append(f"{summary.merged:,} merged into them as variants, shared descriptions or images.")
    if summary.rejected:
        why = ", ".join(f"{field} {count:,}" for field, count in summary.reasons.most_common())
        lines.append(f"{summary.rejected:,} rejected, by field: {why}; each is in {rejected}.")
    if summary.ignored:
        what = ", ".join(f"{field} {count:,}" for field, count in summary.ignored.most_common())
        lines.append(f"Values that could not be read count as not stated: {what}.")
    if summary.unmapped:
        what, more = ", ".join(summary.unmapped[:SHOWN]), len(summary.unmapped) - SHOWN
        what += f" and {more:,} more" if more > 0 else ""
        lines.append(f"Columns that no field takes, kept as attributes: {what}; --map FIELD=COLUMN gives one a field.")
    if summary.neutralised:
        what = ", ".join(f"{field} {count:,}" for field, count in summary.neutralised.most_common())
        tricks = "links, hidden characters, orders to a model, prices in names"
        lines.append(f"Made harmless in sellers' texts ({tricks}): {what}.")
    return "\n".join(lines)
