"""How well a product answers one wish of the brief, and by which words: the evidence of a match."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from tools.lexicon import all_interests, canonical_interest, interest_words
from tools.lexicon.stems import Matcher, stems
from tools.planning.things import apart, is_the_thing, one_of, other_names_of
from tools.product import Product

FIELD_STRENGTH = {
    "interests": 1.0,
    "title": 0.9,
    "tags": 0.9,
    "category": 0.9,
    "derived": 0.6,
    "look": 0.6,
    "description": 0.55,
    "specs": 0.55,
}
"""Strength of a match by the field it was found in: what a product is outweighs what its text mentions."""
AGREEMENT = 0.2
BY_CANONICAL_NAME = 0.9
BY_RELATED_WORD = 0.8
"""A related word ("secateurs" for gardening) counts a little less than the interest's own name."""

MADE_FOR_IT = 0.4
"""What a title counts that only names a thing as what the product is made for: a laptop bag is no laptop."""

HONEST_LABELS, HONEST_INTERESTS, HONEST_TITLE, HONEST_TEXT = 10, 6, 28, 12
"""Labels in all, interests and themes among them, words of a title, and names of interests in a description, as many as
are believed. Of 3,892 products in three feeds none has more labels (9), interests and themes (5) or words in its title
(27); names of interests in a description are 9 at most in 999 of 1,000."""


NO_TRUST = 0.2
"""A field that is believed no more than this says nothing."""


@dataclass(frozen=True, slots=True)
class Match:
    """``wish`` was found in ``field`` of a product as ``word``; strength 0 to 1."""

    wish: str
    field: str
    word: str
    strength: float


@lru_cache(maxsize=2048)
def _matchers(wish: str) -> tuple[tuple[Matcher, float], ...]:
    """What to look for, the surest first: the shopper's own words, the interest's name, what belongs to it."""
    canonical = canonical_interest(wish)
    by_name = (Matcher((canonical,) if canonical else other_names_of(wish)), BY_CANONICAL_NAME)
    return (
        (Matcher(dict.fromkeys((wish, one_of(wish)))), 1.0),
        by_name,
        (Matcher(interest_words(wish)), BY_RELATED_WORD),
    )


def names(product: Product, wish: str) -> bool:
    """Whether the product bears the wish in the shopper's own words, in any field."""
    own, _ = _matchers(wish)[0]
    return any(own.find(sequence) for sequence in product.field_stems.values()) or bool(apart(product, wish))


@lru_cache(maxsize=1 << 16)  # finder and checker ask the same, and so does the next shopper
def match(product: Product, wish: str, *, by_name_only: bool = False) -> Match | None:
    """The strongest evidence that the product answers the wish (an interest, a theme or an idea), or None.

    What several fields agree on is surer than one label: `AGREEMENT` of the strength is earned by further fields.
    """
    hits = (hit for field in FIELD_STRENGTH if (hit := _in_field(product, wish, field, by_name_only)))
    found = [hit for hit in hits if trust_in(product, hit.field) > NO_TRUST]
    if not found:
        if by_name_only or not (met := apart(product, wish)):
            return None
        word, sure = met
        return Match(wish, "title", word, trust_in(product, "title") * FIELD_STRENGTH["title"] * sure)
    best = max(found, key=lambda hit: hit.strength)
    trust = trust_in(product, best.field)
    # What was derived comes from the other fields, so it does not agree with them, it repeats them.
    agreeing = min(1.0, (len({hit.field for hit in found} - {"derived"} - {best.field})) / 2)
    return replace(best, strength=trust * best.strength * (1 - AGREEMENT + AGREEMENT * agreeing))


@lru_cache(maxsize=1)
def _interest_stems() -> frozenset[str]:
    """The interests that are called by one word."""
    return frozenset(name[0] for interest in all_interests() if len(name := stems(interest)) == 1)


def trust_in(product: Product, field: str) -> float:
    """How far a product's field is believed, 0 to 1: wholly while it claims no more than honest ones do, then less.

    A product that is tagged with forty themes, or whose text names forty hobbies, is for nobody in particular; each
    claim counts by the square of its share: such fields are written to be found, not to tell.
    """
    if field in ("derived", "description", "specs"):
        named = len(_interest_stems().intersection(product.field_stems["description"]))
        return min(1.0, HONEST_TEXT / max(1, named)) ** 2
    themes = {*product.interests, *product.themes}
    words = len(set(product.field_stems["title"]))
    claims = (
        (HONEST_LABELS, len({*themes, *product.tags})),
        (HONEST_INTERESTS, len(themes)),
        (HONEST_TITLE, words),
    )
    return min(min(1.0, honest / max(1, claimed)) for honest, claimed in claims) ** 2


def _in_field(product: Product, wish: str, field: str, by_name_only: bool) -> Match | None:
    sequence = product.field_stems[field]
    for matcher, certainty in _matchers(wish)[: 2 if by_name_only else 3]:
        if word := matcher.find(sequence):
            meant = field != "title" or is_the_thing(sequence, wish, word)
            return Match(wish, field, word, FIELD_STRENGTH[field] * certainty * (1.0 if meant else MADE_FOR_IT))
    return None
