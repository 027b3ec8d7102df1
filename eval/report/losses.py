"""Where shoppers are lost: the one reason for which a conversation that failed ended as it did."""

from __future__ import annotations

from eval.metrics.goal_satisfaction import Find
from eval.simulation.dialogue import Dialogue
from eval.simulation.goal import affordable, judge

REASONS = (
    "an error",
    "told that nothing fits",
    "not understood",
    "asked to the end",
    "invented products",
    "against a rule or the budget",
    "other things than the party needs",
    "not to their taste",
)


def reason(dialogue: Dialogue, find: Find) -> str | None:
    """One of `REASONS`; None for a shopper who was served."""
    if dialogue.succeeded:
        return None
    last = dialogue.exchanges[-1].reply
    if last.status == "error":
        return "an error"
    if not last.shown:
        return {"infeasible": "told that nothing fits", "asked": "asked to the end"}.get(last.status, "not understood")
    persona = dialogue.persona
    found = [(one, product) for one in last.shown if (product := find(one.product_id or ""))]
    if not found:
        return "invented products"
    if persona.is_party and {product.need for _, product in found} != set(persona.needs):
        return "other things than the party needs"
    judged = [judge(persona, product) for _, product in found]
    if persona.is_party:
        kept = affordable(persona, sum(p.price.amount * one.quantity for one, p in found))  # type: ignore[arg-type]
        kept = kept and all(one.age and one.rules for one in judged)
    else:
        kept = any(one.admissible for one in judged)
    return "not to their taste" if kept else "against a rule or the budget"
