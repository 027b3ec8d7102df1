"""`make bench-speed`: what a catalogue costs by its size: importing, disk, memory, searching, changing a price.

The shop is made up by the benchmark. Beside each search stands plain tantivy on the same products in the same run,
with one text field and a price: the ratio says more than the milliseconds, which are the machine's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.pictures import OUT, OutOption, by_size
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
STEPS = 5

SEARCHES = {"search": "ours", "with products": "products", "index": "index", "raw": "raw"}
COLUMNS = {
    "import, s": "import.seconds",
    "import, rows/s": "import.rows_per_s",
    "import, peak MiB": "import.peak_mib",
    "disk, MiB": "import.disk_mib",
    **{
        f"{title} {p}, ms{clock}": f"compare.{key}{name}_{p}"
        for clock, key in (("", ""), (" of processor", "cpu_"))
        for title, name in SEARCHES.items()
        for p in ("p50", "p95")
    },
    **{
        f"{title} / raw, {p}{clock}": f"compare.{key}{name}_ratio_{p}"
        for clock, key in (("", ""), (" of processor", "cpu_"))
        for title, name in SEARCHES.items()
        if name != "raw"
        for p in ("p50", "p95")
    },
    "search, peak MiB": "search.peak_mib",
    "new price, ms": "change.change_ms",
    "reopen, ms": "change.open_ms",
}

NOTE = (
    "Search: the 50 best in stock below a price, ranked as the search command does, their ids and scores; with "
    "products: all of each, too. Index: products by the text index alone, as a source of the gift finder asks. Raw: "
    "tantivy alone, one text field and the price, stored texts read. The four are asked by turns. "
    "Peak: resident memory of a process, mapped files included. "
    "New price: one of the products, until it serves."
)

PANELS = {
    "search, p50 ms": {
        "search": "search p50, ms",
        "with products": "with products p50, ms",
        "index": "index p50, ms",
        "raw tantivy": "raw p50, ms",
    },
    "search, p95 ms": {
        "search": "search p95, ms",
        "with products": "with products p95, ms",
        "index": "index p95, ms",
        "raw tantivy": "raw p95, ms",
    },
    "peak memory, MiB": {"importing": "import, peak MiB", "searching": "search, peak MiB"},
    "import, s": {"import": "import, s"},
    "disk, MiB": {"disk": "disk, MiB"},
    "a new price, ms": {"until it serves": "new price, ms", "reopening": "reopen, ms"},
}
"""What is drawn: for each panel its lines, by name, as titles of `COLUMNS`."""


def main(
    size: Annotated[list[int] | None, typer.Option(min=100, help="Products; repeatable.")] = None,
    large: Annotated[
        bool, typer.Option("--large", help="A million products too: ten minutes and 4 GB of disk.")
    ] = False,
    out: OutOption = OUT,
) -> None:
    """Measures catalogues of several sizes, prints a table and draws how each cost grows with size."""
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
    console.print(_table(found), NOTE)
    lines = {
        panel: {
            name: {size: measures[COLUMNS[title]] for size, measures in found.items()} for name, title in of.items()
        }
        for panel, of in PANELS.items()
    }
    print(f"Picture: {by_size(out / 'speed.png', 'What a catalogue costs, by its products', lines)}")


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


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    typer.run(main)
