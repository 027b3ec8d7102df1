"""What the stand-in needs of a model request: the shopper's message, a tool's answer, the known facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from google.adk.models import LlmRequest, LlmResponse
from google.genai import types

from recsys_agent.prompt import parse_context_block
from tools.brief import Brief, Budget


@dataclass
class Conversation:
    """One model request, read."""

    message: str
    today: date
    brief: Brief
    asked: list[str]
    shown: list[dict[str, Any]]
    offered: list[str]
    question: dict[str, Any] | None
    who: list[str] = field(default_factory=list)  # those between whom the shopper was asked to choose
    stale: list[str] = field(default_factory=list)  # likings the shopper was asked about
    leaned: list[str] = field(default_factory=list)  # kinds of products that earlier choices moved
    remembers: bool = False  # whether there is a memory to speak about
    currency: str = "USD"  # the catalogue's
    budget_before: Budget | None = None  # what could be spent for the one before, where none was named since
    compared: list[int] = field(default_factory=list)  # positions of the picks that were set side by side last
    tool_response: dict[str, Any] | None = field(default=None)


def read_request(request: LlmRequest) -> Conversation:
    """Reads a talking agent's request."""
    conversation = conversation_of(_last_message(request), parse_context_block(str(request.config.system_instruction)))
    conversation.remembers = any(name == "memory" for name in request.tools_dict)
    conversation.tool_response = _tool_response(request)
    return conversation


def conversation_of(message: str, facts: Mapping[str, Any]) -> Conversation:
    """The message with the facts of a context block."""
    return Conversation(
        message=message,
        today=date.fromisoformat(facts["today"]),
        brief=Brief.model_validate(facts.get("brief") or {}),
        asked=facts.get("asked") or [],
        shown=facts.get("shown") or [],
        offered=facts.get("offered") or [],
        question=facts.get("question"),
        who=facts.get("who") or [],
        stale=facts.get("stale") or [],
        leaned=facts.get("leaned") or [],
        compared=facts.get("compared") or [],
        currency=facts["catalog_currency"],
        budget_before=Budget.model_validate(before) if (before := facts.get("budget_before")) else None,
    )


def say(text: str, status: str | None = None) -> LlmResponse:
    """A text reply. ``status`` tells what the turn came to where code cannot know ("refused")."""
    content = types.Content(role="model", parts=[types.Part(text=text)])
    return LlmResponse(content=content, custom_metadata={"status": status} if status else None)


def call(function: str, /, **arguments: Any) -> LlmResponse:
    """A function call."""
    return calls((function, arguments))


def calls(*functions: tuple[str, dict[str, Any]]) -> LlmResponse:
    """Several function calls at once, in this order."""
    parts = [types.Part.from_function_call(name=name, args=arguments) for name, arguments in functions]
    return LlmResponse(content=types.Content(role="model", parts=parts))


def _last_message(request: LlmRequest) -> str:
    """The shopper's last own words; ADK retells other agents' events as user content that begins "For context:"."""
    for content in reversed(request.contents):
        texts = [part.text for part in content.parts or [] if part.text]
        if content.role == "user" and texts and not texts[0].startswith("For context:"):
            return " ".join(texts)
    return ""


def _tool_response(request: LlmRequest) -> dict[str, Any] | None:
    """The answer to a call of this very agent, when it is the last thing that happened."""
    last = request.contents[-1] if request.contents else None
    answers = [part.function_response for part in (last.parts if last else None) or [] if part.function_response]
    return {"name": answers[-1].name, **(answers[-1].response or {})} if answers else None
