"""The whole app, keyless and in memory, for benchmarks that ask it many things."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from google.adk.sessions import InMemorySessionService

from eval.keyless import TODAY
from recsys_agent.agent import build_app
from recsys_agent.services import NO_MEMORY
from recsys_agent.settings import OFFLINE, Settings
from recsys_agent.turns import Conversation, new_session_id
from tools.catalog.interface import Catalog


class Asking:
    """Conversations with the stand-in over one catalogue, each with a shopper of its own."""

    def __init__(self, catalog: Catalog, folder: Path) -> None:
        self._catalog = catalog
        settings = Settings(model=OFFLINE, today=date.fromisoformat(TODAY), data_dir=folder, memory_uri=NO_MEMORY)
        self._app = build_app(settings, catalog=lambda: catalog)

    async def answers(self, *turns: str) -> list[dict[str, Any]]:
        """The JSON turns of one conversation. Raises RuntimeError where one failed."""
        session = new_session_id()
        conversation = Conversation(self._app, InMemorySessionService(), lambda: self._catalog, session, session)
        accounts = [await conversation.turn(turn) for turn in turns]
        for turn, account in zip(turns, accounts, strict=True):
            if account["status"] == "error":
                raise RuntimeError(f"{turn!r} failed: {account['warnings']}")
        return accounts
