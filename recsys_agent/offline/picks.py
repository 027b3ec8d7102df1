"""The stand-in's part in talk about the picks themselves: undo, compare, why not, both."""

from __future__ import annotations

from recsys_agent.offline.conversation import Conversation
from recsys_agent.offline.reading.about_picks import read_about_picks
from recsys_agent.offline.reading.language import language_of
from recsys_agent.offline.reading.picks_talk import AboutPicks
from recsys_agent.offline.reading.text import Message
from tools.brief import Brief
from tools.guard.hostile import is_hostile


def read_picks_talk(conversation: Conversation) -> AboutPicks | None:
    """What the message does with the picks; None before anything was said, and where it does something else."""
    message = conversation.message
    if is_hostile(message) or language_of(message) != "en":
        return None
    titles = [pick["title"] for pick in conversation.shown]
    told = read_about_picks(Message(message), len(titles), conversation.compared, titles)
    if told and told.action not in ("undo", "redo") and conversation.brief == Brief():
        return None
    if told and conversation.offered and "position" in told.arguments:
        return None  # where nothing fitted, "the second" is the second of what was offered
    return told
