"""What a turn costs where 10, 100 or 1,000 things are remembered, on both stores, and whether it still recalls."""

from __future__ import annotations

import os
import statistics
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.pictures import by_size
from eval.memory.backends import Backend, StoreName, Traffic, counted, fresh
from eval.memory.checks import Seen, holds
from eval.memory.play import open_conversation
from eval.memory.story import Facts, Session, Turn
from recsys_agent.services import open_memory_store
from tools.catalog.interface import Catalog
from tools.memory.kinds import AnyMemory, Episode, Fact, Person, Source, memory_id

SIZES = (10, 100, 1_000)
PEOPLE = 40
TURNS, WARM_UP = 20, 3
SHOPPER = "eve"
BEGUN = date(2026, 6, 1)
PICTURE = "memory_growth.png"

TOLD = Session(day=BEGUN, turns=[Turn(say="My dad Bob loves sailing and is allergic to nuts, up to $60")])
ASKED = Session(day=BEGUN + timedelta(days=170), turns=[Turn(say="A Christmas gift for my dad, up to $60")])
NEEDED = Facts(likes=("sailing",), rules=("nuts",))
FILLER = Source(session_id="filler", turn_id="filler", at=datetime(2026, 3, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Point:
    """A size, and the turns that were measured at it. ``recalled`` is the share that knew all that was needed."""

    memories: int
    p50_ms: float
    store_ms: float
    reads: float
    records_read: float
    writes: float
    recalled: float


async def growth(catalog: Catalog, folder: Path, out: Path, progress: Progress, console: Console) -> None:
    """Measures, prints the table and writes the picture. Without an emulator there is SQLite alone."""
    stores: tuple[StoreName, ...] = ("sqlite", "firestore") if "FIRESTORE_EMULATOR_HOST" in os.environ else ("sqlite",)
    task = progress.add_task("growth", total=len(stores) * len(SIZES))
    points: dict[str, list[Point]] = {}
    for store in stores:
        for size in SIZES:
            points.setdefault(store, []).append(await _measure(fresh(store, folder), size, catalog, folder))
            progress.advance(task)
    console.print(_table(points))
    console.print(f"Picture: {_picture(points, out)}", markup=False)


async def _measure(backend: Backend, size: int, catalog: Catalog, folder: Path) -> Point:
    await open_conversation(TOLD, SHOPPER, backend, catalog, folder).turn(TOLD.turns[0].say)
    store = open_memory_store(backend.uri)
    (father,) = store.recall(SHOPPER, person_ids=[], now=FILLER.at).people
    store.remember(SHOPPER, *filler(size, father.person_id))
    took: list[float] = []
    traffic: list[Traffic] = []
    recalled: list[bool] = []
    for _ in range(WARM_UP + TURNS):
        conversation = open_conversation(ASKED, SHOPPER, backend, catalog, folder)
        with counted() as seen:
            account = await conversation.turn(ASKED.turns[0].say)
        took.append(float(account["elapsed_ms"]))
        traffic.append(seen)
        told = Seen(account, "", {}, lambda _: "")
        recalled.append(all(holds(fact, told, widely=False) for fact in NEEDED.singly()))
    took, traffic, recalled = took[WARM_UP:], traffic[WARM_UP:], recalled[WARM_UP:]
    return Point(
        memories=size,
        p50_ms=statistics.median(took),
        store_ms=statistics.median(sum(t.ms) for t in traffic),
        reads=statistics.fmean(t.reads for t in traffic),
        records_read=statistics.fmean(t.records_read for t in traffic),
        writes=statistics.fmean(t.writes for t in traffic),
        recalled=statistics.fmean(recalled),
    )


def filler(size: int, father: str) -> tuple[list[Person], list[AnyMemory]]:
    """``size`` records: a tenth are what the father was shown, the rest likings and gifts of up to 40 friends."""
    friends = [
        Person(person_id=f"friend-{n}", relation="friend", names=[f"Friend{n}"]) for n in range(min(PEOPLE, size))
    ]
    memories: list[AnyMemory] = []
    for n in range(size):
        if n % 10 == 0:
            memories.append(_episode(n, father, "offered"))
        elif n % 2:
            memories.append(_like(n, friends[n % len(friends)].person_id))
        else:
            memories.append(_episode(n, friends[n % len(friends)].person_id, "given"))
    return friends, memories


def _like(number: int, person_id: str) -> Fact:
    identity = memory_id("filler", number)
    return Fact(memory_id=identity, person_id=person_id, source=FILLER, aspect="likes", value=f"hobby {number}")


def _episode(number: int, person_id: str, happening: Literal["offered", "given"]) -> Episode:
    return Episode(
        memory_id=memory_id("filler", number),
        person_id=person_id,
        source=FILLER,
        happening=happening,
        product_id=f"P-{number}",
        title=f"Present number {number}",
        on=BEGUN,
    )


def _table(points: dict[str, list[Point]]) -> Table:
    table = Table(
        title=f"A turn that recalls, by what is remembered of the shopper ({TURNS} turns each)",
        caption=f"A tenth are of the one asked about, the rest of {PEOPLE} others at most. Store: median ms within it.",
        box=SIMPLE,
        pad_edge=False,
    )
    table.add_column("store")
    for name in ("memories", "p50 ms", "store ms", "reads", "records", "writes", "recalled"):
        table.add_column(name, justify="right", no_wrap=True)
    for store, found in points.items():
        for p in found:
            figures = (
                f"{p.p50_ms:.1f}",
                f"{p.store_ms:.1f}",
                f"{p.reads:.2f}",
                f"{p.records_read:.1f}",
                f"{p.writes:.2f}",
            )
            table.add_row(store, f"{p.memories:,}", *figures, f"{p.recalled:.2f}", end_section=p is found[-1])
    return table


def _picture(points: dict[str, list[Point]], out: Path) -> Path:
    panels = {
        title: {store: {p.memories: getattr(p, name) for p in found} for store, found in points.items()}
        for name, title in (("store_ms", "ms in the store a turn"), ("records_read", "records read a turn"))
    }
    return by_size(out / PICTURE, "By memories of the shopper", panels)
