"""What travels through the recommendation flow: one request in, one outcome out. Small, and JSON at every step.

Every step is stored with the session, so nothing here is a list within a list: Firestore refuses those.
"""

from __future__ import annotations

from datetime import date as Date
from typing import Any, Literal

from pydantic import BaseModel, Field

from tools.brief import Brief, Need, Slot
from tools.brief_fields import Amount
from tools.leaning import Leaning
from tools.money import Money


class Question(BaseModel):
    """A question to the shopper: the slot it fills and the words the stand-in uses."""

    slot: Slot
    text: str


class Replacing(BaseModel):
    """Of a shortlist some picks give way and the others keep their places.

    ``places`` has the product_id of each pick that stays, "" where another comes. What comes costs more than ``over``
    and less than ``under`` (major units).
    """

    places: list[str]
    over: Amount | None = None
    under: Amount | None = None


class Request(BaseModel):
    """One recommendation to make. ``widened`` counts how often the search was widened, never the rules.

    ``today`` is the day it was asked on; without it no delivery can be judged.
    ``settled`` are the needs whose ``keep`` only carries the last plan on: unlike a pick the shopper asked to keep, it
    is let go where nothing fits otherwise.
    """

    brief: Brief
    ideas: list[str] = Field(default_factory=list)
    seen: list[str] = Field(default_factory=list)  # product_ids turned down; not offered again
    # product_ids the shopper gave a good word: these and their like rank higher
    liked: list[str] = Field(default_factory=list)
    # product_ids, or categories, of past gifts to the recipient: what is new is preferred
    given: list[str] = Field(default_factory=list)
    leanings: list[Leaning] = Field(default_factory=list)  # what past choices and gifts say of kinds of products
    settled: list[str] = Field(default_factory=list)
    replacing: Replacing | None = None
    question: Question | None = None
    asked: list[str] = Field(default_factory=list)  # slots asked for before
    widened: int = 0
    today: Date | None = None

    def unsettled(self) -> Request:
        """The same request, bound to no pick but those the shopper asked to keep."""
        needs = [n.model_copy(update={"keep": None}) if n.name in self.settled else n for n in self.brief.needs]
        return self.model_copy(update={"brief": self.brief.model_copy(update={"needs": needs}), "settled": []})

    def dump(self) -> dict[str, Any]:
        """As JSON, without what is unset: this is stored with every step's event."""
        return self.model_dump(mode="json", exclude_defaults=True)


class Matched(BaseModel):
    """Evidence that a pick answers a wish: the catalogue field and the word found there.

    ``passing``: the field only mentions it, and nothing says that the product is of it.
    """

    wish: str
    field: str
    word: str
    passing: bool = False


class Pick(BaseModel):
    """A product chosen for a need. ``quantity`` counts packs, ``units`` what they hold together.

    ``pays`` is what the shopper pays for a pick of a shortlist, where that is not price × quantity: with vouchers,
    shipping and tax.
    """

    need: str  # the name of the need
    product_id: str
    option: str | None = None  # the product_id of the variant, where the product has several
    quantity: int = 1
    units: int = 1
    pays: Money | None = None
    matched: list[Matched] = Field(default_factory=list)
    added: dict[str, float] = Field(default_factory=dict)  # what each part of the ranking formula adds to its score


class Relaxation(BaseModel):
    """A change the shopper could agree to, and how many products or plans it opens. Never applied unasked.

    ``sets`` are the brief's fields as a yes would leave them, and nothing else of the brief changes.
    """

    change: str
    opens: int
    sets: dict[str, Any] = Field(default_factory=dict)

    def apply(self, brief: Brief) -> Brief:
        """The brief of a shopper who says yes to this, and to nothing else."""
        return Brief.model_validate({**brief.model_dump(), **self.sets})


class OffTheme(BaseModel):
    """A need of a plan whose pick is not of the theme that was asked for, and why not."""

    need: str  # the name of the need
    theme: str
    why: str


class Discount(BaseModel):
    """What a voucher takes off a plan."""

    label: str
    amount: Money


class Alternative(BaseModel):
    """Another plan that a person might prefer, with the trade-off against the first in one line."""

    label: str
    trade_off: str
    picks: list[Pick] = Field(default_factory=list)
    total: Money


class PlanSums(BaseModel):
    """The money of a plan: Σ price × quantity − discounts + shipping + tax = total; budget − total = ``left``.

    ``gap`` is None for a proven optimum, else by how much of the objective (0 to 1) the plan can at most be worse.
    """

    subtotal: Money
    discounts: list[Discount] = Field(default_factory=list)
    shipping: Money | None = None
    tax: Money | None = None
    total: Money
    left: Money | None = None
    gap: float | None = None


class Outcome(BaseModel):
    """What the budget checker decided, for the explainer to put into words."""

    request: Request
    status: Literal["recommended", "infeasible", "asked"]
    picks: list[Pick] = Field(default_factory=list)
    total: Money | None = None
    sums: PlanSums | None = None  # of a plan
    alternatives: list[Alternative] = Field(default_factory=list)
    off_theme: list[OffTheme] = Field(default_factory=list)
    unproven: bool = False  # of a plan that was not found: time ran out before it was proven that there is none
    unmet: list[str] = Field(default_factory=list)  # needs for which nothing is admissible
    # of what picks were to be beyond the rules: what nothing that fits is
    unheeded: list[str] = Field(default_factory=list)
    # wishes for which the whole catalogue has nothing, or nothing affordable
    unmatched: list[str] = Field(default_factory=list)
    closest: Pick | None = None
    closest_cost: Money | None = None
    # rules that cannot all hold together; without any one of them, the others can
    clash: list[str] = Field(default_factory=list)
    relaxations: list[Relaxation] = Field(default_factory=list)
    # those of the request that changed which picks are shown, or their order
    leaned: list[Leaning] = Field(default_factory=list)
    removed: dict[str, int] = Field(default_factory=dict)
    warnings: list[str] = Field(default_factory=list)
    # how the question, or none, was chosen: `tools.asking.value.Considered`
    asking: dict[str, Any] = Field(default_factory=dict)

    def dump(self) -> dict[str, Any]:
        """As JSON, without what is unset."""
        return {**self.model_dump(mode="json", exclude_defaults=True), "request": self.request.dump()}


def needs_by_name(brief: Brief) -> dict[str, Need]:
    """The wanted needs by their names, in the order they were said."""
    return {need.name: need for need in brief.wanted}
