"""Whether something is worth a message: wanted, in time, new, and seldom enough. Everything else is left unsaid."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from tools.memory.store import Known
from tools.outreach.events import Event, Sent

Outcome = Literal["send", "later", "leave"]
"""``later``: not now, but it may be worth it another day."""

STALE_DAYS = 3
"""How old news of a price, of stock or of the weather may be."""
NEW_DAYS = 180
"""For how long a pick that was in a message is not new."""


@dataclass(frozen=True)
class Policy:
    """How much is too much. Times are the shopper's."""

    per_week: int = 1
    per_month: int = 3
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    parcel_days: int = 3
    drop_percent: int = 10


@dataclass(frozen=True)
class Verdict:
    """What to do with an event, and why in a few words."""

    outcome: Outcome
    why: str


def worth_a_look(event: Event, known: Known, sent: Sequence[Sent], now: datetime, policy: Policy) -> Verdict:
    """Before anything is prepared: consent, time, and how much was sent; ``sent`` is all that is known of."""
    if not known.may_message or known.paused:
        return Verdict("leave", "no consent")
    if event.on is not None and (event.on - now.date()).days < policy.parcel_days:
        return Verdict("leave", "too late for a parcel")
    if event.on is None and now - event.at > timedelta(days=STALE_DAYS):
        return Verdict("leave", "old news")
    if _within(sent, now, 7) >= policy.per_week:
        return Verdict("later", "enough this week")
    if _within(sent, now, 30) >= policy.per_month:
        return Verdict("later", "enough this month")
    return Verdict("send", "")


def worth_sending(
    event: Event, status: str, picks: Collection[str], answering: bool, sent: Sequence[Sent], now: datetime
) -> Verdict:
    """After a plan is made: there is one, it has what it is about, and the shopper has not had it.

    ``answering``: of a context, that a pick answers it.
    """
    if status != "recommended" or not picks:
        return Verdict("leave", "nothing fits")
    if event.product_id is not None and event.product_id not in picks:
        return Verdict("leave", "it does not fit the person")
    if event.kind == "context" and not answering:
        return Verdict("leave", "nothing for it")
    recent = [s for s in sent if now - s.at <= timedelta(days=NEW_DAYS)]
    if event.product_id is not None:
        picks = [event.product_id]
    told = {i for s in recent if s.person_id == event.person_id for i in s.product_ids}
    if event.kind != "occasion" and set(picks) <= told:
        return Verdict("leave", "nothing new")
    return Verdict("send", "worth it")


def not_before(now: datetime, policy: Policy) -> datetime:
    """The next moment outside the quiet hours; ``now`` is in the shopper's time zone."""
    clock = now.timetz().replace(tzinfo=None)
    overnight = policy.quiet_from > policy.quiet_until
    if overnight:
        quiet = clock >= policy.quiet_from or clock < policy.quiet_until
    else:
        quiet = policy.quiet_from <= clock < policy.quiet_until
    if not quiet:
        return now
    morning = now.replace(hour=policy.quiet_until.hour, minute=policy.quiet_until.minute, second=0, microsecond=0)
    return morning if morning > now else morning + timedelta(days=1)


def _within(sent: Sequence[Sent], now: datetime, days: int) -> int:
    return sum(now - s.at < timedelta(days=days) for s in sent)
