"""The closed lists of names that may be derived, and the phrases that support each.

Words are compared in singular (Harman's S-stemmer, 1991). Stems as the search has them would be too coarse here: they
make one of collection and collectible, animals and anime, rugged and rug.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import tools.lexicon
from tools.lexicon import all_interests, interest_words
from tools.lexicon.stems import Matcher, stems, words
from tools.product import Derived, DerivedKind

VOID: Any = "void"
"""Stands for a kind where a phrase supports nothing, whatever its words do elsewhere."""


MOST_MEANINGS = 3
"""Interests that the same words may support: headphones three, but binoculars, of use for anything, none."""


class Entry(NamedTuple):
    """What a phrase supports."""

    kind: DerivedKind
    name: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of life in whole years, both ends inclusive; None does not bind."""

    min: int | None
    max: int | None


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return yaml.safe_load((Path(tools.lexicon.__file__).parent / "aspects.yaml").read_bytes())


@lru_cache(maxsize=1)
def stages() -> dict[str, Stage]:
    """The stages of life that a text may name, by name."""
    return {name: Stage(entry["min"], entry["max"]) for name, entry in _data()["age"].items()}


@lru_cache(maxsize=1)
def names() -> dict[DerivedKind, tuple[str, ...]]:
    """All names there are, by kind. Ages may also be ranges of years, which are not listed."""
    return {
        "interest": all_interests(),
        "occasion": tuple(_data()["occasion"]),
        "age": tuple(_data()["age"]),
        "aspect": tuple(_data()["aspect"]),
    }


@lru_cache(maxsize=1 << 14)
def is_sensitive(words: str) -> bool:
    """Whether words speak of gender, religion, health, ethnicity, orientation, weight, politics or an age cliché."""
    return _sensitive().find(stems(words)) is not None


@lru_cache(maxsize=1)
def _sensitive() -> Matcher:
    lists: dict[str, list[str]] = dict(_data()["sensitive"])
    spared = lists.pop("spared")
    return Matcher((word for group in lists.values() for word in group), spared)


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """The singular of a word, in lower case, accents folded, without a possessive 's."""
    word = "".join(words(word))
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("us", "ss", "aes", "ees", "oes")):
        return word[:-1]
    return word


def singulars(text: str) -> tuple[str, ...]:
    """The words of a text in singular, in order."""
    return tuple(map(singular, words(text)))


@lru_cache(maxsize=1)
def weak() -> frozenset[str]:
    """Phrases that do not make an interest by themselves, as written in lower case, in singular."""
    return frozenset(" ".join(singulars(phrase)) for phrase in _data()["weak"])


Phrase = tuple[tuple[str, ...], tuple[Entry, ...]]
"""The words of a phrase in singular, and what it supports."""

Phrases = dict[str, dict[str, list[Phrase]]]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """All phrases by their first word, then by their second ("" for a single word), longest first.

    Most words of a text begin no phrase, and most that do ("for", "hand") are not followed by what would continue it.
    """
    supported: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for interest in all_interests():
        for phrase in (interest, *interest_words(interest)):
            supported[singulars(phrase)].append(Entry("interest", interest))
    for kind in ("occasion", "aspect", "age"):
        for name, entry in _data()[kind].items():
            for phrase in entry["words"] if kind == "age" else entry:
                supported[singulars(phrase)].append(Entry(kind, name))
    for phrase in _data()["void"]:
        supported[singulars(phrase)] = [Entry(VOID, "")]
    index: dict[str, dict[str, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
    for sequence, entries in sorted(supported.items(), key=lambda item: -len(item[0])):
        if len(set(entries)) <= MOST_MEANINGS and not is_sensitive(" ".join(sequence)):
            index[sequence[0]][sequence[1] if len(sequence) > 1 else ""].append(
                (sequence, tuple(dict.fromkeys(entries)))
            )
    return {first: dict(rest) for first, rest in index.items()}


def phrases_in(sequence: Sequence[str]) -> Iterator[tuple[int, Phrase]]:
    """Every phrase whose words stand in the sequence, with its place; of those at one place the longest first."""
    known = phrases()
    for at, (word, after) in enumerate(zip(sequence, (*sequence[1:], ""), strict=False)):
        if (following := known.get(word)) is None:
            continue
        if after:
            for phrase in following.get(after, ()):
                if len(phrase[0]) == 2 or tuple(sequence[at : at + len(phrase[0])]) == phrase[0]:
                    yield at, phrase
        for phrase in following.get("", ()):
            yield at, phrase


def supports(item: Derived) -> bool:
    """Whether the item's words hold a phrase of the lists that supports its name."""
    wanted = Entry(item.kind, item.name)
    return any(wanted in entries for _, (_, entries) in phrases_in(singulars(item.words)))
