"""A small shop that simulated shoppers can want something from, and personas with only what a test cares about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.simulation.persona import Persona
from tests.fakes.products import a_catalog, a_product
from tools.catalog.interface import Catalog
from tools.product import Product

HOBBIES = ("tea", "jazz", "gardening", "chess", "cycling", "baking")
COLORS = ("blue", "red", "green")


def gifts() -> list[Product]:
    """Thirty presents: five for each hobby, in three colours, for ages from 0, 12 or 18 on, from 10 to 68 dollars."""
    return [
        a_product(
            f"{hobby}-{number}",
            price=f"{10 + 2 * place}.00",
            title=f"{hobby.title()} Marvel Number {number}",
            interests=[hobby],
            colors=[COLORS[place % 3]],
            tags=[f"{hobby} treat"],
            age_min_years=(None, 12, 18)[number % 3],
            rating=4.0 + number / 10,
            rating_count=10 * place,
        )
        for place, (hobby, number) in enumerate((h, n) for h in HOBBIES for n in range(5))
    ]


def a_gift_shop(folder: Path) -> Catalog:
    """A catalogue of `gifts`."""
    return a_catalog(folder, gifts())


def a_persona(**fields: Any) -> Persona:
    """Somebody looking for a present for a friend."""
    plain = {"persona_id": "s1", "seed": "1", "relation": "best friend", "interests": ["tea"], "budget_max": "40"}
    return Persona.model_validate({**plain, **fields})
