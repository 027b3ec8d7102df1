"""`python -m eval.memory.run`: multi-session stories through the whole app, and what memory got right and wrong.

The control plays the same stories with every session another shopper's: what it reaches needs no memory.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.pictures import OUT, OutOption
from eval.emulator import NoEmulator, start_emulator
from eval.keyless import keyless_environment
from eval.memory.backends import StoreName, fresh
from eval.memory.checks import AIMS
from eval.memory.generate import SEED, generate
from eval.memory.growth import growth
from eval.memory.play import StoryPlayed, play
from eval.memory.scores import cost, failures_by_topic, score
from eval.memory.story import Story, read_stories
from eval.quiet import quiet
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog
from tools.errors import UsageError

HERE = Path(__file__).resolve().parent
HAND_WRITTEN = tuple(HERE / f"hand_written{part}.yaml" for part in ("", "_hard", "_styles"))
TABLE_WIDTH = 100
STRICT = tuple(measure for measure, aim in AIMS.items() if aim == 0)


def by_hand() -> list[Story]:
    """The stories written by hand."""
    return [story for file in HAND_WRITTEN for story in read_stories(file)]


def all_stories(limit: int | None = None, topic: str | None = None, *, seed: int = SEED) -> list[Story]:
    """The hand-written and the generated stories, of one topic or all; ``limit`` takes some from everywhere."""
    stories = [s for s in (*by_hand(), *generate(seed=seed)) if topic in (None, s.topic)]
    if not stories:
        raise UsageError(f"No story has the topic {topic!r}; topics are {', '.join(_topics())}")
    if limit is None or limit >= len(stories):
        return stories
    return [stories[n * len(stories) // limit] for n in range(limit)]


def main(
    store: Annotated[str, typer.Option(help="sqlite, or firestore: its emulator on this machine.")] = "sqlite",
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many stories, taken from everywhere.")] = None,
    topic: Annotated[str | None, typer.Option(help="Only the stories of this topic.")] = None,
    seed: Annotated[int, typer.Option(help="Draws the generated stories; another seed, other stories.")] = SEED,
    control: Annotated[bool, typer.Option(help="Play them a second time with nothing carried over.")] = False,
    failures: Annotated[bool, typer.Option(help="List each check that failed.")] = False,
    grow: Annotated[bool, typer.Option("--growth", help="Instead: what 10, 100 and 1,000 memories cost.")] = False,
    out: OutOption = OUT,
) -> None:
    """Plays the stories and prints the tables. Exit status 1 where something that must not happen did."""
    if store not in ("sqlite", "firestore"):
        raise UsageError(f"--store {store!r} is no memory store; give sqlite or firestore")
    os.environ.update(keyless_environment())
    quiet(logging.CRITICAL)
    console = Console()
    console = Console(width=max(console.width, TABLE_WIDTH))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if store == "firestore" or grow:
            _emulator(stack, needed=store == "firestore")
        catalog = curated_catalog(folder)
        with Progress(console=Console(stderr=True), transient=True) as progress:
            if grow:
                asyncio.run(growth(catalog, folder, out, progress, console))
                return
            stories = all_stories(limit, topic, seed=seed)
            played = asyncio.run(_play_all(stories, store, catalog, folder, progress, remembered=True))
            plain = (
                asyncio.run(_play_all(stories, store, catalog, folder, progress, remembered=False)) if control else []
            )
    _print(console, store, played, plain, failures=failures)
    raise typer.Exit(any(score(played, measure).happened for measure in STRICT))


async def _play_all(
    stories: Sequence[Story], store: StoreName, catalog: Catalog, folder: Path, progress: Progress, *, remembered: bool
) -> list[StoryPlayed]:
    task = progress.add_task("stories" if remembered else "control", total=len(stories))
    played = []
    for story in stories:
        played.append(await play(story, fresh(store, folder), catalog, folder, remembered=remembered))
        progress.advance(task)
    return played


def _emulator(stack: ExitStack, *, needed: bool) -> None:
    try:
        os.environ["FIRESTORE_EMULATOR_HOST"] = stack.enter_context(start_emulator())
        stack.callback(os.environ.pop, "FIRESTORE_EMULATOR_HOST")
    except NoEmulator as missing:
        if needed:
            raise UsageError(str(missing)) from missing


def _print(
    console: Console, store: str, played: list[StoryPlayed], plain: list[StoryPlayed], *, failures: bool
) -> None:
    console.print(_score_table(played, plain), "", _cost_table(store, played))
    if by_topic := failures_by_topic(played):
        table = Table(title="Failed, by topic", box=SIMPLE, pad_edge=False)
        table.add_column("topic")
        table.add_column("what")
        for name, counts in by_topic.items():
            table.add_row(name, "; ".join(f"{measure}: {count}" for measure, count in counts.most_common()))
        console.print("", table)
    if failures:
        for story in played:
            for number, turn in enumerate(story.turns, start=1):
                for check in turn.checks:
                    if check.failed:
                        where = f"{story.story.name}, turn {number}, {turn.said!r}"
                        console.print(f"{where}: {check.measure}: {check.what}", markup=False, soft_wrap=True)


def _score_table(played: list[StoryPlayed], plain: list[StoryPlayed]) -> Table:
    table = Table(
        title=f"Memory over {len(played)} stories, {sum(len(p.turns) for p in played)} turns",
        caption="Intervals: 95%, bootstrap by story; where nothing varies, the rule of three. "
        "Control: the same stories with nothing carried over.",
        box=SIMPLE,
        pad_edge=False,
    )
    table.add_column("measure", no_wrap=True)
    for name in ("of", "share", "interval", "aim", "control"):
        table.add_column(name, justify="right", no_wrap=True)
    for measure, aim in AIMS.items():
        found = score(played, measure)
        if not found.looked:
            continue
        wanted = "0" if aim == 0 else f"≥ {aim:g}"
        table.add_row(
            measure,
            f"{found.happened}/{found.looked}",
            f"{found.share:.3f}",
            f"{found.low:.3f}-{found.high:.3f}",
            wanted,
            f"{score(plain, measure).share:.3f}" if plain else "",
            style=None if found.reached else "red",
        )
    return table


def _cost_table(store: str, played: list[StoryPlayed]) -> Table:
    table = Table(
        title="A turn, of any kind",
        caption="Store: ms within the memory store. Reads, writes: its calls a turn; records: rows or documents.",
        box=SIMPLE,
        pad_edge=False,
    )
    table.add_column("memory", no_wrap=True)
    for name in ("p50 ms", "p95 ms", "store ms", "reads", "records", "writes", "records"):
        table.add_column(name, justify="right", no_wrap=True)
    c = cost(played)
    times = [f"{value:.1f}" for value in (c.p50_ms, c.p95_ms, c.store_ms)]
    calls = [f"{value:.2f}" for value in (c.reads, c.records_read, c.writes, c.records_written)]
    table.add_row(store, *times, *calls)
    return table


def _topics() -> list[str]:
    return list(dict.fromkeys(story.topic for story in (*by_hand(), *generate(1))))


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    try:
        app()
    except UsageError as error:
        print(f"eval.memory.run: {error}", file=sys.stderr)
        sys.exit(2)
