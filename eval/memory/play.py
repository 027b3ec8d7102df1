"""Plays a story through the App, one session after the other, and looks at every turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from google.adk.sessions import InMemorySessionService

from eval.memory.backends import Backend, Traffic, counted
from eval.memory.checks import UNDERSTOOD, Check, Gift, Seen, check_turn, fill
from eval.memory.story import Session, Story, Turn
from recsys_agent.agent import build_app
from recsys_agent.settings import OFFLINE, Settings
from recsys_agent.turns import Conversation, new_session_id
from tools.catalog.interface import Catalog


@dataclass
class TurnPlayed:
    """One turn: what was said, the JSON turn, what was found, and what it asked of the store."""

    said: str
    account: Mapping[str, Any]
    checks: list[Check]
    traffic: Traffic


@dataclass
class StoryPlayed:
    """A story and its turns."""

    story: Story
    turns: list[TurnPlayed] = field(default_factory=list)

    @property
    def checks(self) -> list[Check]:
        """All that was looked at."""
        return [check for turn in self.turns for check in turn.checks]


async def play(
    story: Story, backend: Backend, catalog: Catalog, folder: Path, *, remembered: bool = True
) -> StoryPlayed:
    """Plays a story. ``remembered=False`` is the control: each session is another shopper's, so nothing carries over.

    Sessions are held in memory, so that the store's part of a turn is that of remembering alone.
    """
    played, gifts = StoryPlayed(story), dict[str, Gift]()
    for session in story.sessions:
        shopper = session.shopper if remembered else f"{session.shopper}-{new_session_id()}"
        conversation = open_conversation(session, shopper, backend, catalog, folder)
        before: Mapping[str, Any] = {}
        for turn in session.turns:
            said = fill(turn.say, gifts)
            with counted() as traffic:
                account = await conversation.turn(said)
            taken = _name_gift(turn, before, gifts)
            seen = Seen(account, backend.raw() if _looks_at_store(turn) else "", gifts, _texts(catalog))
            played.turns.append(TurnPlayed(said, account, taken + check_turn(turn, seen), traffic))
            before = account
    return played


def open_conversation(session: Session, shopper: str, backend: Backend, catalog: Catalog, folder: Path) -> Conversation:
    """A new session of the shopper, on its day, over this memory."""
    settings = Settings(model=OFFLINE, today=session.day, data_dir=folder, memory_uri=backend.uri)
    app = build_app(settings, catalog=lambda: catalog)
    return Conversation(app, InMemorySessionService(), lambda: catalog, shopper, new_session_id())


def _name_gift(turn: Turn, before: Mapping[str, Any], gifts: dict[str, Gift]) -> list[Check]:
    """Enters the pick that was taken, and says whether there was one to take."""
    if not turn.gift:
        return []
    picks = before.get("picks", [])
    if there := len(picks) >= turn.position:
        pick = picks[turn.position - 1]
        gifts[turn.gift] = Gift(pick["product_id"], pick["title"])
    return [Check(UNDERSTOOD, there, f"there is a pick {turn.position} to take")]


def _looks_at_store(turn: Turn) -> bool:
    return bool(turn.kept or turn.never_kept or turn.gone)


def _texts(catalog: Catalog) -> Callable[[str], str]:
    def text_of(product_id: str) -> str:
        product = catalog.get(product_id)
        return f"{product.title} {product.description}" if product else ""

    return text_of
