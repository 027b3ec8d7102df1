"""Do the agents recommend what the search finds? ``python -m eval.benchmarks.asked_things --data FOLDER``.

Each judged query of Chorus is said to the whole app, keyless, as a shopper would ("I am looking for ..."), and the
first three picks are graded beside the first three results of the search command. Unjudged products count 0.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.benchmarks.asking import Asking
from eval.benchmarks.chorus_data import import_chorus, read_judgements
from eval.quiet import quiet
from eval.ranking_metrics import Grades, bootstrap, ndcg
from tools.catalog.interface import Catalog
from tools.catalog.search.index import Filters

SHOWN = 3


def asked(query: str) -> str:
    """The query as it is said."""
    return f"I am looking for {query}"


async def picked(asking: Asking, query: str) -> list[str]:
    """The ids of the picks, in order."""
    (answer,) = await asking.answers(asked(query))
    return [pick["product_id"] for pick in answer["picks"]][:SHOWN]


async def measure(catalog: Catalog, judgements: Mapping[str, Grades], work: Path) -> dict[str, list[float]]:
    """nDCG of the first three, by query: of the agents, and of the search command."""
    asking, search = Asking(catalog, work), catalog.free_search()
    values: dict[str, list[float]] = {"agents": [], "search": []}
    for query, grades in track(judgements.items(), "Asking", console=Console(stderr=True), transient=True):
        hits = search.search(query, Filters(currency=catalog.currency), SHOWN)
        values["search"].append(ndcg([hit.product.product_id for hit in hits], grades, SHOWN))
        values["agents"].append(ndcg(await picked(asking, query), grades, SHOWN))
    return values


def main(data: Annotated[Path, typer.Option(help="The folder with chorus_products_*.json.zip.")]) -> None:
    """Compares what the agents pick with what the search finds."""
    quiet()
    folder = data / "chorus" if (data / "chorus").is_dir() else data
    judgements = {query: grades for query, grades in read_judgements(folder).items() if any(grades.values())}
    with tempfile.TemporaryDirectory() as work:
        catalog = import_chorus(folder, Path(work) / "chorus")
        values = asyncio.run(measure(catalog, judgements, Path(work)))
    table = Table(title=f"Chorus, {len(judgements)} queries, nDCG@{SHOWN} (95% bootstrap intervals)")
    for column in ("", "nDCG", "from", "to"):
        table.add_column(column, justify="right" if column else "left")
    for name, found in values.items():
        low, high = bootstrap(found)
        table.add_row(name, f"{fmean(found):.3f}", f"{low:.3f}", f"{high:.3f}")
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
