"""`make bench-speed`: what a catalogue costs by its size: importing, disk, memory, searching, changing a price.

The shop is made up by the benchmark. Beside each search stands plain tantivy on the same products in the same run,
with one text field and a price: the ratio says more than the milliseconds, which are the machine's.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.bar import Bar
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.speed_measures import (
    Measures,
    building_raw,
    changing,
    comparing,
    importing,
    measured,
    searching,
)
from eval.benchmarks.speed_shop import write_feed

SIZES = [10_000, 100_000]
LARGE = 1_000_000
BAR_WIDTH = 24
STEPS = 5

COLUMNS = {
    "import, s": "import.seconds",
    "disk, MiB": "import.disk_mib",
    "import, peak MiB": "import.peak_mib",
    "search p50, ms": "compare.ours_p50",
    "search p95, ms": "compare.ours_p95",
    "raw p50, ms": "compare.raw_p50",
    "raw p95, ms": "compare.raw_p95",
    "ratio of p50": "compare.ratio_p50",
    "ratio of p95": "compare.ratio_p95",
    "search, peak MiB": "search.peak_mib",
    "new price, ms": "change.change_ms",
    "reopen, ms": "change.open_ms",
}

NOTE = (
    "Search: the 50 best in stock below a price, as products. Raw: tantivy alone, one text field and the price, "
    "stored texts read; asked by turns with ours. Peak: resident memory of a process, mapped files included. "
    "New price: one of the products, until it serves."
)

PLOTTED = (
    *("import, s", "disk, MiB", "search p50, ms", "search p95, ms", "raw p50, ms"),
    *("search, peak MiB", "new price, ms"),
)


def main(
    size: Annotated[list[int] | None, typer.Option(min=100, help="Products; repeatable.")] = None,
    large: Annotated[
        bool, typer.Option("--large", help="A million products too: ten minutes and 3 GB of disk.")
    ] = False,
) -> None:
    """Measures catalogues of several sizes, and prints a table and how each cost grows with size."""
    sizes = sorted(set(size or SIZES) | ({LARGE} if large else set()))
    found: dict[int, Measures] = {}
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=STEPS * len(sizes))
        for one in sizes:
            with tempfile.TemporaryDirectory() as folder:
                found[one] = _measure(
                    one, Path(folder), lambda doing: progress.update(task, advance=1, description=doing)
                )
    console = Console()
    console.print(_table(found), NOTE, "", _growth(found))


def _measure(size: int, folder: Path, advance: Callable[[str], None]) -> Measures:
    feed, shop, raw = folder / "feed.jsonl", folder / "shop", folder / "raw"
    write_feed(feed, size)
    advance(f"{size:,}: importing")
    found = {"import": measured(importing, feed, shop)}
    feed.unlink()
    advance(f"{size:,}: raw tantivy")
    measured(building_raw, shop, raw)
    advance(f"{size:,}: searching")
    found["compare"] = measured(comparing, shop, raw)
    found["search"] = measured(searching, shop)
    advance(f"{size:,}: changing a price")
    found["change"] = measured(changing, shop)
    advance(f"{size:,}: done")
    return {f"{what}.{name}": value for what, one in found.items() for name, value in one.items()}


def _table(found: dict[int, Measures]) -> Table:
    table = Table(
        title="The cost of a catalogue, by products",
        box=SIMPLE,
        pad_edge=False,
    )
    table.add_column("", no_wrap=True)
    for size in found:
        table.add_column(f"{size:,}", justify="right", no_wrap=True)
    for title, key in COLUMNS.items():
        table.add_row(title, *(_short(measures[key]) for measures in found.values()))
    return table


def _growth(found: dict[int, Measures]) -> Table:
    """Bars on a logarithmic scale, each cost on its own: one that grows with the catalogue grows by equal steps."""
    table = Table(title="How cost grows with size (each bar from its least, ten times is a third)", box=SIMPLE)
    for name in ("", "products", "", "cost", "growth"):
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    for title in PLOTTED:
        values = {size: measures[COLUMNS[title]] for size, measures in found.items()}
        least = min(values.values())
        for n, (size, value) in enumerate(values.items()):
            decades = math.log10(value / least) if least else 0.0
            bar = Bar(size=3.0, begin=0, end=min(3.0, 0.1 + decades), width=BAR_WIDTH)
            table.add_row(
                "" if n else title, f"{size:,}", bar, _short(value), f"x {value / least:.1f}" if least else ""
            )
    return table


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    typer.run(main)
