"""A simulated shopper's hidden goal and manners, as one flat record whose every field can be set."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from tools.errors import UsageError
from tools.product import NeedKind

Style = Literal["plain", "terse", "chatty", "typos", "contradictory", "changing", "non_native"]
Fact = Literal["interests", "budget", "age", "avoid", "guests", "taste"]
TasteKind = Literal["color", "material", "tag"]


def _listed(value: Any) -> Any:
    """ "tea, jazz" from a command line is a list of two."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _nothing(value: Any) -> Any:
    return None if isinstance(value, str) and value.lower() in ("", "none") else value


Words = Annotated[list[str], BeforeValidator(_listed)]
Amount = Annotated[Annotated[Decimal, Field(ge=0)] | None, BeforeValidator(_nothing)]
Whole = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(_nothing)]
Word = Annotated[str | None, BeforeValidator(_nothing)]


class Persona(BaseModel):
    """Who shops, for whom, what would please (hidden), and how they talk.

    ``interests`` and the ``theme`` are what they can tell; ``taste`` is what they only say when asked for more, or when
    picks miss it. Amounts are major units of ``currency``; a range without a lower end has ``budget_min`` None.
    ``openness`` is the share of what they know that the first message tells; ``unknown`` is what they cannot tell
    (it still binds: nobody buys above what they can spend). ``patience`` is how many messages they write at most;
    a question about what they have said costs one more. ``accepts_from`` is the share of their wishes that a gift has
    to meet. ``first_said`` holds what a contradictory or changing shopper says before they say what holds.
    ``target`` is a product_id that meets the goal, so that it can be met; the shopper never names it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    persona_id: str
    seed: str
    relation: str
    pronoun: Literal["he", "she", "they"] = "they"
    age_years: Whole = None
    occasion: str = "birthday"
    needs: Annotated[list[NeedKind], BeforeValidator(_listed)] = ["gift"]
    guests: Whole = None
    theme: Word = None
    interests: Words = []
    taste: Word = None
    taste_kind: TasteKind = "tag"
    avoid: Words = []
    allergies: Words = []
    budget_min: Amount = None
    budget_max: Amount = None
    currency: str = "USD"
    style: Style = "plain"
    openness: float = Field(default=0.5, ge=0, le=1)
    patience: int = Field(default=6, ge=1, le=30)
    unknown: Annotated[list[Fact], BeforeValidator(_listed)] = []
    accepts_from: float = Field(default=0.5, ge=0, le=1)
    first_said: dict[Fact, str] = {}
    target: Word = None

    @model_validator(mode="after")
    def _money_in_order(self) -> Persona:
        if self.budget_min is not None and self.budget_max is not None and self.budget_min > self.budget_max:
            raise ValueError(f"budget_min {self.budget_min} is above budget_max {self.budget_max}")
        return self

    @property
    def is_party(self) -> bool:
        """Whether several things are wanted together."""
        return len(self.needs) > 1

    @property
    def wishes(self) -> list[str]:
        """What a product can meet: the theme of a party, else the interests, and the taste."""
        said = [self.theme] if self.is_party and self.theme else self.interests
        return [*said, *([self.taste] if self.taste and not self.is_party else [])]

    def with_fields(self, settings: list[str]) -> Persona:
        """This persona with ``field=value`` texts applied. Raises UsageError naming what cannot be used."""
        if not settings:
            return self
        changed = self.model_dump() | dict(map(_setting, settings))
        try:
            return Persona.model_validate(changed)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "persona"
            raise UsageError(f"--set {where}={first.get('input')!r} cannot be used: {first['msg']}") from error


def _setting(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    name = name.strip()
    if not equals or name not in Persona.model_fields:
        known = ", ".join(Persona.model_fields)
        raise UsageError(f"--set {text!r} is not FIELD=VALUE with one of the persona's fields: {known}")
    if get_origin(Persona.model_fields[name].annotation) is dict:
        return name, dict(part.split(":", 1) for part in _listed(value) if ":" in part)
    return name, value.strip()


STYLES: tuple[Style, ...] = get_args(Style)
FACTS: tuple[Fact, ...] = get_args(Fact)
