"""What a client saw while something was broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eval.faults.shop import Answer


@dataclass(frozen=True)
class Seen:
    """What the client saw of a fault. ``lost``: messages acknowledged and not kept exactly once."""

    fault: str
    saw: str
    lost: int
    is_as_promised: bool


Fault = Callable[[Path], Seen]


def kind_of(answer: Answer) -> str:
    """The status, and who finished the turn."""
    if answer.status != 200:
        return f"{answer.status}" if answer.status else "no answer"
    warned = " by the stand-in, which says so" if any("could not be used" in w for w in answer.body["warnings"]) else ""
    return f"200 {answer.body['status']}{warned}"


def summary(answers: list[Answer]) -> str:
    """How many of each kind, and the longest."""
    counted = "; ".join(f"{count} x {kind}" for kind, count in Counter(map(kind_of, answers)).items())
    return f"{counted}; longest {max(answer.seconds for answer in answers):.1f} s"
