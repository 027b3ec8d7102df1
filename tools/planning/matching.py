"""How well a product answers one wish of the brief, and by which words: the evidence of a match."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from tools.lexicon import interest_meant, interest_words
from tools.lexicon.stems import Matcher
from tools.planning.forms import means
from tools.planning.telling import tells
from tools.planning.things import apart, is_the_thing, one_of, other_names_of
from tools.planning.trust import believed
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

IN_PASSING = 0.5
"""What is left of a match that nothing but a remark in a description bears out."""

NO_TRUST = 0.4
"""A field that is believed no more than this says nothing."""


@dataclass(frozen=True, slots=True)
class Match:
    """``wish`` was found in ``field`` of a product as ``word``; strength 0 to 1.

    ``passing``: the description mentions it without telling that the product is of it, and no other field does.
    ``near``: the wish is only close to what was asked for.
    """

    wish: str
    field: str
    word: str
    strength: float
    passing: bool = False
    near: bool = False


@lru_cache(maxsize=2048)
def _matchers(wish: str) -> tuple[tuple[Matcher, float], ...]:
    """What to look for, the surest first: the shopper's own words, the interest's name, what belongs to it."""
    interest = interest_meant(wish)
    return (
        (Matcher(dict.fromkeys((wish, one_of(wish)))), 1.0),
        (Matcher((interest,) if interest else other_names_of(wish)), BY_CANONICAL_NAME),
        (Matcher(interest_words(interest) if interest else ()), BY_RELATED_WORD),
    )


def names(product: Product, wish: str) -> bool:
    """Whether the product bears the wish in the shopper's own words, in any field."""
    own, _ = _matchers(wish)[0]
    fields = product.field_stems.items()
    borne = any(means(product, field, word) for field, sequence in fields for word in own.found(sequence))
    return borne or bool(apart(product, wish))


@lru_cache(maxsize=1 << 14)
def is_one(product: Product, thing: str) -> bool:
    """Whether the product is such a thing by its title or category, and not only what goes with it."""
    sure = believed(product)
    by_name, also_called = Matcher(dict.fromkeys((thing, one_of(thing)))), Matcher(other_names_of(thing))
    title = sure.fields["title"]
    called = [word for matcher in (by_name, also_called) for word in matcher.found(title)]
    if any(means(product, "title", word) and is_the_thing(title, thing, word) for word in called):
        return True
    return any(by_name.found(sure.fields["category"])) or bool(apart(product, thing))


@lru_cache(maxsize=1 << 14)  # finder and checker ask the same, and so does the next shopper
def match(product: Product, wish: str, *, by_name_only: bool = False) -> Match | None:
    """The strongest evidence that the product answers the wish (an interest, a theme or an idea), or None.

    What several fields agree on is surer than one label: `AGREEMENT` of the strength is earned by further fields.
    """
    sure = believed(product)
    hits = (
        hit for field in FIELD_STRENGTH if (hit := _in_field(product, sure.fields[field], wish, field, by_name_only))
    )
    found = [hit for hit in hits if sure.trust_in(hit.field, hit.word) > NO_TRUST]
    if not found:
        stuffed = sure.fields["title"] != product.field_stems["title"]
        if by_name_only or stuffed or not (met := apart(product, wish)):
            return None
        word, certainty = met
        return Match(wish, "title", word, FIELD_STRENGTH["title"] * certainty)
    trust, best = max(
        ((sure.trust_in(hit.field, hit.word), hit) for hit in found), key=lambda one: one[0] * one[1].strength
    )
    # What was derived comes from the other fields, so it does not agree with them, it repeats them.
    passing = all(hit.field == "description" for hit in found) and not tells(product, best.word)
    agreeing = min(1.0, (len({hit.field for hit in found} - {"derived"} - {best.field})) / 2)
    strength = trust * best.strength * (1 - AGREEMENT + AGREEMENT * agreeing)
    return replace(best, strength=strength * IN_PASSING, passing=True) if passing else replace(best, strength=strength)


def _in_field(product: Product, sequence: tuple[str, ...], wish: str, field: str, by_name_only: bool) -> Match | None:
    for matcher, certainty in _matchers(wish)[: 2 if by_name_only else 3]:
        if word := next((word for word in matcher.found(sequence) if means(product, field, word)), None):
            meant = field != "title" or is_the_thing(sequence, wish, word)
            return Match(wish, field, word, FIELD_STRENGTH[field] * certainty * (1.0 if meant else MADE_FOR_IT))
    return None
