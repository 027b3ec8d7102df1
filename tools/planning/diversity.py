"""A shortlist whose picks differ: maximal marginal relevance (Carbonell & Goldstein, 1998) over product attributes."""

from __future__ import annotations

from collections.abc import Sequence

from tools.planning.likeness import is_near_duplicate, likeness
from tools.planning.ranking import Scored
from tools.product import Product

SAME_KIND_PENALTY = 1.6
ASKED_PENALTY = 0.6
"""Of a thing that was asked for by name all picks are of one kind, and may be."""
NEW_WISH_BONUS = 0.9
"""A pick that answers a wish none of the others answers is worth this much more: both gardening and jazz get a pick."""

PRICE_SPREAD = 0.4
"""A pick at twice or half the price of all others is worth half of this more: a shortlist is a choice of prices too."""

TOKEN = 0.3
"""What uses the budget worse than this is no choice of a price: for 100, nobody asks for stickers at 2."""


SAME_OFFER = 0.1
"""Of near-duplicates whose scores differ by no more, the cheapest is chosen: it is one thing at several sellers."""


def diversify(scored: Sequence[Scored], wanted: int, beside: Sequence[Scored] = ()) -> list[Scored]:
    """Chooses ``wanted`` picks, the best first, each next one for its score less its likeness to those chosen.

    Of near-duplicates one is chosen, unless there is nothing else; what only mentions a wish comes after what is made
    for one. ``beside`` are picks that are there already.
    """
    rest = sorted(scored, key=lambda s: (-s.score, s.product.product_id))
    chosen: list[Scored] = [*beside]
    repeats: list[Scored] = []
    while rest and len(chosen) - len(beside) < wanted:
        best = max(rest, key=lambda s: (s.supported, _marginal(s, chosen)))
        best = min((s for s in rest if s is best or _is_better_offer(s, best)), key=lambda s: s.product.price)
        rest.remove(best)
        repeated = any(is_near_duplicate(best.product, pick.product) for pick in chosen)
        (repeats if repeated else chosen).append(best)
    new = chosen[len(beside) :]
    return [*new, *repeats[: wanted - len(new)]]


def _is_better_offer(one: Scored, other: Scored) -> bool:
    """Whether it is the same thing at a lower price, and as good as the other."""
    as_good = one.product.price < other.product.price and other.score - one.score <= SAME_OFFER
    return as_good and is_near_duplicate(one.product, other.product)


def _marginal(candidate: Scored, chosen: Sequence[Scored]) -> float:
    if not chosen:
        return candidate.score
    answered = {m.wish for pick in chosen for m in pick.matches}
    fresh = any(m.wish not in answered and not m.near for m in candidate.matches)
    closest = max(likeness(candidate.product, pick.product) for pick in chosen)
    leaf = candidate.product.category
    same_leaf = bool(leaf) and any(leaf == pick.product.category for pick in chosen)
    asked = bool(candidate.parts.get("sought"))
    penalty = ASKED_PENALTY * closest if asked else SAME_KIND_PENALTY * (closest + 0.5 * same_leaf)
    apart = min(_price_gap(candidate.product, pick.product) for pick in chosen)
    apart *= candidate.parts.get("price", 1.0) >= TOKEN
    return candidate.score + NEW_WISH_BONUS * fresh + PRICE_SPREAD * apart - penalty


def _price_gap(one: Product, other: Product) -> float:
    """0 for the same price, 0.5 for twice or half of it, up to 1."""
    low, high = sorted((one.price.minor, other.price.minor))
    return 1 - low / high if high else 0.0
