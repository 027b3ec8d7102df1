"""Which sellers, and which places of the catalogue, are shown, beside what they deserve by relevance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from eval.metrics.goal_satisfaction import shown_ids
from eval.metrics.seller_exposure import distance, exposure, merit
from eval.simulation.dialogue import Dialogue
from tools.product import Product

PARTS = ("first quarter", "second quarter", "third quarter", "last quarter")
"""Of the catalogue in its own order: who stands first in a feed shall gain nothing by it."""
MOST_SELLERS = 8
DIGITS = 4


def exposures(
    dialogues: Mapping[str, Sequence[Dialogue]], products: Sequence[Product], grades: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    """Shares of exposure by seller and by place, for every strategy; ``grades`` are by persona and product.

    Gifts only: a party's plan is no ranking. A catalogue that names fewer than two brands has no ``sellers``.
    """
    gifts = [product for product in products if product.need == "gift"]
    places = {p.product_id: PARTS[len(PARTS) * at // len(gifts)] for at, p in enumerate(gifts)}
    sellers = {p.product_id: p.brand for p in gifts if p.brand}
    found = {"places": _shares(dialogues, places, grades, PARTS)}
    if len(set(sellers.values())) > 1:
        offered = Counter(sellers.values())
        found["sellers"] = of = _shares(dialogues, sellers, grades, None)
        of["products"] = {seller: offered[seller] for seller in of["deserved"]}
    return found


def _shares(
    dialogues: Mapping[str, Sequence[Dialogue]],
    group_of: Mapping[str, str],
    grades: Mapping[str, Mapping[str, int]],
    groups: Sequence[str] | None,
) -> dict[str, Any]:
    """Of all groups the distance, and the shares of ``groups``, or of those that deserve the most."""
    people = [d.persona for d in next(iter(dialogues.values())) if not d.persona.is_party]
    deserved = merit([grades[persona.persona_id] for persona in people], group_of)
    kept = groups or sorted(deserved, key=lambda group: (-deserved[group], group))[:MOST_SELLERS]
    found: dict[str, Any] = {"deserved": _of(deserved, kept), "distance": {}, "exposure": {}}
    for name, talks in dialogues.items():
        lists = [shown_ids(e.reply.shown) for d in talks if not d.persona.is_party for e in d.exchanges]
        got = exposure(lists, group_of)
        found["distance"][name] = round(distance(got, deserved), DIGITS)
        found["exposure"][name] = _of(got, kept)
    return found


def _of(shares: Mapping[str, float], kept: Sequence[str]) -> dict[str, float]:
    return {group: round(shares.get(group, 0.0), DIGITS) for group in kept}
