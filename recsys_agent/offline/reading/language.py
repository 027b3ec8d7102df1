"""Which language a message is in, from its little words and its script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from recsys_agent.offline.reading.words.languages import ENGLISH, FUNCTION_WORDS, SCRIPTS, SHORT

_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENGLISH = frozenset(ENGLISH.split())


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in FUNCTION_WORDS.items()}


@lru_cache(maxsize=1)
def _short() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in SHORT.items()}


def language_of(message: str) -> str:
    """The ISO 639-1 code of the guessed language; English unless another one clearly prevails."""
    text = message[:2_000].lower()
    if code := _script(text):
        return code
    words = _WORDS.findall(text)[:200]
    if not words:
        return "en"
    for code, short in _short().items():
        if all(w in short for w in words) and not all(w in _ENGLISH for w in words):
            return code
    english = sum(w in _ENGLISH for w in words)
    scores = {code: sum(w in known for w in words) for code, known in _function_words().items()}
    code = max(scores, key=lambda c: (scores[c], _own(c, words)))
    best = scores[code]
    enough = best >= 2 or (best == 1 and len(words) <= 3 and english == 0)
    # A few foreign words or names in an English sentence leave it English.
    return code if enough and best > english and best >= 0.25 * len(words) else "en"


def _own(code: str, words: list[str]) -> int:
    """Words that this language alone has, to tell near relatives apart."""
    return sum(w in _own_words()[code] for w in words)


@lru_cache(maxsize=1)
def _own_words() -> dict[str, frozenset[str]]:
    every = _function_words()
    return {code: own.difference(*(w for c, w in every.items() if c != code)) for code, own in every.items()}


def _script(text: str) -> str | None:
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return None
    counts: dict[str, int] = {}
    for char in letters:
        if char > "\u036f":
            prefix = unicodedata.name(char, "").split(" ")[0]
            if prefix in SCRIPTS:
                counts[SCRIPTS[prefix]] = counts.get(SCRIPTS[prefix], 0) + 1
    foreign = sum(counts.values())
    if foreign <= 0.3 * len(letters):
        return None
    if counts.get("ja"):
        return "ja"  # kana beside Chinese characters is Japanese
    code = max(counts, key=lambda c: counts[c])
    return "uk" if code == "ru" and any(c in "іїєґ" for c in text) else code
