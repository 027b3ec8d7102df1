"""What of a message was not understood: the reply quotes it, so that nothing seems taken up that was not."""

from __future__ import annotations

from typing import Any

from google.adk.tools import ToolContext

from tools import state

MOST_QUOTED = 80
"""Letters of a part that are quoted."""


def note_not_understood(parts: Any, message: str, context: ToolContext) -> None:
    """Adds a line to the reply for those of the ``parts`` that do stand in the message."""
    said = _plain(message)
    given = [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, str) and part.strip()]
    quoted = [f'"{_plain(part)[:MOST_QUOTED].strip()}"' for part in given if _plain(part) in said]
    if quoted:
        line = f"I did not understand {' and '.join(quoted)}, so it is not taken up. Other words may help."
        context.state[state.NOTES] = [*(context.state.get(state.NOTES) or []), line]


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("\u2019", "'").split())
