"""What vectors cost by the size of a catalogue: ``python -m eval.benchmarks.speed_vectors``.

Vectors are made up, as a model would take hours for a million products: gatherings of random directions, as near to
each other as products of one kind are. So what is measured is keeping and searching, never a model's time or worth.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.speed_measures import CURRENCY, LIMIT, QUERIES, Measures, measured
from eval.benchmarks.speed_shop import queries, write_feed
from tools.catalog.embedding.embedder import unit_rows
from tools.catalog.embedding.text import digest
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import import_feed
from tools.catalog.layout import VECTORS
from tools.catalog.search.index import Filters
from tools.catalog.versions.giving_vectors import embed_catalog

SIZES = [10_000, 100_000]
LARGE = 1_000_000
DIMENSIONS = 384
KINDS = 2000
SPREAD = 1.0
"""How far products of a kind are from its centre: their cosines are about a half, as of similar products."""

COLUMNS = {
    "vectors written, s": "write.seconds",
    "vectors on disk, MiB": "write.disk_mib",
    "writing, peak MiB": "write.peak_mib",
    "nearest 50 p50, ms": "search.dense_p50",
    "nearest 50 p95, ms": "search.dense_p95",
    "text p50, ms": "search.text_p50",
    "text p95, ms": "search.text_p95",
    "hybrid p50, ms": "search.hybrid_p50",
    "hybrid p95, ms": "search.hybrid_p95",
    "hybrid : text, p50": "search.ratio_p50",
    "searching, peak MiB": "search.peak_mib",
}


class MadeUp:
    """An embedder of random vectors."""

    name = "made-up"

    def __init__(self) -> None:
        self._kinds = unit_rows(np.random.default_rng(0).standard_normal((KINDS, DIMENSIONS), np.float32))

    def embed_documents(self, texts: list[str]) -> np.ndarray:
        """A vector near that of one kind of product."""
        seeds = [digest(text) for text in texts]
        apart = unit_rows(np.random.default_rng(seeds[:1]).standard_normal((len(texts), DIMENSIONS), np.float32))
        return unit_rows(self._kinds[[seed % KINDS for seed in seeds]] + SPREAD * apart)

    def embed_query(self, text: str) -> np.ndarray:
        """A vector like a product's."""
        return self.embed_documents([text])[0]


def add_made_up_vectors(folder: Path) -> None:
    """Gives a catalogue random vectors, by the embedder `MadeUp`."""
    embed_catalog(folder, MadeUp())


def writing(folder: Path) -> Measures:
    """Seconds to give the catalogue its vectors, and the MiB that they take."""
    started = time.perf_counter()
    add_made_up_vectors(folder)
    seconds = time.perf_counter() - started
    files = (FolderCatalog.open(folder).snapshot / VECTORS).iterdir()
    return {"seconds": seconds, "disk_mib": sum(file.stat().st_size for file in files) / 2**20}


def searching(folder: Path) -> Measures:
    """Milliseconds of the 50 best below a price, by words, by meaning, and by both, asked by turns."""
    catalog, embedder = FolderCatalog.open(folder), MadeUp()
    text, hybrid = catalog.free_search(), catalog.free_search(embedder)
    vectors = catalog.vectors_of(embedder.name)
    searches = {
        "text": lambda query, filters: text.search(query, filters, LIMIT),
        "dense": lambda query, filters: vectors.nearest(embedder.embed_query(query), filters, LIMIT),
        "hybrid": lambda query, filters: hybrid.search(query, filters, LIMIT),
    }
    taken: dict[str, list[float]] = {name: [] for name in searches}
    asked = list(queries(2 * QUERIES))
    for number, (query, cents) in enumerate(asked[QUERIES:] + asked[:QUERIES]):
        for name, search in searches.items():
            started = time.perf_counter()
            search(query, Filters(currency=CURRENCY, price_max=cents))
            if number >= QUERIES:  # before, files and products come into memory, as a server's have
                taken[name].append(1000 * (time.perf_counter() - started))
    ends = {name: statistics.quantiles(values, n=20) for name, values in taken.items()}
    found = {f"{name}_{p}": ends[name][at] for name in taken for p, at in (("p50", 9), ("p95", 18))}
    return found | {"ratio_p50": found["hybrid_p50"] / found["text_p50"]}


def main(
    size: Annotated[list[int] | None, typer.Option(min=100, help="Products; repeatable.")] = None,
    large: Annotated[bool, typer.Option("--large", help="A million products too.")] = False,
) -> None:
    """Measures catalogues of several sizes, with random vectors."""
    sizes = sorted(set(size or SIZES) | ({LARGE} if large else set()))
    found: dict[int, Measures] = {}
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=3 * len(sizes))
        for one in sizes:
            with tempfile.TemporaryDirectory() as work:
                feed, shop = Path(work) / "feed.jsonl", Path(work) / "shop"
                write_feed(feed, one)
                progress.update(task, description=f"{one:,}: importing")
                import_feed([feed], shop, currency=CURRENCY)
                progress.update(task, advance=1, description=f"{one:,}: vectors")
                measures = {"write": measured(writing, shop)}
                progress.update(task, advance=1, description=f"{one:,}: searching")
                measures["search"] = measured(searching, shop)
                progress.advance(task)
            found[one] = {f"{what}.{name}": v for what, part in measures.items() for name, v in part.items()}
    Console().print(_table(found))


def _table(found: dict[int, Measures]) -> Table:
    table = Table(title=f"Vectors of {DIMENSIONS} numbers, by products", box=SIMPLE, pad_edge=False)
    table.add_column("", no_wrap=True)
    for size in found:
        table.add_column(f"{size:,}", justify="right", no_wrap=True)
    for title, key in COLUMNS.items():
        table.add_row(title, *(f"{measures[key]:,.3g}" for measures in found.values()))
    return table


if __name__ == "__main__":
    typer.run(main)
