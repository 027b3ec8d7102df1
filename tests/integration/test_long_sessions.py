"""A turn reads the latest events of its session only; what was said before stands in the state."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from google.adk.sessions import InMemorySessionService

from recsys_agent.agent import build_app
from recsys_agent.services import NO_MEMORY
from recsys_agent.settings import Settings
from recsys_agent.turns import Conversation
from tools.catalog.interface import Catalog


async def test_what_was_said_before_the_events_that_are_read_still_holds(curated: Catalog, tmp_path: Path) -> None:
    settings = Settings(model="offline", data_dir=tmp_path, today=date(2026, 5, 1), memory_uri=NO_MEMORY)
    app = build_app(settings, catalog=lambda: curated)
    conversation = Conversation(app, InMemorySessionService(), lambda: curated, "eve", "long", recent_events=14)
    first = await conversation.turn("A gift for my dad, he loves gardening, allergic to nuts, $20-60")
    for _ in range(3):
        assert (await conversation.turn("something different"))["status"] == "recommended"
    last = await conversation.turn("make it up to $45")
    assert last["status"] == "recommended"
    assert last["brief"]["interests"] == first["brief"]["interests"] == ["gardening"]
    assert last["brief"]["allergies"] == ["nuts"]
    assert last["brief"]["budget"]["max"] == "45.00"
