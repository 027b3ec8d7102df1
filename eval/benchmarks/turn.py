"""`make bench`: what a recommendation turn and a start cost, and where the time goes.

Other work on the machine moves every figure, so all rows take turns with each other and the ratios are what to compare.
"""

from __future__ import annotations

import asyncio
import logging
import os
import statistics
import tempfile
import time
import warnings
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from google.adk.apps import App
from google.adk.sessions import BaseSessionService, InMemorySessionService
from rich.bar import Bar
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.echo import build_echo_app
from eval.benchmarks.scripted import Recorder, Scripted
from eval.benchmarks.startup import measure_startup
from eval.emulator import NoEmulator, start_emulator
from eval.keyless import TODAY
from recsys_agent.agent import build_app
from recsys_agent.offline.model import OfflineModel
from recsys_agent.services import open_session_service
from recsys_agent.settings import OFFLINE, ROLES, Settings
from recsys_agent.turns import DEFAULT_USER, Conversation, new_session_id
from tools.catalog.catalog import Catalog
from tools.catalog.curated import curated_catalog

MESSAGE = "My dad turns 60, he loves gardening and jazz. A birthday gift for $40 to $60, no books, please."
WARM_UP = 5
MEMORY, SQLITE, FIRESTORE = "in memory", "embedded SQLite", "Firestore emulator"
STANDIN, SCRIPTED, ECHO = "keyless stand-in", "scripted, zero latency", "ADK alone, empty nodes"


@dataclass
class Row:
    """One configuration, and what was measured of it."""

    speaker: str
    store: str
    app: App
    service: BaseSessionService
    catalog: Catalog
    seconds: list[float] = field(default_factory=list)
    usage: dict[str, int] = field(default_factory=dict)
    events: int = 0
    stored_bytes: int = 0

    async def turn(self) -> None:
        """One turn in a session of its own. Raises RuntimeError when it did not recommend."""
        conversation = Conversation(self.app, self.service, self.catalog, DEFAULT_USER, new_session_id())
        await conversation.open()
        started = time.perf_counter()
        account = await conversation.turn(MESSAGE)
        self.seconds.append(time.perf_counter() - started)
        if self.speaker != ECHO and account["status"] != "recommended":
            raise RuntimeError(f"{self.speaker}, {self.store}: {account['status']}: {account['warnings']}")
        self.usage = account["usage"]
        if not self.events:
            await self._weigh(conversation.session_id)

    async def _weigh(self, session_id: str) -> None:
        session = await self.service.get_session(
            app_name=self.app.name, user_id=DEFAULT_USER, session_id=session_id
        )
        assert session is not None
        self.events = len(session.events)
        self.stored_bytes = len(session.model_dump_json(exclude_none=True, by_alias=True).encode())

    @property
    def p50_ms(self) -> float:
        """Median of the turns after the warm-up, in milliseconds."""
        return statistics.median(self.seconds[WARM_UP:]) * 1000

    @property
    def p95_ms(self) -> float:
        """The time that 95 of 100 turns keep, in milliseconds."""
        return statistics.quantiles(self.seconds[WARM_UP:], n=20, method="inclusive")[-1] * 1000


def main(
    turns: Annotated[int, typer.Option(min=2, help="Measured turns of each row.")] = 50,
    starts: Annotated[int, typer.Option(min=0, help="Processes started for each start-up row; 0 leaves them out.")] = 5,
) -> None:
    """Measures recommendation turns and start-ups, and prints the tables."""
    os.environ.setdefault("ADK_SUPPRESS_EXPERIMENTAL_FEATURE_WARNINGS", "1")
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    console = Console()
    with tempfile.TemporaryDirectory() as folder, Progress(console=Console(stderr=True), transient=True) as progress:
        rows = asyncio.run(_measure(Path(folder), turns, progress))
        task = progress.add_task("start-ups", total=4 * starts)
        startup = measure_startup(MESSAGE, starts, lambda: progress.advance(task)) if starts else {}
    console.print(_turn_table(rows, turns), "", _share_table(rows), *(["", _startup_table(startup, starts)] if startup else []))


async def _measure(folder: Path, turns: int, progress: Progress) -> list[Row]:
    """All rows, one turn of each after the other, so that a busy moment meets all of them."""
    catalog = curated_catalog(folder)
    settings = Settings(model=OFFLINE, today=date.fromisoformat(TODAY), data_dir=folder)
    apps = {
        STANDIN: build_app(settings, catalog=lambda: catalog),
        SCRIPTED: await _scripted_app(settings, catalog),
        ECHO: build_echo_app(),
    }
    async with _stores(folder, progress) as stores:
        rows = [Row(s, store, app, service, catalog) for store, service in stores.items() for s, app in apps.items()]
        task = progress.add_task("turns", total=(turns + WARM_UP) * len(rows))
        for _ in range(turns + WARM_UP):
            for row in rows:
                await row.turn()
                progress.advance(task)
    return rows


async def _scripted_app(settings: Settings, catalog: Catalog) -> App:
    """The app with models that say at once what the stand-in says to this message."""
    recorders = {role: Recorder(standin=OfflineModel(role=role)) for role in ROLES}
    recorded = build_app(settings, catalog=lambda: catalog, models=recorders)
    await Row(SCRIPTED, MEMORY, recorded, InMemorySessionService(), catalog).turn()
    answers = {role: (r.answers or recorders["coordinator"].answers)[0] for role, r in recorders.items()}
    models = {role: Scripted(answer=answer) for role, answer in answers.items()}
    return build_app(settings, catalog=lambda: catalog, models=models)


@asynccontextmanager
async def _stores(folder: Path, progress: Progress) -> AsyncIterator[dict[str, BaseSessionService]]:
    """The session stores of this machine."""
    stores: dict[str, BaseSessionService] = {
        MEMORY: InMemorySessionService(),
        SQLITE: open_session_service(f"sqlite:///{folder / 'sessions.db'}"),
    }
    with ExitStack() as stack:
        waiting = progress.add_task("starting the Firestore emulator", total=None)
        try:
            os.environ["FIRESTORE_EMULATOR_HOST"] = stack.enter_context(start_emulator())
            stores[FIRESTORE] = open_session_service("firestore://benchmark")
        except NoEmulator:
            pass  # the table says so
        progress.remove_task(waiting)
        yield stores
