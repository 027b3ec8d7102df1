"""Opens a turn in the session store before the message is kept, and closes it whatever happened.

Who runs a turn hears here what the session came to, and need not read it once more.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from google.adk.agents.invocation_context import InvocationContext
from google.adk.plugins import BasePlugin
from google.genai import types

from recsys_agent.sessions.turnwise import TurnwiseSessions

logger = logging.getLogger(__name__)
_listening: ContextVar[dict[str, Any]] = ContextVar("ended")


@contextmanager
def ended_state() -> Iterator[dict[str, Any]]:
    """The session's state as the turn that is run within left it; empty until then, and where no turn ended well."""
    ended: dict[str, Any] = {}
    token = _listening.set(ended)
    try:
        yield ended
    finally:
        _listening.reset(token)


class StoredTurnPlugin(BasePlugin):
    """Turns of one session wait for each other, where the store knows of turns; see `TurnwiseSessions`."""

    def __init__(self) -> None:
        super().__init__(name="stored_turn")

    async def on_user_message_callback(
        self, *, invocation_context: InvocationContext, user_message: types.Content
    ) -> types.Content | None:
        """Waits for the turn before."""
        store = invocation_context.session_service
        if isinstance(store, TurnwiseSessions):
            await store.open_turn(invocation_context.session, invocation_context.invocation_id)
        return None

    async def after_run_callback(self, *, invocation_context: InvocationContext) -> None:
        """The turn is over."""
        await self._close(invocation_context)
        _listening.get({}).update(invocation_context.session.state)

    async def on_run_error_callback(self, *, invocation_context: InvocationContext, error: Exception) -> None:
        """The turn broke; what it did until then is kept."""
        try:
            await self._close(invocation_context)
        except Exception as second:  # the first error is the one that is told
            logger.warning("a broken turn could not be closed: %s", type(second).__name__)

    async def _close(self, invocation_context: InvocationContext) -> None:
        store = invocation_context.session_service
        if isinstance(store, TurnwiseSessions):
            await store.close_turn(invocation_context.session, invocation_context.invocation_id)
