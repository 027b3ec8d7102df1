"""The usage ledger of one invocation: every model call with its agent, tokens and fallback, kept in `temp:` state."""

from __future__ import annotations

from typing import Any, Protocol

from tools.state import USAGE


class _Response(Protocol):
    """The part of a model's response that the ledger reads."""

    partial: bool | None
    usage_metadata: Any
    custom_metadata: dict[str, Any] | None


def record_usage(session_state: Any, agent: str, response: _Response) -> None:
    """Adds one finished model call to the ledger. Partial responses of a stream are no calls of their own."""
    if response.partial:
        return
    usage, said = response.usage_metadata, response.custom_metadata or {}
    call = {
        "agent": agent,
        "model": said.get("model"),
        "prompt_tokens": (usage.prompt_token_count or 0) if usage else 0,
        "output_tokens": (usage.candidates_token_count or 0) if usage else 0,
    }
    if said.get("fallback"):
        call["fallback"] = said["fallback"]
    session_state[USAGE] = [*(session_state.get(USAGE) or []), call]
