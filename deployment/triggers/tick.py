"""One look at all who consented: what has come up for them, and what waited from earlier."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from deployment.refusals import Refused
from deployment.triggers.outreach import Outreach
from tools.memory.store import Known
from tools.outreach.deriving import back_in_stock, occasions, price_drops, watched
from tools.outreach.events import Event
from tools.outreach.worth import Verdict

Told = Callable[[Event, Verdict], None]


async def tick(outreach: Outreach, tell: Told = lambda *_: None, users: Iterable[str] | None = None) -> Counter[str]:
    """Handles what is due, shopper by shopper; counts by what was decided. ``users``: only these of who consented.

    Occasions come first: they cannot wait, and only so many messages a week may be sent.
    """
    counts: Counter[str] = Counter()
    consenting = await asyncio.to_thread(outreach.parts.memory.messageable)
    chosen = [user for user in consenting if users is None or user in set(users)]
    waiting = [event for event in await asyncio.to_thread(outreach.records.deferred) if event.user_id in chosen]
    stock = await asyncio.to_thread(_Stock, outreach)
    for user in chosen:
        known = await asyncio.to_thread(lambda user=user: outreach.parts.memory.recall(user, now=_utc(outreach)))
        derived = await asyncio.to_thread(_events, outreach, user, known, stock)
        own = {event.event_id: event for event in derived}
        own = own | {event.event_id: event for event in waiting if event.user_id == user and event.event_id not in own}
        for event in own.values():
            verdict = await _handled(outreach, event)
            counts[verdict.outcome] += 1
            tell(event, verdict)
    await asyncio.to_thread(stock.settle)
    return counts


async def _handled(outreach: Outreach, event: Event) -> Verdict:
    try:
        return await outreach.handle(event)
    except Refused as refused:  # the day's share of the model is used up, or all places are taken
        await asyncio.to_thread(outreach.records.defer, event)
        return Verdict("later", refused.detail)


def _events(outreach: Outreach, user: str, known: Known, stock: _Stock) -> list[Event]:
    now, find = outreach.now(), outreach.parts.catalog().get
    were_out = stock.look(watched(known, now))
    return [
        *occasions(user, known, now, outreach.country, outreach.policy),
        *back_in_stock(user, known, find, were_out, now),
        *price_drops(user, known, find, now, outreach.policy),
    ]


class _Stock:
    """What was sold out when it was looked at last, asked once for all shoppers."""

    def __init__(self, outreach: Outreach) -> None:
        self._outreach = outreach
        self._since: dict[str, str | None] = {}

    def look(self, product_ids: Iterable[str]) -> dict[str, str]:
        """Since when those of the products were sold out that can be had again."""
        wanted = list(product_ids)
        for product_id in wanted:
            if product_id not in self._since:
                product = self._outreach.parts.catalog().get(product_id)
                there = product is not None and product.stock != 0
                self._since[product_id] = self._outreach.records.note_stock(product_id, there, self._outreach.now())
        return {i: since for i in wanted if (since := self._since[i]) is not None}

    def settle(self) -> None:
        """Everybody was told, or their events wait: what is there again is no news any more."""
        for product_id, since in self._since.items():
            if since is not None:
                self._outreach.records.stock_told(product_id)


def _utc(outreach: Outreach) -> datetime:
    return outreach.now().astimezone(UTC)
