"""What the API takes and gives, with examples, for the OpenAPI document.

Requests are read strictly: a number where a text is meant is refused, not guessed at.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from tools.brief import Brief
from tools.guard.advertising import without_advertising
from tools.guard.hostile import is_hostile
from tools.guard.quarantine import quarantine
from tools.guard.redaction import redact
from tools.product import NeedKind


def _harmless(words: str) -> str:
    """The words as they may be kept: as with a message, private data is taken out and a command is no wish."""
    if is_hostile(words) or quarantine(words)[1] - {"look-alike"}:
        raise ValueError("holds an instruction or a link; say it in a few plain words")
    if not without_advertising(words)[1].isdisjoint(("line", "markup")):
        raise ValueError("holds markup or a line of a reply; say it in a few plain words")
    return redact(words)


Words = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(_harmless)]
Amount = (
    Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}(\.[0-9]{1,3})?$")] | Annotated[float, Field(ge=0, le=1e9)]
)
"""Major units of the currency; as text where it must be exact."""
ConversationId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$")]
"""A name without a slash, and not made of dots alone."""


class _Request(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    user_id: str | None = Field(
        default=None, description="Need not be said; if it is, it must be the credential's own."
    )


class Exact(BaseModel):
    """The query of a request that deletes: a misspelt name would delete more than was meant, so it is refused."""

    model_config = ConfigDict(extra="forbid")

    user_id: str | None = Field(default=None, description="Need not be said; if it is, it must be one's own.")


class RecipientIn(BaseModel):
    """The person the gift is for."""

    model_config = ConfigDict(strict=True, extra="forbid")

    relation: Words | None = None
    name: Words | None = None
    age_years: int | None = Field(default=None, ge=0, le=120)


class BudgetIn(BaseModel):
    """What may be spent, both ends inclusive."""

    model_config = ConfigDict(strict=True, extra="forbid")

    min: Amount | None = None
    max: Amount | None = None
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] | None = None
    per: Literal["total", "each"] = "total"


class NeedIn(BaseModel):
    """One thing the occasion requires; ``quantity`` in units, not packs."""

    model_config = ConfigDict(strict=True, extra="forbid")

    kind: NeedKind
    quantity: int = Field(default=1, ge=1, le=10_000)


class BriefIn(BaseModel):
    """What is asked for, as a form on a shop's website would know it."""

    model_config = ConfigDict(strict=True, extra="forbid")

    recipient: RecipientIn = RecipientIn()
    occasion: Words | None = None
    date: Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"})] | None = (
        None
    )
    interests: list[Words] = Field(default=[], max_length=50)
    avoid: list[Words] = Field(default=[], max_length=50)
    allergies: list[Words] = Field(default=[], max_length=50)
    owned: list[Words] = Field(default=[], max_length=50)
    budget: BudgetIn | None = None
    needs: list[NeedIn] = Field(default=[], max_length=6)
    theme: Words | None = None
    guests: int | None = Field(default=None, ge=1, le=10_000)
    options: int | None = Field(default=None, ge=1, le=10)

    def brief(self) -> Brief:
        """As the agents know it. Raises pydantic's ValidationError for a day or a currency that is none."""
        said: dict[str, Any] = self.model_dump(exclude_none=True)
        for end in ("min", "max"):
            if end in said.get("budget", {}):
                said["budget"][end] = Decimal(str(said["budget"][end]))
        return Brief.model_validate(said)


class TextRequest(_Request):
    """A recommendation asked for in words."""

    text: str = Field(max_length=20_000, examples=["My dad turns 60, he loves gardening and jazz, $40-60"])


class BriefRequest(_Request):
    """A recommendation asked for with a brief."""

    brief: BriefIn


class MessageRequest(_Request):
    """A shopper's next message."""

    text: str = Field(max_length=20_000, examples=["cheaper, and no books"])


class FeedbackRequest(_Request):
    """What a shopper thinks of a product."""

    product_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    reaction: Literal["like", "dislike"]


class MoneyOut(BaseModel):
    """An exact amount."""

    amount: str = Field(examples=["48.90"])
    currency: str = Field(examples=["USD"])


class PickOut(BaseModel):
    """A product that was chosen. ``quantity`` counts packs, ``units`` what they hold together."""

    model_config = ConfigDict(extra="allow")

    need: str
    product_id: str
    title: str
    price: MoneyOut
    quantity: int
    units: int
    reasons: list[str]


class UsageOut(BaseModel):
    """What the turn cost."""

    model_config = ConfigDict(extra="allow")

    llm_calls: int
    prompt_tokens: int
    output_tokens: int


class FeedbackApplied(BaseModel):
    """Which of the shopper's reactions counted in this turn, by product."""

    disliked: list[str]
    liked: list[str]


class TurnOut(BaseModel):
    """One turn, as `python -m recsys_agent ask --json` prints it, with the conversation's id."""

    model_config = ConfigDict(extra="allow")

    conversation_id: str
    status: Literal["recommended", "asked", "infeasible", "refused", "chat", "error"]
    reply: str
    question: str | None
    picks: list[PickOut]
    total: MoneyOut | None
    plan: dict[str, Any] | None
    brief: dict[str, Any]
    usage: UsageOut
    elapsed_ms: float
    warnings: list[str]
    feedback: FeedbackApplied


class FeedbackOut(BaseModel):
    """A reaction that counts from now on, and how to take it back."""

    product_id: str
    title: str
    reaction: Literal["like", "dislike"]
    effect: str
    undo: str = Field(examples=["DELETE /v1/feedback/jazz-print"])


class FeedbackList(BaseModel):
    """All reactions that count."""

    feedback: list[FeedbackOut]


class ProductOut(BaseModel):
    """A product as the catalogue has it; what is not known is left out."""

    model_config = ConfigDict(extra="allow")

    product_id: str
    title: str
    price: MoneyOut


class MemoryOut(BaseModel):
    """Everything that is remembered of the shopper."""

    people: list[dict[str, Any]]
    memories: list[dict[str, Any]]
    paused: bool
    may_message: bool


class Erased(BaseModel):
    """How many people and records were erased."""

    erased: int


class MessageOut(BaseModel):
    """A message that was prepared unasked. Answer it in its conversation: "I'll take the first"."""

    model_config = ConfigDict(extra="allow")

    message_id: str
    kind: Literal["occasion", "price_drop", "back_in_stock", "context"]
    created: str = Field(json_schema_extra={"format": "date-time"})
    about: dict[str, Any]
    text: str
    conversation_id: str
    picks: list[PickOut]


class InboxOut(BaseModel):
    """The messages, the newest first."""

    messages: list[MessageOut]


class MessagesDeleted(BaseModel):
    """How many messages were deleted."""

    deleted: int


class Problem(BaseModel):
    """Why a request was refused, in a sentence."""

    detail: str


class InvalidField(BaseModel):
    """What is wrong with one field."""

    loc: list[str | int]
    msg: str
    type: str


class Invalid(BaseModel):
    """What is wrong with a request."""

    detail: list[InvalidField]
