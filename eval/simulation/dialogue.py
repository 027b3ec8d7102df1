"""What happened between a shopper and a strategy, as records that the metrics read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from eval.simulation.persona import Persona
from tools.product import NeedKind


@dataclass(frozen=True)
class Shown:
    """A product as it was put to the shopper. ``price`` is what was claimed (major units); an invented product has no
    ``product_id`` or one that the catalogue does not know. ``quantity`` counts packs."""

    product_id: str | None
    title: str
    price: Decimal
    need: NeedKind = "gift"
    quantity: int = 1


@dataclass(frozen=True)
class Reply:
    """One reply of a strategy. ``asked`` is the slot a question is about, "other" where that is not known; times are
    in milliseconds, ``model_ms`` of them inside model calls."""

    text: str
    status: str
    shown: tuple[Shown, ...] = ()
    asked: str | None = None
    llm_calls: int = 0
    tokens: int = 0
    milliseconds: float = 0.0
    model_ms: float = 0.0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exchange:
    """A message and its reply. ``told`` are the facts that had been said by then, ``misled`` those said wrongly."""

    message: str
    reply: Reply
    told: frozenset[str]
    misled: frozenset[str] = frozenset()


@dataclass
class Dialogue:
    """One shopper's conversation with one strategy. ``taken`` are the product_ids that the shopper took."""

    strategy: str
    persona: Persona
    exchanges: list[Exchange] = field(default_factory=list)
    outcome: str = ""
    taken: list[str] = field(default_factory=list)

    @property
    def succeeded(self) -> bool:
        """Whether the shopper took something that meets the goal, or was rightly told that nothing does."""
        return self.outcome in ("took", "told that nothing fits")

    @property
    def last_shown(self) -> tuple[Shown, ...]:
        """The last shortlist or plan that was shown."""
        return next((e.reply.shown for e in reversed(self.exchanges) if e.reply.shown), ())
