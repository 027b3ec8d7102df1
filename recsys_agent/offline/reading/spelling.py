"""Mends slips in the words that the readers look for: "alergic", "turnning", "dinosuars", "udner".

What is an English word, a first name or one of our own words stays as it is, and so do numbers, quoted words and words
with a capital inside a sentence, which are names and titles. The rest is read as the nearest word we know (optimal
string alignment, found by symmetric deletion: Garbe, 2012), and where none is near, as it is written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from symspellpy import SymSpell, Verbosity
from symspellpy.suggest_item import SuggestItem

from recsys_agent.offline.reading.numbers import NUMBER_WORDS
from recsys_agent.offline.reading.words.interests import AGENTS, KNOWN, PRODUCTS, VERBS
from recsys_agent.offline.reading.words.names import FIRST_NAMES
from recsys_agent.offline.reading.words.occasions import OCCASIONS
from recsys_agent.offline.reading.words.party import ITEMS, KNOWN_THEMES
from recsys_agent.offline.reading.words.sought import SOUGHT, UNLISTED
from tools.lexicon import all_interests, all_restrictions, interest_words
from tools.lexicon.relations import relation_words

SHORTEST, MIDDLE, LONG = 4, 6, 9
"""Letters: a shorter word is as near to many as to the one that was meant; from MIDDLE on any common word may be
meant, and from LONG on two slips are mended."""

COMMON = 3_000
"""How many of the most frequent English words may be meant, beside our own."""

_SOUNDS = (("f", "ph"), ("k", "c"), ("c", "k"))
"""Beginnings that sound alike: "fotography"."""

_TOKEN = re.compile(r"(?<![\w'$€£.@#/])[A-Za-z]{4,20}(?![\w@/]|\.\w)")
_QUOTED = re.compile(r'"[^"]*"|\b(?:called|named|name is) \w+')
_BEGINS = re.compile(r"(?:^|[.!?;:(] ?)$")
_LETTERS = re.compile(r"[a-z]{4,}")


def mended(text: str) -> str:
    """The text with slips mended; quoted words and words with a capital inside a sentence stay as they are."""
    shouted = text.isupper()
    quoted = [match.span() for match in _QUOTED.finditer(text)]

    def as_meant(match: re.Match[str]) -> str:
        word, start = match[0], match.start()
        first = word[1:].islower() and _BEGINS.search(text[max(0, start - 2) : start]) is not None
        if not (shouted or first or word.islower()) or any(begin <= start < end for begin, end in quoted):
            return word
        meant = nearest_word(word.lower())
        if meant is None or (first and word[0].isupper() and meant not in _own()):  # it may be a name
            return word
        return meant.upper() if shouted else meant.capitalize() if word[0].isupper() else meant

    return _TOKEN.sub(as_meant, text)


@lru_cache(maxsize=4_096)
def nearest_word(word: str) -> str | None:
    """The word that was meant by a lower-case one; None for one that is right, or near to nothing."""
    if len(word) < SHORTEST or is_word(word) or (not word.endswith("ys") and is_word(word.removesuffix("s"))):
        return None
    heard = next((written + word[len(sound) :] for sound, written in _SOUNDS if word.startswith(sound)), word)
    if heard in _own():
        return heard
    found = _index().lookup(word, Verbosity.ALL, 2 if len(word) >= MIDDLE else 1)
    near = [item for item in found if _may_be(word, item)]
    return min(near, key=lambda item: _rank(word, item)).term if near else None


def is_word(word: str) -> bool:
    """Whether it is an English word, a first name or one of our own words."""
    return word in _own() or word in FIRST_NAMES or word in UNLISTED or word in _english()


def _may_be(word: str, item: SuggestItem) -> bool:
    """People seldom miss the first letter; a common word must be nearer and longer than one of our own."""
    if word[0] != item.term[0] and word[:2] != item.term[1::-1]:
        return False
    if item.distance == 2:
        return item.term in _own() and (len(word) >= LONG or _same_letters(word, item.term))
    return item.term in _own() or len(word) >= MIDDLE


def _rank(word: str, item: SuggestItem) -> tuple[int, bool, bool, int, int]:
    """The nearest first; then swapped letters, then a letter left out, then what is more frequent."""
    own = item.term in _own()
    return item.distance, not own, not _same_letters(word, item.term), -len(item.term), -item.count


def _same_letters(one: str, other: str) -> bool:
    return sorted(one) == sorted(other)


@lru_cache(maxsize=1)
def _english() -> dict[str, int]:
    """English words with how often they are used, the most frequent first."""
    path = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    rows = (line.split(" ") for line in path.read_text(encoding="utf-8-sig").splitlines())
    return {word: int(count) for word, count in rows}


@lru_cache(maxsize=1)
def _own() -> frozenset[str]:
    """Every word of our vocabularies that is long enough to be mended to."""
    phrases = [*KNOWN, *PRODUCTS, *AGENTS, *VERBS, *KNOWN_THEMES, *SOUGHT, *relation_words()]
    phrases += [word for interest in all_interests() for word in (interest, *interest_words(interest))]
    phrases += all_restrictions()
    patterns = (*OCCASIONS.values(), *ITEMS.values())
    said = {word for phrase in phrases for word in _LETTERS.findall(phrase.lower())}
    return frozenset((said | {w for p in patterns for w in _LETTERS.findall(p) if w in _english()}) - NUMBER_WORDS)


@lru_cache(maxsize=1)
def _index() -> SymSpell:
    index = SymSpell(max_dictionary_edit_distance=2, prefix_length=5)  # twice as fast to build as 7
    common = [word for word in list(_english())[:COMMON] if len(word) >= MIDDLE - 1 and word not in NUMBER_WORDS]
    for word in sorted(_own().union(common)):
        index.create_dictionary_entry(word, _english().get(word, 1))
    return index
