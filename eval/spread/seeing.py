"""What a shopper sees of an error, judged apart from the code that makes replies: on catalogue, persona and text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, get_args

from eval.metrics.goal_satisfaction import Find
from eval.metrics.rules_broken import broken_rules
from eval.metrics.unsupported_claims import Prices, false_lines
from eval.simulation.dialogue import Exchange
from eval.simulation.persona import Persona
from eval.spread.models import CLAIMS
from eval.strategies.fallible import INVENTED

Seen = Literal["money", "rules", "products"]
KINDS: tuple[Seen, ...] = get_args(Seen)
PROMISES: dict[str, Seen] = {
    CLAIMS["wrong age"].strip(): "rules",
    CLAIMS["dropped allergy"].strip(): "rules",
    CLAIMS["wrong price"].strip(): "money",
}


def seen(persona: Persona, exchange: Exchange, account: Mapping[str, Any], find: Find, prices: Prices) -> set[Seen]:
    """Which kinds of error the shopper sees in this turn: wrong money, a broken rule, a product nobody sells."""
    reply, found = exchange.reply, set[Seen]()
    if any(find(one.product_id or "") is None for one in reply.shown) or INVENTED in reply.text:
        found.add("products")
    if reply.shown:
        found.update(false_lines(reply.text, prices))
    broken = broken_rules(persona, exchange, find)
    if "budget" in broken or not _adds_up(account):
        found.add("money")
    if broken.keys() - {"budget"}:
        found.add("rules")
    found.update(kind for promise, kind in PROMISES.items() if promise in reply.text)
    return found


def _adds_up(account: Mapping[str, Any]) -> bool:
    """Whether a plan's total is what its lines, discounts, shipping and tax come to, and so in the text."""
    plan = account.get("plan") or {}
    if account["status"] != "recommended" or not plan.get("lines"):
        return True
    total = sum(Decimal(line["price"]["amount"]) * line["quantity"] for line in plan["lines"])
    total -= sum((Decimal(one["amount"]["amount"]) for one in plan["discounts"]), Decimal(0))
    total += sum((Decimal(plan[name]["amount"]) for name in ("shipping", "tax") if plan.get(name)), Decimal(0))
    told = re.search(r"\bTotal\b[^\n]*?(\d[\d,]*\.\d{2})", account["reply"])
    in_text = told is None or Decimal(told[1].replace(",", "")) == total
    return in_text and Decimal(account["total"]["amount"]) == total
