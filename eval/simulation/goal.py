"""How well a product meets a persona's hidden goal. Apart from the planner: plain words, no lexicon, no index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from eval.simulation.persona import Persona
from tools.product import Product

TABLE = Path(__file__).with_name("personas.yaml")
WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The persona table."""
    return yaml.safe_load(TABLE.read_text("utf-8"))


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """Lower-case words, without a plural's s."""
    return tuple(word if word.endswith("ss") else word.rstrip("s") for word in WORD.findall(text.lower()))


def says(text: str, phrase: str) -> bool:
    """Whether the words of the phrase stand one after the other in the text."""
    there, wanted = words(text), words(phrase)
    return bool(wanted) and any(there[i : i + len(wanted)] == wanted for i in range(len(there) - len(wanted) + 1))


@lru_cache(maxsize=1 << 15)
def labels(product: Product) -> str:
    """What the product is said to be: title, category, and its lists, apart from each other."""
    lists = (product.interests, product.themes, product.tags, product.materials, product.colors)
    return " | ".join([product.title, product.category, *(value for values in lists for value in values)])


@lru_cache(maxsize=1 << 15)
def _full_text(product: Product) -> str:
    return " | ".join([labels(product), product.description, *product.contains])


@lru_cache(maxsize=1 << 18)
def meets(product: Product, wish: str) -> bool:
    """Whether the product is labelled with the wish, or bears it in title or category; a description is no proof.

    Of an aspect of the persona table it is: no feed has a column for what is made by hand.
    """
    listed = table()["aspects"].get(wish)
    return any(says(_full_text(product), word) for word in listed) if listed else says(labels(product), wish)


@lru_cache(maxsize=1 << 18)
def gives_away(product: Product, refused: str) -> bool:
    """Whether any word of the product gives the refused thing away."""
    listed = {**table()["allergies"], **table()["avoid"]}.get(refused, [])
    return any(says(_full_text(product), word) for word in [refused, *listed])


@dataclass(frozen=True)
class Judgement:
    """The parts of a goal that a product meets: wishes as a share, the others as yes or no."""

    wishes: float
    price: bool
    age: bool
    rules: bool
    kind: bool

    @property
    def admissible(self) -> bool:
        """Whether everything that must hold does."""
        return self.price and self.age and self.rules and self.kind


def judge(persona: Persona, product: Product, cost: Decimal | None = None) -> Judgement:
    """Judges one product; ``cost`` (major units) is what it costs in all where that is not its price."""
    wishes = persona.wishes
    met = sum(meets(product, wish) for wish in wishes)
    return Judgement(
        wishes=met / len(wishes) if wishes else 1.0,
        price=product.price.currency == persona.currency and affordable(persona, cost or product.price.amount),
        age=persona.age_years is None or product.suits_age(persona.age_years),
        rules=not any(gives_away(product, refused) for refused in [*persona.avoid, *persona.allergies]),
        kind=product.need in persona.needs,
    )


def affordable(persona: Persona, cost: Decimal) -> bool:
    """Whether the amount keeps both ends of what the persona would spend."""
    return (persona.budget_min is None or persona.budget_min <= cost) and (
        persona.budget_max is None or cost <= persona.budget_max
    )


def pleases(persona: Persona, product: Product) -> bool:
    """Whether the shopper would take this gift."""
    judged = judge(persona, product)
    return judged.admissible and judged.wishes >= persona.accepts_from


def plan_pleases(persona: Persona, picks: Sequence[tuple[Product, int]]) -> bool:
    """Whether the shopper would take this plan of products and packs: every need met, in the budget, on theme."""
    total = sum((product.price.amount * packs for product, packs in picks), Decimal(0))
    judged = [judge(persona, product) for product, _ in picks]
    return (
        {product.need for product, _ in picks} >= set(persona.needs)
        and affordable(persona, total)
        and all(one.age and one.rules for one in judged)
        and sum(one.wishes for one in judged) / len(judged) >= persona.accepts_from
    )


def grade(persona: Persona, product: Product) -> int:
    """0 for what must not be given or meets no wish; else 1 to 3 by the share of the wishes met."""
    judged = judge(persona, product)
    return 0 if not judged.admissible or not judged.wishes else 1 + int(2 * judged.wishes)
