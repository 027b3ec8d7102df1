"""``interactions``: what shoppers viewed and bought, kept beside a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tools.catalog.commands.options import CatalogOption
from tools.catalog.commands.progress import progress
from tools.errors import CatalogError

if TYPE_CHECKING:
    from tools.catalog.interactions.store import LogSummary


def interactions(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Logs: .csv, .tsv or .jsonl, also .gz.")],
    catalog: CatalogOption = None,
    field_map: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column is user, item, time or kind; repeatable."),
    ] = None,
    afresh: Annotated[bool, typer.Option("--afresh", help="Forget what was imported before.")] = False,
) -> None:
    """Learn from what shoppers viewed and bought: user, item, and where there are, time and kind."""
    from tools.catalog.folder import FolderCatalog
    from tools.catalog.interactions.events import parse_columns
    from tools.catalog.interactions.store import add_interactions
    from tools.catalog.places import place_of

    if catalog is None:
        raise CatalogError("Say whose shoppers these are: --catalog DIR, a folder made with the command import")
    columns = parse_columns(field_map or [])
    if not isinstance(folder := place_of(catalog), Path):
        raise CatalogError("What shoppers did is kept beside a catalogue folder only, not in Firestore")
    shop = FolderCatalog.open(folder)
    with progress([file for file in files if file.is_file()]) as bars:
        summary = add_interactions(files, shop, columns=columns, afresh=afresh, on_bytes=bars.on_bytes)
    typer.echo(_learned(summary))


def _learned(summary: LogSummary) -> str:
    lines = [f"{summary.events:,} of {summary.rows:,} rows are events, {summary.added:,} of them new."]
    lines.append(f"{summary.total:,} events are kept in {summary.file}.")
    if summary.unknown_items:
        lines.append(f"{summary.unknown_items:,} of their products are not in the catalogue and will not be shown.")
    if summary.rejected:
        lines.append(f"{summary.rejected:,} rows are no events; each is in {summary.rejected_file}; the first:")
        lines += [f"  {name}, line {bad.line}: {bad.reason}" for name, bad in summary.bad_rows]
    return "\n".join(lines)
