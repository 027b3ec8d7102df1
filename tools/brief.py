"""The brief: what a shopper asks for. It only grows by stated changes; a rule once said stays until taken back."""

from __future__ import annotations

from datetime import date as Date
from decimal import ROUND_CEILING, Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from tools.money import Currency, Money
from tools.product import NeedKind

Slot = Literal["interests", "budget", "age", "guests", "currency", "recipient", "clarify"]
"""What a question asks for."""

PER_GUEST_KINDS: frozenset[NeedKind] = frozenset({"tableware", "favours"})
"""What every guest gets one of, unless another number was said."""


def _phrases(values: Any) -> Any:
    """Lower-case phrases without blanks or repetitions, in the order they were said."""
    if isinstance(values, str):
        values = [values]
    if not isinstance(values, list | tuple):
        return values
    return list(dict.fromkeys(p for v in values if (p := " ".join(str(v).lower().split())[:80])))


def _phrase(value: Any) -> Any:
    return next(iter(_phrases(value)), None) if isinstance(value, str) else value


Phrases = Annotated[list[str], BeforeValidator(_phrases)]
Phrase = Annotated[str | None, BeforeValidator(_phrase)]


def _amount_text(amount: Decimal) -> str:
    """With cents ("40.00"), unless that would round: a dinar has three decimals."""
    cents = amount.quantize(Decimal("0.01"))
    return str(cents) if cents == amount else f"{amount:f}"


Amount = Annotated[Decimal, Field(ge=0, le=Decimal(10) ** 9), PlainSerializer(_amount_text, return_type=str)]


class Recipient(BaseModel):
    """The person the gift is for. ``relation`` is canonical (father, colleague); ``age_years`` on the occasion."""

    relation: str | None = None
    name: str | None = None
    age_years: int | None = Field(default=None, ge=0, le=120)


class Budget(BaseModel):
    """What may be spent, both ends inclusive, major units. ``currency`` is None until the shopper names one.

    ``per`` says whether the amounts bind the whole plan or each unit ("25 each"); ``soft`` that it was said loosely
    ("around 50"), which still caps at the amount.
    """

    model_config = ConfigDict(frozen=True)

    min: Amount | None = None
    max: Amount | None = None
    currency: Currency | None = None
    per: Literal["total", "each"] = "total"
    soft: bool = False

    @model_validator(mode="after")
    def _lower_end_first(self) -> Self:
        """ "60 to 40" means 40 to 60."""
        if self.min is not None and self.max is not None and self.min > self.max:
            low, high = self.max, self.min
            object.__setattr__(self, "min", low)  # the model is frozen for everyone else
            object.__setattr__(self, "max", high)
        return self

    def bounds(self, currency: str) -> tuple[int, int | None]:
        """Lowest and highest admissible amount in minor units of ``currency`` (None: no upper end).

        A fraction of a minor unit never helps the shop: the upper end is rounded down, the lower end up.
        """
        unit = Money.from_minor(1, currency).amount
        low = int(((self.min or 0) / unit).to_integral_value(ROUND_CEILING))
        return low, None if self.max is None else int(self.max // unit)


class Need(BaseModel):
    """One thing the occasion requires, e.g. favours for 12. ``quantity`` is in units, not packs.

    ``importance`` weighs its fit in a plan's objective. ``min`` and ``max`` bound what it may cost in all (major units
    of the budget's currency); ``soft`` that the amount was said loosely ("around 60"), which caps at it and prefers to
    come near. ``keep`` is the product_id of a pick that stays ("keep the cake").
    """

    model_config = ConfigDict(frozen=True)

    kind: NeedKind
    quantity: int = Field(default=1, ge=1, le=10_000)
    importance: int = Field(default=2, ge=1, le=3)
    min: Amount | None = None
    max: Amount | None = None
    soft: bool = False
    theme: Phrase = None
    keep: str | None = None

    @model_serializer(mode="wrap")
    def _stated(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Kind and quantity, and of the rest what was said: most needs are no more than that."""
        plain = {"importance": 2, "soft": False}
        return {k: v for k, v in dump(self).items() if k in ("kind", "quantity") or v not in (None, plain.get(k))}


class Voucher(BaseModel):
    """A discount the shopper holds: ``percent`` off, or ``amount`` off (major units of the budget's currency).

    It counts from ``from_total`` of goods on, and only towards needs of ``kind`` where one is named; then the goods of
    that kind are what ``from_total`` is compared with. One that is not ``combinable`` is used alone. ``label`` is how
    the shopper called it.
    """

    model_config = ConfigDict(frozen=True)

    label: str = Field(default="voucher", max_length=60)
    percent: Annotated[Decimal, Field(gt=0, le=100), PlainSerializer(_amount_text, return_type=str)] | None = None
    amount: Amount | None = None
    from_total: Amount | None = None
    kind: NeedKind | None = None
    combinable: bool = True

    @model_validator(mode="after")
    def _one_worth(self) -> Self:
        if (self.percent is None) == (self.amount is None):
            raise ValueError("A voucher takes off either percent or amount, such as percent 10 or amount 5")
        return self


class Brief(BaseModel):
    """All that was asked for.

    ``price_cap`` (major units) comes from "cheaper", ``price_feel`` from "not too expensive".
    """

    recipient: Recipient = Recipient()
    occasion: str | None = None
    date: Date | None = None
    interests: Phrases = []
    avoid: Phrases = []
    allergies: Phrases = []
    owned: Phrases = []
    budget: Budget | None = None
    price_feel: Literal["low", "high"] | None = None
    price_cap: Amount | None = None
    needs: list[Need] = []
    vouchers: list[Voucher] = []
    theme: Phrase = None
    guests: int | None = Field(default=None, ge=1, le=10_000)
    options: int | None = Field(default=None, ge=1, le=10)
    like: str | None = None  # product_id of a shown pick that the next ones should resemble

    @property
    def wanted(self) -> list[Need]:
        """The needs; a brief that names none asks for one gift."""
        return self.needs or [Need(kind="gift")]

    @property
    def is_plan(self) -> bool:
        """Several needs make a plan with one total; a single need makes a shortlist."""
        return len(self.wanted) > 1

    @property
    def rules(self) -> list[str]:
        """Everything that must not appear."""
        return [*self.avoid, *self.allergies, *self.owned]


class BriefChanges(BaseModel):
    """What one message adds to, changes in, or takes back from the brief. Absent fields change nothing."""

    relation: str | None = None
    name: str | None = None
    age_years: int | None = Field(default=None, ge=0, le=120)
    occasion: str | None = None
    date: Date | None = None
    interests: Phrases = []
    avoid: Phrases = []
    allergies: Phrases = []
    owned: Phrases = []
    budget: Budget | None = None
    price_feel: Literal["low", "high"] | None = None
    needs: list[Need] = []
    theme: Phrase = None
    guests: int | None = Field(default=None, ge=1, le=10_000)
    options: int | None = Field(default=None, ge=1, le=10)
    remove: Phrases = []  # interests, avoided things, needs … that the shopper takes back
    start_over: bool = False  # another person or occasion: nothing of the old brief holds

    def apply(self, brief: Brief) -> Brief:
        """The brief after these changes; ``brief`` itself is left as it is."""
        old = Brief() if self.start_over else brief
        new = old.model_copy(deep=True)
        for field in ("relation", "name", "age_years"):
            if (value := getattr(self, field)) is not None:
                setattr(new.recipient, field, value)
        for field in ("occasion", "date", "theme", "guests", "options", "price_feel"):
            if (value := getattr(self, field)) is not None:
                setattr(new, field, value)
        if self.budget is not None:
            kept_currency = self.budget.currency or (old.budget.currency if old.budget else None)
            new.budget = self.budget.model_copy(update={"currency": kept_currency})
            new.price_cap = None  # a stated budget supersedes "cheaper"
        if self.needs:
            new.needs = self._merged_needs(old.needs)
        if self.guests is not None or self.needs:
            new.needs = [_counted(need, old.guests, new.guests) for need in new.needs]
        self._apply_lists(old, new)
        return new

    def _merged_needs(self, old: list[Need]) -> list[Need]:
        merged = {need.kind: need for need in old}
        merged.update({need.kind: need for need in self.needs})
        return list(merged.values())

    def _apply_lists(self, old: Brief, new: Brief) -> None:
        """What is refused now is no interest or theme any more, what is wished now is no longer refused."""
        taken_back = set(self.remove)
        refused = {*self.avoid, *self.allergies, *self.owned}
        new.interests = _phrases([w for w in old.interests if w not in taken_back | refused] + self.interests)
        for field in ("avoid", "allergies", "owned"):
            dropped = taken_back | (set(self.interests) if field == "avoid" else set())
            setattr(new, field, _phrases([w for w in getattr(old, field) if w not in dropped] + getattr(self, field)))
        if new.theme in taken_back | refused:
            new.theme = None
        if taken_back:
            new.needs = [n for n in new.needs if n.kind not in taken_back]
            if "budget" in taken_back:
                new.budget = new.price_cap = None


def _counted(need: Need, guests_before: int | None, guests: int | None) -> Need:
    """A need that every guest has a part in, for all guests; a number of its own that was said stays."""
    if guests and need.kind in PER_GUEST_KINDS and need.quantity in (1, guests_before):
        return need.model_copy(update={"quantity": guests})
    return need
