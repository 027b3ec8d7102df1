"""A shopper's reactions to products, kept as memories, and what they do to later turns.

A disliked product is left out; a liked one, and what resembles it, ranks higher. Each reaction is one record of the
shopper's memory: it is shown and erased with the rest, and without it rankings are what they were.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

from google.adk.agents.invocation_context import InvocationContext
from google.adk.plugins import BasePlugin
from google.genai import types

from tools import state
from tools.memory.kinds import GIVER, Episode, Source, memory_id
from tools.memory.moderation import admit
from tools.memory.store import MemoryStore
from tools.product import Product

Reaction = Literal["like", "dislike"]

SOURCE = "feedback"
KEPT_AS = {"like": "liked", "dislike": "disliked"}
READ_AS: dict[str, Reaction] = {"liked": "like", "disliked": "dislike"}

Applied = dict[str, list[str]]
"""The disliked and the liked products that count in a turn, under these names."""

logger = logging.getLogger(__name__)
_listening: ContextVar[Applied] = ContextVar("feedback")


@contextmanager
def counted() -> Iterator[Applied]:
    """What counts in the turn that is run within, as soon as the plugin has read it."""
    applied: Applied = {"disliked": [], "liked": []}
    token = _listening.set(applied)
    try:
        yield applied
    finally:
        _listening.reset(token)


class Feedback:
    """Reactions in the memory store. All calls block."""

    def __init__(self, memory: MemoryStore) -> None:
        self._memory = memory

    def give(self, user: str, product: Product, reaction: Reaction) -> bool:
        """Keeps a reaction in place of the product's former one; False where the shopper paused memory."""
        now = datetime.now(UTC)
        if self._memory.recall(user, kinds=["episodic"], person_ids=[GIVER], now=now).paused:
            return False
        episode = Episode(
            memory_id=_id(product.product_id),
            person_id=GIVER,
            source=Source(session_id=SOURCE, turn_id=SOURCE, at=now),
            happening="reacted",
            product_id=product.product_id,
            title=product.title[:200],
            price=product.price,
            reaction=KEPT_AS[reaction],  # pyright: ignore[reportArgumentType]
        )
        self._memory.remember(user, [], admit([], [episode], today_year=now.year).memories)
        return True

    def take_back(self, user: str, product_id: str) -> bool:
        """Erases the reaction; whether there was one."""
        return self._memory.forget(user, memory_ids=[_id(product_id)]) > 0

    def of(self, user: str) -> dict[str, Reaction]:
        """The reactions by product, the oldest first."""
        known = self._memory.recall(user, kinds=["episodic"], person_ids=[GIVER], now=datetime.now(UTC))
        return {
            memory.product_id: READ_AS[memory.reaction]
            for memory in known.memories
            if isinstance(memory, Episode)
            and memory.source.turn_id == SOURCE
            and memory.product_id
            and memory.reaction in READ_AS
        }

    def applied(self, user: str) -> Applied:
        """The disliked and the liked products, as a turn's account tells them."""
        found = self.of(user)
        return {
            "disliked": [i for i, reaction in found.items() if reaction == "dislike"],
            "liked": [i for i, reaction in found.items() if reaction == "like"],
        }


class FeedbackPlugin(BasePlugin):
    """Tells each turn what the shopper likes and dislikes. A memory that is away breaks no turn."""

    def __init__(self, feedback: Feedback) -> None:
        super().__init__(name="feedback")
        self._feedback = feedback

    async def before_run_callback(self, *, invocation_context: InvocationContext) -> types.Content | None:
        """For this turn only: `temp:` state is never stored."""
        try:
            found = await asyncio.to_thread(self._feedback.applied, invocation_context.user_id)
        except Exception as error:  # each store has its own
            logger.warning("feedback could not be read: %s", type(error).__name__)
            return None
        if applied := _listening.get(None):
            applied.update(found)
        invocation_context.session.state[state.DISLIKED] = found["disliked"]
        invocation_context.session.state[state.LIKED] = found["liked"]
        return None


def _id(product_id: str) -> str:
    return memory_id(SOURCE, product_id)
