"""What picks are to be beyond the rules: dearer, blue, less childish. Heeded as far as there are such products.

A rule is never bent; a demand gives way where nothing that keeps the rules meets it, and the reply then says so. The
words by which a product shows a quality are those of `tools.lexicon.qualities`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tools.brief import Brief
from tools.lexicon.qualities import Quality, quality_of, wanted
from tools.money import Money
from tools.planning.matching import match
from tools.product import Product

if TYPE_CHECKING:
    from tools.planning.ranking import Scored

STRENGTH = {"title": 1.0, "tags": 1.0, "category": 1.0, "interests": 0.8, "look": 0.8, "description": 0.6, "specs": 0.6}
"""How surely a product shows a quality, by the field in which a word of it stands."""

YEARS_YOUNGER = 3
"""For a child, what is childish is made for an age range that ends this soon after their age."""

Demand = tuple[str, Callable[["Scored"], bool]]
"""What is demanded, in a shopper's words, and whether a candidate meets it."""


def heeding(found: Sequence[Scored], brief: Brief, currency: str) -> tuple[list[Scored], list[str]]:
    """The candidates that meet every demand that any of them can meet, and the demands that none does."""
    kept, unheeded = list(found), []
    for name, meets in _demands(brief, found):
        if meeting := [scored for scored in kept if meets(scored)]:
            kept = meeting
        elif kept and name:
            unheeded.append(name)
    if brief.dearer_than is not None and kept:
        least = Money.of(brief.dearer_than, currency)
        if meeting := [scored for scored in kept if scored.product.price.minor > least.minor]:
            return meeting, unheeded
        unheeded.append(f"dearer than {least}")  # then at least the dearer half of what there is
        middle = sorted(scored.product.price.minor for scored in kept)[len(kept) // 2]
        kept = [scored for scored in kept if scored.product.price.minor >= middle]
    return kept, unheeded


def manner(product: Product, brief: Brief) -> float:
    """0 to 1: the mean over the qualities that were named of how well the product shows, or does not show, each."""
    told = [shown(product, quality_of(name), brief.recipient.age_years) for name in brief.more]
    told += [_lack(product, name, brief) for name in brief.less]
    return sum(told) / len(told) if told else 0.0


@lru_cache(maxsize=1 << 16)
def shown(product: Product, quality: Quality, age_years: int | None) -> float:
    """How surely the product shows the quality, 0 to 1."""
    if quality.ends_before_age is not None and product.age_max_years is not None:
        end = quality.ends_before_age if age_years is None else min(quality.ends_before_age, age_years + YEARS_YOUNGER)
        if product.age_max_years < end:
            return 1.0
        if age_years is not None and age_years < quality.ends_before_age:
            return 0.0  # of things for children the words would find all
    stems = product.field_stems
    return max((STRENGTH[field] for field in STRENGTH if quality.shown_by.find(stems[field])), default=0.0)


def _lack(product: Product, name: str, brief: Brief) -> float:
    """1 where the product shows nothing of the quality; half of it is earned by showing the opposite."""
    quality, age = quality_of(name), brief.recipient.age_years
    if quality.opposite is None:
        return 1 - shown(product, quality, age)
    return (1 - shown(product, quality, age)) * (0.5 + 0.5 * shown(product, quality_of(quality.opposite), age))


def _demands(brief: Brief, found: Sequence[Scored]) -> Iterator[Demand]:
    """The demands, the plainest first: where two cannot both be met, the first is.

    What the gift is for comes before its colour or material: no white headphones are headphones, not white shoes.
    """
    age = brief.recipient.age_years
    others = [wish for wish in (*brief.interests, *filter(None, [brief.theme])) if wish not in brief.must]
    for word in brief.must:
        if others and any(_bears(scored, word) for scored in found):
            both = f"both {word} and for {' or '.join(others)}"
            yield both, lambda s, word=word: _bears(s, word) and _bears(s, *others)
            yield "", lambda s: _bears(s, *others)
        else:
            yield word, lambda s, word=word: _bears(s, word)
    for name in brief.less:
        yield wanted("less", name), lambda s, name=name: shown(s.product, quality_of(name), age) < STRENGTH["look"]
    for name in brief.more:
        yield wanted("more", name), lambda s, name=name: shown(s.product, quality_of(name), age) > 0


def _bears(scored: Scored, *wishes: str) -> bool:
    return any(match(scored.product, wish) for wish in wishes)
