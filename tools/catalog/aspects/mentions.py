"""Where a text says something that the vocabulary knows, and whether it says so or denies it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from tools.catalog.aspects.vocabulary import VOID, Entry, phrases_in, singular

_TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)?")
_JOINT = re.compile(r"[\s\-\u2010\u2011'\u2019/&]*")
"""What may stand between the words of one phrase; anything else begins another clause or another keyword."""

_CLAUSE_END = re.compile(r"[.;:!?,()|\u2022>\n]|\b(?:but|however)\b", re.IGNORECASE)
_NT = r"(?:is|are|does|do|wo|ca|did|was|were|should)n['\u2019]t"
_DENIES = re.compile(
    r"(?i)\b(?:not(?! only| just)|no(?! more)|never|without|unsuitable|neither|nor|cannot|except|excluding|unlike"
    rf"|instead of|rather than|lacks?|minus|free (?:of|from)|anti|{_NT})\b(?:\W+\w+){{0,4}}\W*$"
    r"|\bnon[\s-]$"
)
_DENIED = re.compile(
    r"(?i)^[\s-]*(?:free|less)\b(?! (?:of charge|standing|delivery|shipping|gift|with))"
    r"|^\s*(?:under|below|younger)\b"
    r"|^[^.;!?]{0,40}\b(?:not (?:included|suitable|supplied|provided|recommended|allowed|for)|sold separately|excluded"
    r"|(?:is|are) not\b|isn['\u2019]t|aren['\u2019]t)"
)
_WORDS = (
    "not no never without unsuitable neither nor cannot except excluding excluded unlike instead rather lack lacks "
    "minus free less anti non sold under below younger "
    "isn't aren't doesn't don't won't can't didn't wasn't weren't shouldn't"
)
_DENIERS = frozenset((*_WORDS.split(), *_WORDS.replace("'", "\u2019").split()))
"""Most texts have none of these words, and need not be looked at around each phrase."""

_WINDOW = 60


class Mention(NamedTuple):
    """``text[start:end]`` supports ``entry``."""

    start: int
    end: int
    entry: Entry


def mentions(text: str) -> list[Mention]:
    """What the text says, in order, without what it denies and what stands within a longer phrase."""
    tokens = _TOKEN.findall(text)
    sequence = list(map(singular, tokens))
    hits = list(phrases_in(sequence))
    if not hits:
        return []
    spans = [found.span() for found in _TOKEN.finditer(text)]
    may_deny = not _DENIERS.isdisjoint(map(str.lower, tokens))
    found: list[Mention] = []
    reached = 0
    for at, (phrase, entries) in hits:
        start, end = spans[at][0], spans[at + len(phrase) - 1][1]
        if end <= reached or not _is_joined(text, spans[at : at + len(phrase)]):
            continue
        reached = end
        if entries[0].kind != VOID and not (may_deny and is_denied(text, start, end)):
            found += [Mention(start, end, entry) for entry in entries]
    return found


def _is_joined(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether words that follow each other belong to one phrase."""
    return all(_JOINT.fullmatch(text, a, b) for (_, a), (b, _) in pairwise(spans))


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether the clause around ``text[start:end]`` says that it is not so: "not for toddlers", "tent not included"."""
    before = text[max(0, start - _WINDOW) : start]
    clause = 0
    for found in _CLAUSE_END.finditer(before):
        clause = found.end()
    return bool(_DENIES.search(before[clause:]) or _DENIED.search(text[end : end + _WINDOW]))
