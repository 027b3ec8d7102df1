"""`python -m eval.benchmarks.long_session`: what a turn costs as its session grows, beside reading all events.

A turn reads the session's latest events (`recsys_agent.turns.RECENT_EVENTS`); everything older is in its state.
"""

from __future__ import annotations

import asyncio
import logging
import os
import statistics
import tempfile
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from google.adk.apps import App
from google.adk.sessions import BaseSessionService
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.emulator import NoEmulator, start_emulator
from eval.keyless import keyless_environment
from eval.quiet import quiet
from recsys_agent.agent import build_app
from recsys_agent.services import NO_MEMORY, open_session_service
from recsys_agent.settings import OFFLINE, Settings
from recsys_agent.turns import RECENT_EVENTS, Conversation, new_session_id
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog

TODAY = date(2026, 5, 1)
USER = "shopper"
MESSAGES = (
    "My dad turns 60, he loves gardening and jazz, $40-60",
    "actually make it up to $30",
    "something different",
    "Now something for my sister, she loves tea, under $40",
)
WINDOW = 10
"""Turns of which the median is taken."""


async def median_by_turn(
    app: App, service: BaseSessionService, catalog: Catalog, turns: int, recent: int | None, progress: Progress
) -> list[float]:
    """Milliseconds of the turns of one session: the median of every `WINDOW` turns."""
    session_id, seconds = new_session_id(), list[float]()
    conversation = Conversation(app, service, lambda: catalog, USER, session_id, recent_events=recent)
    for number in progress.track(range(turns), description=f"{recent or 'all'} events"):
        started = time.perf_counter()
        account = await conversation.turn(MESSAGES[number % len(MESSAGES)])
        seconds.append(time.perf_counter() - started)
        if account["status"] == "error":
            raise RuntimeError(f"turn {number + 1}: {account['warnings']}")
    return [statistics.median(seconds[i : i + WINDOW]) * 1000 for i in range(0, turns, WINDOW)]


async def _measure(turns: int, folder: Path, stores: dict[str, str], progress: Progress) -> Table:
    catalog = curated_catalog(folder)
    settings = Settings(model=OFFLINE, today=TODAY, data_dir=folder, memory_uri=NO_MEMORY)
    app = build_app(settings, catalog=lambda: catalog)
    windows = sorted({0, turns // WINDOW // 2, turns // WINDOW - 1})
    table = Table(title=f"A turn of one session, p50 ms of {WINDOW} turns", box=SIMPLE, pad_edge=False)
    table.add_column("sessions")
    table.add_column("events read")
    for window in windows:
        table.add_column(f"to turn {(window + 1) * WINDOW}", justify="right")
    table.add_column("last / first", justify="right")
    for store, uri in stores.items():
        for recent in (RECENT_EVENTS, None):
            found = await median_by_turn(app, open_session_service(uri), catalog, turns, recent, progress)
            cells = [f"{found[window]:.1f}" for window in windows]
            table.add_row(store, f"the last {recent}" if recent else "all", *cells, f"{found[-1] / found[0]:.2f}")
    return table


def main(turns: Annotated[int, typer.Option(min=2 * WINDOW, help="Turns of each session.")] = 200) -> None:
    """Plays long sessions and prints what their turns took."""
    os.environ.update(keyless_environment())
    quiet(logging.CRITICAL)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stores = {"SQLite": f"sqlite:///{folder / 'sessions.db'}"}
        try:
            os.environ["FIRESTORE_EMULATOR_HOST"] = stack.enter_context(start_emulator())
            stack.callback(os.environ.pop, "FIRESTORE_EMULATOR_HOST")
            stores["Firestore emulator"] = "firestore://benchmark"
        except NoEmulator:
            pass  # its rows are missing
        with Progress(console=Console(stderr=True), transient=True) as progress:
            table = asyncio.run(_measure(turns, folder, stores, progress))
    Console(width=100).print(table)


if __name__ == "__main__":
    typer.run(main)
