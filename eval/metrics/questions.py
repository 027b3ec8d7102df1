"""Questions asked, and how many of them were redundant: about what the shopper had said already.

The cost of asking as in Qulac and ClariQ (Aliannejadi et al., 2019), with the redundant ones apart.
"""

from __future__ import annotations

from eval.simulation.dialogue import Dialogue
from eval.simulation.shopper import ASKS


def questions(dialogue: Dialogue) -> int:
    """How many replies asked something."""
    return sum(exchange.reply.asked is not None for exchange in dialogue.exchanges)


def redundant_questions(dialogue: Dialogue) -> int:
    """How many asked for a fact that had been told by then."""
    return sum(ASKS.get(exchange.reply.asked or "") in exchange.told for exchange in dialogue.exchanges)
