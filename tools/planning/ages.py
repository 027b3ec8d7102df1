"""How old a recipient may be whose age nobody said, and how well a product's age range fits.

A father is grown up, a niece is taken to be a child, and a friend may be either: what is made for babies is no likely
present for a friend who loves trains. The shares are assumed, not measured.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tools.lexicon.stems import stems
from tools.product import Product

ADULT_RELATIONS = frozenset(
    """father mother parents grandfather grandmother grandparents husband wife partner boyfriend girlfriend fiance uncle
    aunt colleague boss teacher client mother_in_law father_in_law stepfather stepmother""".split()
)
CHILD_RELATIONS = frozenset("son daughter child nephew niece grandson granddaughter grandchild godchild".split())
CHILD_SHARE = 0.1
"""Of recipients of whom neither age nor a telling relation is known, as many are taken to be children."""

ADULT_AGE = 18
BABY_AGE = 1
"""Of a baby whose age is not told: what begins at one year, or ends there, may suit it."""
TYPICAL_ADULT = 40
TEENAGER = 13
_FOR_CHILDREN = frozenset(stems("baby child kid toddler nursery toy doll playset preschool"))
"""Stems of what a title calls a thing for children, whether or not it states an age."""
CHILD_AGES = {"under 3": (0, 2), "3 to 5": (3, 5), "6 to 8": (6, 8), "9 to 12": (9, 12), "13 to 17": (13, 17)}


class AgeGroup(NamedTuple):
    """People of about one age: ``age`` in years stands for all of them, ``share`` is how likely the group is."""

    label: str
    age: int
    share: float


@lru_cache(maxsize=128)
def age_groups(relation: str | None) -> tuple[AgeGroup, ...]:
    """The groups that a recipient of this relation may belong to; their shares sum to 1.

    Children are spread evenly over their years.
    """
    if relation == "baby":
        return (AgeGroup("under 3", BABY_AGE, 1.0),)
    young = 0.0 if relation in ADULT_RELATIONS or relation == "self" else CHILD_SHARE
    young = 1.0 if relation in CHILD_RELATIONS else young
    groups = [
        AgeGroup(label, (low + high) // 2, young * (high - low + 1) / ADULT_AGE)
        for label, (low, high) in CHILD_AGES.items()
    ]
    return tuple(group for group in (*groups, AgeGroup("a grown-up", TYPICAL_ADULT, 1 - young)) if group.share)


def expected_fit(product: Product, relation: str | None) -> float:
    """`age_fit`, averaged over the ages that somebody of this relation may have. Between 0 and 1."""
    return sum([group.share * age_fit(product, group.age) for group in age_groups(relation)])


def likely_unsuited(product: Product, relation: str | None) -> float:
    """How likely it is a thing for children given to a grown-up, or the other way round. Between 0 and 1."""
    for_adults = product.age_min_years is not None and product.age_min_years >= ADULT_AGE
    grown_up = age_groups(relation)[-1]
    adult = grown_up.share if grown_up.age >= ADULT_AGE else 0.0
    return 1 - adult if for_adults else adult * childlike(product)


@lru_cache(maxsize=1 << 16)
def childlike(product: Product) -> float:
    """Whether the product is a thing for children, 0 or 1: by its ages, else by what its title and labels call it."""
    if product.age_max_years is not None:
        return float(product.age_max_years < ADULT_AGE)
    if product.age_min_years is not None and product.age_min_years >= TEENAGER:
        return 0.0
    called = {stem for name in ("title", "tags") for stem in product.field_stems[name]}
    return float(not called.isdisjoint(_FOR_CHILDREN))


def age_fit(product: Product, age: int) -> float:
    """A range made for this age (years) is better than one that merely admits it: 1 / (1 + width in decades).

    Of a product that states no age a name for children's things says so much: half.
    """
    if not product.suits_age(age):
        return 0.0
    if age < TEENAGER and not product.age_name and childlike(product):
        return 0.5
    low, high = product.age_min_years or 0, 100 if product.age_max_years is None else product.age_max_years
    return 1 / (1 + (high - low) / 10) if age < ADULT_AGE else (0.6 if low >= 12 else 0.3)
