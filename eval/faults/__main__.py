"""`python -m eval.faults`: breaks one thing after the other beside a running server, and prints what a client saw."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.command import run_command
from eval.faults.faults import FAULTS, in_folder
from eval.faults.seen import Seen
from tools.errors import UsageError

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
NAMES = [fault.__name__ for fault in FAULTS]


@cli.command(help=__doc__)
def main(
    only: Annotated[list[str] | None, typer.Option(help=f"Only these; repeatable: {', '.join(NAMES)}.")] = None,
) -> None:
    """Exit status 1 when a message that was acknowledged is lost, or something else than promised was seen."""
    if unknown := set(only or ()) - set(NAMES):
        raise UsageError(f"There is no fault {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    chosen = [fault for fault in FAULTS if not only or fault.__name__ in only]
    seen: list[Seen] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        task = progress.add_task("faults", total=len(chosen))
        for fault in chosen:
            progress.update(task, description=fault.__name__)
            seen.append(in_folder(fault, Path(folder)))
            progress.advance(task)
    table = Table(box=SIMPLE, pad_edge=False, caption="Lost: messages acknowledged and not kept exactly once.")
    for name in ("injected", "what the client saw", "lost", "as promised"):
        table.add_column(name, justify="right" if name == "lost" else "left")
    for row in seen:
        table.add_row(row.fault, row.saw, f"{row.lost}", "yes" if row.is_as_promised else "[red]no[/]")
    Console(width=max(Console().width, 120)).print(table)
    sys.exit(any(row.lost or not row.is_as_promised for row in seen))


if __name__ == "__main__":
    sys.exit(run_command(cli))
