"""`python -m eval.load.lasting`: whether a server's memory grows over many turns; a table and a picture."""

from __future__ import annotations

import json
import random
import sys
import tempfile
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.pictures import OUT, OutOption, by_size
from eval.command import run_command
from eval.processes import processor_seconds, resident_mib
from eval.serving import Serving, serving

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

PEOPLE = ("dad", "mum", "brother", "sister", "wife", "husband", "colleague", "friend", "aunt", "neighbour")
THINGS = ("gardening", "jazz", "coffee", "tea", "yoga", "chess", "hiking", "cooking", "books", "cycling", "painting")
CHANGES = ("cheaper", "something different", "no books", "why the first?", "I'll take the first", "under $30 please")
WARM_UP = 100
TIMEOUT_S = 120


@dataclass(frozen=True)
class Mark:
    """What the server's process held after so many turns, and the processor time each of the last ones took."""

    turns: int
    resident_mib: float
    cpu_ms_a_turn: float


@cli.command(help=__doc__)
def main(
    turns: Annotated[int, typer.Option(min=10, help="How many in all.")] = 10_000,
    marks: Annotated[int, typer.Option(min=1, max=100, help="How often to look.")] = 10,
    at_once: Annotated[int, typer.Option(min=1, max=50, help="Shoppers at once.")] = 4,
    out: OutOption = OUT,
) -> None:
    """Plays conversations against one worker and looks at its memory."""
    console, each = Console(stderr=True), turns // marks
    with (
        tempfile.TemporaryDirectory() as name,
        serving(Path(name), {}) as server,
        Progress(console=console, transient=True) as progress,
    ):
        task, talks = progress.add_task("turns", total=turns), conversations(random.Random(0))
        play(server, talks, WARM_UP, at_once)
        seen = [Mark(0, resident_mib(server.pid), 0.0)]
        for mark in range(1, marks + 1):
            before = processor_seconds(server.pid)
            play(server, talks, each, at_once)
            cpu_s = processor_seconds(server.pid) - before
            seen.append(Mark(mark * each, resident_mib(server.pid), 1000 * cpu_s / each))
            progress.advance(task, each)
            console.print(f"{seen[-1].turns:,} turns: {seen[-1].resident_mib:.1f} MiB", highlight=False)
    Console().print(_table(seen))
    lines = {"worker": {mark.turns: mark.resident_mib for mark in seen[1:]}}
    costs = {"worker": {mark.turns: mark.cpu_ms_a_turn for mark in seen[1:]}}
    panels = {"MiB in memory": lines, "processor ms a turn": costs}
    print(f"Picture: {by_size(out / 'lasting.png', 'A server over many turns', panels)}")


def conversations(chance: random.Random) -> Iterator[list[str]]:
    """Without end: a wish that few others have, then changes to it."""
    while True:
        first, second = chance.sample(THINGS, 2)
        whom, most = chance.choice(PEOPLE), chance.randint(20, 120)
        yield [f"My {whom} loves {first} and {second}, up to ${most}", *chance.sample(CHANGES, 3)]


def play(server: Serving, talks: Iterator[list[str]], turns: int, at_once: int) -> None:
    """Plays as many turns as whole conversations give. Raises OSError where one is not answered."""
    with ThreadPoolExecutor(at_once) as shoppers:
        list(shoppers.map(lambda talk: _talk(server, talk), list(islice(talks, turns // 4))))


def _talk(server: Serving, messages: list[str]) -> None:
    name = uuid.uuid4().hex
    for text in messages:
        request = urllib.request.Request(
            f"{server.address}/v1/conversations/{name}/messages",
            data=json.dumps({"text": text}).encode(),
            headers={**server.headers(name), "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            answer.read()


def _table(seen: list[Mark]) -> Table:
    table = Table(title="One worker over many turns", box=SIMPLE, pad_edge=False)
    for name in ("turns", "MiB", "CPU ms a turn"):
        table.add_column(name, justify="right")
    for mark in seen:
        table.add_row(f"{mark.turns:,}", f"{mark.resident_mib:.1f}", f"{mark.cpu_ms_a_turn:.1f}" if mark.turns else "")
    return table


if __name__ == "__main__":
    sys.exit(run_command(cli))
