"""Sentences of a message that ask for something and of which nothing was understood, to be told as such."""

from __future__ import annotations

import re
from collections.abc import Callable

from recsys_agent.offline.reading.model import Reading
from recsys_agent.offline.reading.text import Message
from tools.brief import BriefChanges

_SENTENCE = re.compile(r"(?<=[a-z\d)])[.!?;]+(?: +|$)")
_ASKS = re.compile(
    r"\b(?:must|should|ha(?:s|ve) to|needs? to|only|prefers?|rather|make sure|never|at least|instead|important|ideally|"
    r"no|not|without)\b"
)
"""Other sentences may be small talk, and nothing is missed in them."""
FEWEST_WORDS, MOST_TOLD = 3, 2


def unread_in(message: str, understand: Callable[[str], Reading]) -> list[str]:
    """The sentences, in the shopper's words; ``understand`` reads one of them. Nothing of a single sentence."""
    sentences = [said.strip() for said in _SENTENCE.split(Message(message).text) if said.strip()]
    asking = [said for said in sentences if len(said.split()) >= FEWEST_WORDS and _ASKS.search(said)]
    if len(sentences) < 2:
        return []
    return [said for said in asking if _is_lost(understand(said))][:MOST_TOLD]


def _is_lost(reading: Reading) -> bool:
    return reading.intent == "unclear" and reading.changes == BriefChanges() and not reading.no_preference
