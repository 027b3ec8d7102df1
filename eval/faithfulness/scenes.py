"""Turns of the keyless app to explain, with the facts of their picks read from the catalogue; knows no verifier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.benchmarks.asking import Asking
from tools.catalog.interface import Catalog
from tools.product import Product

PEOPLE = (
    ("dad", "your father"),
    ("mum", "your mother"),
    ("sister", "your sister"),
    ("brother", "your brother"),
    ("wife", "your wife"),
    ("husband", "your husband"),
    ("boss", "your boss"),
    ("colleague", "your colleague"),
    ("aunt", "your aunt"),
    ("grandma", "your grandmother"),
)
WISHES = (
    ("gardening", "jazz"),
    ("tea", "reading"),
    ("coffee", "cycling"),
    ("cooking", "photography"),
    ("yoga", "baking"),
    ("chess", "astronomy"),
    ("knitting", "birdwatching"),
    ("running", "travel"),
    ("fishing", "camping"),
    ("painting", "music"),
)
RULES = ("alcohol", "leather", "plastic", "books", "nuts")
BUDGETS = (35, 50, 60, 80, 45)


@dataclass(frozen=True)
class Scene:
    """One turn: its receipt, whom it is for, and its picks as the catalogue has them."""

    receipt: dict[str, Any]
    who: str
    picks: tuple[Product, ...]
    wishes: tuple[str, ...]
    rule: str
    budget: int

    @property
    def words(self) -> str:
        """Everything the catalogue says of the picks, in lower case."""
        return " ".join(text_of(pick) for pick in self.picks).lower()


def text_of(product: Product) -> str:
    """All that the catalogue says of a product."""
    lists = (product.tags, product.interests, product.themes, product.materials, product.colors, product.contains)
    texts = [product.title, product.description, product.category, product.brand, product.origin]
    return " ".join([*texts, *(value for values in lists for value in values), *product.occasions])


def messages() -> Iterator[tuple[str, str, tuple[str, ...], str, int]]:
    """What is asked, with what it says: person, wishes, what is avoided, budget."""
    for number, (person, who) in enumerate(PEOPLE):
        for other, wishes in enumerate(WISHES):
            rule, budget = RULES[(number + other) % len(RULES)], BUDGETS[(number + 2 * other) % len(BUDGETS)]
            said = f"A birthday gift for my {person} who loves {wishes[0]} and {wishes[1]}, no {rule}, up to ${budget}"
            yield said, who, wishes, rule, budget


async def scenes(catalog: Catalog, folder: Path, limit: int = 100) -> list[Scene]:
    """The scenes in which three gifts or more were recommended, one a message."""
    asking, found = Asking(catalog, folder), []
    for said, who, wishes, rule, budget in list(messages())[:limit]:
        (turn,) = await asking.answers(said)
        if turn["status"] != "recommended" or len(turn["picks"]) < 3:
            continue
        picks = tuple(catalog.require([pick["product_id"] for pick in turn["picks"]]))
        found.append(Scene(turn["receipt"], who, picks, wishes, rule, budget))
    return found
