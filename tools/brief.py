"""The brief: what a shopper asks for. It only grows by stated changes; a rule once said stays until taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from decimal import ROUND_CEILING
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tools.brief_fields import Amount, Phrase, Phrases, phrases
from tools.lexicon.stems import contains_phrase, singular, words
from tools.money import Currency, minor_unit
from tools.needs import PER_GUEST_KINDS, JointBound, Need, NeedChange, NeedName, Voucher, counted, rescaled

__all__ = [
    "PER_GUEST_KINDS",
    "Brief",
    "BriefChanges",
    "Budget",
    "JointBound",
    "Need",
    "NeedChange",
    "Recipient",
    "Slot",
    "Voucher",
]

ONE_GIFT = Need(kind="gift")
"""What a brief that names no need asks for."""

Slot = Literal["interests", "budget", "age", "guests", "currency", "recipient", "clarify", "taste"]
"""What a question asks for."""


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
        unit = minor_unit(currency)
        low = int(((self.min or 0) / unit).to_integral_value(ROUND_CEILING))
        return low, None if self.max is None else int(self.max // unit)


class Brief(BaseModel):
    """All that was asked for.

    ``price_cap`` (major units) comes from "cheaper", ``price_feel`` from "not too expensive". What picks shall be as
    far as there are such: ``dearer_than`` (major units), ``must`` bear these words ("but blue"), ``more`` and ``less``
    of these qualities ("not so childish").
    """

    recipient: Recipient = Field(default_factory=Recipient)
    occasion: str | None = None
    date: Date | None = None
    interests: Phrases = Field(default_factory=list)
    avoid: Phrases = Field(default_factory=list)
    allergies: Phrases = Field(default_factory=list)
    owned: Phrases = Field(default_factory=list)
    budget: Budget | None = None
    price_feel: Literal["low", "high"] | None = None
    price_cap: Amount | None = None
    dearer_than: Amount | None = None
    must: Phrases = Field(default_factory=list)
    more: Phrases = Field(default_factory=list)
    less: Phrases = Field(default_factory=list)
    needs: list[Need] = Field(default_factory=list)
    joint: list[JointBound] = Field(default_factory=list)  # what some of the needs may cost together
    # the needs of the amount stated last, which "make that 40" changes; none: the budget
    bounded: list[NeedName] = Field(default_factory=list)
    vouchers: list[Voucher] = Field(default_factory=list)
    theme: Phrase = None
    guests: int | None = Field(default=None, ge=1, le=10_000)
    options: int | None = Field(default=None, ge=1, le=10)
    like: str | None = None  # product_id of a shown pick that the next ones should resemble

    @property
    def wanted(self) -> list[Need]:
        """The needs; a brief that names none asks for one gift."""
        return self.needs or [ONE_GIFT]

    @property
    def is_plan(self) -> bool:
        """Several needs make a plan with one total; a single need makes a shortlist."""
        return len(self.wanted) > 1

    @property
    def rules(self) -> list[str]:
        """Everything that must not appear."""
        return [*self.avoid, *self.allergies, *self.owned]


def _within(rule: str, wish: str) -> bool:
    """Whether whatever answers the wish breaks the rule: "book" and "comic books", but not "fish" and "fishing"."""
    told = [singular(word) for word in words(wish)]
    return "free" not in told and contains_phrase(told, [singular(word) for word in words(rule)])


class BriefChanges(BaseModel):
    """What one message adds to, changes in, or takes back from the brief. Absent fields change nothing."""

    relation: str | None = None
    name: str | None = None
    age_years: int | None = Field(default=None, ge=0, le=120)
    occasion: str | None = None
    date: Date | None = None
    interests: Phrases = Field(default_factory=list)
    avoid: Phrases = Field(default_factory=list)
    allergies: Phrases = Field(default_factory=list)
    owned: Phrases = Field(default_factory=list)
    budget: Budget | None = None
    price_feel: Literal["low", "high"] | None = None
    must: Phrases = Field(default_factory=list)
    more: Phrases = Field(default_factory=list)
    less: Phrases = Field(default_factory=list)
    needs: list[NeedChange] = Field(default_factory=list)
    keep: list[NeedName] = Field(default_factory=list)  # needs whose shown pick is to stay
    swap: list[NeedName] = Field(default_factory=list)  # needs that are to get another pick
    elsewhere: Literal["brand", "seller"] | None = None  # what these other picks must not share with the shown ones
    joint: list[JointBound] = Field(default_factory=list)  # a bound of the same needs replaces the one before
    vouchers: list[Voucher] = Field(default_factory=list)
    theme: Phrase = None
    guests: int | None = Field(default=None, ge=1, le=10_000)
    options: int | None = Field(default=None, ge=1, le=10)
    # interests, avoided things, needs, "budget", "vouchers" … that the shopper takes back
    remove: Phrases = Field(default_factory=list)
    start_over: bool = False  # another person or occasion: nothing of the old brief holds

    def apply(self, brief: Brief, shown: Mapping[str, str] | None = None) -> Brief:
        """The brief after these changes; ``brief`` itself is left as it is.

        ``shown`` has the product_id of the shown plan's pick for each need: what "keep the cake" points at.
        """
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
            new.price_cap = new.dearer_than = None  # a stated budget supersedes "cheaper"
        new.needs = self._needs(old, new.guests, shown or {})
        if {n.name for n in new.needs} - {n.name for n in old.needs}:
            new.price_cap = None  # with one thing more, the total that "cheaper" meant is no measure
        stated = [bound.kinds for bound in self.joint]
        kept = [] if "joint limits" in self.remove else new.joint
        new.joint = [*(bound for bound in kept if bound.kinds not in stated), *self.joint]
        new.bounded = self._bounded(new)
        new.vouchers += [voucher for voucher in self.vouchers if voucher not in new.vouchers]
        self._apply_lists(old, new)
        return new

    def _bounded(self, new: Brief) -> list[str]:
        """The needs of the amount stated last."""
        if self.joint:
            return self.joint[-1].kinds
        stated = [need.name for need in self.needs if need.bounds]
        if stated:
            return stated[-1:]
        return [] if self.budget is not None else new.bounded

    def _needs(self, old: Brief, guests: int | None, shown: Mapping[str, str]) -> list[Need]:
        """The needs with what was said of each, in the order they were first said."""
        told = self.guests is not None or bool(self.needs)
        needs = {need.name: counted(need, old.guests, guests) if told else need for need in old.needs}
        for change in self.needs:
            need = needs.get(change.name) or counted(Need(kind=change.kind, name=change.name), None, guests)
            if change.name in self.swap and (change.wishes or change.theme):
                need = need.model_copy(update={"wishes": []})  # "swap the balloons for something with dinosaurs"
            changed = change.apply(need, guests)
            if not change.bounds:
                changed = rescaled(changed, need.heads(guests), changed.heads(guests))
            needs[change.name] = changed
        for kind in (*self.keep, *self.swap):
            if kind in needs:
                needs[kind] = needs[kind].model_copy(
                    update={"keep": None if kind in self.swap else shown.get(kind, needs[kind].keep)}
                )
        return list(needs.values())

    def _apply_lists(self, old: Brief, new: Brief) -> None:
        """What is refused now is no interest or theme any more, what is wished now is no longer refused."""
        taken_back = set(self.remove)
        refused = {*self.avoid, *self.allergies, *self.owned}
        kept = [w for w in old.interests if w not in taken_back and not any(_within(rule, w) for rule in refused)]
        new.interests = phrases(kept + self.interests)
        for field in ("avoid", "allergies", "owned"):
            wished = self.interests if field == "avoid" else []
            kept = [w for w in getattr(old, field) if w not in taken_back and not any(_within(w, i) for i in wished)]
            setattr(new, field, phrases(kept + getattr(self, field)))
        new.must = phrases([w for w in old.must if w in new.interests] + self.must)
        for field, other in (("more", self.less), ("less", self.more)):
            kept = [w for w in getattr(old, field) if w not in {*other, *taken_back}]
            setattr(new, field, phrases(kept + getattr(self, field)))
        if new.theme in taken_back | refused:
            new.theme = None
        new.needs = [
            need.model_copy(update={"wishes": kept})
            if (kept := [w for w in need.wishes if not any(_within(rule, w) for rule in refused)]) != need.wishes
            else need
            for need in new.needs
        ]
        unbound = {"min": None, "max": None, "soft": False, "each": False}
        new.needs = [
            need.model_copy(update=unbound) if f"{need.name} limit" in taken_back else need
            for need in new.needs
            if need.name not in taken_back
        ]
        if "budget" in taken_back:
            new.budget = new.price_cap = new.dearer_than = None
        if "budget minimum" in taken_back and new.budget:
            new.budget = new.budget.model_copy(update={"min": None})
        if taken_back:
            every = "vouchers" in taken_back
            held = [v for v in old.vouchers if not every and v.label.lower() not in taken_back]
            new.vouchers = [*held, *(voucher for voucher in self.vouchers if voucher not in held)]
