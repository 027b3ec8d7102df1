"""Conversations of many forms: gifts and parties, follow-ups, rules, vouchers, explanations, and what nothing fits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from tools.catalog.interface import Catalog
from tools.money import Money

PEOPLE = (
    "dad",
    "mum",
    "sister",
    "little brother",
    "wife",
    "boss",
    "aunt",
    "grandma",
    "best friend Ana",
    "6-year-old niece",
)
FIRST = (
    "A gift for my {who} who loves {a} and {b}, up to {high}",
    "{a} for my {who}, between {low} and {high}, no {rule}",
    "My {who} is into {a}. Around {high} please",
    "I need something for my {who}'s birthday, {a} or {b}",
    "present for {who}, {b}, max {low}",
    "Something with {a} for Christmas for my {who}, nothing with {rule}, under {high}",
    "A birthday party for 8 kids with a cake, decorations and a gift, {party} altogether",
    "Cake and balloons for 12 people for my {who}, {party} in total",
    "3 gifts of at most {low} each for colleagues who like {a}",
    "I have a voucher of 10% for gifts. Something for {a}, up to {high}",
    "Gift for my {who}: {a}, at most {tiny}",
)
NEXT = (
    "cheaper", "why the first?", "why the second one?", "no {rule} please", "rather {b}", "something else",
    "make it {high}", "I'll take the first", "which is the best rated?", "and a cake too", "thanks",
)  # fmt: skip
RULES = ("leather", "plastic", "nuts", "books", "alcohol")


def talks(catalog: Catalog, interests: list[str], rng: random.Random) -> Iterator[list[str]]:
    """Conversations of one to three messages without end; amounts follow the prices of the catalogue."""
    prices = sorted(product.price.amount for product in catalog)

    def amount(share: float) -> str:
        return str(
            Money(amount=Decimal(max(1, round(prices[int(share * (len(prices) - 1))]))), currency=catalog.currency)
        )

    while True:
        a, b = rng.sample(interests, 2)
        slots = {"who": rng.choice(PEOPLE), "a": a, "b": b, "rule": rng.choice(RULES), "tiny": amount(0)}
        slots |= {"low": amount(0.4), "high": amount(rng.choice((0.6, 0.8, 0.9))), "party": amount(0.99)}
        told = [rng.choice(FIRST), *rng.sample(NEXT, rng.choice((0, 1, 2)))]
        yield [text.format_map(slots) for text in told]
