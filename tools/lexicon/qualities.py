"""Qualities that shoppers want more or less of, and the words by which products show them.

An adjective that the list does not know is its own word: "more sparkly" looks for "sparkly".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tools.lexicon.stems import Matcher, stems


@dataclass(frozen=True)
class Quality:
    """``shown_by`` finds its words; an age range that ends before ``ends_before_age`` shows it, too."""

    name: str
    shown_by: Matcher
    opposite: str | None = None
    ends_before_age: int | None = None


@lru_cache(maxsize=1)
def _entries() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((Path(__file__).parent / "qualities.yaml").read_bytes())


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, ...], str]:
    named: dict[tuple[str, ...], str] = {}
    for name, entry in _entries().items():
        for written in (name, *entry.get("also", ())):
            named.setdefault(stems(written), name)
    return named


def canonical_quality(phrase: str) -> str | None:
    """The listed quality that the phrase is a name of: "babyish" is "childish"; None if there is none."""
    return _names().get(stems(phrase))


def wanted(word: str, name: str) -> str:
    """What is wanted of a quality in words: "less childish", "smaller"."""
    return {("more", "small"): "smaller", ("more", "big"): "bigger"}.get((word, name), f"{word} {name}")


@lru_cache(maxsize=256)
def quality_of(phrase: str) -> Quality:
    """The quality of this name, or one shown by the very words of the phrase."""
    name = canonical_quality(phrase)
    if name is None:
        return Quality(phrase, Matcher((phrase,)))
    entry = _entries()[name]
    words = Matcher((name, *entry.get("also", ()), *entry["words"]))
    return Quality(name, words, entry.get("opposite"), entry.get("ends_before_age"))
