"""General language: the words and phrases of a reply that say nothing of a product which could be true or untrue.

What is not in these lists (`general_words.txt`, `general_english.txt`, `household_words.txt`, `idioms.txt`) may name a thing, a material, a
property, a name or a wish, and needs evidence. So a word nobody has thought of is refused, not believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from tools.lexicon.stems import stems
from tools.product import NEED_NAMES
from tools.receipts.claims import NO_NAMES

_INFLECTED = "s|es|d|ed|ing|t|n"
_KEY = 3
"""So many letters of a phrase's longest word tell which sentences may have it."""
_BEGINNING = re.compile(rf"\b\w{{{_KEY}}}")


@lru_cache(maxsize=1)
def general_stems() -> frozenset[str]:
    """The stems of the single words of general language."""
    words = [word for name in ("general_words.txt", "general_english.txt") for word in _lines(name)]
    told = " ".join(word for line in words for word in line.split() if "-" not in word)
    return frozenset(stems(told)) | NO_NAMES - {"gold"} | frozenset(stems(" ".join(NEED_NAMES.values())))


@lru_cache(maxsize=1)
def household_stems() -> frozenset[str]:
    """The stems of words for where, when and by whom things are used; general unless a pick is said to have them."""
    return frozenset(stems(" ".join(_lines("household_words.txt")))) - general_stems()


@lru_cache(maxsize=1)
def compounds() -> frozenset[str]:
    """Words with a hyphen that are general as a whole, while a part alone is not: "wallet-friendly"."""
    return frozenset(word for line in _lines("general_english.txt") for word in line.split() if "-" in word)


def without_idioms(text: str) -> str:
    """The text without fixed phrases: nothing is said of a cake by "a piece of cake". What fills a gap in them stays."""
    lower = text.lower()
    beginnings = set(_BEGINNING.findall(lower))
    there = tuple(
        phrase
        for beginning in beginnings & _idioms().keys()
        for phrase, parts in _idioms()[beginning]
        if all(part in lower for part in parts) and _any_of((phrase,)).search(text)
    )
    if not there:
        return text
    return _any_of(there).sub(lambda match: f" {' '.join(filter(None, match.groups()))} ", text)


@lru_cache(maxsize=1)
def _idioms() -> Mapping[str, Sequence[tuple[str, Sequence[str]]]]:
    """Each phrase with the unchanging parts of its words, by the beginning of the longest: a text that lacks one has no
    such phrase.

    One pattern of them all would take a tenth of a second to make, and each sentence twice as long to read.
    """
    found: dict[str, list[tuple[str, Sequence[str]]]] = {}
    for phrase in _lines("idioms.txt"):
        parts = sorted((_unchanging(word) for word in phrase.lower().split() if word != "~"), key=len, reverse=True)
        found.setdefault(parts[0][:_KEY], []).append((phrase, parts))
    return found


@lru_cache(maxsize=1024)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for these phrases, the longest first."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(_pattern, longest_first))})\b", re.IGNORECASE)


def _pattern(phrase: str) -> str:
    """The phrase with any inflection of its words; ~ stands for one word, as a group."""
    return r"\s+".join(r"([\w'’-]+)" if word == "~" else _inflected(word) for word in phrase.split())


def _inflected(word: str) -> str:
    stem = re.escape(_unchanging(word))
    if len(word) < 3:
        return stem
    return rf"{stem}(?:{stem[-1]}?(?:{_INFLECTED}|e|y))?"


def _unchanging(word: str) -> str:
    """What all inflections of the word begin with."""
    return word if len(word) < 3 else word.removesuffix("e")


def _lines(name: str) -> list[str]:
    lines = files("tools.receipts").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
