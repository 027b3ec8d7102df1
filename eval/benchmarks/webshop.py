"""Buying what an instruction asks for, on WebShop: ``python -m eval.benchmarks.webshop --data FOLDER``.

FOLDER holds ``webshop1k.json.gz``: 1,000 Amazon products with options, and what to look for. Each system buys the
first product it finds. R@1 is how often that is the one that was meant, the reward how well it would do (0 to 1).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.benchmarks.pictures import OUT, OutOption, bars
from eval.benchmarks.plain_bm25 import PlainBM25
from eval.benchmarks.webshop_data import (
    FILE,
    Goal,
    Record,
    import_webshop,
    plain_text,
    price_of,
    read_goals,
    read_records,
    reward,
)
from eval.ranking_metrics import bootstrap
from tools.catalog.search.index import Filters

OURS = "our text search"

Buy = Callable[[Goal], str]
"""A goal to the id of the product that is bought, empty where none is."""


@dataclass(frozen=True, slots=True)
class Bought:
    """One system: for each goal whether the product is the one that was meant (0 or 1), and the reward."""

    name: str
    hits: list[float]
    rewards: list[float]


def measure(name: str, buy: Buy, goals: list[Goal], records: Mapping[str, Record]) -> Bought:
    """Buys one product for each goal."""
    bought = [buy(goal) for goal in track(goals, name, console=Console(stderr=True), transient=True)]
    pairs = list(zip(goals, bought, strict=True))
    rewards = [reward(goal, records[goal.asin], records[asin]) if asin else 0.0 for goal, asin in pairs]
    return Bought(name, [float(goal.asin == asin) for goal, asin in pairs], rewards)


def summary(systems: list[Bought]) -> Table:
    """One line a system."""
    title = f"WebShop, {len(systems[0].hits)} goals (95% bootstrap intervals)"
    table = Table(title=title, box=SIMPLE, pad_edge=False)
    table.add_column("", no_wrap=True)
    for name in ("R@1", "interval", "reward", "interval"):
        table.add_column(name, justify="right", no_wrap=True)
    for system in systems:
        cells = []
        for values in (system.hits, system.rewards):
            low, high = bootstrap(values)
            cells += [f"{fmean(values):.3f}", f"{low:.3f}-{high:.3f}"]
        table.add_row(system.name, *cells)
    return table


def main(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", exists=True, file_okay=False)],
    out: OutOption = OUT,
) -> None:
    """Compares our search with plain BM25, and with plain BM25 that knows the goal's price limit."""
    if not (data / FILE).is_file():
        raise typer.BadParameter(f"{data} holds no {FILE}; name the folder that does", param_hint="--data")
    records = {record["asin"]: record for record in read_records(data)}
    goals = read_goals(records.values())
    plain = PlainBM25((asin, plain_text(record)) for asin, record in records.items())

    def affordable(goal: Goal) -> str:
        found = plain.search(goal.instruction, len(records))
        return next((asin for asin in found if price_of(records[asin]) <= goal.price_max), "")

    with tempfile.TemporaryDirectory() as work:
        free = import_webshop(records.values(), Path(work) / "webshop").free_search()

        def ours(goal: Goal) -> str:
            return next((hit.product.product_id for hit in free.search(goal.instruction, Filters(), 1)), "")

        ways: dict[str, Buy] = {
            "plain BM25": lambda goal: next(iter(plain.search(goal.instruction, 1)), ""),
            "BM25, price filter": affordable,
            OURS: ours,
        }
        systems = [measure(name, buy, goals, records) for name, buy in ways.items()]
    Console().print(summary(systems))
    values = {system.name: fmean(system.hits) for system in systems}
    intervals = {system.name: bootstrap(system.hits) for system in systems}
    print(f"Picture: {bars(out / 'webshop.png', 'WebShop: R@1', values, intervals, [OURS])}")


if __name__ == "__main__":
    typer.run(main)
