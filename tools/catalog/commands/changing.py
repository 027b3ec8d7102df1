"""``add``, ``update`` and ``remove``: a catalogue changed by id, also while it serves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tools.catalog.commands.options import ChangedOption, EmbedderOption, MapOption

if TYPE_CHECKING:
    from tools.catalog.intake.feed_changes import ChangeSummary


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Feeds of whole products.")],
    catalog: ChangedOption,
    field_map: MapOption = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Currency of prices that name none, e.g. GBP.")
    ] = None,
    embedder: EmbedderOption = None,
) -> None:
    """Add products to a catalogue, also while it serves."""
    from tools.catalog.embedding.embedder import build_embedder
    from tools.catalog.intake.feed_changes import add_feed
    from tools.catalog.intake.mapping import parse_map

    mapping, model = parse_map(field_map or []), build_embedder(embedder)
    typer.echo(_changes_told(add_feed(files, catalog, mapping=mapping, currency=currency, embedder=model), "added"))


def update(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Feeds of ids and the fields to change.")],
    catalog: ChangedOption,
    field_map: MapOption = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Currency of prices that name none; else the product's own.")
    ] = None,
    embedder: EmbedderOption = None,
) -> None:
    """Change prices, stock or any other fields by id, also while the catalogue serves; empty values change nothing."""
    from tools.catalog.embedding.embedder import build_embedder
    from tools.catalog.intake.feed_changes import update_feed
    from tools.catalog.intake.mapping import parse_map

    mapping, model = parse_map(field_map or []), build_embedder(embedder)
    summary = update_feed(files, catalog, mapping=mapping, currency=currency, embedder=model)
    typer.echo(_changes_told(summary, "updated"))


def remove(
    product_ids: Annotated[list[str], typer.Argument(metavar="ID...")],
    catalog: ChangedOption,
) -> None:
    """Remove products by id, also while the catalogue serves."""
    from tools.catalog.versions.changes import change_catalog, removals

    gone = {change.product_id for change in change_catalog(catalog, removals(product_ids))}
    typer.echo(f"{len(gone):,} removed from {catalog}.")
    if unknown := [i for i in dict.fromkeys(product_ids) if i not in gone]:
        typer.echo(f"Not there: {', '.join(unknown)}.")


def _changes_told(summary: ChangeSummary, done: str) -> str:
    line = f"{summary.changed:,} of {summary.rows:,} rows {done} in {summary.folder}, {summary.unchanged:,} unchanged."
    if summary.rejected:
        why = ", ".join(f"{field} {count:,}" for field, count in summary.reasons.most_common())
        line += f"\n{summary.rejected:,} rejected, by field: {why}; the first: {summary.first_reason}."
    return line
