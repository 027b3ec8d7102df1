"""`python -m eval.faithfulness.run`: how many false explanations the verifier refuses, and how many true ones.

The explanations are seeded here, apart from the verifier; only what `tools.receipts verify` would say is asked of it.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.faithfulness.scenes import scenes
from eval.faithfulness.seeding import Case, by_hand, false_sentences, from_templates, true_sentences
from eval.quiet import quiet
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog
from tools.receipts.checking import check_receipt

DETECTED, ALARMED = 0.99, 0.01
"""The aims: at least so much of what is false is refused, and at most so much of what is true."""


def main(
    seed: Annotated[int, typer.Option(help="Of the choice of sentences and facts.")] = 1,
    half: Annotated[str, typer.Option(help="all, seen or held-out: which half of the hand-written sentences.")] = "all",
    missed: Annotated[bool, typer.Option(help="Print what was judged wrongly.")] = False,
) -> None:
    """Seeds the explanations, has each checked, and prints detection and false alarms by kind."""
    quiet()
    with tempfile.TemporaryDirectory() as folder:
        catalog = curated_catalog(Path(folder))
        cases = asyncio.run(seeded(catalog, Path(folder), seed))
        cases = [case for case in cases if half == "all" or case.held_out is (half == "held-out")]
        shown = track(cases, "explanations", console=Console(stderr=True), transient=True)
        judged = [
            (case, check_receipt({**case.scene.receipt, "text": case.text, "claims": []}, catalog)) for case in shown
        ]
    console = Console()
    if missed:
        _print_missed(console, judged)
    console.print(_table(judged))
    sys.exit(0 if _within(judged) else 1)


async def seeded(catalog: Catalog, folder: Path, seed: int) -> list[Case]:
    """All explanations: at least 1,000 true and 2,000 false ones."""
    rng, shop = random.Random(seed), list(catalog)
    made = await scenes(catalog, folder)
    return [
        *from_templates(made, shop, rng),
        *by_hand(made, shop, rng, true_sentences(), 4),
        *by_hand(made, shop, rng, false_sentences(), 6),
    ]


def _rates(judged: list[tuple[Case, list[str]]]) -> dict[tuple[str, bool], tuple[int, int]]:
    """Kind and whether worded by hand -> (explanations, of these refused)."""
    counted: dict[tuple[str, bool], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for case, found in judged:
        total, refused = counted[case.kind, case.by_hand]
        counted[case.kind, case.by_hand] = total + 1, refused + bool(found)
    return counted


def _table(judged: list[tuple[Case, list[str]]]) -> Table:
    table = Table("what is wrong", "by hand", "refused", "from templates", "refused ", box=SIMPLE)
    rates = _rates(judged)
    for kind in sorted({kind for kind, _ in rates}):
        cells = [cell for hand in (True, False) for cell in _cells(*rates.get((kind, hand), (0, 0)))]
        table.add_row(kind or "nothing (false alarms)", *cells)
    for name, kinds in (("all that is false", lambda kind: bool(kind)), ("all that is true", lambda kind: not kind)):
        sums = [
            [sum(n[i] for (k, h), n in rates.items() if h is hand and kinds(k)) for i in (0, 1)]
            for hand in (True, False)
        ]
        table.add_row(name, *(cell for total, refused in sums for cell in _cells(total, refused)), style="bold")
    return table


def _cells(total: int, refused: int) -> tuple[str, str]:
    return (f"{total:,}", f"{refused / total:.4f}") if total else ("", "")


def _within(judged: list[tuple[Case, list[str]]]) -> bool:
    rates = _rates(judged)
    for hand in (True, False):
        false = [n for (kind, h), n in rates.items() if h is hand and kind]
        true = [n for (kind, h), n in rates.items() if h is hand and not kind]
        detected = sum(r for _, r in false) / max(1, sum(n for n, _ in false))
        alarmed = sum(r for _, r in true) / max(1, sum(n for n, _ in true))
        if (false and detected < DETECTED) or alarmed > (ALARMED if hand else 0):
            return False
    return True


def _print_missed(console: Console, judged: list[tuple[Case, list[str]]]) -> None:
    for case, found in judged:
        if bool(case.kind) != bool(found):
            said = "; ".join(found) or f"passed: {case.about}"
            console.print(f"[{case.kind or 'true'}] {said}", markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
