"""What people are interested in and what they avoid, in the words of a shop. The data is YAML beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tools.lexicon.stems import stems

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FILLERS = frozenset((
    "a", "all", "allergen", "allergi", "allerg", "ani", "anyth", "contain", "for", "free", "from", "in", "intoler",
    "item", "made", "no", "non", "not", "of", "or", "product", "relat", "sensit", "stuff", "the", "thing", "to",
    "type", "with", "without",
))  # fmt: skip
"""Stems around the thing itself in "nut allergy", "anything with nuts", "nut-free", "no nuts"."""


class _Section:
    """One YAML file: its entries, and the entry that a name means."""

    def __init__(self, file: str) -> None:
        self.entries: dict[str, dict[str, list[str]]] = yaml.load(
            (Path(__file__).parent / file).read_bytes(),
            Loader=_LOADER,
        )
        self._by_name = {name: name for name in self.entries}
        for name, entry in self.entries.items():
            for other in (*entry.get("also", ()), *entry.get("called", ())):
                self._by_name.setdefault(other, name)

        self._by_stems: dict[str, dict[tuple[str, ...], str]] = {}

    def _inflected(self, wanted: tuple[str, ...]) -> str | None:
        # No stem loses its first letter, so only the names of one letter need stemming.
        letter = wanted[0][0] if wanted else ""
        if letter not in self._by_stems:
            found: dict[tuple[str, ...], str] = {}
            for written, name in self._by_name.items():
                if written[0] == letter:
                    found.setdefault(stems(written), name)
            self._by_stems[letter] = found
        return self._by_stems[letter].get(wanted)

    def canonical(self, phrase: str) -> str | None:
        """The entry called so, in any spelling, number or inflection; None if there is none."""
        return self._by_name.get(" ".join(phrase.lower().split())) or self._inflected(stems(phrase))

    def words(self, name: str, *keys: str) -> tuple[str, ...]:
        """The lists of an entry, one after the other; empty where it has none."""
        return tuple(dict.fromkeys(word for key in keys for word in self.entries[name].get(key, ())))


@lru_cache(maxsize=1)
def _interests() -> _Section:
    return _Section("interests.yaml")


@lru_cache(maxsize=1)
def _restrictions() -> _Section:
    return _Section("restrictions.yaml")


def all_interests() -> tuple[str, ...]:
    """The canonical names of all interests."""
    return tuple(_interests().entries)


def canonical_interest(phrase: str) -> str | None:
    """The canonical name of an interest, by its name, a synonym or an inflection: "Gardeners" is "gardening"."""
    return _interests().canonical(phrase)


def interest_meant(phrase: str) -> str | None:
    """The canonical interest that the phrase means as a whole; None for a kind of it: "ukulele" is less than guitar."""
    name = canonical_interest(phrase)
    return None if name and stems(phrase) in _kinds(name) else name


@lru_cache(maxsize=256)
def _kinds(interest: str) -> frozenset[tuple[str, ...]]:
    return frozenset(map(stems, _interests().words(interest, "kinds")))


def interest_words(interest: str) -> tuple[str, ...]:
    """What to search for: the synonyms and product words of an interest; empty if it is unknown."""
    name = canonical_interest(interest)
    return _interests().words(name, "also", "words") if name else ()


def neighbours(interest: str) -> tuple[str, ...]:
    """The canonical interests that a person with this one plausibly has too; empty if it is unknown.

    To a kind of an interest, "ukulele", that interest is the nearest. Of words unknown together, "ocean animals" and
    "remote control car", what the head names, if it names any, and then the word before it; of "dinosaur toys" and
    "science kit", whose head says little, what stands before.
    """
    if name := canonical_interest(interest):
        near = _interests().words(name, "near")
        return near if interest_meant(interest) else (name, *near)
    *before, last = interest.split() or [""]
    head = None if last in _CARRIERS else next(filter(None, map(canonical_interest, _ends(interest.split()))), None)
    if not 0 < len(before) <= 2 or (head is None and last not in _CARRIERS):
        return ()
    return tuple(dict.fromkeys(filter(None, (head, canonical_interest(" ".join(before))))))


_CARRIERS = frozenset(
    "toy toys kit kits set sets figure figures item items merchandise gear supplies bits pack".split()
)
"""Heads that hold nothing of what somebody likes: it stands before them."""


def _ends(words: list[str]) -> list[str]:
    """What a phrase ends with, the longest first, itself left out."""
    return [" ".join(words[start:]) for start in range(1, len(words))]


def all_restrictions() -> tuple[str, ...]:
    """The canonical names of everything that the lexicon knows a shopper may avoid."""
    return tuple(_restrictions().entries)


def canonical_restriction(phrase: str) -> str | None:
    """The canonical name of a restriction: "Nuts", "nut allergy" and "nut-free" are "nuts"; None if it is unknown."""
    if name := _restrictions().canonical(phrase):
        return name
    return _restrictions().canonical(" ".join(stem for stem in stems(phrase) if stem not in _FILLERS))


def implied_words(restriction: str) -> tuple[str, ...]:
    """Every word that may reveal a thing to be avoided, with those of what it includes; just itself if unknown."""
    if (name := canonical_restriction(restriction)) is None:
        return (restriction,)
    parts = restriction_parts(name)
    return tuple(dict.fromkeys(word for part in parts for word in _restrictions().words(part, "words", "often")))


def restriction_parts(name: str, seen: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The canonical restriction itself and all that it includes, transitively, each once."""
    seen = (*seen, name)
    for other in _restrictions().words(name, "includes"):
        seen = seen if other in seen else restriction_parts(other, seen)
    return seen


def restriction_list(name: str, *keys: str) -> tuple[str, ...]:
    """Lists of one canonical restriction without what it includes: words, often, claims, except."""
    return _restrictions().words(name, *keys)
