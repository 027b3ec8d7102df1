"""What the shopper is doing: asking, choosing, reacting to what is shown, or merely talking."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.model import Intent, Reading
from recsys_agent.offline.reading.reactions import critique_of, is_choice, is_explanation
from recsys_agent.offline.reading.smalltalk import chat_of, no_preference
from tools.brief import Brief, BriefChanges

# A request without any detail is still one: "what can I get?", "I need an idea".
_REQUEST = re.compile(
    r"\b(?:gifts?|presents?|recommend|recommendations?|suggest|suggestions?|ideas?|buy|shopping|shop for|"
    r"surprise|treat|party|something for|looking for|find (?:me )?(?:something|a)|what (?:can|could|should|do|"
    r"would) (?:i|we) (?:get|buy|give|do)|help me (?:find|choose|pick|decide)|celebrat\w+|occasion|show me)\b"
)

# Talk about a person is part of a request even when nothing in it can be used: "she wears size M".
_ABOUT_SOMEBODY = re.compile(r"\b(?:he|she|they|his|her|my \w+)\b \w+ \w+")


def reaction_of(text: str, brief: Brief, shown: int, position: int | None) -> str | None:
    """A reaction to what is on the table, told before the details are read."""
    if not shown and brief == Brief():
        return None
    if is_choice(text) and (
        position is not None
        or shown == 1
        or not shown
        or re.search(r"\b(?:it|that|them|both|all|order|cart|basket|checkout|check out)\b", text)
    ):
        return "choose"
    if is_explanation(text):
        return "explain"
    if critique_of(text):
        return "critique"
    return None


def reading_of(
    text: str, changes: BriefChanges, reaction: str | None, position: int | None, asked: str | None, shown: int
) -> Reading:
    """The intent, from what was said and how the shopper reacts."""
    said = changes != BriefChanges()
    whatever = no_preference(text) and not changes.interests
    critique = critique_of(text) if reaction in ("critique", "explain", "choose") or shown else None
    chat = chat_of(text)
    intent: Intent
    if changes.start_over and said:
        intent = "recommend"
    elif reaction in ("choose", "explain"):
        intent = "choose" if reaction == "choose" else "explain"
    elif reaction == "critique":
        intent = "recommend" if _states_anew(changes) else "critique"
    elif said or (whatever and (asked or chat not in ("identity", "help"))):
        intent = "recommend"
    elif chat:
        intent = "chat"
    elif _REQUEST.search(text) or _ABOUT_SOMEBODY.search(text):
        intent = "recommend"
    else:
        intent = "unclear"
    return Reading(
        intent=intent,
        changes=changes,
        critique=critique if intent in ("critique", "recommend") else None,
        position=position,
        chat=chat if intent == "chat" or (asked and chat in ("yes", "no")) else None,
        no_preference=whatever,
    )


def _states_anew(changes: BriefChanges) -> bool:
    """Whether beside the critique something was stated that asks for new picks by itself."""
    return bool(changes.budget or changes.interests or changes.relation or changes.remove)
