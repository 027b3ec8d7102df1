"""What of a shopper's memory is worth recalling: when, and which records first.

Records are ranked as in *generative agents* (Park et al., 2023), and by how reliable they are:

    score = 1.0 relevance + 0.8 importance + 0.6 recency + 0.3 reliability

Every part lies between 0 and 1:

    relevance    likeness to what the shopper wrote: cosine of an embedder's vectors where one is set, else shared words
    importance   how much it would matter not to know it (`IMPORTANCE`)
    recency      halved with every year since it was said
    reliability  1 for what the shopper said, 1/2 for what code concluded

The best come first until the tokens are used up; allergies and rules come before all and are never cut.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime

from tools.brief import BriefChanges
from tools.lexicon.stems import stems
from tools.memory.kinds import AnyMemory, Episode, Fact
from tools.memory.wording import in_words

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""How alike a query is to each text, 0 to 1: an embedder's cosine where one is set, else `shared_stems`."""

MENTIONS = ("relation", "name", "occasion", "interests", "avoid", "allergies", "owned", "remove", "start_over")
"""What, newly said, makes it worth looking up what is known."""

WEIGHTS = {"relevance": 1.0, "recency": 0.6, "importance": 0.8, "reliability": 0.3}
HALF_LIFE_DAYS = 365.0
CONCLUDED = 0.5
"""Reliability of what code concluded, beside 1 for what the shopper said."""

IMPORTANCE = {
    "allergy": 1.0,
    "avoid": 0.9,
    "given": 0.8,
    "returned": 0.8,
    "chosen": 0.7,
    "reacted": 0.7,
    "dislikes": 0.7,
    "owns": 0.7,
    "likes": 0.6,
    "size": 0.5,
    "occasion": 0.5,
    "habit": 0.3,
    "turned_down": 0.2,
    "offered": 0.1,
}
TOKENS = 400
CHARS_PER_TOKEN = 4


def is_due(changes: BriefChanges, *, begun: bool) -> bool:
    """Whether memory is to be looked up: at the start of a session, and when somebody or something is mentioned."""
    return not begun or any(getattr(changes, field) for field in MENTIONS)


def ranked(
    memories: Sequence[AnyMemory],
    query: str,
    now: datetime,
    *,
    tokens: int = TOKENS,
    similarity: Similarity | None = None,
) -> list[AnyMemory]:
    """The records for a query, best first, within ``tokens``; allergies and rules before all, whatever they cost."""
    texts = [in_words(memory, now.date()) for memory in memories]
    alike = (similarity or shared_stems)(query, texts)
    scored = sorted(
        zip(memories, texts, alike, strict=True),
        key=lambda row: (_vital(row[0]), _score(row[0], row[2], now)),
        reverse=True,
    )
    kept, room = [], tokens * CHARS_PER_TOKEN
    for memory, text, _ in scored:
        room -= len(text)
        if room < 0 and not _vital(memory):
            break
        kept.append(memory)
    return kept


def shared_stems(query: str, texts: Sequence[str]) -> list[float]:
    """The share of a text's stems that the query has, by geometric mean with that of the query's in the text."""
    wanted = set(stems(query))
    found = [set(stems(text)) for text in texts]
    return [len(wanted & own) / math.sqrt(len(wanted) * len(own)) if wanted and own else 0.0 for own in found]


def importance(memory: AnyMemory) -> float:
    """How much it would matter not to know it, 0 to 1."""
    sort = (
        memory.aspect
        if isinstance(memory, Fact)
        else memory.happening
        if isinstance(memory, Episode)
        else memory.record
    )
    return IMPORTANCE[sort]


def _score(memory: AnyMemory, relevance: float, now: datetime) -> float:
    age_days = max(0.0, (now - memory.source.at).total_seconds() / 86_400)
    return (
        WEIGHTS["relevance"] * relevance
        + WEIGHTS["recency"] * 0.5 ** (age_days / HALF_LIFE_DAYS)
        + WEIGHTS["importance"] * importance(memory)
        + WEIGHTS["reliability"] * (1.0 if memory.source.said else CONCLUDED)
    )


def _vital(memory: AnyMemory) -> bool:
    return isinstance(memory, Fact) and memory.aspect in ("allergy", "avoid")
