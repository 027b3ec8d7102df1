"""What a question is worth: by how much its answer is expected to better the best pick on the table.

A shopper takes one pick, so a shortlist is worth what its best pick is worth to them (the expected utility of selection
of Viappiani and Boutilier, "Optimal Bayesian Recommendation Sets and Myopically Optimal Choice Query Sets", NIPS 2010).
The answer lets the shortlist be chosen anew; the gain, averaged over the answers, is the expected value of information
(Raiffa and Schlaifer, 1961; for preference elicitation Chajewska, Koller and Parr, AAAI 2000), in points of the ranking
formula. What it costs to be asked is set against it, and grows with each question:

    ask the slot of the highest   value - COST × (1 + questions asked),   as long as that is above 0
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel

from tools.asking.answers import Answers
from tools.brief import Slot

COST = 0.4
"""Score points that the first question costs: about what a rating of 4.9 instead of 2.4 is worth. Chosen, see
``eval/README.md``."""


class Worth(BaseModel):
    """One question considered, with its value in score points and the number of answers that were told apart."""

    slot: Slot
    value: float
    answers: int


class Considered(BaseModel):
    """Why a question was asked, or none: for the trace. ``choices`` are answers with the candidates each suits."""

    asked: Slot | None = None
    cost: float
    candidates: int
    questions: list[Worth] = []
    choices: dict[str, int] = {}

    def dump(self) -> dict[str, Any]:
        """As JSON, small: it is kept with the turn."""
        return self.model_dump(mode="json", exclude_defaults=True)


def value_of(answers: Answers, shown: Sequence[int]) -> float:
    """The expected gain of asking; ``shown`` are the places of the picks among the candidates, none before picks."""
    best = answers.worth.max(axis=1)
    now = answers.worth[:, list(shown)].max(axis=1) if shown else 0.0 * best
    return float(answers.weights @ (best - now))


def cost_of(asked: int) -> float:
    """What one more question costs after so many."""
    return COST * (1 + asked)


def best_question(
    considered: Iterable[tuple[Answers, Sequence[int]]], asked: int, candidates: int
) -> tuple[Slot | None, Considered]:
    """The slot most worth asking for, or None; and the account of it."""
    valued = [(value_of(answers, shown), answers) for answers, shown in considered]
    valued.sort(key=lambda item: -item[0])
    account = Considered(
        cost=round(cost_of(asked), 2),
        candidates=candidates,
        questions=[Worth(slot=a.slot, value=round(value, 3), answers=len(a.labels)) for value, a in valued],
    )
    if not valued or valued[0][0] <= cost_of(asked):
        return None, account
    answers = valued[0][1]
    account.asked = answers.slot
    account.choices = dict(zip(answers.labels, answers.counts, strict=True))
    return answers.slot, account
