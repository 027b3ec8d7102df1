"""`python -m eval.spread`: each agent's output is spoilt in turn; how often does a shopper see it?

Exit status 1 where one sees wrong money, a broken rule or a product that nobody sells.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from eval.command import CORES, folder_to_write, run_command
from eval.quiet import quiet

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
WIDTH = 150


@cli.command(help=__doc__)
def spread(
    catalog: Annotated[str | None, typer.Option(help="Catalogue folder or address; default the shipped one.")] = None,
    shoppers: Annotated[int, typer.Option(min=1, help="Simulated shoppers for each row.")] = 40,
    rate: Annotated[float, typer.Option(min=0, max=1, help="The share of an agent's outputs that is spoilt.")] = 0.5,
    seed: Annotated[int, typer.Option(help="Other shoppers, other errors.")] = 7,
    out: Annotated[Path, typer.Option(help="Where spread.json and spread.png go.")] = Path(".data") / "spread",
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = CORES,
) -> None:
    """The command of this file."""
    from eval.simulation.generating import personas
    from eval.simulation.workers import Workers
    from eval.spread.measuring import measure, steps, to_be_hit
    from eval.spread.telling import EXPLAINED, HEADS, cells, draw
    from eval.strategies.ladder import Conditions

    quiet(logging.CRITICAL)  # a node that fails is what is tried here; ADK logs each with its stack
    folder_to_write(out)
    conditions = Conditions(catalog, seed=seed)
    shop = conditions.open_catalog()
    people = to_be_hit(list(personas(list(shop), shop.currency, shoppers, seed)), shoppers)
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Workers(workers) as processes, Progress(*bar, console=Console(stderr=True)) as progress:
        task = progress.add_task("agents and corruptions", total=steps())
        rows = measure(people, conditions, rate, processes, lambda: progress.advance(task))
    table = Table(box=SIMPLE, caption=EXPLAINED.format(rate=rate))
    for head in HEADS:
        table.add_column(head, overflow="fold")
    for row in cells(rows):
        table.add_row(*row)
    Console(width=max(Console().width, WIDTH)).print(table)
    draw(rows, out / "spread.png")
    (out / "spread.json").write_text(json.dumps({"rate": rate, "seed": seed, "spread": rows}, indent=1) + "\n", "utf-8")
    print(f"{out / 'spread.json'}\n{out / 'spread.png'}")
    raise typer.Exit(1 if any(sum(row["shown"].values()) for row in rows) else 0)


if __name__ == "__main__":
    sys.exit(run_command(cli))
