"""Stories played, as shares with intervals, and the failures by topic."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eval.memory.checks import AIMS, Check
from eval.memory.play import StoryPlayed

ROUNDS = 2000
LEVEL = 0.95


@dataclass(frozen=True)
class Score:
    """How often what a measure looks at was so: ``happened`` of ``looked``, with the interval of the share."""

    measure: str
    happened: int
    looked: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.happened / self.looked if self.looked else 0.0

    @property
    def reached(self) -> bool:
        """Whether the aim is reached."""
        aim = AIMS[self.measure]
        return self.share <= aim if aim == 0 else self.share >= aim


def score(played: Sequence[StoryPlayed], measure: str, *, seed: int = 7) -> Score:
    """The share over all stories.

    The interval is the percentile bootstrap of the ratio, drawn by story, since the checks of one story hang together
    (cluster bootstrap; Field and Welsh, 2007). Where all stories agree, a bootstrap knows no interval; then the far end
    is the rule of three over the stories (Hanley and Lippman-Hand, 1983), 3/n.
    """
    counts = [(sum(c.happened for c in found), len(found)) for p in played if (found := _of(p, measure))]
    happened, looked = sum(h for h, _ in counts), sum(n for _, n in counts)
    if happened in (0, looked):
        far = min(1.0, 3 / len(counts)) if counts else 1.0
        return Score(measure, happened, looked, *((0.0, far) if happened == 0 else (1 - far, 1.0)))
    chance = random.Random(seed)
    drawn = (chance.choices(counts, k=len(counts)) for _ in range(ROUNDS))
    shares = sorted(sum(h for h, _ in some) / sum(n for _, n in some) for some in drawn)
    tail = (1 - LEVEL) / 2
    return Score(measure, happened, looked, shares[int(tail * ROUNDS)], shares[int((1 - tail) * ROUNDS) - 1])


def failures_by_topic(played: Sequence[StoryPlayed]) -> dict[str, Counter[str]]:
    """How many checks of each measure failed, by topic."""
    counted: dict[str, Counter[str]] = {}
    for story in played:
        for check in story.checks:
            if check.failed:
                counted.setdefault(story.story.topic, Counter())[check.measure] += 1
    return counted


@dataclass(frozen=True)
class Cost:
    """What a turn costs: the median and the 95th percentile in ms, and per turn what went to the store and back."""

    p50_ms: float
    p95_ms: float
    store_ms: float
    reads: float
    writes: float
    records_read: float
    records_written: float


def cost(played: Sequence[StoryPlayed]) -> Cost:
    """Over all turns."""
    turns = [turn for story in played for turn in story.turns]
    took = [float(turn.account["elapsed_ms"]) for turn in turns]

    def mean(name: str) -> float:
        return statistics.fmean(getattr(turn.traffic, name) for turn in turns)

    return Cost(
        p50_ms=statistics.median(took),
        p95_ms=statistics.quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0],
        store_ms=statistics.fmean(sum(turn.traffic.ms) for turn in turns),
        reads=mean("reads"),
        writes=mean("writes"),
        records_read=mean("records_read"),
        records_written=mean("records_written"),
    )


def _of(played: StoryPlayed, measure: str) -> list[Check]:
    return [check for check in played.checks if check.measure == measure]
