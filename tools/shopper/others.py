"""Several people in one message: the first is served, and the reply says that the others come next."""

from __future__ import annotations

from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.brief import Brief
from tools.lexicon.relations import canonical_relation

MOST_NAMED = 3


def note_others(also_for: Any, brief: Brief, context: ToolContext) -> None:
    """Adds a line to the reply for the relations in ``also_for``; what is no relation we know is passed over."""
    given = also_for if isinstance(also_for, list) else [also_for]
    known = dict.fromkeys(
        relation for word in given if isinstance(word, str) and (relation := canonical_relation(word))
    )
    others = [relation.replace("_", "-") for relation in known if relation != brief.recipient.relation][:MOST_NAMED]
    if not others:
        return
    first = brief.recipient.name or f"your {(brief.recipient.relation or 'first one').replace('_', '-')}"
    rest = " and ".join(f"your {relation}" for relation in others)
    line = f'One person at a time: this is for {first}. For {rest}, go on with "now for my {others[0]}".'
    context.state[state.NOTES] = [*(context.state.get(state.NOTES) or []), line]
