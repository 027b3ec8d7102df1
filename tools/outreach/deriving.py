"""Events that nobody sends, because they lie in memory and in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from tools.memory.coming import coming_up
from tools.memory.kinds import Episode
from tools.memory.store import Known
from tools.outreach.events import Event, Kind
from tools.outreach.worth import Policy
from tools.product import Product

AHEAD_DAYS = 35
"""The longest lead of an occasion is 28 days."""
WATCHED_DAYS = 180
"""How long what a shopper was shown, chose or turned down is watched."""

Find = Callable[[str], Product | None]


def occasions(user_id: str, known: Known, now: datetime, country: str, policy: Policy) -> Iterator[Event]:
    """The occasions for which it is time to look, and not too late for a parcel; the nearest first."""
    today = now.date()
    for coming in coming_up(known, today, AHEAD_DAYS, country=country):
        if coming.begin_on <= today <= coming.on - timedelta(days=policy.parcel_days):
            yield Event(
                kind="occasion",
                user_id=user_id,
                at=now,
                person_id=coming.person.person_id,
                occasion=coming.occasion,
                on=coming.on,
            )


def price_drops(user_id: str, known: Known, find: Find, now: datetime, policy: Policy) -> Iterator[Event]:
    """What was turned down, can be had, and now costs clearly less than then."""
    for product_id, episode in _latest(known, ("turned_down",), now).items():
        product = find(product_id)
        if product and product.stock != 0 and is_cheaper(episode, product, policy):
            yield _of(episode, "price_drop", user_id, product_id, now, mark=str(product.price))


def back_in_stock(
    user_id: str, known: Known, find: Find, were_out: Mapping[str, str], now: datetime
) -> Iterator[Event]:
    """What was shown or chosen and liked, and can be had again; ``were_out``: since when each product was sold out."""
    for product_id, episode in _latest(known, ("offered", "chosen", "reacted"), now).items():
        product = find(product_id)
        if product_id in were_out and product and product.stock != 0 and episode.reaction != "disliked":
            yield _of(episode, "back_in_stock", user_id, product_id, now, mark=were_out[product_id])


def watched(known: Known, now: datetime) -> list[str]:
    """The products whose stock matters to the shopper."""
    return sorted(_latest(known, ("offered", "chosen", "reacted"), now))


def last_seen(known: Known, product_id: str, now: datetime) -> Episode | None:
    """The shopper's last meeting with a product."""
    return _latest(known, ("offered", "chosen", "turned_down", "reacted"), now).get(product_id)


def is_cheaper(then: Episode, product: Product, policy: Policy) -> bool:
    """Whether the price fell by the policy's share at least, in the same currency."""
    if then.price is None or then.price.currency != product.price.currency:
        return False
    return product.price.amount <= then.price.amount * (100 - policy.drop_percent) / 100


def _latest(known: Known, happenings: tuple[str, ...], now: datetime) -> dict[str, Episode]:
    """By product the newest episode of these; what was given or returned meanwhile is over."""
    over = {m.product_id for m in known.memories if isinstance(m, Episode) and m.happening in ("given", "returned")}
    found = (
        m
        for m in known.memories
        if isinstance(m, Episode)
        and m.product_id
        and m.product_id not in over
        and m.happening in happenings
        and now - m.source.at <= timedelta(days=WATCHED_DAYS)
    )
    return {str(m.product_id): m for m in sorted(found, key=lambda m: m.source.at)}


def _of(episode: Episode, kind: Kind, user_id: str, product_id: str, now: datetime, *, mark: str) -> Event:
    return Event(kind=kind, user_id=user_id, at=now, person_id=episode.person_id, product_id=product_id, mark=mark[:80])
