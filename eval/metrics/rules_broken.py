"""Picks shown against what the shopper had said by then: the age, the budget, what is avoided. One is one too many.

Constraint violations as ShoppingBench (Wang et al., 2025) and tau-bench (Yao et al., 2024) count them: checked on the
product's own data, whatever the reply says. What the shopper had not said yet breaks no rule, nor does what they were
still saying wrongly.
"""

from __future__ import annotations

from decimal import Decimal

from eval.metrics.goal_satisfaction import Find
from eval.simulation.dialogue import Dialogue, Exchange
from eval.simulation.goal import affordable, judge
from eval.simulation.persona import Persona

RULES = ("age", "budget", "avoid")


def rules_broken(dialogue: Dialogue, find: Find) -> int:
    """How many picks, over the whole conversation, broke a rule that had been said; a plan's total counts once."""
    return sum(_broken(dialogue.persona, exchange, find) for exchange in dialogue.exchanges)


def _broken(persona: Persona, exchange: Exchange, find: Find) -> int:
    said = exchange.told - exchange.misled
    found = [(one, product) for one in exchange.reply.shown if (product := find(one.product_id or ""))]
    broken = 0
    for _, product in found:
        judged = judge(persona, product)
        too_dear = "budget" in said and not persona.is_party and not judged.price
        broken += too_dear or ("age" in said and not judged.age) or ("avoid" in said and not judged.rules)
    if persona.is_party and found and "budget" in said:
        broken += not affordable(persona, sum((p.price.amount * one.quantity for one, p in found), Decimal(0)))
    return broken
