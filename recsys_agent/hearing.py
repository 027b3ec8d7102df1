"""What code itself hears in a message: no allergy, age or budget is to depend on the model alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from recsys_agent.offline.conversation import conversation_of
from recsys_agent.offline.coordinator import respond
from recsys_agent.prompt import context_block, parse_context_block
from tools.catalog.interface import Catalog


def build_hearing(
    catalog: Callable[[], Catalog], today: Callable[[], date]
) -> Callable[[str, Mapping[str, Any]], dict[str, Any]]:
    """From the shopper's message and the session's state to the arguments of `recommend`, as the stand-in reads them.

    Empty where it would not call `recommend`, as for a language that it does not read.
    """

    def hear(message: str, session_state: Mapping[str, Any]) -> dict[str, Any]:
        facts = parse_context_block(context_block(session_state, catalog(), today()))
        content = respond(conversation_of(message, facts)).content
        called = [part.function_call for part in (content.parts if content else None) or [] if part.function_call]
        return next((dict(call.args or {}) for call in called if call.name == "recommend"), {})

    return hear
