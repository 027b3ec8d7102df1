"""`make bench`: what a recommendation turn and a start cost, and where the time goes.

Whatever else runs on the machine moves every figure, so all rows take turns with each other, and it is the ratios
within one run that say something.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.bar import Bar
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.pictures import OUT, OutOption, bars
from eval.benchmarks.rows import (
    ECHO,
    FIRESTORE,
    MEMORY,
    MESSAGES,
    SCRIPTED,
    SQLITE,
    STANDIN,
    WARM_UP,
    Row,
    measure_turns,
)
from eval.benchmarks.startup import measure_startup
from eval.quiet import quiet

BAR_WIDTH, TABLE_WIDTH = 24, 96
ROWS = (
    "keyless: the stand-in; scripted: what the stand-in says, at once; ADK alone: the same agents and nodes, all idle. "
    "Firestore: its emulator on this machine. Calls: of the model; tokens: of their prompts, estimated. "
    "ADK's: the same with ADK's own store. Events and kB: what a session stores, as JSON; commits: how often."
)


def main(
    turns: Annotated[int, typer.Option(min=2, help="Measured turns of each row.")] = 50,
    starts: Annotated[int, typer.Option(min=0, help="Processes started for each start-up row; 0 leaves them out.")] = 5,
    out: OutOption = OUT,
) -> None:
    """Measures recommendation turns and start-ups, and prints the tables."""
    quiet()
    with tempfile.TemporaryDirectory() as folder, Progress(console=Console(stderr=True), transient=True) as progress:
        measuring = progress.add_task("turns", total=WARM_UP + turns)
        starting = progress.add_task("start-ups", total=4 * starts)
        rows = asyncio.run(measure_turns(Path(folder), turns, lambda: progress.advance(measuring)))
        startup = measure_startup(MESSAGES[0], starts, lambda: progress.advance(starting)) if starts else {}
    console = Console(width=max(Console().width, TABLE_WIDTH))
    console.print(_turn_table(rows, turns), "", _share_table(rows))
    if startup:
        console.print("", _startup_table(startup, starts))
    values = {f"{row.speaker}, {row.store}": row.p50_ms for row in rows}
    intervals = {f"{row.speaker}, {row.store}": (row.p50_ms, row.p95_ms) for row in rows}
    ours = [f"{row.speaker}, {row.store}" for row in rows if row.speaker == STANDIN]
    print(f"Picture: {bars(out / 'turn.png', 'A turn, ms: p50, and the line to p95', values, intervals, ours)}")


def _turn_table(rows: list[Row], turns: int) -> Table:
    table = Table(
        title=f"A recommendation turn, ms ({turns} turns a row, each in a fresh session)",
        caption=ROWS,
        box=SIMPLE,
        pad_edge=False,
    )
    table.add_column("model", no_wrap=True)
    table.add_column("sessions", no_wrap=True)
    for name in ("p50", "p95", "ratio", "calls", "tokens", "events", "commits", "kB"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        counted = [f"{row.usage['llm_calls']}", f"{row.usage['prompt_tokens']}"] if row.is_ours else ["2", ""]
        times = [f"{row.p50_ms:.1f}", f"{row.p95_ms:.1f}", f"{row.p50_ms / rows[0].p50_ms:.2f}"]
        stored = [f"{row.events}", f"{row.commits or ''}", f"{row.stored_bytes / 1000:.1f}"]
        table.add_row(row.speaker, row.store, *times, *counted, *stored, end_section=row is _last_of(rows, row.store))
    if not any(row.store == FIRESTORE for row in rows):
        table.add_row("", FIRESTORE, "no emulator")
    return table


def _last_of(rows: list[Row], store: str) -> Row:
    return [row for row in rows if row.store.split(",")[0] == store.split(",")[0]][-1]


def _share_table(rows: list[Row]) -> Table:
    """The median turn of the stand-in in memory, taken apart; then what other stores add to it."""
    p50 = {(row.speaker, row.store): row.p50_ms for row in rows}
    whole, scripted, echo = (p50[speaker, MEMORY] for speaker in (STANDIN, SCRIPTED, ECHO))
    table = Table(title="Where the time of the first row goes", box=SIMPLE)
    for name in ("part", "ms", "share"):
        table.add_column(name, justify="left" if name == "part" else "right")
    table.add_column("", width=BAR_WIDTH)
    parts = {
        "ADK: agents, nodes, events": (0.0, echo),
        "search, rules, plan, checks": (echo, scripted),
        "the stand-in reads, writes": (scripted, whole),
    }
    added = {store: p50[STANDIN, store] for store in (SQLITE, FIRESTORE) if (STANDIN, store) in p50}
    parts |= {f"on top: {store}": (whole, taken) for store, taken in added.items()}
    longest = max(end for _, end in parts.values())
    for part, (begin, end) in parts.items():
        share = f"{(end - begin) / whole:.0%}"
        table.add_row(part, f"{end - begin:.1f}", share, Bar(longest, begin, end, width=BAR_WIDTH))
    return table


def _startup_table(medians: dict[str, float], starts: int) -> Table:
    title = f"From process start to the first reply (median of {starts})"
    table = Table(title=title, box=SIMPLE)
    table.add_column("what is started")
    for name in ("s", "ratio"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", width=BAR_WIDTH)
    reference, longest = medians["ask, catalogue ready"], max(medians.values())
    for name, seconds in medians.items():
        bar = Bar(longest, 0, seconds, width=BAR_WIDTH)
        table.add_row(name, f"{seconds:.2f}", f"{seconds / reference:.2f}", bar)
    return table


if __name__ == "__main__":
    typer.run(main)
