"""Faults: which agent's output is spoilt, in which way, and how often."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal, get_args

Corruption = Literal["wrong price", "wrong age", "dropped allergy", "invented product", "empty", "late"]
Agent = Literal["coordinator", "preference_elicitor", "gift_finder", "budget_checker", "explainer"]

CORRUPTIONS: tuple[Corruption, ...] = get_args(Corruption)
AGENTS: tuple[Agent, ...] = get_args(Agent)

INVENTED_ID = "invented-by-nobody"
UNHEARD_OF = "9997"
"""An amount that no shopper says and no product costs."""


@dataclass
class Fault:
    """One agent's output spoilt at a rate. `begin` each conversation; the same shopper meets the same errors.

    ``strikes`` counts the outputs that were spoilt. An output with nothing of the kind in it (no allergy to drop) is
    left as it is and does not count.
    """

    agent: Agent
    corruption: Corruption
    rate: float
    seed: int
    strikes: int = 0
    _chance: random.Random = field(default_factory=random.Random)

    def begin(self, shopper_id: str) -> None:
        """Before a conversation."""
        self._chance = random.Random(f"{self.seed}/{self.agent}/{self.corruption}/{shopper_id}")

    def due(self) -> bool:
        """Whether the next output is to be spoilt."""
        return self._chance.random() < self.rate

    def struck(self) -> None:
        """Notes that an output was spoilt."""
        self.strikes += 1
