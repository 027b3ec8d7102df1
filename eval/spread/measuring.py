"""The table of errors that spread: for each agent and corruption, what shoppers saw, what caught it, what it cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product
from statistics import fmean
from typing import Any

from eval.simulation.persona import Persona
from eval.simulation.running import catalog_of
from eval.simulation.workers import ALONE, Workers
from eval.spread.faults import AGENTS, CORRUPTIONS, Agent, Corruption, Fault
from eval.spread.playing import Talk, Turn, play
from eval.spread.seeing import KINDS
from eval.strategies.ladder import Conditions

RATE = 0.5
"""Of an agent's outputs: high, so that few shoppers meet many errors."""

Cell = tuple[Agent, Corruption]
CELLS: tuple[Cell, ...] = tuple(product(AGENTS, CORRUPTIONS))
RATIO_DIGITS = 2
CHILD = 18


def to_be_hit(people: Sequence[Persona], count: int) -> list[Persona]:
    """So many of the people with the most to get wrong: what they refuse, a child's age. Every second of them says
    nothing at first, so that the preference elicitor, too, has something to say that can be spoilt."""

    def at_stake(persona: Persona) -> int:
        return bool(persona.avoid or persona.allergies) + (persona.age_years is not None and persona.age_years < CHILD)

    chosen = sorted(people, key=at_stake, reverse=True)[:count]
    return [one.model_copy(update={"openness": 0.0}) if at % 2 else one for at, one in enumerate(chosen)]


def measure(
    people: Sequence[Persona],
    conditions: Conditions,
    rate: float = RATE,
    workers: Workers = ALONE,
    advance: Callable[[], None] = lambda: None,
) -> list[dict[str, Any]]:
    """A row for each agent and corruption, in a fixed order. ``advance`` is told of each conversation set finished.

    A shopper counts as seeing an error that the same shopper does not see where nothing is spoilt: what the stand-in
    misunderstands by itself is no error that spread.
    """
    played: dict[Cell | None, list[Talk]] = {}
    parts = [(cell, people, conditions, rate) for cell in (None, *CELLS)]
    for (cell, *_), talks in workers.each(_play, parts):
        played[cell] = talks
        advance()
    clean = played[None]
    return [_row(cell, played[cell], clean) for cell in CELLS]


def steps() -> int:
    """How often ``advance`` is told of something."""
    return len(CELLS) + 1


def _play(cell: Cell | None, people: Sequence[Persona], conditions: Conditions, rate: float) -> list[Talk]:
    fault = Fault(*cell, rate, conditions.seed) if cell else None
    return play(people, fault, conditions, catalog_of(conditions))


def _row(cell: Cell, talks: Sequence[Talk], clean: Sequence[Talk]) -> dict[str, Any]:
    spoilt = [turn for talk in talks for turn in talk.turns if turn.spoilt]
    hit = [(talk, before) for talk, before in zip(talks, clean, strict=True) if talk.strikes]
    shown = Counter(kind for talk, before in hit for kind in talk.seen - before.seen)
    plain = [turn for talk in clean for turn in talk.turns]
    return {
        "agent": cell[0],
        "corruption": cell[1],
        "spoilt": sum(talk.strikes for talk in talks),
        "shoppers": len(talks),
        "hit": len(hit),
        "shown": {kind: shown[kind] for kind in KINDS},
        "caught_by": dict(Counter(turn.caught for turn in spoilt).most_common()),
        "served": sum(talk.served for talk in talks),
        "served_clean": sum(talk.served for talk in clean),
        "extra_calls": _difference(spoilt, plain, lambda turn: turn.llm_calls),
        "extra_ms": _difference(spoilt, plain, lambda turn: turn.milliseconds),
    }


def _difference(turns: Sequence[Turn], clean: Sequence[Turn], of: Callable[[Turn], float]) -> float | None:
    """What a spoilt turn has more than one without errors, in the mean; None where none was spoilt."""
    return round(fmean(map(of, turns)) - fmean(map(of, clean)), RATIO_DIGITS) if turns else None
