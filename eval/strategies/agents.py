"""`multi_agent`: the project's App, through the same Conversation as `python -m recsys_agent ask`."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from decimal import Decimal
from typing import Any

from google.adk.apps import App
from google.adk.models import BaseLlm, LlmRequest, LlmResponse
from google.adk.sessions import InMemorySessionService

from eval.simulation.dialogue import Reply, Shown
from recsys_agent.turns import Conversation, new_session_id
from tools.catalog.interface import Catalog

SLOT_WORDS = {
    "interests": ("enjoy", "like", "hobb", "interest", "into"),
    "budget": ("spend", "budget", "cost", "price"),
    "age": ("old", "age"),
    "guests": ("guests", "how many people"),
    "avoid": ("avoid", "allerg"),
}
"""By which words a question is known where the turn does not name its slot, as a real model's may not."""


class Timed(BaseLlm):
    """A model that adds up the time it takes."""

    inner: BaseLlm
    seconds: list[float]

    @classmethod
    def of(cls, inner: BaseLlm, seconds: list[float]) -> Timed:
        """``seconds`` is shared: each call appends to it."""
        return cls.model_construct(model=inner.model, inner=inner, seconds=seconds)

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        """What the model says, timed."""
        started = time.perf_counter()
        async for response in self.inner.generate_content_async(llm_request, stream):
            yield response
        self.seconds.append(time.perf_counter() - started)


class Agents:
    """Our agents over any models by role."""

    def __init__(
        self,
        build: Callable[[Mapping[str, BaseLlm]], App],
        models: Mapping[str, BaseLlm],
        catalog: Catalog,
        name: str = "multi_agent",
    ) -> None:
        self.name = name
        self._seconds: list[float] = []
        self._app = build({role: Timed.of(model, self._seconds) for role, model in models.items()})
        self._catalog = catalog

    def open(self, shopper_id: str) -> AgentsTalk:
        """A session of its own, in memory."""
        service = InMemorySessionService()
        conversation = Conversation(self._app, service, lambda: self._catalog, shopper_id, new_session_id())
        return AgentsTalk(conversation, self._seconds)


class AgentsTalk:
    """One session."""

    def __init__(self, conversation: Conversation, seconds: list[float]) -> None:
        self._conversation = conversation
        self._seconds = seconds

    async def say(self, message: str) -> Reply:
        """One turn."""
        self._seconds.clear()
        return reply_of(await self._conversation.turn(message), sum(self._seconds))


def reply_of(account: dict[str, Any], model_seconds: float = 0.0) -> Reply:
    """A turn's account as the simulator sees it."""
    usage = account["usage"]
    return Reply(
        text=account["reply"],
        status=account["status"],
        shown=tuple(_shown(pick) for pick in account["picks"]),
        asked=_slot(account["question"], account["reply"] if account["status"] == "asked" else ""),
        llm_calls=usage["llm_calls"],
        tokens=usage["prompt_tokens"] + usage["output_tokens"],
        milliseconds=account["elapsed_ms"],
        model_ms=round(model_seconds * 1000, 2),
        warnings=tuple(account["warnings"]),
    )


def _shown(pick: dict[str, Any]) -> Shown:
    return Shown(pick["product_id"], pick["title"], Decimal(pick["price"]["amount"]), pick["need"], pick["quantity"])


def _slot(question: Any, reply: str) -> str | None:
    """The slot a question is about; a turn that asks without naming one is looked at word by word."""
    if isinstance(question, dict):
        question = question.get("slot") or question.get("text")
    if question and "?" not in question:
        return question
    return asked_slot(question or reply)


def asked_slot(text: str) -> str | None:
    """What a text asks about, by the words of its questions; None where it asks nothing, "other" for the unknown."""
    questions = " ".join(re.findall(r"[^.!?\n]*\?", text.lower()))
    if not questions:
        return None
    return next((slot for slot, words in SLOT_WORDS.items() if any(word in questions for word in words)), "other")
