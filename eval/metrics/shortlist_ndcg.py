"""nDCG of the last shortlist against the hidden goal (Järvelin and Kekäläinen, 2002), 0 to 1.

The gain of a product is its grade for the persona: 0 where it must not be given or meets no wish, else 1 to 3 by the
share of the wishes that it meets. The ideal list is made of the whole catalogue. Parties show a plan, not a ranking.
"""

from __future__ import annotations

from collections.abc import Iterable

from eval.metrics.goal_satisfaction import shown_ids
from eval.ranking_metrics import ndcg
from eval.simulation.dialogue import Dialogue
from eval.simulation.goal import grade, labels, words
from eval.simulation.persona import Persona
from tools.product import Product

DEPTH = 3


def shortlist_ndcg(dialogue: Dialogue, grades: dict[str, int]) -> float | None:
    """None for a party; 0 where nothing was shown."""
    if dialogue.persona.is_party:
        return None
    return ndcg(shown_ids(dialogue.last_shown), grades, DEPTH)


class Grader:
    """Grades a catalogue for many personas; only products that bear a word of a wish are looked at."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._products = list(products)
        self._bearing: dict[str, set[int]] = {}
        for place, product in enumerate(self._products):
            for word in set(words(labels(product))):
                self._bearing.setdefault(word, set()).add(place)

    def grades(self, persona: Persona) -> dict[str, int]:
        """The grade of every product that has one above 0, by id."""
        places: set[int] = set()
        for wish in persona.wishes:
            bearing = [self._bearing.get(word, set()) for word in words(wish)]
            places |= set.intersection(*bearing) if bearing else set()
        graded = ((self._products[i].product_id, grade(persona, self._products[i])) for i in sorted(places))
        return {product_id: value for product_id, value in graded if value}
