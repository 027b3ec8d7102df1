"""What may move us to write: an occasion that comes up, a lower price, something back in stock, weather or season.

An event only points: at a shopper, a person, a product. Prices, stock and days are looked up when it is handled, so
that nobody can put words or prices into a message by sending an event.
"""

from __future__ import annotations

import hashlib
from datetime import date as Date
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

Kind = Literal["occasion", "price_drop", "back_in_stock", "context"]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[\w '-]+$")]

NEEDS: dict[Kind, tuple[str, ...]] = {
    "occasion": ("person_id", "occasion", "on"),
    "price_drop": ("product_id",),
    "back_in_stock": ("product_id",),
    "context": ("context",),
}
"""What each kind cannot do without."""


class Event(BaseModel):
    """Something that happened to what a shopper cares for. ``at`` is when; ``context`` is e.g. ["heat wave"].

    ``mark`` tells one happening from the next of its kind; without one there is one a day.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    user_id: Id
    at: AwareDatetime
    person_id: Id | None = None
    occasion: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    on: Date | None = None
    product_id: Id | None = None
    mark: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    context: Annotated[list[Words], Field(max_length=5)] = []

    @model_validator(mode="after")
    def _complete(self) -> Event:
        if missing := [name for name in NEEDS[self.kind] if not getattr(self, name)]:
            raise ValueError(f"an event of kind {self.kind} needs {' and '.join(missing)}")
        return self

    @property
    def event_id(self) -> str:
        """The same for the same happening, however often and by whichever way it is told."""
        day = "" if self.kind == "occasion" else self.mark or self.at.date()
        words = sorted(word.lower() for word in self.context)
        said = (self.kind, self.user_id, self.person_id, self.occasion, self.on, self.product_id, words, day)
        return hashlib.sha256(repr(tuple(map(str, said))).encode()).hexdigest()[:32]


class Sent(BaseModel):
    """What is kept of a message for the sake of the next: when, of what kind, with which products. No words."""

    model_config = ConfigDict(frozen=True)

    event_id: str
    kind: Kind
    at: datetime
    person_id: str | None = None
    product_ids: list[str] = []
