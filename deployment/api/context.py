"""What the routes of /v1 share: who asks, and the parts of the server they use."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from google.adk.apps import App
from google.adk.sessions import BaseSessionService

from deployment.api.idempotency import Repeats
from deployment.api.schemas import Invalid, Problem
from deployment.feedback import Feedback
from deployment.settings import ServerSettings
from recsys_agent.turns import Conversation
from tools.catalog.interface import Catalog
from tools.memory.store import MemoryStore


@dataclass
class Parts:
    """The composed server, on ``app.state.parts``. ``running`` are turns that a client may have left."""

    agent: App
    sessions: BaseSessionService
    catalog: Callable[[], Catalog]
    memory: MemoryStore
    feedback: Feedback
    repeats: Repeats
    settings: ServerSettings
    running: set[asyncio.Task[Any]] = field(default_factory=set)

    async def turn(self, user: str, conversation_id: str, text: str) -> dict[str, Any]:
        """One turn as JSON, with the reactions that counted in it. Raises what went wrong."""
        conversation = Conversation(self.agent, self.sessions, self.catalog, user, conversation_id)
        async with asyncio.timeout(self.settings.turn_timeout_s):
            account = await conversation.answer(text)
        applied = await asyncio.to_thread(self.feedback.applied, user)
        return {"conversation_id": conversation_id, **account, "feedback": applied}


def _parts(request: Request) -> Parts:
    return request.app.state.parts


def _shopper(request: Request) -> str:
    """The credential's user; the guard has seen to it that there is one."""
    return request.state.principal.user_id


PartsOf = Annotated[Parts, Depends(_parts)]
Shopper = Annotated[str, Depends(_shopper)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=200,
        description="Send the same key again after a lost answer, within 24 hours, and get that answer once more.",
    ),
]

PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The request cannot be read, or names no shopper"},
    401: {"model": Problem, "description": "No valid credential"},
    403: {"model": Problem, "description": "Not this shopper's"},
    413: {"model": Problem, "description": "The request is too long"},
    422: {"model": Invalid, "description": "A field cannot be used"},
    429: {"model": Problem, "description": "Too much; Retry-After says when to come back"},
    500: {"model": Problem, "description": "Our fault"},
}
TURN_PROBLEMS: dict[int | str, dict[str, Any]] = {
    **PROBLEMS,
    409: {"model": Problem, "description": "The conversation, or the same request, is being worked on"},
    503: {"model": Problem, "description": "The store of conversations does not answer"},
    504: {"model": Problem, "description": "The turn took too long"},
}
