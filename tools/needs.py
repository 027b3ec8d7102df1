"""What an occasion requires, what a message changes in that, and the discounts a shopper holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from tools.brief_fields import Amount, Percent, Phrase, Phrases, phrases
from tools.product import NEED_KINDS, NEED_NAMES, NEED_PLURALS, NeedKind

PER_GUEST_KINDS: frozenset[NeedKind] = frozenset({"tableware", "favours"})
"""What every guest gets one of, unless another number was said."""

NeedName = Annotated[str, BeforeValidator(lambda name: " ".join(str(name or "").lower().split())[:60])]
"""What a need goes by in its brief: its kind, or, where a kind is there several times, what it is: "mug"."""


def spoken(name: str) -> str:
    """A need in a shopper's words."""
    return next((said for kind, said in NEED_NAMES.items() if kind == name), name)


def spoken_many(name: str) -> str:
    """Several of a need in a shopper's words."""
    return next((said for kind, said in NEED_PLURALS.items() if kind == name), f"× {name}")


class Need(BaseModel):
    """One thing the occasion requires, e.g. favours for 12. ``quantity`` is in units, not packs.

    ``name`` is what it goes by among the needs of its brief, the kind unless a kind is there several times.
    ``importance`` weighs its fit in a plan's objective. ``min`` and ``max`` bound what it may cost in all (major units
    of the budget's currency); ``soft`` that the amount was said loosely ("around 60"), which caps at it and prefers to
    come near; ``each`` that it was said for one unit or guest, so that the bounds follow their number. ``wishes`` is
    what it should be or have ("add balloons"), ``not_from`` the brands and sellers it must not come from. ``keep`` is
    the product_id of a pick that stays ("keep the cake").
    """

    model_config = ConfigDict(frozen=True)

    kind: NeedKind
    name: NeedName = ""
    quantity: int = Field(default=1, ge=1, le=10_000)
    importance: int = Field(default=2, ge=1, le=3)
    min: Amount | None = None
    max: Amount | None = None
    soft: bool = False
    each: bool = False
    theme: Phrase = None
    wishes: Phrases = Field(default_factory=list)
    not_from: Phrases = Field(default_factory=list)
    keep: str | None = None

    @model_serializer(mode="wrap")
    def _stated(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Kind and quantity, and of the rest what was said: most needs are no more than that."""
        plain = {"importance": 2, "soft": False, "each": False, "name": self.kind}
        return {k: v for k, v in dump(self).items() if k in ("kind", "quantity") or v not in (None, [], plain.get(k))}

    @model_validator(mode="after")
    def _named(self) -> Self:
        """By its kind, unless it has a name of its own."""
        if not self.name:
            object.__setattr__(self, "name", self.kind)  # the model is frozen for everyone else
        return self

    @property
    def thing(self) -> str | None:
        """What a need with a name of its own is: nothing else serves "a mug" than a mug."""
        return self.wishes[0] if self.name != self.kind and self.wishes else None

    def heads(self, guests: int | None) -> int:
        """How many an amount "a head" counts: the units, or the guests of what is there once for all of them."""
        return self.quantity if self.quantity > 1 or self.kind in PER_GUEST_KINDS else guests or 1


class NeedChange(BaseModel):
    """What a message says of one need; absent fields change nothing.

    A new ``min`` or ``max`` (for one unit or guest if ``each``) stands beside the other end as long as both can hold.
    """

    model_config = ConfigDict(frozen=True)

    kind: NeedKind
    name: NeedName = ""
    quantity: int | None = Field(default=None, ge=1, le=10_000)
    importance: int | None = Field(default=None, ge=1, le=3)
    min: Amount | None = None
    max: Amount | None = None
    soft: bool = False
    each: bool = False
    theme: Phrase = None
    wishes: Phrases = Field(default_factory=list)

    @model_serializer(mode="wrap")
    def _stated(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        plain = {"name": self.kind}
        return {k: v for k, v in dump(self).items() if v not in (None, False, [], plain.get(k))}

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.name:
            object.__setattr__(self, "name", self.kind)
        return self

    @property
    def bounds(self) -> bool:
        """Whether it says what the need may cost."""
        return self.min is not None or self.max is not None

    def apply(self, need: Need, guests: int | None) -> Need:
        """The need after this change; bounds said for each unit are multiplied by their number."""
        said = {k: getattr(self, k) for k in ("quantity", "importance", "theme")}
        said["wishes"] = phrases([*need.wishes, *self.wishes])
        need = need.model_copy(update={k: v for k, v in said.items() if v is not None})
        if not self.bounds:
            return need
        times = need.heads(guests) if self.each else 1
        low, high = (None if end is None else end * times for end in (self.min, self.max))
        if low is None and need.min is not None and high is not None and need.min <= high and not self.soft:
            low = need.min
        if high is None and need.max is not None and low is not None and low <= need.max:
            high = need.max
        if low is not None and high is not None and low > high:
            low, high = high, low
        return need.model_copy(update={"min": low, "max": high, "soft": self.soft, "each": self.each})


class JointBound(BaseModel):
    """What several needs may cost together ("cake and decorations under 50"): a bound beside those of each and of all.

    Like a need's own bounds it is compared with goods and their tax, before vouchers and shipping. A need that the
    plan does not hold costs nothing.
    """

    model_config = ConfigDict(frozen=True)

    kinds: list[NeedName] = Field(min_length=2)
    min: Amount | None = None
    max: Amount | None = None

    @model_validator(mode="after")
    def _in_order(self) -> JointBound:
        """The needs in their usual order, each once; the lower end first."""
        usual = [kind for kind in NEED_KINDS if kind in self.kinds]
        object.__setattr__(self, "kinds", list(dict.fromkeys([*usual, *self.kinds])))
        if self.min is not None and self.max is not None and self.min > self.max:
            low, high = self.max, self.min
            object.__setattr__(self, "min", low)  # the model is frozen for everyone else
            object.__setattr__(self, "max", high)
        return self

    @property
    def names(self) -> str:
        """ "cake, decorations and party favours"."""
        *first, last = map(spoken, self.kinds)
        return f"{', '.join(first)} and {last}" if first else last


class Voucher(BaseModel):
    """A discount the shopper holds: ``percent`` off, ``amount`` off (major units of the budget's currency), or
    ``free_shipping``.

    It counts from ``from_total`` of goods on, and only towards needs of ``kind`` where one is named; then the goods of
    that kind are what ``from_total`` is compared with. One that is not ``combinable`` is used alone. ``label`` is how
    the shopper called it.
    """

    model_config = ConfigDict(frozen=True)

    label: str = Field(default="voucher", max_length=60)
    percent: Percent | None = None
    amount: Amount | None = None
    free_shipping: bool = False
    from_total: Amount | None = None
    kind: NeedKind | None = None
    combinable: bool = True

    @model_validator(mode="after")
    def _one_worth(self) -> Voucher:
        if (self.percent is not None) + (self.amount is not None) + self.free_shipping != 1:
            raise ValueError("A voucher takes off percent 10, or amount 5, or the shipping (free_shipping: true)")
        return self


def counted(need: Need, guests_before: int | None, guests: int | None) -> Need:
    """A need that every guest has a part in, for all guests; a number of its own that was said stays.

    Bounds that were said "a head" are brought to the new number of heads.
    """
    before = need.heads(guests_before)
    if guests and need.kind in PER_GUEST_KINDS and need.quantity in (1, guests_before):
        need = need.model_copy(update={"quantity": guests})
    return rescaled(need, before, need.heads(guests))


def rescaled(need: Need, before: int, heads: int) -> Need:
    """The need with bounds that were said "a head" for another number of heads; other bounds stay."""
    if not need.each or before == heads:
        return need
    ends = {"min": need.min, "max": need.max}
    return need.model_copy(update={k: v * Decimal(heads) / before for k, v in ends.items() if v is not None})
