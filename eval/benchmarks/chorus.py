"""Search quality on the Chorus collection, beside plain BM25: ``python -m eval.benchmarks.chorus --data FOLDER``.

Unjudged results count as 0. Means are over the queries that have a relevant product among their judgements; the last
column is the mean over all judged queries, where one without a relevant product counts 0, whatever is found for it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.benchmarks.chorus_data import import_chorus, plain_text, read_judgements, read_products
from eval.benchmarks.pictures import OUT, OutOption, bars
from eval.benchmarks.plain_bm25 import PlainBM25
from eval.ranking_metrics import Grades, bootstrap, ndcg, ndcg_judged, recall, unjudged
from tools.catalog.commands.options import EmbedderOption
from tools.catalog.commands.progress import progress
from tools.catalog.embedding.embedder import Embedder, build_embedder
from tools.catalog.folder import FolderCatalog
from tools.catalog.search.index import Filters
from tools.lexicon.stems import stems

DEPTH = 50
MEASURES: dict[str, Callable[[list[str], Grades], float]] = {
    "nDCG@10": ndcg,
    "judged only": ndcg_judged,
    "recall@50": recall,
    "unjudged@10": unjudged,
}

Search = Callable[[str, int], list[str]]
"""A query and a limit to product ids, best first."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One system: each measure's value by query, and the seconds each query took."""

    name: str
    values: dict[str, dict[str, float]]
    seconds: list[float]
    judged: int

    @property
    def over_all(self) -> float:
        """The mean nDCG@10 over all judged queries."""
        return sum(self.values["nDCG@10"].values()) / self.judged

    def mean(self, measure: str) -> float:
        """The mean over the queries."""
        return fmean(self.values[measure].values())


def measure(name: str, search: Search, judgements: Mapping[str, Grades]) -> Measured:
    """Runs every query that has a relevant product through ``search``."""
    values: dict[str, dict[str, float]] = {measure: {} for measure in MEASURES}
    seconds = []
    for query, grades in judgements.items():
        if not any(grades.values()):
            continue
        started = time.perf_counter()
        ranked = search(query, DEPTH)
        seconds.append(time.perf_counter() - started)
        for title, of in MEASURES.items():
            values[title][query] = of(ranked, grades)
    return Measured(name, values, seconds, len(judgements))


def summary(systems: list[Measured]) -> Table:
    """One line a system; "from" and "to" bound the 95% bootstrap interval of nDCG, "ms" is the median of a query, "all"
    the nDCG over all judged queries."""
    table = Table(
        title=f"Chorus, {len(systems[0].seconds)} queries with a relevant product of {systems[0].judged}",
        title_justify="left",
    )
    for column in ("", *MEASURES, "from", "to", "ms", "all"):
        table.add_column(column, justify="right" if column else "left")
    for system in systems:
        low, high = bootstrap(list(system.values["nDCG@10"].values()))
        means = [f"{system.mean(title):.3f}" for title in MEASURES]
        table.add_row(
            system.name,
            *means,
            f"{low:.3f}",
            f"{high:.3f}",
            f"{median(system.seconds) * 1000:.1f}",
            f"{system.over_all:.3f}",
        )
    return table


def draw(systems: list[Measured], file: Path) -> Path:
    """Bars of nDCG@10 with their intervals."""
    values = {system.name: system.mean("nDCG@10") for system in systems}
    intervals = {system.name: bootstrap(list(system.values["nDCG@10"].values())) for system in systems}
    return bars(file, "Chorus: nDCG@10", values, intervals, [name for name in values if name.startswith("our")])


def by_query(systems: list[Measured]) -> Table:
    """nDCG@10 of each query; what gained most over the first system comes first."""
    table = Table(title="nDCG@10 by query", title_justify="left")
    for column in ("query", *(system.name for system in systems), "gain"):
        table.add_column(column, justify="left" if column == "query" else "right")
    first, last = (system.values["nDCG@10"] for system in (systems[0], systems[-1]))
    for query in sorted(first, key=lambda q: first[q] - last[q]):
        values = [f"{system.values['nDCG@10'][query]:.2f}" for system in systems]
        table.add_row(query, *values, f"{last[query] - first[query]:+.2f}")
    return table


def ours(catalog: FolderCatalog, judgements: Mapping[str, Grades], embedder: Embedder | None = None) -> list[Measured]:
    """The project's own ways to search a catalogue."""

    def by_fields(query: str, limit: int) -> list[str]:
        groups = [(stem,) for stem in stems(query)]
        return [product.product_id for product, _ in catalog.index.search(groups, Filters(), limit)]

    def by_text(query: str, limit: int) -> list[str]:
        return [hit.product.product_id for hit in free.search(query, Filters(), limit)]

    def by_vectors(query: str, limit: int) -> list[str]:
        assert embedder
        found = catalog.vectors_of(embedder.name).nearest(embedder.embed_query(query), Filters(), limit)
        return [product_id for product_id, _ in found]

    def by_both(query: str, limit: int) -> list[str]:
        return [hit.product.product_id for hit in hybrid.search(query, Filters(), limit)]

    free = catalog.free_search()
    rows = [measure("text index", by_fields, judgements), measure("our text search", by_text, judgements)]
    if embedder:
        hybrid = catalog.free_search(embedder)
        rows += [measure("dense", by_vectors, judgements), measure("our hybrid search", by_both, judgements)]
    return rows


def main(
    data: Annotated[Path, typer.Option(help="The folder with chorus_products_*.json.zip and judgments_dev.csv.")],
    per_query: Annotated[bool, typer.Option("--per-query", help="Also a line for each query.")] = False,
    out: OutOption = OUT,
    embedder: EmbedderOption = None,
) -> None:
    """Compares our search with plain BM25 on graded judgements."""
    folder = data / "chorus" if (data / "chorus").is_dir() else data
    judgements, model = read_judgements(folder), build_embedder(embedder)
    console = Console()
    documents = ((str(r["id"]), plain_text(r)) for r in track(read_products(folder), "Reading", total=None))
    plain = PlainBM25(documents)
    with tempfile.TemporaryDirectory() as work:
        with progress([]) as bars:
            catalog = import_chorus(folder, Path(work) / "chorus", model, bars.on_embedded)
        systems = [measure("plain BM25", plain.search, judgements), *ours(catalog, judgements, model)]
    console.print(summary(systems))
    if per_query:
        console.print(by_query(systems))
    print(f"Picture: {draw(systems, out / 'chorus.png')}")


if __name__ == "__main__":
    typer.run(main)
