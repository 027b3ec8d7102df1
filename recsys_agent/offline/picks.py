"""The stand-in's part in talk about the picks themselves: undo, compare, why not, both."""

from __future__ import annotations

from recsys_agent.offline.conversation import Conversation
from recsys_agent.offline.reading.about_picks import AboutPicks, read_about_picks
from recsys_agent.offline.reading.language import language_of
from recsys_agent.offline.reading.text import Message
from tools.brief import Brief
from tools.guard.hostile import is_hostile


def read_picks_talk(conversation: Conversation) -> AboutPicks | None:
    """What the message does with the picks; None before anything was said, and where it does something else."""
    message = conversation.message
    if conversation.brief == Brief() or is_hostile(message) or language_of(message) != "en":
        return None
    return read_about_picks(Message(message), len(conversation.shown), conversation.compared)
