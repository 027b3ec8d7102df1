"""Two reports side by side: what got better or worse beyond noise."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tools.errors import UsageError

Z_95 = 1.96
NEEDED = ("strategy", "success", "ci_low", "ci_high")
COSTS = ("llm_calls", "tokens")
COST_CHANGE = 0.05
"""Costs have no interval in the ladder; a change of more than this share is marked, and decides nothing."""


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
    """
    ours = {row["strategy"]: row for row in a["ladder"]}
    theirs = {row["strategy"]: row for row in b["ladder"]}
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
    ladder = report.get("ladder") if isinstance(report, dict) else None
    if not isinstance(ladder, list) or not all(isinstance(row, dict) and set(NEEDED) <= set(row) for row in ladder):
        raise UsageError(
            f"{file} has no ladder with {', '.join(NEEDED)}; give the report.json that `make report` writes"
        )
    return report


def differently_made(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[str]:
    """What the two reports were not made alike in, as far as they say."""
    one, other = a.get("made_under") or {}, b.get("made_under") or {}
    return [f"{key}: {one[key]} against {other[key]}" for key in one if key in other and one[key] != other[key]]


def _success(row: Mapping[str, Any] | None) -> float | None:
    return None if row is None else row["success"]


def _verdict(one: Mapping[str, Any], other: Mapping[str, Any]) -> Literal["better", "worse", "same"]:
    errors = [(row["ci_high"] - row["ci_low"]) / (2 * Z_95) for row in (one, other)]
    difference = one["success"] - other["success"]
    if abs(difference) <= Z_95 * math.hypot(*errors):
        return "same"
    return "better" if difference > 0 else "worse"


def _dearer(one: float, other: float) -> Literal["better", "worse", "same"]:
    if abs(one - other) <= COST_CHANGE * abs(other):
        return "same"
    return "worse" if one > other else "better"
