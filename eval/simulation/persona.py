"""A simulated shopper's hidden goal and manners, as one flat record whose every field can be set."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from tools.errors import UsageError
from tools.product import NeedKind

Style = Literal["plain", "terse", "chatty", "typos", "contradictory", "changing", "non_native"]
Fact = Literal["interests", "budget", "age", "avoid", "guests", "taste"]
TasteKind = Literal["color", "material", "tag", "aspect"]
Misled = Literal["interests", "budget", "age"]


def _listed(value: Any) -> Any:
    """ "tea, jazz" from a command line is a list of two."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _nothing(value: Any) -> Any:
    return None if isinstance(value, str) and value.lower() in ("", "none") else value


def _pairs(value: Any) -> Any:
    """ "budget:90, interests:golf" from a command line is a mapping of two."""
    if not isinstance(value, str):
        return value
    pairs = [part.partition(":") for part in _listed(value)]
    if not all(fact and colon and said for fact, colon, said in pairs):
        raise ValueError("write it as FACT:WHAT IS SAID, such as budget:90")
    return {fact.strip(): said.strip() for fact, _, said in pairs}


NUMBER = re.compile(r"\d+(\.\d+)?")
Words = Annotated[list[str], BeforeValidator(_listed)]
Amount = Annotated[Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=3)] | None, BeforeValidator(_nothing)]
Age = Annotated[Annotated[int, Field(ge=0, le=120)] | None, BeforeValidator(_nothing)]
Guests = Annotated[Annotated[int, Field(ge=1, le=1000)] | None, BeforeValidator(_nothing)]
Text = Annotated[str, Field(min_length=1)]
Word = Annotated[str | None, BeforeValidator(_nothing)]


class Persona(BaseModel):
    """Who shops, for whom, what would please (hidden), and how they talk.

    ``interests`` and the ``theme`` are what they can tell; ``taste`` is what they only say when asked for more, or when
    picks miss it. Amounts are major units of ``currency``; a range without a lower end has ``budget_min`` None.
    ``openness`` is the share of what they know that the first message tells; ``unknown`` is what they cannot tell
    (it still binds: nobody buys above what they can spend). ``patience`` is how many messages they write at most;
    a question about what they have said costs one more. ``accepts_from`` is the share of their wishes that a gift has
    to meet. A ``roundabout`` shopper first puts interests in other words than the catalogue's, where the table of
    wordings has some. ``first_said`` holds what a contradictory or changing shopper says before they say what holds.
    ``target`` is a product_id that meets the goal, so that it can be met; the shopper never names it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    persona_id: str
    seed: str
    relation: Text
    pronoun: Literal["he", "she", "they"] = "they"
    age_years: Age = None
    occasion: Text = "birthday"
    needs: Annotated[list[NeedKind], BeforeValidator(_listed), Field(min_length=1)] = ["gift"]
    guests: Guests = None
    theme: Word = None
    interests: Words = []
    taste: Word = None
    taste_kind: TasteKind = "tag"
    avoid: Words = []
    allergies: Words = []
    budget_min: Amount = None
    budget_max: Amount = None
    currency: Annotated[str, BeforeValidator(str.upper), Field(pattern="^[A-Z]{3}$")] = "USD"
    style: Style = "plain"
    openness: float = Field(default=0.5, ge=0, le=1)
    patience: int = Field(default=6, ge=1, le=30)
    unknown: Annotated[list[Fact], BeforeValidator(_listed)] = []
    accepts_from: float = Field(default=0.5, ge=0, le=1)
    roundabout: bool = False
    first_said: Annotated[dict[Misled, str], BeforeValidator(_pairs)] = {}
    target: Word = None

    @model_validator(mode="after")
    def _money_in_order(self) -> Persona:
        if self.budget_min is not None and self.budget_max is not None and self.budget_min > self.budget_max:
            raise ValueError(f"budget_min {self.budget_min} is above budget_max {self.budget_max}")
        return self

    @field_validator("first_said")
    @classmethod
    def _numbers_said(cls, said: dict[Misled, str]) -> dict[Misled, str]:
        for fact in ("budget", "age"):
            if fact in said and not NUMBER.fullmatch(said[fact]):
                raise ValueError(f"a {fact} is a plain number such as 90")
        return said

    @property
    def is_party(self) -> bool:
        """Whether several things are wanted together."""
        return len(self.needs) > 1

    @property
    def wants_gift(self) -> bool:
        """Whether it is a gift alone that is wanted."""
        return self.needs == ["gift"]

    @property
    def wishes(self) -> list[str]:
        """What a product can meet: the theme of a party or of what it needs, else the interests, and the taste."""
        if not self.wants_gift:
            return [self.theme] if self.theme else []
        return [*self.interests, *([self.taste] if self.taste else [])]

    def with_fields(self, settings: list[str]) -> Persona:
        """This persona with ``field=value`` texts applied. Raises UsageError naming what cannot be used.

        A budget's end that was made up gives way to the other end where that was set.
        """
        if not settings:
            return self
        told = dict(map(_setting, settings))
        changed = self.model_dump() | told
        for end, other in (("budget_min", "budget_max"), ("budget_max", "budget_min")):
            if end in told and other not in told:
                changed |= {other: None} if self._crosses(end, told[end]) else {}
        try:
            return Persona.model_validate(changed)
        except ValidationError as error:
            first = error.errors()[0]
            why = first["msg"].removeprefix("Value error, ")
            where = str(first["loc"][0]) if first["loc"] else "budget_min"
            raise UsageError(f"--set {where}={told.get(where)!r} cannot be used: {why}") from error

    def _crosses(self, end: str, value: str) -> bool:
        """Whether this value of one end of the budget leaves the other on its wrong side."""
        kept = self.budget_max if end == "budget_min" else self.budget_min
        if kept is None or not NUMBER.fullmatch(value):
            return False
        return Decimal(value) > kept if end == "budget_min" else Decimal(value) < kept


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    name = name.strip()
    if not equals or name not in Persona.model_fields:
        known = ", ".join(Persona.model_fields)
        raise UsageError(f"--set {text!r} is not FIELD=VALUE with one of the persona's fields: {known}")
    return name, value.strip()


STYLES: tuple[Style, ...] = get_args(Style)
