"""What code adds to a reply, whoever worded it: what a critique changed, and the choices behind a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools import state
from tools.asking.wording import choices_text
from tools.shopper.stating import unheeded

WITH_CHOICES = ("interests", "taste", "budget")
"""Questions with which it helps to see what the shop has."""


def with_additions(text: str, turn: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """The reply's paragraphs: what changed stands first, and the choices before the question, which stays the end."""
    changed = " ".join([*(values.get(state.STATED) or []), unheeded(values.get(state.UNHEEDED) or [])]).strip()
    choices = ""
    if turn.get("question") in WITH_CHOICES:
        choices = choices_text((turn.get("asking") or {}).get("choices", {}))
    head, _, last = text.rpartition("\n\n")
    said = [head, choices, last] if choices and "?" in last else [text, choices]
    return [paragraph for paragraph in (changed, *said) if paragraph]
