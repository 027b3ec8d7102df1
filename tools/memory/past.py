"""What the shopper tells of earlier gifts, as records of the gifts that are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from typing import Literal

from pydantic import BaseModel, Field

from tools.lexicon.stems import contains_phrase, stems
from tools.memory.kinds import AnyMemory, Episode, Happening, Person, Reaction, Source, memory_id


class Past(BaseModel):
    """What the shopper tells of an earlier gift: "he returned the mug", "I gave her a kindle last June"."""

    thing: str = Field(min_length=1, max_length=80)
    happened: Literal["given", "returned", "loved", "liked", "disliked"]
    on: Date | None = None
    occasion: str | None = None


def may_come_again(title: str, reaction: str | None) -> bool:
    """Whether another one like it may be offered: "she loved the tea" speaks of teas, "the tea set" of one thing."""
    return reaction in ("loved", "liked") and len(stems(title)) < 2


_POINTING = frozenset(stems("thing gift present one first last latest previous other"))


def names_none(thing: str) -> bool:
    """Whether the words only point at a gift: "the first thing", "the last present"."""
    return set(stems(thing)) <= _POINTING


def gift_named(thing: str, memories: Sequence[AnyMemory]) -> Episode | None:
    """The latest past gift that the words can mean: "the mug" for "Garden mug, 350 ml".

    Words that only point mean the latest, with "first" the earliest.
    """
    wanted = stems(thing)
    gifts = [m for m in memories if isinstance(m, Episode) and m.title and m.happening in ("chosen", "given")]
    if names_none(thing):
        chosen = min if "first" in wanted else max
        return chosen(gifts, key=lambda m: m.source.at, default=None)
    meant = [m for m in gifts if wanted and contains_phrase(stems(m.title or ""), wanted)]
    return max(meant, key=lambda m: m.source.at, default=None)


def told(past: Past, person: Person, own: Sequence[AnyMemory], source: Source) -> Episode:
    """What was told of a past gift, as a record; of the gift that is known where the words name one."""
    gift = gift_named(past.thing, own)
    happening: Happening = past.happened if past.happened in ("given", "returned") else "reacted"  # pyright: ignore[reportAssignmentType]
    reaction: Reaction | None = past.happened if happening == "reacted" else None  # pyright: ignore[reportAssignmentType]
    identity = gift.product_id or gift.title if gift else past.thing
    return Episode(
        memory_id=memory_id(person.person_id, happening, identity, reaction, past.on),
        person_id=person.person_id,
        source=source,
        happening=happening,
        product_id=gift.product_id if gift else None,
        title=gift.title if gift else past.thing,
        need=gift.need if gift else None,
        occasion=past.occasion or (gift.occasion if gift else None),
        on=past.on or (gift.on or gift.source.at.date() if gift else None),
        reaction=reaction,
    )
