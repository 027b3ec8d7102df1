"""How well a product answers one wish of the brief, and by which words: the evidence of a match."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tools.lexicon import canonical_interest, interest_words
from tools.lexicon.stems import Matcher
from tools.product import Product

FIELD_STRENGTH = {"interests": 1.0, "title": 0.9, "tags": 0.9, "category": 0.9, "description": 0.55}
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
    own, related = _own(wish), _related(wish)
    best: Match | None = None
    for field, sequence in product.field_stems.items():
        weight = FIELD_STRENGTH[field]
        if best is not None and weight <= best.strength:
            continue
        if word := own.find(sequence):
            found = Match(wish, field, word, weight)
        elif word := related.find(sequence):
            found = Match(wish, field, word, weight * BY_RELATED_WORD)
        else:
            continue
        if best is None or found.strength > best.strength:
            best = found
    return best
