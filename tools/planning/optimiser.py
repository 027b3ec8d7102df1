"""The exact plan: one product a need, the total within the bounds, the best sum of scores, proven by CP-SAT.

Objective, all integers: maximise Σ round(1000 · score of the pick). Costs are minor units, so no cent is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.planning.bounds import Bounds
from tools.planning.ranking import Scored
from tools.product import NeedKind

SCALE = 1000
TIME_LIMIT_S = 2.0


@dataclass(frozen=True)
class Option:
    """A candidate for a need with what it would cost there, in minor units."""

    scored: Scored
    cost: int


def best_plan(options: Mapping[NeedKind, Sequence[Option]], bounds: Bounds) -> dict[NeedKind, Option] | None:
    """The best plan, or None when no combination keeps the bounds. A need without options makes it None."""
    if not options or not all(options.values()):
        return None
    if bounds.low == 0 and bounds.high is None:
        return {need: max(choices, key=lambda o: o.scored.score) for need, choices in options.items()}
    # Imported here: a shortlist never needs the solver, and it takes a quarter of a second to load.
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = {need: [model.new_bool_var(f"{need}{i}") for i in range(len(o))] for need, o in options.items()}
    for variables in chosen.values():
        model.add_exactly_one(variables)
    total = sum(o.cost * x for need in options for o, x in zip(options[need], chosen[need], strict=True))
    high = bounds.high if bounds.high is not None else sum(max(o.cost for o in c) for c in options.values())
    model.add(total >= bounds.low)
    model.add(total <= high)
    model.maximize(
        sum(
            round(SCALE * o.scored.score) * x
            for need in options
            for o, x in zip(options[need], chosen[need], strict=True)
        )
    )
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = TIME_LIMIT_S
    solver.parameters.num_workers = 1  # one thread: the same plan every time
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return {
        need: next(o for o, x in zip(options[need], chosen[need], strict=True) if solver.boolean_value(x))
        for need in options
    }
