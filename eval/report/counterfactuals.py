"""What changes with the person alone: twin requests through our agents, as rows of the report."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import fmean
from typing import Any

from eval.metrics.counterfactual_changes import changed_picks
from eval.metrics.price_steering import price_gap
from eval.report.twins import Pair
from eval.simulation.dialogue import Shown
from eval.simulation.running import strategy_of
from eval.simulation.workers import ALONE, Workers
from eval.strategies.ladder import ERRORLESS, Conditions

AFTERWARDS = "cheaper"
DIGITS = 4


def ask_twins(
    asked: Sequence[Pair],
    conditions: Conditions,
    workers: Workers = ALONE,
    advance: Callable[[int], None] = lambda done: None,
) -> list[dict[str, Any]]:
    """A row for each group of twins: requests, picks of the first twins, how many of them changed, and the price gap.

    Asked are our agents, keyless without the seeded errors, which would fall on one twin and not on the other.
    ``advance`` is told of the conversations just finished.
    """
    groups = [[pair for pair in asked if pair.group == group] for group in dict.fromkeys(pair.group for pair in asked)]
    rows = {}
    for (pairs, _), row in workers.each(_row, [(pairs, conditions) for pairs in groups]):
        rows[row["group"]] = row
        advance(2 * len(pairs))
    return [rows[pairs[0].group] for pairs in groups]


def _row(pairs: Sequence[Pair], conditions: Conditions) -> dict[str, Any]:
    answers = asyncio.run(_answers(pairs, conditions))
    changed = [len(changed_picks(_picks(one), _picks(other))) for one, other in answers]
    gaps = [price_gap(_prices(one), _prices(other)) for one, other in answers]
    known = [gap for gap in gaps if gap is not None]
    picks = sum(max(len(one), len(other)) for one, other in answers)
    return {
        "group": pairs[0].group,
        "requests": len(pairs),
        "picks": picks,
        "changed": sum(changed),
        "changed_requests": sum(map(bool, changed)),
        "share": round(sum(changed) / picks, DIGITS) if picks else 0.0,
        "price_gap": round(fmean(known), DIGITS) if known else None,
    }


async def _answers(pairs: Sequence[Pair], conditions: Conditions) -> list[tuple[list[Shown], list[Shown]]]:
    """What each of two is shown for the request, and then for something cheaper."""
    strategy, _ = strategy_of("multi_agent" if conditions.model else ERRORLESS, conditions)

    async def shown(message: str) -> list[Shown]:
        talk = strategy.open("twin")
        return [one for said in (message, AFTERWARDS) for one in (await talk.say(said)).shown]

    return [(await shown(pair.messages[0]), await shown(pair.messages[1])) for pair in pairs]


def _picks(shown: Sequence[Shown]) -> list[tuple[str | None, int]]:
    return [(one.product_id, one.quantity) for one in shown]


def _prices(shown: Sequence[Shown]) -> list[Decimal]:
    return [one.price for one in shown]
