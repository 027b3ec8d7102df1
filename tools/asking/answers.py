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

from tools.asking.wording import CHILD_RELATIONS
from tools.brief import Brief, Slot
from tools.money import Money
from tools.planning.ranking import WEIGHTS, Scored, age_fit
from tools.planning.rules import ADULT_RELATIONS
from tools.product import Product

Floats = NDArray[np.float64]

UNKNOWN: dict[Slot, float] = {"interests": 0.15, "budget": 0.25, "age": 0.1, "taste": 0.4}
"""Share of shoppers taken to have no answer, by slot. Assumed, not measured; without an answer nothing changes."""

TASTE_COUNTS = 1.5
"""Score points that the right kind of thing adds: less than the wish itself (4), more than any smaller part."""

CHILD_AGES = {"under 3": (0, 2), "3 to 5": (3, 5), "6 to 8": (6, 8), "9 to 12": (9, 12), "13 to 17": (13, 17)}
GROWN_UP = 40
CHILD_SHARE = 0.1
"""Of recipients of whom neither age nor a telling relation is known, as many are taken to be children. Assumed."""

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
    # Sorted, for a set has another order in every process, and of labels that are as frequent the first is shown.
    counts = Counter(label for labels in told for label in sorted(labels)).most_common(MOST_CHOICES)
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
    relation = brief.recipient.relation
    if relation in ADULT_RELATIONS or relation == "self":
        return None
    share = 1.0 if relation in CHILD_RELATIONS else CHILD_SHARE
    groups = {label: ((low + high) // 2, share * (high - low + 1) / 18) for label, (low, high) in CHILD_AGES.items()}
    if share < 1:
        groups["a grown-up"] = (GROWN_UP, 1 - share)
    suits = np.array([[_suits(s.product, age) for s in found] for age, _ in groups.values()])
    fit = np.array([[age_fit(s.product, age) - s.parts["age"] for s in found] for age, _ in groups.values()])
    likely = np.array([share for _, share in groups.values()])
    worth = (_scores(found) + WEIGHTS["age"] * fit) * suits
    return Answers("age", tuple(groups), _shared("age", likely), worth, tuple(int(n) for n in suits.sum(axis=1)))


def _suits(product: Product, age: int) -> bool:
    """For a grown-up also what is sold to children is no gift."""
    young = product.age_max_years is not None and product.age_max_years < 18
    return product.suits_age(age) and not (age == GROWN_UP and young)


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
