"""How much of the hidden goal the best of the last shown picks meets, 0 to 1.

The reward of WebShop (Yao et al., 2022): parts met / parts, here each wish (attribute), the price, the age and the
rules, times whether it is the right kind of thing at all. A party counts the mean over its things.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from statistics import fmean

from eval.simulation.dialogue import Dialogue, Shown
from eval.simulation.goal import affordable, judge
from eval.simulation.persona import Persona
from tools.product import Product

Find = Callable[[str], Product | None]


def goal_satisfaction(dialogue: Dialogue, find: Find) -> float:
    """0 where nothing was shown, or only what the catalogue does not have."""
    persona, shown = dialogue.persona, dialogue.last_shown
    found = [(one, product) for one in shown if (product := find(one.product_id or ""))]
    if not found:
        return 0.0
    if not persona.is_party:
        return max(reward(persona, product) for _, product in found)
    total = sum((product.price.amount * one.quantity for one, product in found), Decimal(0))
    by_kind = {product.need: reward(persona, product, total) for _, product in found}
    return fmean(by_kind.get(kind, 0.0) for kind in persona.needs)


def reward(persona: Persona, product: Product, total: Decimal | None = None) -> float:
    """The reward of one product; ``total`` is what the whole plan costs where it is part of one."""
    judged = judge(persona, product)
    price = judged.price if total is None else affordable(persona, total)
    wishes = len(persona.wishes)
    return judged.kind * (judged.wishes * wishes + price + judged.age + judged.rules) / (wishes + 3)


def shown_ids(shown: tuple[Shown, ...]) -> list[str]:
    """The ids of what was shown; an invented product has none of its own."""
    return [one.product_id or f"invented {place}" for place, one in enumerate(shown)]
