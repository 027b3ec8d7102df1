"""The kinds of memory, as records: small, structured, each with the turn it came from. Never a transcript."""

from __future__ import annotations

import hashlib
from datetime import date as Date
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from tools.money import Money

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=80)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]

GIVER = "giver"
"""The person_id of the shopper: what is remembered of whoever gives is kept apart from the recipients."""

Kind = Literal["semantic", "episodic", "procedural"]
Aspect = Literal["likes", "dislikes", "avoid", "allergy", "owns", "size"]
Happening = Literal["offered", "chosen", "turned_down", "given", "returned", "reacted"]
Reaction = Literal["loved", "liked", "disliked"]


class Source(BaseModel):
    """The turn a record came from. ``said`` tells the shopper's own words from what code concluded."""

    model_config = ConfigDict(frozen=True)

    session_id: str
    turn_id: str
    at: datetime
    said: bool = True


class Person(BaseModel):
    """Somebody the shopper gives to. ``relation`` is canonical (father); a person is found by it or by a name.

    Of a child nothing more is kept than of anybody: ``birth_year`` lets an age advance with the calendar, ``birthday``
    (month, day) is known only where it was said.
    """

    person_id: str
    relation: str | None = None
    names: list[Name] = []
    birth_year: int | None = Field(default=None, ge=1900, le=2100)
    birthday: tuple[int, int] | None = None


class Memory(BaseModel):
    """What all records have. ``superseded_by`` names the record that contradicts this one: history, no longer used."""

    kind: ClassVar[Kind]

    memory_id: str
    person_id: str
    source: Source
    expires_at: datetime | None = None
    superseded_by: str | None = None


class Fact(Memory):
    """Semantic: something that holds of a person until it is contradicted."""

    kind: ClassVar[Kind] = "semantic"

    record: Literal["fact"] = "fact"
    aspect: Aspect
    value: Phrase


class Episode(Memory):
    """Episodic: something that happened with a product, or was about to, for an occasion."""

    kind: ClassVar[Kind] = "episodic"

    record: Literal["episode"] = "episode"
    happening: Happening
    product_id: str | None = None
    title: str | None = Field(default=None, max_length=200)
    need: str | None = None
    price: Money | None = None
    occasion: str | None = None
    on: Date | None = None  # the day of the occasion, or of the gift
    reaction: Reaction | None = None


class Occasion(Memory):
    """Episodic: a day that comes again every year, or once. A fixed day has month and day; a movable feast its name."""

    kind: ClassVar[Kind] = "episodic"

    record: Literal["occasion"] = "occasion"
    occasion: str
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    year: int | None = None  # only for what happens once


class Habit(Memory):
    """Procedural: how often the shopper took and refused picks of a sort, e.g. ``category`` "mugs".

    ``muted``: the shopper does not want this to count.
    """

    kind: ClassVar[Kind] = "procedural"

    record: Literal["habit"] = "habit"
    sort: Literal["category", "brand", "price", "interest"]
    value: Phrase
    taken: int = Field(default=0, ge=0)
    refused: int = Field(default=0, ge=0)
    muted: bool = False


AnyMemory = Annotated[Fact | Episode | Occasion | Habit, Field(discriminator="record")]
RECORDS: TypeAdapter[AnyMemory] = TypeAdapter(AnyMemory)
"""Reads any record back."""


def memory_id(*parts: object) -> str:
    """A record's id from what it says: saying the same twice keeps one record, also in two browser tabs."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:24]
