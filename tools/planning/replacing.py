"""A shortlist of which some picks give way: the others keep their places, and the gaps are filled."""

from __future__ import annotations

from collections.abc import Sequence

from tools.money import Money
from tools.planning.diversity import diversify
from tools.planning.ranking import Scored
from tools.request import Replacing

NOTHING_ELSE = "left to take its place"
"""What the reply says that nothing is, where a gap stays open."""


def with_replaced(
    replacing: Replacing, found: Sequence[Scored], fitting: Sequence[Scored], currency: str
) -> tuple[list[Scored], list[str]]:
    """The picks in their places, and what of the demand nothing could meet.

    ``found`` is all that keeps the rules and so may stay, ``fitting`` what may come. A pick that breaks a rule said
    since gives way, too; a gap that nothing fills closes.
    """
    stays = {s.product.product_id: s for s in found if s.product.product_id in replacing.places}
    gaps = sum(place not in stays for place in replacing.places)
    others = [s for s in fitting if s.product.product_id not in stays]
    priced = [s for s in others if _is_within(s, replacing, currency)]
    new = diversify(priced, gaps, beside=list(stays.values()))
    coming = iter(new)
    picks = [stays.get(place) or next(coming, None) for place in replacing.places]
    unmet = [_bound_in_words(replacing, currency) if others else NOTHING_ELSE] if len(new) < gaps else []
    return [pick for pick in picks if pick], unmet


def _is_within(scored: Scored, replacing: Replacing, currency: str) -> bool:
    price = scored.product.price.minor
    over, under = (None if end is None else Money.of(end, currency).minor for end in (replacing.over, replacing.under))
    return (over is None or price > over) and (under is None or price < under)


def _bound_in_words(replacing: Replacing, currency: str) -> str:
    if replacing.under is not None:
        return f"below {Money.of(replacing.under, currency)}"
    return NOTHING_ELSE if replacing.over is None else f"above {Money.of(replacing.over, currency)}"
