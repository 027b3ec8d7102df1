"""A year in the life of simulated shoppers, for `eval.benchmarks.autonomous`: whom they give to, what they let us do.

What becomes of the shop, too: each month some prices fall and some shelves are empty, the month after full again.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from tools.catalog.intake.feed_changes import update_feed
from tools.memory.coming import Coming, coming_up
from tools.memory.kinds import Episode, Fact, Memory, Person, Source
from tools.memory.store import Known, MemoryStore
from tools.product import Product

BEGIN = date(2026, 1, 1)
DAYS = 365
RELATIONS = ("mother", "father", "sister", "brother", "friend", "partner", "colleague", "aunt")
AVOIDED = ("books", "alcohol", "plastic", "leather")
CUT, EMPTY = 0.75, 0
"""What a price falls to, and the stock of an empty shelf."""


@dataclass
class Shopper:
    """``consents``: from which day, and to which, we may write; None for never."""

    user_id: str
    known: Known
    consents: tuple[date, date] | None
    likes: dict[str, list[str]] = field(default_factory=dict)
    avoid: dict[str, list[str]] = field(default_factory=dict)

    def lets_us(self, on: date) -> bool:
        """Whether messages are welcome that day."""
        return self.consents is not None and self.consents[0] <= on < self.consents[1]

    def occasions(self) -> list[Coming]:
        """All days of the year that are somebody's."""
        return coming_up(self.known, BEGIN, DAYS - 1)


def noon(day: date) -> datetime:
    """When the shop looks."""
    return datetime.combine(day, time(12), UTC)


def shoppers(count: int, gifts: Sequence[Product], chance: random.Random) -> list[Shopper]:
    """Three of four consent, some of them later, some not for long."""
    interests = sorted({interest for product in gifts for interest in product.interests})
    return [_shopper(f"shopper-{n:03}", interests, gifts, chance) for n in range(count)]


def _shopper(user_id: str, interests: Sequence[str], gifts: Sequence[Product], chance: random.Random) -> Shopper:
    people, memories = [], []
    likes, avoid = {}, {}
    for number, relation in enumerate(chance.sample(RELATIONS, chance.choice((1, 2, 3)))):
        person_id, day = f"{user_id}-{number}", BEGIN + timedelta(days=chance.randrange(DAYS))
        people.append(Person(person_id=person_id, relation=relation, birthday=(day.month, day.day)))
        likes[person_id] = chance.sample(interests, 2)
        avoid[person_id] = chance.sample(AVOIDED, chance.choice((0, 1)))
        facts = [("likes", v) for v in likes[person_id]] + [("avoid", v) for v in avoid[person_id]]
        memories += [
            Fact(memory_id=f"{person_id}-{v}", person_id=person_id, source=_source(BEGIN), aspect=a, value=v)  # type: ignore[arg-type]
            for a, v in facts
        ]
        met = [p for p in gifts if set(p.interests) & set(likes[person_id])]
        for product, happening in zip(
            chance.sample(met, min(3, len(met))), ("given", "turned_down", "offered"), strict=False
        ):
            memories.append(_met(person_id, product, happening))
    begins = BEGIN if chance.random() < 0.7 else BEGIN + timedelta(days=chance.randrange(180))
    ends = BEGIN + timedelta(days=DAYS if chance.random() < 0.85 else 180 + chance.randrange(180))
    consents = (begins, ends) if chance.random() < 0.75 else None
    return Shopper(user_id, Known(people=people, memories=memories), consents, likes, avoid)


def move_in(everybody: Sequence[Shopper], memory: MemoryStore) -> None:
    """Puts what is known of the shoppers into the memory."""
    for shopper in everybody:
        memory.remember(shopper.user_id, shopper.known.people, shopper.known.memories)


def write_consents(everybody: Sequence[Shopper], memory: MemoryStore, day: date) -> None:
    """What the shoppers say on this day: "you may message me", "stop messaging me"."""
    for shopper in everybody:
        if shopper.consents and day in shopper.consents:
            memory.let_message(shopper.user_id, shopper.lets_us(day))


def change_shop(folder: Path, gifts: Sequence[Product], everybody: Sequence[Shopper], month: int, file: Path) -> None:
    """A tenth of what the shoppers met gets cheaper for good, a tenth is sold out in odd months."""
    met = {m.product_id for s in everybody for m in s.known.memories if isinstance(m, Episode)}
    watched = sorted((p for p in gifts if p.product_id in met), key=lambda p: p.product_id)
    chance = random.Random(month)
    cheap = chance.sample(watched, len(watched) // 10)
    out = random.Random(month - 1 + month % 2).sample(watched, len(watched) // 10)
    rows = {p.product_id: {"product_id": p.product_id, "price": f"{float(p.price.amount) * CUT:.2f}"} for p in cheap}
    for product in out:
        row = rows.setdefault(product.product_id, {"product_id": product.product_id})
        row["stock"] = str(EMPTY if month % 2 else 20)
    file.write_text("\n".join(json.dumps(row) for row in rows.values()))
    update_feed([file], folder, currency="USD")


def _source(day: date) -> Source:
    return Source(session_id="before", turn_id="before", at=noon(day) - timedelta(days=1))


def _met(person_id: str, product: Product, happening: str) -> Memory:
    return Episode(
        memory_id=f"{person_id}-{happening}",
        person_id=person_id,
        source=_source(BEGIN),
        happening=happening,  # type: ignore[arg-type]
        product_id=product.product_id,
        title=product.title[:200],
        price=product.price,
    )
