"""What shoppers may answer to a question, how likely, and what each answer makes of the candidates.

The answers are those that this catalogue's admissible candidates allow for, weighted by how many there are; how often
no answer comes is assumed (`UNKNOWN`). Under an answer a candidate is worth its score, changed by the parts of the
ranking formula that the answer concerns, and nothing where the answer rules it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.brief import Brief, Slot
from tools.money import Money
from tools.planning.ages import ADULT_AGE, age_fit, age_groups
from tools.planning.ranking import WEIGHTS, Scored
from tools.product import Product

Floats = NDArray[np.float64]

UNKNOWN: dict[Slot, float] = {"interests": 0.15, "budget": 0.25, "age": 0.1, "taste": 0.4}
"""Share of shoppers taken to have no answer, by slot. Assumed, not measured; without an answer nothing changes."""

TASTE_COUNTS = 1.5
"""Score points that the right kind of thing adds: less than the wish itself (4), more than any smaller part."""

BANDS = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Quantiles of the candidates' prices that shoppers are taken to stop at, each as likely as the others."""

MOST_CHOICES = 12


@dataclass(frozen=True)
class Answers:
    """The answers to one question. ``weights`` sum to the share of those who answer; ``worth`` has a row an answer and
    a column a candidate, in score points; ``counts`` says how many candidates suit each answer."""

    slot: Slot
    labels: tuple[str, ...]
    weights: Floats
    worth: Floats
    counts: tuple[int, ...]


def answers_to(slot: Slot, found: Sequence[Scored], brief: Brief) -> Answers | None:
    """The answers to a slot's question over these candidates; None where they leave nothing to tell apart."""
    return _MAKERS[slot](found, brief) if found else None


def _interests(found: Sequence[Scored], _: Brief) -> Answers | None:
    """One of the interests that the candidates are made for."""
    told = [{*s.product.interests, *s.product.derived_as("interest")} for s in found]
    return _labelled("interests", found, told, WEIGHTS["relevance"] + WEIGHTS["recipient"])


def _taste(found: Sequence[Scored], _: Brief) -> Answers | None:
    """One of the kinds of thing that answer the wish."""
    told = [{kind} if (kind := _kind(s.product)) and s.on_topic else set[str]() for s in found]
    return _labelled("taste", found, told, TASTE_COUNTS)


def _kind(product: Product) -> str:
    return product.category.split(">")[-1].strip().lower()


def _labelled(slot: Slot, found: Sequence[Scored], told: Sequence[set[str]], adds: float) -> Answers | None:
    """An answer for each label, as likely as it is frequent; a candidate that bears it is worth so much more."""
    frequent = Counter(label for labels in told for label in labels)
    counts = sorted(frequent.items(), key=lambda one: (-one[1], one[0]))[:MOST_CHOICES]  # sets have no order
    if len(counts) < 2:
        return None
    bears = np.array([[label in labels for labels in told] for label, _ in counts], dtype=np.float64)
    likely = bears.sum(axis=1)
    labels = tuple(label for label, _ in counts)
    return Answers(slot, labels, _shared(slot, likely), _scores(found) + adds * bears, tuple(n for _, n in counts))


def _budget(found: Sequence[Scored], _: Brief) -> Answers | None:
    """A highest price, at one of the candidates' quantiles; what is dearer is ruled out."""
    prices = np.array([s.product.price.minor for s in found])
    edges = np.unique(np.quantile(prices, BANDS, method="lower"))
    if len(edges) < 2:
        return None
    affordable = prices <= edges[:, None]
    currency = found[0].product.price.currency
    labels = tuple(f"up to {Money.from_minor(int(edge), currency)}" for edge in edges)
    likely = np.ones(len(edges))
    counts = tuple(int(n) for n in affordable.sum(axis=1))
    return Answers("budget", labels, _shared("budget", likely), _scores(found) * affordable, counts)


def _age(found: Sequence[Scored], brief: Brief) -> Answers | None:
    """A child's age group by its years, and for those who need not be children a grown-up."""
    groups = age_groups(brief.recipient.relation)
    if len(groups) < 2:
        return None
    suits = np.array([[_suits(s.product, group.age) for s in found] for group in groups])
    known = np.array([[_with_age(s, group.age) for s in found] for group in groups])
    likely = np.array([group.share for group in groups])
    worth = known * suits
    labels = tuple(group.label for group in groups)
    return Answers("age", labels, _shared("age", likely), worth, tuple(int(n) for n in suits.sum(axis=1)))


def _with_age(scored: Scored, age: int) -> float:
    """The score where the age is known; what it does not suit is ruled out then."""
    fit = age_fit(scored.product, age) - scored.parts["age"]
    return scored.score + WEIGHTS["age"] * fit + WEIGHTS["unsuited"] * -scored.parts["unsuited"]


def _suits(product: Product, age: int) -> bool:
    """For a grown-up also what is sold to children is no gift."""
    young = product.age_max_years is not None and product.age_max_years < ADULT_AGE
    return product.suits_age(age) and not (age >= ADULT_AGE and young)


def _scores(found: Sequence[Scored]) -> Floats:
    return np.array([s.score for s in found])


def _shared(slot: Slot, likely: Floats) -> Floats:
    return likely / likely.sum() * (1 - UNKNOWN[slot])


_MAKERS: dict[Slot, Callable[[Sequence[Scored], Brief], Answers | None]] = {
    "interests": _interests,
    "budget": _budget,
    "age": _age,
    "taste": _taste,
}
