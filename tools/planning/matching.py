"""How well a product answers one wish of the brief, and by which words: the evidence of a match."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tools.lexicon import canonical_interest, interest_words
from tools.lexicon.stems import Matcher, stems
from tools.product import Product

LABEL, TITLE, DESCRIPTION = 1.0, 0.9, 0.55
"""Strength of a match by the field it was found in: what a product is outweighs what its text mentions."""
BY_RELATED_WORD = 0.8
"""A related word ("secateurs" for gardening) counts a little less than the interest's own name."""


@dataclass(frozen=True, slots=True)
class Match:
    """``wish`` was found in ``field`` of a product as ``word``; strength 0 to 1."""

    wish: str
    field: str
    word: str
    strength: float


@lru_cache(maxsize=2048)
def _own(wish: str) -> Matcher:
    canonical = canonical_interest(wish)
    return Matcher((wish, canonical) if canonical else (wish,))


@lru_cache(maxsize=2048)
def _related(wish: str) -> Matcher:
    return Matcher(interest_words(wish))


def match(product: Product, wish: str) -> Match | None:
    """The strongest evidence that the product answers the wish (an interest, a theme or an idea), or None."""
    best: Match | None = None
    for field, text, weight in _fields(product):
        sequence = stems(text)
        if word := _own(wish).find(sequence):
            found = Match(wish, field, word, weight)
        elif word := _related(wish).find(sequence):
            found = Match(wish, field, word, weight * BY_RELATED_WORD)
        else:
            continue
        if best is None or found.strength > best.strength:
            best = found
    return best


def _fields(product: Product) -> tuple[tuple[str, str, float], ...]:
    return (
        ("interests", " , ".join([*product.interests, *product.themes]), LABEL),
        ("title", product.title, TITLE),
        ("tags", " , ".join(product.tags), TITLE),
        ("category", product.category, TITLE),
        ("description", product.description, DESCRIPTION),
    )
