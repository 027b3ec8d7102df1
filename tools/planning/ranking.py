"""The score of a product for a brief: one documented weighted sum, its parts kept with the pick and in the trace.

    score = 3.0 relevance + 1.0 recipient + 1.0 likeness + 0.8 quality + 0.8 novelty + 0.7 age + 0.6 retrieval
          + 4.5 sought + 1.0 leaning + 0.5 occasion + 0.8 price + 1.2 manner - 1.5 unsuited - 1.5 everyday

Every part lies between 0 and 1:

    relevance   the strongest answer to a wish (`matching`); an idea counts 0.9 of it, a neighbouring interest 0.45
    recipient   the share of all that the recipient is known to like that it answers
    likeness    overlap with the pick that the next ones should resemble, else with the closest of what the shopper
                liked; 0 where there is neither
    quality     the rating shrunk by its count (Bayesian average), over 5
    novelty     1 less the likeness to the closest past gift; 0 for all where none is known
    age         how closely the age range is that of the recipient, or of all ages that the recipient may have (`ages`)
    retrieval   the rank at which the sources found it, fused, over the best one's
    sought      how surely the search takes it for the thing that was asked for by name; 0 where none was,
                and where its own words do not bear it out
    occasion    1 where it is meant for the occasion
    leaning     (1 + shift) / 2, where past choices and gifts lean towards or away from its kind (`Leaning`), 1/2 for
                every other kind; 0 for all where there is no leaning
    price       how well the price uses the budget, or follows a wish for cheap or dear
    unsuited    how likely the recipient is too old or too young for it
    everyday    whether it is bought because something ran out or broke, and nobody asked for such a thing (`everyday`)
    manner      how well it shows the qualities wanted more of, and none of those wanted less of; 0 where none is named

Nothing depends on gender or name: of the recipient's relation only counts whether it is one of grown-ups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tools.brief import Brief, Need
from tools.catalog.search.index import quality
from tools.leaning import Leaning, shelf_of
from tools.lexicon import canonical_interest
from tools.planning.ages import ADULT_AGE, age_fit, childlike, expected_fit, likely_unsuited
from tools.planning.demands import manner
from tools.planning.everyday import everyday
from tools.planning.likeness import Given, likeness
from tools.planning.matching import Match, match
from tools.product import Product

WEIGHTS = {
    "relevance": 3.0,
    "recipient": 1.0,
    "likeness": 1.0,
    "quality": 0.8,
    "novelty": 0.8,
    "age": 0.7,
    "retrieval": 0.6,
    "sought": 4.5,
    "occasion": 0.5,
    "price": 0.8,
    "leaning": 1.0,
    "manner": 1.2,
    "unsuited": -1.5,
    "everyday": -1.5,
}

IDEA, FAMILY, NEIGHBOUR = 0.9, 0.65, 0.45
"""A match of an idea, of the interest that a wish is a kind of, or of a neighbouring one counts less than of a wish."""

SURE = 0.45
"""Only a match of this strength bears out that a product is the thing that was asked for, and not made for it."""

IDEA_BESIDE = 0.3
"""What an idea adds to a product that answers a named interest as well."""


NOTHING_GIVEN = Given()


@dataclass(frozen=True)
class Wishes:
    """What products are matched against: named interests, theme and ideas; neighbours only after widening."""

    named: tuple[str, ...]
    ideas: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()

    @classmethod
    def of(cls, brief: Brief, ideas: list[str], neighbours: list[str], need: Need | None = None) -> Wishes:
        """The wishes of a brief, and those of a need, whose theme stands in the place of the party's."""
        theme = (need.theme if need else None) or brief.theme
        named = tuple(dict.fromkeys([*brief.interests, *filter(None, [theme]), *(need.wishes if need else ())]))
        return cls(named, tuple(ideas), tuple(n for n in neighbours if n not in named))

    def closeness(self, neighbour: str) -> float:
        """What a neighbour is worth: more where it is the very interest, jewelry, that a wish, earrings, is of."""
        return FAMILY if neighbour in map(canonical_interest, self.named) else NEIGHBOUR

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
    def added(self) -> dict[str, float]:
        """What each part adds to the score, to three decimals; parts that add nothing are left out."""
        weighted = {name: round(WEIGHTS[name] * value, 3) for name, value in self.parts.items()}
        return {name: value for name, value in weighted.items() if value}

    @property
    def on_topic(self) -> bool:
        """Whether it answers any wish, be it by a remark only."""
        return bool(self.matches)

    @property
    def supported(self) -> bool:
        """Whether it answers a wish by more than a remark."""
        return any(not match.passing for match in self.matches)


def score(
    product: Product,
    brief: Brief,
    wishes: Wishes,
    *,
    retrieval: float = 0.0,
    sought: float = 0.0,
    budget_share: float | None = None,
    anchor: Product | None = None,
    liked: Sequence[Product] = (),
    given: Given = NOTHING_GIVEN,
    leanings: Sequence[Leaning] = (),
) -> Scored:
    """Scores one product. ``retrieval`` is the fused rank score (0 to 1), ``anchor`` a pick to resemble.

    Without one, what the shopper has ``liked`` is resembled: the closest of it counts.
    """
    named = _matches(product, wishes.named)
    ideas = _matches(product, wishes.ideas)
    near = [replace(m, near=True) for m in _matches(product, wishes.neighbours, by_name_only=True) if not m.passing]
    idea, neighbour = _strongest(ideas), max([m.strength * wishes.closeness(m.wish) for m in near], default=0.0)
    parts = {
        "relevance": _answered(_strongest(named), idea, neighbour),
        "recipient": _answered(sum([m.strength for m in named]) / max(1, len(wishes.named)), idea, neighbour),
        "likeness": max((likeness(product, other) for other in ([anchor] if anchor else liked)), default=0.0),
        "quality": quality(product) / 5,
        "novelty": given.novelty(product),
        **_age_parts(product, brief),
        "retrieval": retrieval,
        "sought": sought * (_strongest(named) >= SURE),
        "occasion": _occasion_fit(product, brief.occasion),
        "price": _price_fit(product, budget_share, brief),
        "leaning": _leaning(product, leanings),
        "manner": manner(product, brief),
        "everyday": everyday(product, wishes.named),
    }
    total = sum([WEIGHTS[name] * value for name, value in parts.items()])
    return Scored(product, total, parts, (*named, *ideas, *near))


def _matches(product: Product, wishes: tuple[str, ...], *, by_name_only: bool = False) -> tuple[Match, ...]:
    return tuple(m for wish in wishes if (m := match(product, wish, by_name_only=by_name_only))) if wishes else ()


def _strongest(matches: Sequence[Match]) -> float:
    return max([m.strength for m in matches], default=0.0)


def _answered(direct: float, idea: float, neighbour: float) -> float:
    """How well wishes are answered, named ones directly, or else by way of an idea or of what is close to them."""
    return min(1.0, max(direct + IDEA_BESIDE * idea, IDEA * idea, neighbour))


def _age_parts(product: Product, brief: Brief) -> dict[str, float]:
    age, relation = brief.recipient.age_years, brief.recipient.relation
    if age is not None:
        return {"age": age_fit(product, age), "unsuited": childlike(product) if age >= ADULT_AGE else 0.0}
    return {"age": expected_fit(product, relation), "unsuited": likely_unsuited(product, relation)}


def _occasion_fit(product: Product, occasion: str | None) -> float:
    named = (*product.occasions, *product.derived_as("occasion"))
    return 1.0 if occasion and occasion.replace("_", " ") in named else 0.0


def _leaning(product: Product, leanings: Sequence[Leaning]) -> float:
    if not leanings:
        return 0.0
    shelf = shelf_of(product.category)
    return (1 + next((one.shift for one in leanings if one.shelf == shelf), 0.0)) / 2


def _price_fit(product: Product, share: float | None, brief: Brief) -> float:
    """Most givers mean to use most of a stated budget; a wish for cheap, or a plan of many things, turns that round."""
    if share is None:
        if brief.price_feel is None:
            return 0.5
        dear = min(1.0, product.price.minor / 20_000)
        return 1 - dear if brief.price_feel == "low" else dear
    if brief.price_feel == "low" or brief.is_plan:
        return 1 - min(share, 1)
    if brief.price_feel == "high":
        return min(share, 1)
    return max(0.0, 1 - abs(share - 0.75) / 0.75)
