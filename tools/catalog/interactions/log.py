"""All events a shop has given us, as arrays: what a new import adds to, and what the model is fitted to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from tools.catalog.interactions.events import KINDS, Event

KIND_CODES = {kind: code for code, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True, eq=False)
class EventLog:
    """Events in the order they arrived; the arrays are of one length, users and items are places in the lists."""

    user_ids: tuple[str, ...] = ()
    item_ids: tuple[str, ...] = ()
    users: np.ndarray = field(default_factory=partial(np.zeros, 0, np.int32))
    items: np.ndarray = field(default_factory=partial(np.zeros, 0, np.int32))
    seconds: np.ndarray = field(default_factory=partial(np.zeros, 0, np.float64))
    kinds: np.ndarray = field(default_factory=partial(np.zeros, 0, np.int8))

    def __len__(self) -> int:
        return len(self.users)

    def with_events(self, events: Iterable[Event]) -> EventLog:
        """This log and the events. One that is there already (same shopper, product, time and kind) is not added."""
        user_at = {name: at for at, name in enumerate(self.user_ids)}
        item_at = {name: at for at, name in enumerate(self.item_ids)}
        rows = [
            (
                user_at.setdefault(event.user, len(user_at)),
                item_at.setdefault(event.item, len(item_at)),
                event.seconds,
                KIND_CODES[event.kind],
            )
            for event in events
        ]
        new = np.array(rows, np.float64).reshape(-1, 4)
        columns = [np.concatenate([old, new[:, at]]) for at, old in enumerate(self._columns)]
        first = _first_of_equals(columns)
        users, items, seconds, kinds = (column[first] for column in columns)
        return EventLog(
            tuple(user_at),
            tuple(item_at),
            users.astype(np.int32),
            items.astype(np.int32),
            seconds,
            kinds.astype(np.int8),
        )

    @property
    def _columns(self) -> tuple[np.ndarray, ...]:
        return self.users, self.items, self.seconds, self.kinds


def _first_of_equals(columns: list[np.ndarray]) -> np.ndarray:
    """Which rows are the first of their kind. No time equals no time: a second such mention says nothing new."""
    comparable = [np.nan_to_num(column, nan=-1) for column in columns]
    order = np.lexsort(comparable)  # stable, so the first of equals comes first
    new = np.ones(len(order), bool)
    new[1:] = np.any([column[order][1:] != column[order][:-1] for column in comparable], axis=0)
    first = np.zeros(len(order), bool)
    first[order] = new
    return first


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """What each shopper met, in order, each product once, one shopper after the other.

    ``position`` counts from 0 within a shopper, ``length`` is the length of the history the row belongs to, ``kinds``
    the most telling thing done to the product.
    """

    users: np.ndarray
    items: np.ndarray
    kinds: np.ndarray
    position: np.ndarray
    length: np.ndarray


def histories(log: EventLog, longest: int) -> Histories:
    """The histories of a log, by time, at the same time by arrival; of a long one the latest ``longest`` products."""
    order = np.lexsort((np.arange(len(log)), log.seconds, log.users))
    users, items, kinds = log.users[order].astype(np.int64), log.items[order].astype(np.int64), log.kinds[order]
    _, first, inverse = np.unique(users * max(len(log.item_ids), 1) + items, return_index=True, return_inverse=True)
    strongest = np.zeros(len(first), np.int8)
    np.maximum.at(strongest, inverse, kinds)
    by_time = np.argsort(first)
    users, items, kinds = users[first[by_time]], items[first[by_time]], strongest[by_time]
    length = np.bincount(users, minlength=len(log.user_ids))
    position = np.arange(len(users)) - (np.cumsum(length) - length)[users]
    kept = position >= length[users] - longest
    users, items, kinds, position = users[kept], items[kept], kinds[kept], position[kept]
    position -= np.maximum(length - longest, 0)[users]
    return Histories(users, items, kinds, position, np.minimum(length, longest)[users])
