"""`python -m eval.faithfulness.tampering`: receipts of real turns, as they are and tampered with in forty ways.

What is untouched must pass, and what is not must be refused.
"""

from __future__ import annotations

import asyncio
import copy
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.asking import Asking
from eval.faithfulness.talks import talks
from eval.faithfulness.tampers import TAMPERS, NotHere
from tools.catalog.curated import curated_catalog
from tools.catalog.folder import FolderCatalog
from tools.catalog.interface import Catalog
from tools.errors import UsageError
from tools.product import Product
from tools.receipts.checking import check_receipt

UNTOUCHED = "untouched"

Judged = tuple[str, dict[str, Any], list[str]]
"""What was done to a receipt, the receipt, and what the check found in it."""


def main(
    turns: Annotated[int, typer.Option(min=1, help="How many turns with a receipt.")] = 150,
    catalog: Annotated[Path | None, typer.Option(metavar="DIR", help="Default the shipped one.")] = None,
    seed: Annotated[int, typer.Option()] = 1,
    show: Annotated[bool, typer.Option("--show", help="Print what was judged wrongly.")] = False,
) -> None:
    """Prints by kind how many were refused. Exit status 1 where an untouched one was, or a tampered one was not."""
    with tempfile.TemporaryDirectory() as folder:
        shop = FolderCatalog.open(catalog) if catalog else curated_catalog(Path(folder))
        judged = list(asyncio.run(_judged(shop, Path(folder), turns, random.Random(seed))))
    console = Console()
    wrong = [(kind, receipt, found) for kind, receipt, found in judged if bool(found) != (kind != UNTOUCHED)]
    if show:
        for kind, receipt, found in wrong:
            console.print(f"[{kind}] {found}\n{receipt['text'][:1500]}\n", markup=False, highlight=False)
    console.print(_table(judged))
    sys.exit(1 if wrong else 0)


async def _judged(shop: Catalog, folder: Path, turns: int, rng: random.Random) -> list[Judged]:
    asking, products, judged = Asking(shop, folder), list(shop), []
    interests = sorted({i for product in products for i in product.interests}) or ["music", "games", "art"]
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task, done = bar.add_task("turns", total=turns), 0
        for talk in talks(shop, interests, rng):
            for turn in await asking.answers(*talk):
                if done < turns and turn.get("receipt"):
                    judged += judge(turn["receipt"], shop, products, rng)
                    bar.update(task, completed=(done := done + 1))
            if done >= turns:
                return judged
    return judged


def judge(receipt: dict[str, Any], shop: Catalog, products: Sequence[Product], rng: random.Random) -> Iterator[Judged]:
    """The receipt as it is, and tampered with in every way that it has something for."""
    yield UNTOUCHED, receipt, check_receipt(receipt, shop)
    for kind, tamper in TAMPERS.items():
        changed = copy.deepcopy(receipt)
        try:
            tamper(changed, products, rng)
        except NotHere:
            continue
        yield kind, changed, _checked(changed, shop)


def _checked(receipt: dict[str, Any], shop: Catalog) -> list[str]:
    try:
        return check_receipt(receipt, shop)
    except UsageError as error:
        return [str(error)]


def _table(judged: list[Judged]) -> Table:
    table = Table("what was done", "receipts", "refused", box=SIMPLE)
    tried, refused = Counter(kind for kind, _, _ in judged), Counter(kind for kind, _, found in judged if found)
    for kind in tried:
        table.add_row(kind, f"{tried[kind]:,}", f"{refused[kind] / tried[kind]:.4f}")
    return table


if __name__ == "__main__":
    typer.run(main)
