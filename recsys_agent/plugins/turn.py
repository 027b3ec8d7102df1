"""One turn's frame: message limits before it, and after it who spoke, at what cost, and whether a model failed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from google.adk.agents.callback_context import CallbackContext
from google.adk.agents.invocation_context import InvocationContext
from google.adk.events import Event
from google.adk.models import LlmRequest, LlmResponse
from google.adk.plugins import BasePlugin
from google.adk.tools import BaseTool, ToolContext
from google.genai import types

from recsys_agent.models import fallback_notice
from recsys_agent.plugins.additions import with_additions
from recsys_agent.plugins.ledger import Prices, ledger, totals
from recsys_agent.plugins.memory import TurnMemory
from tools import state
from tools.guard.characters import UNSEEN
from tools.guard.redaction import redact
from tools.usage import record_usage

MAX_LLM_CALLS = 8
"""A turn takes two or three; a model that loops is stopped long before ADK's default of 500."""

IN_CIRCLES = (
    "I went round in circles and could not finish this. "
    "Please say it in other words: who the gift is for, what they like and what it may cost."
)

EMPTY = (
    'Your message is empty. Tell me who the gift is for, for example: "a gift for my mum, she loves tea, under $40".'
)


logger = logging.getLogger(__name__)


class TurnPlugin(BasePlugin):
    """Cleans and bounds the message, keeps the usage ledger, and completes the reply with what must be said."""

    def __init__(
        self, *, announcement: str, max_message_chars: int, prices: Prices, memory: TurnMemory | None = None
    ) -> None:
        super().__init__(name="turn")
        self._memory = memory
        self._prices = prices
        self._announcement = announcement
        self._max_chars = max_message_chars

    async def on_user_message_callback(
        self, *, invocation_context: InvocationContext, user_message: types.Content
    ) -> types.Content | None:
        """Takes control characters and private data out and bounds the length, before anything is stored.

        A message of our own even where nothing was to be done: then ADK chooses anew which agent answers, and the
        session may have moved on while this turn waited for the one before it.
        """
        return types.Content(role=user_message.role, parts=[self._clean(part) for part in user_message.parts or []])

    async def before_run_callback(self, *, invocation_context: InvocationContext) -> types.Content | None:
        """Answers at once what no agent could answer: an empty or an overlong message."""
        if invocation_context.run_config:
            invocation_context.run_config.max_llm_calls = MAX_LLM_CALLS + 2
        content = invocation_context.user_content
        if content is None or any(not part.text for part in content.parts or [] if part.text is None):
            return None
        text = "".join(part.text or "" for part in content.parts or [])
        if not text.strip():
            return _model_says(EMPTY)
        if len(text) > self._max_chars:
            return _model_says(
                f"Your message is longer than the {self._max_chars:,} characters I read at once. "
                "Please say in a few sentences who the gift is for, what they like and what it may cost."
            )
        return None

    async def before_model_callback(
        self, *, callback_context: CallbackContext, llm_request: LlmRequest
    ) -> LlmResponse | None:
        """Ends a turn in which the model goes round in circles; the hard limit would end it with an exception."""
        if len(callback_context.state.get(state.USAGE) or []) < MAX_LLM_CALLS:
            return None
        callback_context.state[state.TURN] = {"status": "error"}
        return LlmResponse(content=_model_says(IN_CIRCLES))

    async def on_tool_error_callback(
        self, *, tool: BaseTool, tool_args: dict[str, Any], tool_context: ToolContext, error: Exception
    ) -> dict[str, Any]:
        """A tool that raises tells the model, which may correct its call or say so; the turn goes on."""
        logger.warning("%s failed: %s", tool.name, type(error).__name__, exc_info=error)
        return {"status": "error", "message": f"{tool.name} failed ({type(error).__name__})"}

    async def after_model_callback(
        self, *, callback_context: CallbackContext, llm_response: LlmResponse
    ) -> LlmResponse | None:
        """Enters the call into the ledger."""
        record_usage(callback_context.state, callback_context.agent_name, llm_response)
        return None

    async def on_event_callback(self, *, invocation_context: InvocationContext, event: Event) -> Event | None:
        """Completes the turn's one reply: who speaks (first reply), what failed, what it cost."""
        text = "".join(part.text or "" for part in (event.content.parts if event.content else None) or [])
        if not text or event.partial or event.author == "user":
            return None
        session_state = invocation_context.session.state
        calls: Sequence[dict[str, Any]] = session_state.get(state.USAGE) or []
        delta: dict[str, Any] = dict(event.actions.state_delta)
        turn: dict[str, Any] = dict(delta.get(state.TURN) or {"status": "refused"})
        if asking := turn.get("asking") or session_state.get(state.ASKING):
            turn["asking"] = asking
        turn["usage"] = totals(calls)
        turn["ledger"] = ledger(calls, self._prices)
        paragraphs = with_additions(text, turn, {**session_state, **delta})
        if not session_state.get(state.ANNOUNCED):
            paragraphs.insert(0, self._announcement)
            delta[state.ANNOUNCED] = True
        if failed := next((c for c in calls if c.get("fallback")), None):
            model, reason = failed["fallback"]["model"], failed["fallback"]["reason"]
            paragraphs.append(fallback_notice(model))
            turn["warnings"] = [*turn.get("warnings", []), f"{model} could not be used ({reason})"]
        if self._memory:
            settled = await self._memory.settle(invocation_context, delta)
            paragraphs += settled.notes
            turn["memory"] = settled.account
            turn["warnings"] = [*turn.get("warnings", []), *settled.warnings]
            delta |= settled.delta
        delta[state.TURN] = turn
        content = types.Content(role="model", parts=[types.Part(text="\n\n".join(paragraphs))])
        actions = event.actions.model_copy(update={"state_delta": delta})
        return event.model_copy(update={"content": content, "actions": actions})

    def _clean(self, part: types.Part) -> types.Part:
        if part.text is None:
            return part
        text = redact(UNSEEN.sub(" ", part.text[: self._max_chars + 1]))
        # One character more than allowed is kept, so that the length check still sees that it was too long.
        return (
            part if text == part.text and len(text) <= self._max_chars else types.Part(text=text[: self._max_chars + 1])
        )


def _model_says(text: str) -> types.Content:
    return types.Content(role="model", parts=[types.Part(text=text)])
