"""What a shop's events say of its products: what comes next, what goes together, what is popular.

Next items are item-to-item transitions, in the family of session kNN with position decay (Ludewig and Jannach, 2018;
STAN: Garg et al., 2019), with titles as a second witness where events are few, and a sense of direction: what shoppers
meet early on (an old console's games) is damped after what they meet late. The constants were chosen on the Amazon
games histories (`eval/benchmarks/interactions.py`): on the last known item of 4,000 shoppers who are not scored there,
with an eye on the development users.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tools.catalog.interactions.log import KIND_CODES, EventLog, Histories, histories
from tools.catalog.interactions.sparse import Rows
from tools.catalog.interactions.titles import alike_titles

LONGEST_HISTORY = 50
"""Of one shopper the latest products count; it also bounds what a robot can do."""

KIND_WEIGHTS = {"view": 0.3, "cart": 0.6, "buy": 1.0}
"""What an event counts. By common sense: the data the other constants come from has purchases only."""

DISTANCE_POWER = 0.25
"""Two products ``d`` steps apart in a history are worth d ** -0.25."""

BACKWARD = 0.6
"""What "b was met before a" is worth for b after a. 1 would not mind the order, 0 would forget half of what is seen."""

LENGTH_POWER = 0.5
"""A pair out of a long history says less: it is divided by log(1 + length) to this power."""

FROM_POWER, TO_POWER = 0.5, 0.15
"""A pair is divided by how often the product is met, to these powers: of the product one comes from, and goes to."""

RECENCY = 0.8
"""Each step back in the shopper's history counts this much of the step after it."""

TITLE_WEIGHT = 0.1
"""A title cosine of 1 counts as much as this weight of transitions."""

MOST_TITLES = 30_000
"""Titles are compared of the products met most: each with each, which takes about a minute for so many."""

EARLIER_DAMPING, LATENESS_ROUNDS, LATENESS_PRIOR = 2.25, 3, 5
"""How fast a product fades the earlier it is met than the last one; rounds and prior of the estimate of when."""

HALF_LIFE_DAYS = 90.0
"""After this time an event counts half for popularity."""

PAIR_PRIOR = 3.0
"""Products seen together once or twice are not yet a habit: added to both counts of "bought with"."""

Ranked = list[tuple[str, float]]
"""Product ids with a score above 0, best first. Scores compare within one list only."""


@dataclass(frozen=True, slots=False, eq=False)
class Behaviour:
    """A fitted model. ``after`` leads from a product to what comes next, ``together`` to what is bought as well."""

    item_ids: tuple[str, ...]
    after: Rows
    together: Rows
    popularity: np.ndarray
    lateness: np.ndarray

    @cached_property
    def _places(self) -> dict[str, int]:
        return {item: at for at, item in enumerate(self.item_ids)}

    @cached_property
    def _last_resort(self) -> np.ndarray:
        """Popularity, so small that it decides only among products of which nothing else is known."""
        return 1e-6 * self.popularity / max(self.popularity.max(initial=0), 1e-9)

    def next_items(self, history: Sequence[str], limit: int = 10) -> Ranked:
        """What a shopper with this history (oldest first) is likely to want next, without what is in it.

        Ids that are not known are passed over; with no known one it is what is popular.
        """
        known = [at for item in history if (at := self._places.get(item)) is not None]
        recent = np.array(known[::-1][:LONGEST_HISTORY], np.int64)
        scores = self.after.weighted_sum(recent, RECENCY ** np.arange(len(recent)), len(self.item_ids))
        if len(recent):
            scores *= np.exp(-EARLIER_DAMPING * np.maximum(self.lateness[recent[0]] - self.lateness, 0))
        scores += self._last_resort
        scores[known] = 0
        return self._best(scores, limit)

    def popular(self, limit: int = 10) -> Ranked:
        """What is met most, late events counting more."""
        return self._best(self.popularity, limit)

    def bought_with(self, product_id: str, limit: int = 10) -> Ranked:
        """What the buyers of this product bought as well, by a cosine in (0, 1); nothing for an unknown one."""
        at = self._places.get(product_id)
        if at is None:
            return []
        columns, values = self.together.row(at)
        best = np.lexsort((columns, -values))[: max(limit, 0)]
        return [(self.item_ids[columns[i]], float(values[i])) for i in best]

    def _best(self, scores: np.ndarray, limit: int) -> Ranked:
        limit = min(max(limit, 0), len(scores))
        if limit == 0:
            return []
        # A cut at the limit-th score keeps all of its equals, so that ties fall the same way on every machine.
        enough = np.partition(scores, -limit)[-limit]
        places = np.flatnonzero((scores >= enough) & (scores > 0))
        best = places[np.lexsort((places, -scores[places]))][:limit]
        return [(self.item_ids[at], float(scores[at])) for at in best]


def fit(log: EventLog, titles: Mapping[str, str] | None = None) -> Behaviour:
    """The model of a log. ``titles`` by product id are optional; products of theirs without events are let in, too."""
    titles = titles or {}
    items = tuple(dict.fromkeys([*log.item_ids, *titles]))
    met = histories(log, LONGEST_HISTORY)
    return Behaviour(
        items,
        _after(met, [titles.get(item, "") for item in items]),
        _together(met, len(items)),
        _popularity(log, items),
        _lateness(met, len(items)),
    )


def _after(met: Histories, titles: list[str]) -> Rows:
    size = len(titles)
    pairs = [_pairs(met, distance) for distance in range(1, int(met.length.max(initial=1)))]
    first, second = (np.concatenate([*(p[i] for p in pairs), np.zeros(0, np.int64)]) for i in (0, 1))
    weights = np.concatenate([*(p[2] for p in pairs), np.zeros(0)])
    seen = np.bincount(met.items, minlength=size) + 1.0
    rows, columns = np.concatenate([first, second]), np.concatenate([second, first])
    moves = np.concatenate([weights, BACKWARD * weights]) / (seen[rows] ** FROM_POWER * seen[columns] ** TO_POWER)
    titled = np.array([at for at in np.argsort(-seen, kind="stable") if titles[at]][:MOST_TITLES], np.int64)
    alike = alike_titles([titles[at] for at in titled])
    return Rows.summed(
        np.concatenate([rows, titled[alike.row_of]]),
        np.concatenate([columns, titled[alike.columns]]),
        np.concatenate([moves, TITLE_WEIGHT * alike.values]),
        size,
    )


def _pairs(met: Histories, distance: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Products this many steps apart, the earlier ones and the later ones, and what each pair is worth."""
    starts = np.flatnonzero(met.position + distance < met.length)
    ends = starts + distance
    kind = _kind_weights()[met.kinds]
    worth = kind[starts] * kind[ends] * distance**-DISTANCE_POWER / np.log1p(met.length[starts]) ** LENGTH_POWER
    return met.items[starts], met.items[ends], worth


def _together(met: Histories, size: int) -> Rows:
    """The cosine of the sets of buyers of two products, on counts that begin at a prior."""
    bought = met.kinds == KIND_CODES["buy"]
    users, items = met.users[bought], met.items[bought]
    starts, ends = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for distance in range(1, LONGEST_HISTORY):
        same = np.flatnonzero(users[distance:] == users[:-distance])
        if not len(same):
            break
        starts += [items[same], items[same + distance]]
        ends += [items[same + distance], items[same]]
    pairs = Rows.summed(np.concatenate(starts), np.concatenate(ends), np.ones(sum(map(len, starts))), size)
    buyers = np.bincount(items, minlength=size) + PAIR_PRIOR
    return Rows(pairs.starts, pairs.columns, pairs.values / np.sqrt(buyers[pairs.row_of] * buyers[pairs.columns]))


def _popularity(log: EventLog, items: tuple[str, ...]) -> np.ndarray:
    """The weights of each product's events, halved every half-life before the latest event of the log."""
    if not len(log):
        return np.zeros(len(items))
    timed = ~np.isnan(log.seconds)
    latest = log.seconds[timed].max() if timed.any() else 0.0
    age_days = np.where(timed, latest - log.seconds, 0.0) / 86_400
    return np.bincount(log.items, _kind_weights()[log.kinds] * 0.5 ** (age_days / HALF_LIFE_DAYS), len(items))


def _lateness(met: Histories, size: int) -> np.ndarray:
    """How late in a shopper's life a product is met; about -0.5 to 0.5, 0 for an unknown one.

    A place within one history says little, as histories begin at different times; so each round takes in how late
    the rest of the history is.
    """
    if not len(met.items):
        return np.zeros(size)
    place = met.position / np.maximum(met.length - 1, 1) - np.where(met.length > 1, 0.5, 0.0)
    times = np.bincount(met.items, minlength=size) + LATENESS_PRIOR
    lengths = np.maximum(np.bincount(met.users), 1)
    lateness = np.zeros(size)
    for _ in range(LATENESS_ROUNDS):
        shopper = np.bincount(met.users, lateness[met.items]) / lengths
        lateness = np.bincount(met.items, shopper[met.users] + place, size) / times
    return lateness


def _kind_weights() -> np.ndarray:
    return np.array([KIND_WEIGHTS[kind] for kind in KIND_CODES])
