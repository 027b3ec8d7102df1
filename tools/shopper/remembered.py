"""What a session knows of memory: whom it is about, what was applied, and whether anything may be kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from tools import state

UNKEPT = {"remember": False}
"""Custom metadata of an ADK run whose shopper nobody knows: nothing is recalled and nothing kept."""


class Remembered(BaseModel):
    """What the session knows of memory: the recipient, what was applied, whether anything may be kept."""

    person_id: str | None = None
    spoken_of: str | None = None  # of whom the last words about memory were
    applied: list[str] = []
    added: dict[str, list[str]] = {}  # what memory added to the lists of the brief
    age_added: int | None = None
    begun: bool = False  # memory was looked up in this session
    stranger: bool = False  # a friend's daughter: nobody of the shopper's own people, so nothing is recalled or kept
    unkept: bool = False  # "don't remember this": nothing of this session is kept
    who: list[str] = []  # those between whom the shopper was asked to choose
    stale: list[str] = []  # likings that the shopper was asked about


def remembered_in(session_state: Any) -> Remembered:
    """What the session knows of memory so far."""
    return Remembered.model_validate(session_state.get(state.REMEMBERED) or {})


def keep(remembered: Remembered, session_state: Any) -> None:
    """Notes it in the session, where it says anything."""
    session_state[state.REMEMBERED] = remembered.model_dump(exclude_defaults=True)


def may_remember(run_config: Any) -> bool:
    """Whether the run is that of a shopper who can be known again."""
    return ((run_config and run_config.custom_metadata) or {}).get("remember", True)


def said_at(context: Any) -> datetime | None:
    """When the message came that this turn answers."""
    for event in reversed(context.session.events):
        if event.author == "user" and event.invocation_id == context.invocation_id:
            return datetime.fromtimestamp(event.timestamp, tz=UTC)
    return None
