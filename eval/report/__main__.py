"""`python -m eval.report`: `run` lets shoppers loose on every strategy, `compare` holds two reports side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from eval.command import CORES, run_command
from eval.report.comparing import compare as compare_reports
from eval.report.comparing import differently_made, got_worse, load

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

WORSE = 1
MARKS = {"better": "[green]better[/]", "worse": "[red]worse[/]"}


@cli.command()
def run(
    catalog: Annotated[str | None, typer.Option(help="Catalogue folder or address; default the shipped one.")] = None,
    model: Annotated[str | None, typer.Option(help="A RECSYS_MODEL value; default the keyless fallible model.")] = None,
    out: Annotated[Path, typer.Option(help="Where the report goes.")] = Path(".data") / "report",
    shoppers: Annotated[int, typer.Option(min=1, help="Simulated shoppers.")] = 300,
    seed: Annotated[int, typer.Option(help="Other shoppers, other errors.")] = 7,
    strategy: Annotated[list[str] | None, typer.Option(help="Only these; repeatable. Default all.")] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A persona's field, for all; repeatable.")
    ] = None,
    faults: Annotated[float, typer.Option(min=0, help="Multiplies the fallible model's error rates; 0: none.")] = 1.0,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = CORES,
) -> None:
    """Writes report.html, report.md with its pictures, and report.json."""
    from eval.report.making import make_report
    from eval.strategies.ladder import Conditions
    from recsys_agent.settings import OFFLINE

    conditions = Conditions(catalog, None if model == OFFLINE else model, seed, faults)
    names = strategy or list(conditions.rungs)
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*bar, console=Console(stderr=True)) as progress:
        task = progress.add_task("conversations", total=None)

        def advance(done: int, total: int) -> None:
            progress.update(task, total=total, advance=done)

        report = make_report(conditions, names, shoppers, settings or [], out, workers, advance)
    _print_ladder(report)
    print(f"{out / 'report.html'}\n{out / 'report.md'}\n{out / 'report.json'}")


@cli.command()
def compare(
    a: Annotated[Path, typer.Argument(metavar="A.json", help="The report in question.")],
    against: Annotated[Path, typer.Option(metavar="B.json", help="The report it is held against.")],
) -> None:
    """Marks what is better or worse in A than in B beyond noise; exit status 1 when A serves fewer shoppers."""
    one, other = load(a), load(against)
    changes = compare_reports(one, other)
    table = Table(box=SIMPLE, title=f"{a} against {against}")
    for head in ("strategy", "figure", "A", "B", ""):
        table.add_column(head, justify="right" if head in ("A", "B") else "left")
    for change in changes:
        numbers = ["" if value is None else f"{value:,.4g}" for value in (change.a, change.b)]
        table.add_row(change.strategy, change.figure, *numbers, MARKS.get(change.verdict, change.verdict))
    Console().print(table)
    for difference in differently_made(one, other):
        print(f"Not made alike: {difference}")
    raise typer.Exit(WORSE if got_worse(changes) else 0)


def _print_ladder(report: dict) -> None:
    table = Table(box=SIMPLE)
    for head in ("strategy", "served", "95% interval", "model calls", "tokens"):
        table.add_column(head, justify="left" if head == "strategy" else "right", no_wrap=head == "strategy")
    for row in report["ladder"]:
        between = f"{row['ci_low']:.1%} - {row['ci_high']:.1%}"
        cost = (f"{row['llm_calls']:.1f}", f"{row['tokens']:,.0f}")
        table.add_row(row["strategy"], f"{row['success']:.1%}", between, *cost)
    Console().print(table)
    if not report["made_under"]["model"]:
        print("Played by a seeded fallible model: this measures structures, not a real model.")


if __name__ == "__main__":
    sys.exit(run_command(cli))
