"""What the server is made of. All ways in (/v1, MCP, A2A, events) share one set of parts and its limits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from google.adk.apps import App
from google.adk.artifacts import BaseArtifactService
from google.adk.sessions import BaseSessionService

from deployment.a2a.tasks import RecentTasks
from deployment.api.idempotency import Repeats
from deployment.documents import Documents
from deployment.erasure import Erasure, ErasurePlugin
from deployment.feedback import Feedback, FeedbackPlugin, counted
from deployment.limits import TurnQueue, Turns
from deployment.meter import Meter, MeterPlugin
from deployment.settings import ServerSettings
from deployment.stores import open_artifacts, open_documents
from recsys_agent.agent import APP_NAME, build_app, catalog_provider, embedder_of
from recsys_agent.services import memory_uri, open_memory_store, open_session_service, session_uri
from recsys_agent.sessions.turnwise import TurnwiseSessions
from recsys_agent.settings import OFFLINE, ROLES, Settings
from recsys_agent.turns import Conversation, new_session_id
from tools import state
from tools.brief import Brief
from tools.catalog.embedding.embedder import Embedder
from tools.catalog.interface import Catalog
from tools.memory.store import MemoryStore

ASK = "What do you recommend?"
"""What a brief's shopper says: all the rest stands in the brief."""


@dataclass
class Parts:
    """The composed server. ``running`` are turns that a client may have left.

    ``remember`` is False where nobody can be known again: nothing outlives the session then.
    """

    agent: App
    sessions: BaseSessionService
    catalog: Callable[[], Catalog]
    memory: MemoryStore
    documents: Documents
    feedback: Feedback
    repeats: Repeats
    meter: Meter
    turns: Turns
    settings: ServerSettings
    tasks: RecentTasks
    artifacts: BaseArtifactService
    erasure: Erasure
    embedder: Embedder | None = None
    remember: bool = True
    running: set[asyncio.Task[Any]] = field(default_factory=set)

    async def turn(self, user: str, conversation_id: str, text: str) -> dict[str, Any]:
        """One turn as JSON, with the reactions that counted in it. Raises what went wrong."""
        conversation = Conversation(
            self.agent, self.sessions, self.catalog, user, conversation_id, remember=self.remember
        )
        with counted() as applied:
            async with asyncio.timeout(self.settings.turn_timeout_s):
                account = await conversation.answer(text)
        return {"conversation_id": conversation_id, **account, "feedback": applied}

    async def recommend(self, user: str, asked: str | Brief) -> dict[str, Any]:
        """A turn in a conversation of its own, for a text or a brief."""
        conversation_id = new_session_id()
        if isinstance(asked, str):
            return await self.turn(user, conversation_id, asked)
        await self.sessions.create_session(
            app_name=APP_NAME,
            user_id=user,
            session_id=conversation_id,
            state={state.BRIEF: asked.model_dump(mode="json")},
        )
        return await self.turn(user, conversation_id, ASK)


def build_parts(
    settings: Settings, server: ServerSettings, *, agent: App | None = None, remember: bool = True
) -> Parts:
    """Opens everything, the catalogue too: the first request would wait for it. Raises SettingsError, CatalogError."""
    catalog = catalog_provider(settings)
    documents = open_documents(settings, server)
    sessions, artifacts = open_session_service(session_uri(settings)), open_artifacts(settings, server)
    if isinstance(sessions, TurnwiseSessions):
        sessions.artifacts = artifacts
    store = open_memory_store(memory_uri(settings))
    reactions, meter = Feedback(store), Meter(documents, server)
    agent = agent or build_app(settings, catalog=catalog)
    tasks = RecentTasks()
    erasure = Erasure(sessions, artifacts, store, documents, tasks)
    agent.plugins = [*agent.plugins, FeedbackPlugin(reactions), MeterPlugin(meter), ErasurePlugin(erasure)]
    catalog()
    return Parts(
        agent=agent,
        sessions=sessions,
        catalog=catalog,
        memory=store,
        documents=documents,
        feedback=reactions,
        repeats=Repeats(documents, server.turn_timeout_s),
        meter=meter,
        turns=Turns(server, meter, TurnQueue() if _only_computes(settings) else None),
        settings=server,
        tasks=tasks,
        artifacts=artifacts,
        erasure=erasure,
        embedder=embedder_of(settings.embedder),
        remember=remember,
    )


def _only_computes(settings: Settings) -> bool:
    """Whether a turn asks nobody over the network, so that two at once gain nothing on one core."""
    places = (session_uri(settings), memory_uri(settings), settings.catalog or "")
    asks = settings.mcp_servers or settings.embedder or any("firestore:" in place.lower() for place in places)
    return not asks and {settings.model_for(role) for role in ROLES} == {OFFLINE}
