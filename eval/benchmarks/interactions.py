"""What comes next for a shopper, beside four public models: ``python -m eval.benchmarks.interactions --data FOLDER``.

FOLDER holds the Amazon games data of RUCAIBox/LLMRank (MIT): ``items.tsv.gz`` (titles), ``histories.tsv.gz`` (each
without its last item), ``targets_dev.tsv`` (the last item of some), ``ranking_{sasrec,gru4rec,bpr,pop}_dev.tsv.gz``.
Each shopper has one right answer among all items: recall@10 is whether it is among the first ten, and nDCG@10 is
1 / log2(1 + its rank) there, else 0.
"""

from __future__ import annotations

import csv
import gzip
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.bar import Bar
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from eval.benchmarks.pictures import OUT, OutOption, bars
from tools.catalog.interactions.events import Event
from tools.catalog.interactions.log import EventLog
from tools.catalog.interactions.model import fit

DEPTH = 10
BAR_WIDTH = 30
RESAMPLES = 2000
PUBLIC = {"SASRec": "sasrec", "GRU4Rec": "gru4rec", "BPR": "bpr", "popularity": "pop"}

Rankings = Mapping[str, Sequence[str]]
"""Item ids by user, best first."""


@dataclass(frozen=True)
class Row:
    """One model: a gain (1 / log2(1 + rank), or 0) for each shopper."""

    name: str
    gains: np.ndarray

    @property
    def ndcg(self) -> float:
        """nDCG@10, 0 to 1."""
        return float(self.gains.mean())

    @property
    def recall(self) -> float:
        """recall@10, 0 to 1."""
        return float((self.gains > 0).mean())


def main(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", exists=True, file_okay=False)],
    out: OutOption = OUT,
) -> None:
    """Fits the model, ranks for every shopper whose last item is known, and prints it beside the public rankings."""
    histories = read_rankings(data / "histories.tsv.gz")
    titles = {row["item_id"]: row["title"] for row in _rows(data / "items.tsv.gz")}
    targets = {row["user_id"]: row["item_id"] for row in _rows(data / "targets_dev.tsv")}
    started = time.perf_counter()
    log = EventLog().with_events(Event(u, item, math.nan, "buy") for u, items in histories.items() for item in items)
    model = fit(log, titles)
    fitted = time.perf_counter()
    ours = {user: [item for item, _ in model.next_items(histories[user], DEPTH)] for user in targets}
    asked = time.perf_counter()
    popular = [item for item, _ in model.popular(DEPTH + max(map(len, histories.values())))]
    unseen = {user: [i for i in popular if i not in set(histories[user])] for user in targets}
    rows = [Row("ours, with titles", gains(ours, targets))]
    untitled = fit(log)
    plain = {user: [item for item, _ in untitled.next_items(histories[user], DEPTH)] for user in targets}
    rows += [Row("ours, ids only", gains(plain, targets)), Row("ours, popular()", gains(unseen, targets))]
    for name, file in PUBLIC.items():
        rows.append(Row(name, gains(read_rankings(data / f"ranking_{file}_dev.tsv.gz"), targets)))
    console = Console()
    console.print(_table(rows, len(titles), len(targets)))
    console.print(
        f"{len(log):,} events of {len(histories):,} shoppers; read in and fitted in {fitted - started:.1f} s, "
        f"{1000 * (asked - fitted) / len(targets):.2f} ms a shopper."
    )
    values, intervals = {row.name: row.ndcg for row in rows}, {row.name: interval(row.gains) for row in rows}
    ours_named = [name for name in values if name.startswith("ours")]
    print(f"Picture: {bars(out / 'interactions.png', 'The next item: nDCG@10', values, intervals, ours_named)}")


def gains(rankings: Rankings, targets: Mapping[str, str]) -> np.ndarray:
    """For each target, in order, the gain of the place it has in the user's ranking; none without a ranking."""
    found = [list(rankings.get(user, ()))[:DEPTH] for user in targets]
    pairs = zip(found, targets.values(), strict=True)
    return np.array([1 / math.log2(2 + top.index(item)) if item in top else 0.0 for top, item in pairs])


def interval(values: np.ndarray) -> tuple[float, float]:
    """The middle 95% of the means of bootstrap resamples (Efron, 1979); the same at every call."""
    draws = np.random.default_rng(0).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def read_rankings(path: Path) -> dict[str, list[str]]:
    """Lists of items by user, out of a table of ``user_id`` and ``item_ids`` with blanks between."""
    return {row["user_id"]: row["item_ids"].split() for row in _rows(path)}


def _rows(path: Path) -> list[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _table(rows: list[Row], items: int, shoppers: int) -> Table:
    title = f"The hidden next item of {shoppers:,} shoppers, among {items:,} (95% bootstrap intervals)"
    table = Table(title=title, box=SIMPLE, pad_edge=False)
    table.add_column("model", no_wrap=True)
    for name in ("nDCG@10", "interval", "recall@10", "interval"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("nDCG@10", width=BAR_WIDTH)
    best = max(row.ndcg for row in rows)
    for row in rows:
        spans = [f"{low:.4f}-{high:.4f}" for low, high in map(interval, (row.gains, row.gains > 0))]
        bar = Bar(best or 1, 0, row.ndcg, width=BAR_WIDTH)
        table.add_row(row.name, f"{row.ndcg:.4f}", spans[0], f"{row.recall:.4f}", spans[1], bar)
    return table


if __name__ == "__main__":
    typer.run(main)
