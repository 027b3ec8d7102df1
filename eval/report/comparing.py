"""Two reports side by side: what got better or worse beyond noise."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from tools.errors import UsageError

Z_95 = 1.96
COSTS = ("llm_calls", "tokens")
COST_CHANGE = 0.05
"""Costs have no interval in the ladder; a change of more than this share is marked, and decides nothing."""


class Row(BaseModel):
    """What is read of a ladder's row: shares with their 95% interval, and costs a shopper where they are told."""

    strategy: str
    success: float = Field(ge=0, le=1)
    ci_low: float = Field(ge=0, le=1)
    ci_high: float = Field(ge=0, le=1)
    shoppers: int | None = Field(default=None, ge=1)
    llm_calls: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    tokens: float | None = Field(default=None, ge=0, allow_inf_nan=False)


LADDER = TypeAdapter(Annotated[list[Row], Field(min_length=1)])


@dataclass(frozen=True)
class Change:
    """One figure of one strategy in A, against B."""

    strategy: str
    figure: str
    a: float | None
    b: float | None
    verdict: Literal["better", "worse", "same", "missing in A", "new in A"]


def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[Change]:
    """Success and costs of all strategies of A and B.

    A success differs beyond noise when the difference of the means exceeds 1.96 standard errors of the difference, each
    standard error taken from the report's 95% interval (the two-sample z-test, for independent runs).
    Raises UsageError where no strategy is in both.
    """
    ours = {row["strategy"]: row for row in a["ladder"]}
    theirs = {row["strategy"]: row for row in b["ladder"]}
    if not ours.keys() & theirs.keys():
        raise UsageError(f"No strategy is in both reports: {', '.join(ours)} against {', '.join(theirs)}")
    changes: list[Change] = []
    for name in dict.fromkeys([*theirs, *ours]):
        one, other = ours.get(name), theirs.get(name)
        if one is None or other is None:
            verdict = "missing in A" if one is None else "new in A"
            changes.append(Change(name, "success", _success(one), _success(other), verdict))
            continue
        changes.append(Change(name, "success", one["success"], other["success"], _verdict(one, other)))
        changes += [Change(name, cost, one[cost], other[cost], _dearer(one[cost], other[cost])) for cost in COSTS
                    if cost in one and cost in other]  # fmt: skip
    return changes


def got_worse(changes: list[Change]) -> bool:
    """Whether any strategy serves fewer shoppers beyond noise."""
    return any(change.figure == "success" and change.verdict == "worse" for change in changes)


def load(file: Path) -> dict[str, Any]:
    """A report.json. Raises UsageError where it is none."""
    try:
        report = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}); make one with: make report OUT=FOLDER") from error
    except ValueError as error:
        raise UsageError(f"{file} is no JSON ({error}); give the report.json that `make report` writes") from error
    try:
        ladder = LADDER.validate_python(report.get("ladder") if isinstance(report, dict) else None)
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"])
        raise UsageError(
            f"{file}: ladder{where}: {first['msg']}; give the report.json that `make report` writes"
        ) from error
    twice = [name for name, count in Counter(row.strategy for row in ladder).items() if count > 1]
    if twice:
        raise UsageError(f"{file}: the ladder of a report has each strategy once, this one has {twice[0]} more often")
    return report | {"ladder": [row.model_dump(exclude_none=True) for row in ladder]}


def differently_made(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[str]:
    """What the two reports were not made alike in, as far as they say."""
    one, other = (made if isinstance(made := of.get("made_under"), dict) else {} for of in (a, b))
    return [f"{key}: {one[key]} against {other[key]}" for key in one if key in other and one[key] != other[key]]


def _success(row: Mapping[str, Any] | None) -> float | None:
    return None if row is None else row["success"]


def _verdict(one: Mapping[str, Any], other: Mapping[str, Any]) -> Literal["better", "worse", "same"]:
    difference = one["success"] - other["success"]
    if abs(difference) <= Z_95 * math.hypot(_standard_error(one), _standard_error(other)):
        return "same"
    return "better" if difference > 0 else "worse"


def _standard_error(row: Mapping[str, Any]) -> float:
    """Where all or none were served a bootstrap has no width; two more of each then stand for what was not seen
    (Agresti and Coull, 1998), so that four shoppers of four are no certainty."""
    if row["success"] in (0, 1) and "shoppers" in row:
        count = row["shoppers"] + 4
        share = (row["success"] * row["shoppers"] + 2) / count
        return math.sqrt(share * (1 - share) / count)
    return (row["ci_high"] - row["ci_low"]) / (2 * Z_95)


def _dearer(one: float, other: float) -> Literal["better", "worse", "same"]:
    if abs(one - other) <= COST_CHANGE * abs(other):
        return "same"
    return "worse" if one > other else "better"
