"""The score of a product for a brief: one documented weighted sum, its parts kept for the trace.

    score = 4.0 relevance + 1.0 likeness + 0.8 quality + 0.7 age + 0.5 occasion + 0.5 price + 0.6 retrieval

Every part lies between 0 and 1. Nothing depends on gender or name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.brief import Brief
from tools.catalog.search.index import quality
from tools.planning.matching import Match, match
from tools.planning.rules import ADULT_RELATIONS
from tools.product import Product

WEIGHTS = {
    "relevance": 4.0,
    "likeness": 1.0,
    "quality": 0.8,
    "age": 0.7,
    "occasion": 0.5,
    "price": 0.5,
    "retrieval": 0.6,
}

TYPICAL_ADULT = 40
NEIGHBOUR = 0.45
"""A match of a neighbouring interest is worth less than one of a named interest."""


@dataclass(frozen=True)
class Wishes:
    """What products are matched against: named interests, theme and ideas; neighbours only after widening."""

    named: tuple[str, ...]
    ideas: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()

    @classmethod
    def of(cls, brief: Brief, ideas: list[str], neighbours: list[str]) -> Wishes:
        """The wishes of a brief."""
        named = [*brief.interests, *([brief.theme] if brief.theme else [])]
        return cls(tuple(named), tuple(ideas), tuple(n for n in neighbours if n not in named))

    @property
    def any(self) -> bool:
        """Whether anything was wished for at all."""
        return bool(self.named or self.ideas)


@dataclass(frozen=True)
class Scored:
    """A product with its score, the score's parts, and the matches that are its evidence."""

    product: Product
    score: float
    parts: dict[str, float]
    matches: tuple[Match, ...] = field(default=())

    @property
    def on_topic(self) -> bool:
        """Whether it answers any wish."""
        return bool(self.matches)


def score(
    product: Product,
    brief: Brief,
    wishes: Wishes,
    *,
    retrieval: float = 0.0,
    budget_share: float | None = None,
    anchor: Product | None = None,
    liked: Sequence[Product] = (),
) -> Scored:
    """Scores one product. ``retrieval`` is the fused rank score (0 to 1), ``anchor`` a pick to resemble.

    Without one, what the shopper has ``liked`` is resembled: the closest of it counts.
    """
    named = _matches(product, wishes.named)
    ideas = _matches(product, wishes.ideas)
    near = _matches(product, wishes.neighbours, by_name_only=True)
    parts = {
        "relevance": _relevance(named, ideas, near, max(1, len(wishes.named))),
        "likeness": max((likeness(product, other) for other in ([anchor] if anchor else liked)), default=0.0),
        "quality": quality(product) / 5,
        "age": _age_fit(product, _age(brief)),
        "occasion": _occasion_fit(product, brief.occasion),
        "price": _price_fit(product, budget_share, brief),
        "retrieval": retrieval,
    }
    total = sum(WEIGHTS[name] * value for name, value in parts.items())
    return Scored(product, total, parts, (*named, *ideas, *near))


def likeness(product: Product, anchor: Product) -> float:
    """Jaccard overlap of what two products are: category, tags, interests, themes, colours, materials, brand."""
    ours, theirs = product.attributes, anchor.attributes
    return len(ours & theirs) / max(1, len(ours | theirs))


def _matches(product: Product, wishes: tuple[str, ...], *, by_name_only: bool = False) -> tuple[Match, ...]:
    return tuple(m for wish in wishes if (m := match(product, wish, by_name_only=by_name_only)))


def _relevance(named: tuple[Match, ...], ideas: tuple[Match, ...], near: tuple[Match, ...], wished: int) -> float:
    """The best named match counts most; answering several wishes at once adds, up to 1."""
    strengths = sorted((m.strength for m in named), reverse=True)
    direct = 0.75 * strengths[0] + 0.25 * sum(strengths) / wished if strengths else 0.0
    idea = max((m.strength for m in ideas), default=0.0)
    neighbour = NEIGHBOUR * max((m.strength for m in near), default=0.0)
    return min(1.0, max(direct + 0.3 * idea, 0.9 * idea, neighbour))


def _age(brief: Brief) -> int | None:
    """The recipient's age; of a father or a boss it is known at least that they are grown up."""
    if brief.recipient.age_years is None and brief.recipient.relation in ADULT_RELATIONS:
        return TYPICAL_ADULT
    return brief.recipient.age_years


def _age_fit(product: Product, age: int | None) -> float:
    """A range made for this age is better than one that merely admits it: 1 / (1 + width in decades)."""
    if age is None:
        return 0.5
    if not product.suits_age(age):
        return 0.0
    low, high = product.age_min_years or 0, 100 if product.age_max_years is None else product.age_max_years
    return 1 / (1 + (high - low) / 10) if age < 18 else (0.6 if low >= 12 else 0.3)


def _occasion_fit(product: Product, occasion: str | None) -> float:
    return 1.0 if occasion and occasion.replace("_", " ") in product.occasions else 0.0


def _price_fit(product: Product, share: float | None, brief: Brief) -> float:
    """Most givers mean to use most of a stated budget; a wish for cheap, or a plan of many things, turns that round."""
    if share is None:
        if brief.price_feel is None:
            return 0.5
        dear = min(1.0, product.price.minor / 20_000)
        return 1 - dear if brief.price_feel == "low" else dear
    if brief.price_feel == "low" or brief.is_plan:
        return 1 - min(share, 1)
    return max(0.0, 1 - abs(share - 0.75) / 0.75)
