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
    from tools.catalog.places import place_of

    mapping, model = parse_map(field_map or []), build_embedder(embedder)
    summary = add_feed(files, place_of(catalog), mapping=mapping, currency=currency, embedder=model)
    typer.echo(_changes_told(summary, "added"))


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
    from tools.catalog.places import place_of

    mapping, model = parse_map(field_map or []), build_embedder(embedder)
    summary = update_feed(files, place_of(catalog), mapping=mapping, currency=currency, embedder=model)
    typer.echo(_changes_told(summary, "updated"))


def remove(
    product_ids: Annotated[list[str], typer.Argument(metavar="ID...")],
    catalog: ChangedOption,
) -> None:
    """Remove products, or single variants, by id, also while the catalogue serves."""
    from tools.catalog.places import change, place_of
    from tools.catalog.versions.changes import removals

    plan = removals(product_ids)
    change(place_of(catalog), plan)
    typer.echo(f"{len(plan.wanted) - len(plan.unknown):,} removed from {catalog}.")
    if plan.unknown:
        typer.echo(f"Not there: {', '.join(plan.unknown)}.")


def _changes_told(summary: ChangeSummary, done: str) -> str:
    line = f"{summary.changed:,} of {summary.rows:,} rows {done} in {summary.folder}, {summary.unchanged:,} unchanged."
    if summary.rejected:
        why = ", ".join(f"{field} {count:,}" for field, count in summary.reasons.most_common())
        line += f"\n{summary.rejected:,} rejected, by field: {why}; the first: {summary.first_reason}."
    return line
