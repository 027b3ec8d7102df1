"""Words as the catalogue's index sees them: lower case, accents folded, Snowball English stems; and phrase matching."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

_POSSESSIVE = re.compile(r"['\u2019\u02bc`\u00b4]s\b")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ı": "i"})
"""Letters that NFKD leaves whole and the index folds."""


_ENGLISH = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.ascii_fold()).filter(Filter.stemmer("english")).build()
"""The index's own stemmer, in Rust: 0.6 us a word, where snowballstemmer's Python takes 17."""


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    found = _ENGLISH.analyze(word)
    return found[0] if len(found) == 1 else word


def words(text: str) -> list[str]:
    """The words of a text in lower case, accents folded, a possessive 's removed; anything not alphanumeric splits."""
    text = text.lower()
    if not text.isascii():
        text = _POSSESSIVE.sub("", text)
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char)).lower().translate(_LETTERS)
    return _WORD.findall(_POSSESSIVE.sub("", text))


SHORT = 200
"""Characters of a text whose stems are kept: titles, wishes and single words, asked for hundreds of times a turn."""


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words, in order: ``stems("The Gardener's roses") == ("the", "garden", "rose")``."""
    return _short_stems(text) if len(text) <= SHORT else stems_of(words(text))


@lru_cache(maxsize=1 << 13)
def _short_stems(text: str) -> tuple[str, ...]:
    return stems_of(words(text))


def stems_of(told: Iterable[str]) -> tuple[str, ...]:
    """The stems of words that `words` has split, in order."""
    return tuple(map(_stem, told))


_IRREGULAR = {
    "cacti": "cactus",
    "children": "child",
    "feet": "foot",
    "knives": "knife",
    "loaves": "loaf",
    "men": "man",
    "mice": "mouse",
    "scarves": "scarf",
    "shelves": "shelf",
    "women": "woman",
}


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """The word without a plural s (the S-stemmer of Harman, 1991): "gaming" and "games" stay two words."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3 else word


def padded(told: Iterable[str]) -> str:
    """Words as one text in which each stands between blanks, so that a phrase is found as a part of the text."""
    return " ".join(("", *told, ""))


def contains_phrase(stem_sequence: Sequence[str], phrase_stems: Sequence[str]) -> bool:
    """Whether the phrase's stems stand in the sequence one after the other. An empty phrase is in nothing."""
    wanted, size = tuple(phrase_stems), len(phrase_stems)
    if not size:
        return False
    return any(tuple(stem_sequence[at : at + size]) == wanted for at in range(len(stem_sequence) - size + 1))


class Matcher:
    """Words and phrases to look for, compiled once for many texts.

    ``unless`` are phrases in which a match does not count: "almond milk" for "milk", "alcohol free" for "alcohol".
    A match counts again as soon as it stands anywhere outside of them.
    """

    def __init__(self, phrases: Iterable[str], unless: Iterable[str] = ()) -> None:
        self._phrases = _by_first_word(phrases)
        self._unless = _by_first_word(unless)

    def find(self, stem_tuple: Sequence[str]) -> str | None:
        """The phrase, as it was given, that matches first in the text; of several at one place the longest."""
        return next(self.found(stem_tuple), None)

    def found(self, stem_tuple: Sequence[str]) -> Iterator[str]:
        """All phrases that match, in order."""
        if self._phrases.keys().isdisjoint(stem_tuple):  # most texts, and a tenth of the time of looking for places
            return
        spared: list[tuple[int, int]] | None = None
        for start, end, phrase in _hits(self._phrases, stem_tuple):
            if not self._unless:
                yield phrase
                continue
            if spared is None:
                spared = [(first, last) for first, last, _ in _hits(self._unless, stem_tuple)]
            if not any(first <= start and end <= last for first, last in spared):
                yield phrase


_Index = dict[str, list[tuple[tuple[str, ...], str]]]


def _by_first_word(phrases: Iterable[str]) -> _Index:
    """Phrases by their first stem, each as (its stems, as written), longest first and otherwise in the given order."""
    index: _Index = {}
    for phrase in phrases:
        if phrase_stems := stems(phrase):
            index.setdefault(phrase_stems[0], []).append((phrase_stems, phrase))
    for group in index.values():
        group.sort(key=lambda item: -len(item[0]))
    return index


def _hits(index: _Index, stem_tuple: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Every phrase of the index in the text as (start, end, as written), in order."""
    for start, stem in enumerate(stem_tuple):
        for phrase_stems, phrase in index.get(stem, ()):
            end = start + len(phrase_stems)
            if len(phrase_stems) == 1 or tuple(stem_tuple[start:end]) == phrase_stems:
                yield start, end, phrase
