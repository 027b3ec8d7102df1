"""Answers that are code's own words, whole."""

from __future__ import annotations

from typing import Any

from google.adk.tools import ToolContext

from tools import state


def answer(text: str, context: ToolContext) -> dict[str, Any]:
    """Code's own words as the reply."""
    context.state[state.ANSWER] = text
    return {"status": "done", "answer": text}
