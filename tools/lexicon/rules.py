"""Whether a product's text reveals something that a shopper avoids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tools.lexicon import canonical_restriction, restriction_list, restriction_parts
from tools.lexicon.stems import Matcher


def revealed(restriction: str, stem_tuple: Sequence[str]) -> str | None:
    """The word of the text's stems that reveals the restriction, or None.

    Words that only often mean the thing ("cake" for gluten) do not count in a text that claims to be free of it, and
    phrases in which a word means something else ("butter dish") never count.
    An unknown restriction is looked for as it is written.
    """
    for claims, certain, all_words in _matchers(restriction):
        matcher = certain if claims.find(stem_tuple) else all_words
        if word := matcher.find(stem_tuple):
            return word
    return None


@lru_cache(maxsize=512)
def _matchers(restriction: str) -> tuple[tuple[Matcher, Matcher, Matcher], ...]:
    """For the restriction and each one it includes: its claims, its certain words, and all of its words."""
    if (name := canonical_restriction(restriction)) is None:
        wanted = Matcher([restriction])
        return ((Matcher([]), wanted, wanted),)
    own_claims = restriction_list(name, "claims")
    spared = [phrase for part in restriction_parts(name) for phrase in restriction_list(part, "except")]
    return tuple(
        (
            Matcher((*own_claims, *restriction_list(part, "claims"))),
            Matcher(restriction_list(part, "words"), spared),
            Matcher(restriction_list(part, "words", "often"), spared),
        )
        for part in restriction_parts(name)
    )
