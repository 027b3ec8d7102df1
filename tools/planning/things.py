"""Wishes that name a thing to buy, "a 27 inch monitor", where an interest, "gardening", names what somebody does.

A shop writes the words of a thing in any order, and sells what is made for it beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from tools.catalog.search.query import SMALL_WORDS
from tools.lexicon import interest_meant, neighbours
from tools.lexicon.measures import is_measure, spaced
from tools.lexicon.shopping import accessory_stems, goods_stems, made_for_stems, other_names, other_names_written
from tools.lexicon.stems import contains_phrase, singular, stems, words
from tools.product import Product

WORDS_BEFORE, WORDS_BEHIND = 4, 2
"""Neighbours of a name that tell whether it is what the product is, as in `tools.catalog.search.relevance`."""

IN_TITLE, IN_TEXT = 0.85, 0.65
"""What a title counts that has all words of a thing, but not one after the other, "monitor 68 cm (27 inch)", and one
that has only what the thing is, where another text has the other words."""


def one_of(wish: str) -> str:
    """The wish in the singular: "wireless mice" is "wireless mouse"."""
    return " ".join(map(singular, words(wish)))


def other_names_of(wish: str) -> tuple[str, ...]:
    """What else a thing is called: "notebook" for laptops; nothing for an interest."""
    return other_names_written(one_of(wish)) if _thing(wish) else ()


@lru_cache(maxsize=2048)
def _thing(wish: str) -> tuple[str, ...]:
    """The stems of a thing, the last of them what it is; empty for an interest."""
    if interest_meant(wish):
        return ()
    return stems(" ".join(word for word in spaced(one_of(wish)).split() if word not in SMALL_WORDS))


@lru_cache(maxsize=2048)
def _ways(wish: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """How a title may name a thing of several words: what the thing is, in words, and the stems that go with it.

    A gaming laptop is a gaming notebook, too.
    """
    named, thing = one_of(wish).split(), _thing(wish)
    if len(thing) < 2:
        return ()
    ends = [" ".join(named[at:]) for at in range(1, len(named))]
    others = [(thing[: -len(stems(end))], name) for end in ends for name in other_names_written(end)]
    return ((thing[:-1], named[-1]), *((rest, name) for rest, name in others if rest))


def names_of(wish: str) -> tuple[str, ...]:
    """All that a thing is called, whole: "gaming notebook" for gaming laptops. The wish itself is not among them."""
    return (*other_names_of(wish), *(" ".join((*rest, name)) for rest, name in _ways(wish)))


def head_of(wish: str) -> str | None:
    """What a thing of several words is, "helmet" for bike helmets; None for an interest, and for no good of a shop."""
    last = one_of(wish).split()[-1:]
    return last[0] if len(_thing(wish)) > 1 and goods_stems().issuperset(stems(last[0])) else None


def close_to(wish: str) -> tuple[str, ...]:
    """What is close to a wish and not it: what the thing is, of whatever kind, and neighbouring interests."""
    head = head_of(wish)
    return (*([head] if head else ()), *neighbours(wish))


def apart(product: Product, wish: str) -> tuple[str, float] | None:
    """The word that says what the thing is, and how sure the answer is, 0 to 1.

    The title must have that word; the others it or the labels have, or, less surely, any text. None where one lacks.
    """
    if not (ways := _ways(wish)):
        return None
    thing, title = _thing(wish), stems(spaced(product.title))
    if any(is_measure(*pair) and not contains_phrase(title, pair) for pair in pairwise(thing)):
        return None  # 27 and inch, apart, are two other things
    labels = {*title, *stems(product.brand), *product.field_stems["tags"], *product.field_stems["category"]}
    found = [(name, rest) for rest, name in ways if _is_meant(title, stems(name), thing)]
    for certainty, known in ((IN_TITLE, labels), (IN_TEXT, labels.union(product.rule_stems))) if found else ():
        if name := next((name for name, rest in found if known.issuperset(rest)), None):
            return next((word for word in words(product.title) if stems(word) == stems(name)), name), certainty
    return None


def is_the_thing(title: Sequence[str], wish: str, word: str) -> bool:
    """Whether the title names with ``word`` what the product is, not what it is made for. Interests are no things."""
    thing = _thing(wish)
    return not thing or _is_meant(title, stems(word), thing)


def _is_meant(title: Sequence[str], phrase: Sequence[str], asked: Sequence[str]) -> bool:
    """It is made for what stands shortly behind "for", or right before what names accessories or another thing."""
    size, accessories = len(phrase), accessory_stems().difference(asked)
    others = goods_stems().difference(asked, *other_names(tuple(phrase)), *other_names(tuple(asked)))
    for at in range(len(title) - size + 1):
        if contains_phrase(title[at : at + size], phrase):
            before, behind = title[max(0, at - WORDS_BEFORE) : at], title[at + size : at + size + WORDS_BEHIND]
            if made_for_stems().isdisjoint(before) and accessories.isdisjoint(behind) and others.isdisjoint(behind[:1]):
                return True
    return False
