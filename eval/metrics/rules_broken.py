"""Picks shown against what the shopper had said by then: the age, the budget, what is avoided. One is one too many.

Constraint violations as ShoppingBench (Wang et al., 2025) and tau-bench (Yao et al., 2024) count them: checked on the
product's own data, whatever the reply says. What the shopper had not said yet breaks no rule, nor does what they were
still saying wrongly.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from eval.metrics.goal_satisfaction import Find
from eval.simulation.dialogue import Dialogue, Exchange
from eval.simulation.goal import affordable, judge
from eval.simulation.persona import Persona

RULES = ("age", "budget", "avoid")


def rules_broken(dialogue: Dialogue, find: Find) -> int:
    """How many picks, over the whole conversation, broke a rule that had been said; a plan's total counts once."""
    return sum(broken_rules(dialogue.persona, exchange, find).total() for exchange in dialogue.exchanges)


def broken_rules(persona: Persona, exchange: Exchange, find: Find) -> Counter[str]:
    """How often one turn broke which of `RULES`."""
    said = exchange.told - exchange.misled
    found = [(one, product) for one in exchange.reply.shown if (product := find(one.product_id or ""))]
    judged = [judge(persona, product) for _, product in found]
    if persona.is_party:
        total = sum((p.price.amount * one.quantity for one, p in found), Decimal(0))
        too_dear = int(bool(found) and not affordable(persona, total))
    else:
        too_dear = sum(not one.price for one in judged)
    ages, refused = sum(not one.age for one in judged), sum(not one.rules for one in judged)
    counts = dict(zip(RULES, (ages, too_dear, refused), strict=True))
    return Counter({rule: count for rule, count in counts.items() if rule in said and count})
