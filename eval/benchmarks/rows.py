"""The configurations a recommendation turn is measured in, and the measuring."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from google.adk.apps import App
from google.adk.integrations.firestore.firestore_session_service import FirestoreSessionService
from google.adk.sessions import BaseSessionService, InMemorySessionService
from google.adk.sessions.sqlite_session_service import SqliteSessionService
from google.cloud.firestore import AsyncClient

from eval.benchmarks.commits import counted_commits
from eval.benchmarks.echo import build_echo_app
from eval.benchmarks.scripted import Recorder, Scripted
from eval.emulator import NoEmulator, start_emulator
from eval.keyless import TODAY
from recsys_agent.agent import build_app
from recsys_agent.offline.model import OfflineModel
from recsys_agent.services import NO_MEMORY, open_session_service
from recsys_agent.settings import OFFLINE, ROLES, Settings
from recsys_agent.turns import Conversation, new_session_id
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog

MESSAGES = (
    "My dad turns 60, he loves gardening and jazz. A birthday gift for $40 to $60, no books, please.",
    "A present for my 8 year old niece who is into dinosaurs and drawing, up to $30",
    "My wife's birthday is next week. She likes yoga and tea, budget $50, nothing with nuts",
    "gift for my colleague, coffee lover, max $25",
    "A birthday gift for my best friend, she loves cooking and travel, around $45",
    "My grandfather enjoys fishing and chess, something under $70",
    "birthday present for my 16 year old brother, gaming and music, $20-40",
    "My mum is into knitting and baking. I can spend up to $35.",
)
"""Taken in turn. All were said in the warm-up, so what the process keeps about wishes and texts is there already."""

WARM_UP = len(MESSAGES)
USER = "shopper"
MEMORY, SQLITE, FIRESTORE = "memory", "SQLite", "Firestore"
ADK_SQLITE, ADK_FIRESTORE = "SQLite, ADK's", "Firestore, ADK's"
STANDIN, SCRIPTED, ECHO = "keyless", "scripted", "ADK alone"


@dataclass
class Row:
    """One configuration, and what was measured of it."""

    speaker: str
    store: str
    apps: Sequence[App]  # one for each message
    service: BaseSessionService
    catalog: Catalog
    seconds: list[float] = field(default_factory=list)
    usage: dict[str, int] = field(default_factory=dict)
    events: int = 0
    commits: int = 0
    stored_bytes: int = 0

    async def turn(self, number: int) -> None:
        """One turn in a session of its own. Raises RuntimeError when it did not recommend."""
        app, message = self.apps[number % len(self.apps)], MESSAGES[number % len(MESSAGES)]
        session_id = new_session_id()
        await self.service.create_session(app_name=app.name, user_id=USER, session_id=session_id)
        conversation = Conversation(app, self.service, lambda: self.catalog, USER, session_id)
        with counted_commits() as commits:
            started = time.perf_counter()
            account = await conversation.turn(message)
            self.seconds.append(time.perf_counter() - started)
        self.commits = max(self.commits, len(commits))
        if account["warnings"] or (self.is_ours and account["status"] != "recommended"):
            raise RuntimeError(f"{message!r}, {self.speaker}, {self.store}: {account['status']}: {account['warnings']}")
        self.usage = account["usage"]
        if not self.events:
            await self._weigh(app.name, session_id)

    async def _weigh(self, app_name: str, session_id: str) -> None:
        session = await self.service.get_session(app_name=app_name, user_id=USER, session_id=session_id)
        assert session is not None
        self.events = len(session.events)
        self.stored_bytes = len(session.model_dump_json(exclude_none=True, by_alias=True).encode())

    @property
    def is_ours(self) -> bool:
        """Whether the turn recommends something; ADK alone does not."""
        return self.speaker != ECHO

    @property
    def p50_ms(self) -> float:
        """Median of the turns after the warm-up, in milliseconds."""
        return statistics.median(self.seconds[WARM_UP:]) * 1000

    @property
    def p95_ms(self) -> float:
        """The time that 95 of 100 turns keep, in milliseconds."""
        return statistics.quantiles(self.seconds[WARM_UP:], n=20, method="inclusive")[-1] * 1000


async def measure_turns(folder: Path, turns: int, advance: Callable[[], None]) -> list[Row]:
    """All rows, one turn of each after the other, so that a busy moment meets all. `advance`: each has had one."""
    catalog = curated_catalog(folder)
    # Without memory: all turns are one shopper's, and would tell each other. `eval.memory.run` times it.
    settings = Settings(model=OFFLINE, today=date.fromisoformat(TODAY), data_dir=folder, memory_uri=NO_MEMORY)
    apps = {
        STANDIN: [build_app(settings, catalog=lambda: catalog)],
        SCRIPTED: [await _scripted_app(settings, catalog, number) for number in range(len(MESSAGES))],
        ECHO: [build_echo_app()],
    }
    async with _stores(folder) as stores:
        rows = [
            Row(who, store, a, service, catalog)
            for store, service in stores.items()
            for who, a in apps.items()
            if who == STANDIN or store not in (ADK_SQLITE, ADK_FIRESTORE)
        ]
        for number in range(WARM_UP + turns):
            for row in rows:
                await row.turn(number)
            advance()
    return rows


async def _scripted_app(settings: Settings, catalog: Catalog, number: int) -> App:
    """The app with models that say at once what the stand-in says to this message."""
    recorders = {role: Recorder(standin=OfflineModel(role=role)) for role in ROLES}
    recorded = build_app(settings, catalog=lambda: catalog, models=recorders)
    await Row(SCRIPTED, MEMORY, [recorded] * len(MESSAGES), InMemorySessionService(), catalog).turn(number)
    models = {role: Scripted(answers=recorder.answers) for role, recorder in recorders.items()}
    return build_app(settings, catalog=lambda: catalog, models=models)


@asynccontextmanager
async def _stores(folder: Path) -> AsyncIterator[dict[str, BaseSessionService]]:
    """The session stores of this machine."""
    stores: dict[str, BaseSessionService] = {
        MEMORY: InMemorySessionService(),
        SQLITE: open_session_service(f"sqlite:///{folder / 'sessions.db'}"),
        ADK_SQLITE: SqliteSessionService(str(folder / "adk.db")),
    }
    with ExitStack() as stack:
        try:
            os.environ["FIRESTORE_EMULATOR_HOST"] = stack.enter_context(start_emulator())
            stack.callback(os.environ.pop, "FIRESTORE_EMULATOR_HOST")
            stores[FIRESTORE] = open_session_service("firestore://benchmark")
            stores[ADK_FIRESTORE] = FirestoreSessionService(client=AsyncClient(project="benchmark-adk"))
        except NoEmulator:
            pass  # the table says so
        yield stores
