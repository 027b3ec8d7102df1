"""What was asked for by name and is no part of a plan: the reply says so, and how it can be had."""

from __future__ import annotations

from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.brief import Brief
from tools.brief_fields import phrases
from tools.enumeration import enumerated

MOST_NAMED = 5


def note_extras(extras: Any, brief: Brief, message: str, context: ToolContext) -> None:
    """Adds a line to the reply for the things in ``extras`` that the message names and the brief does not look for."""
    given = [extras] if isinstance(extras, str) else extras if isinstance(extras, list) else []
    sought = {*brief.interests, *brief.rules, *(wish for need in brief.needs for wish in need.wishes)}
    said = " ".join(message.lower().replace("-", " ").split())
    named = [
        thing
        for thing in phrases([g for g in given if isinstance(g, str)])
        if thing not in sought and thing.replace("-", " ") in said
    ][:MOST_NAMED]
    if not named:
        return
    line = (
        f"You also asked for {enumerated(named)}. A plan here holds a cake, decorations, tableware, favours, an "
        "activity and presents, so this one goes without."
    )
    context.state[state.NOTES] = [*(context.state.get(state.NOTES) or []), line]
