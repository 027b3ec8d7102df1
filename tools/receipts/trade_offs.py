"""What speaks against the first pick: the trade-off with the next one, what would change the choice, what is uncertain.

All of it is worked out from prices, ratings and their counts; the verifier works the comparisons out again. Which of
several wordings is used follows from the picks, so that a reply asked for twice is the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from tools.receipts.evidence import Evidence, PickEvidence

PLACES = ("first", "second", "third", "fourth", "fifth")
FEW = 20
"""Below so many ratings an average says little."""
MOST = 2
"""Sentences that a shopper reads after a shortlist."""


def considerations(evidence: Evidence) -> str:
    """At most two sentences after a shortlist; "" where the first pick has nothing against it."""
    picks = evidence.picks[: len(PLACES)]
    if evidence.brief.is_plan or len(picks) < 2:
        return ""
    said = [uncertainty(picks), runner_up(picks), what_would_change(picks)]
    return " ".join([sentence for sentence in said if sentence][:MOST])


def runner_up(picks: Sequence[PickEvidence]) -> str:
    """How the first compares with the second, where each has something for it."""
    first, second = picks[0], picks[1]
    dearer, better = first.cost.amount - second.cost.amount, (first.product.rating or 0) - (second.product.rating or 0)
    if not (first.product.rating and second.product.rating) or dearer * (1 if better > 0 else -1) <= 0 or not better:
        return ""
    if dearer > 0:
        return _one_of(
            picks,
            "The first costs more than the second, and is rated higher than it.",
            "The second is cheaper than the first, but rated lower than it.",
            "The first is rated higher than the second; the second is cheaper than the first.",
        )
    return _one_of(
        picks,
        "The second is rated higher than the first, and costs more than it.",
        "The first is cheaper than the second, but rated lower than it.",
        "For the second you pay more than for the first, but it is rated higher than the first.",
    )


def what_would_change(picks: Sequence[PickEvidence]) -> str:
    """Which pick to take for the price, or for the ratings, where that is not the first and is one alone."""
    if (cheapest := _alone(picks, [float(-pick.cost.amount) for pick in picks])) > 0:
        place = PLACES[cheapest]
        return _one_of(
            picks,
            f"If price matters most, take the {place}, the cheapest.",
            f"The cheapest is the {place}, should price decide.",
            f"To spend the least, choose the {place}: it is the cheapest.",
        )
    best = _alone(picks, [pick.product.rating or 0 for pick in picks])
    if best > 0 and (picks[best].product.rating_count or 0) >= FEW:
        place = PLACES[best]
        return _one_of(
            picks,
            f"If ratings matter most, take the {place}, the best rated.",
            f"The best rated is the {place}, should the opinion of others decide.",
        )
    return ""


def uncertainty(picks: Sequence[PickEvidence]) -> str:
    """The pick whose rating says the least, where it says little."""
    for place, pick in zip(PLACES, picks, strict=False):
        count = pick.product.rating_count
        if pick.product.rating is not None and count is not None and 1 < count < FEW:
            return _one_of(
                picks,
                f"Only {count} shoppers have rated the {place}, so take its rating with care.",
                f"The rating of the {place} comes from {count} shoppers only, so it may still change.",
            )
    unrated = [PLACES[at] for at, pick in enumerate(picks) if pick.product.rating is None]
    if len(unrated) == 1:
        return f"Nobody has rated the {unrated[0]} yet."
    return ""


def _alone(picks: Sequence[PickEvidence], values: Sequence[float]) -> int:
    """The place of the greatest value; -1 where several share it or one is unknown."""
    most = max(values)
    return values.index(most) if values.count(most) == 1 and all(values) else -1


def _one_of(picks: Sequence[PickEvidence], *wordings: str) -> str:
    seed = "|".join(pick.product.product_id for pick in picks)
    return wordings[zlib.crc32(seed.encode()) % len(wordings)]
