"""Part of `make bench`: how long an exact plan takes, from its candidates to the proof of the optimum."""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.benchmarks.plan_instances import instance_of
from eval.benchmarks.plan_judge import party_instance, random_instance
from tools.planning.optimiser import best_plan

SEED = 4
CAPTION = (
    "All: sellers with shipping, half of them free from a threshold, two vouchers, one from a threshold, wishes, "
    "themes and a tight budget. Muddled: also taxes, lower ends, own bounds, kept picks, look-alikes, up to three "
    "vouchers and two rates a seller. Processor time, since other work on the machine moves the clock."
)


@dataclass(frozen=True)
class Row:
    """A kind of plan, and how to make one."""

    name: str
    make: Callable[[random.Random], dict[str, Any]]


ROWS = (
    Row("6 needs × 12, one seller", lambda rng: party_instance(rng, 6, 12, "A")),
    Row("8 needs × 60, one seller", lambda rng: party_instance(rng, 8, 60, "A")),
    Row("8 needs × 60, four sellers", lambda rng: party_instance(rng, 8, 60, "ABCD")),
    Row("8 needs × 30 to 60, muddled", lambda rng: random_instance(rng, 8, 60, 6000)),
)


def main(plans: Annotated[int, typer.Option(min=20, help="Plans of each row.")] = 100) -> None:
    """Measures exact plans of growing size and prints a table."""
    table = Table(title=f"An exact plan, ms ({plans} a row)", caption=CAPTION, box=SIMPLE, pad_edge=False)
    table.add_column("plan", no_wrap=True)
    for name in ("p50", "p95", "most", "proven", "none"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in ROWS:
        rng, taken, results = random.Random(SEED), [], Counter[str]()
        best_plan(instance_of(row.make(rng)))  # the solver is loaded at its first use
        for _ in track(range(plans), row.name, console=Console(stderr=True), transient=True):
            instance = instance_of(row.make(rng))
            started = time.process_time()
            found = best_plan(instance)
            taken.append((time.process_time() - started) * 1000)
            results["none" if found is None else "open" if found.gap else "proven"] += 1
        p95 = statistics.quantiles(taken, n=20, method="inclusive")[-1]
        counted = [f"{results['proven']}", f"{results['none']}"]
        table.add_row(row.name, f"{statistics.median(taken):.1f}", f"{p95:.1f}", f"{max(taken):.1f}", *counted)
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
