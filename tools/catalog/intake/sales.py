"""When a sale price holds: Google's and WooCommerce's dates, as an ISO 8601 interval ``FROM/TO``."""

from __future__ import annotations

from datetime import UTC, datetime, time


class UnreadableDates(ValueError):
    """The text is no interval of dates."""


def is_on(interval: str, now: datetime) -> bool:
    """Whether ``now`` lies in the interval; an end that is left out is open, no interval is always.

    Ends without a time zone are UTC; a last day without a time counts in full. Raises UnreadableDates.
    """
    if not interval.strip():
        return True
    start, slash, end = (part.strip() for part in interval.partition("/"))
    if not slash:
        raise UnreadableDates(f"{interval[:60]!r} is no interval FROM/TO of ISO 8601 dates")
    return (not start or _moment(start, time.min) <= now) and (not end or now <= _moment(end, time.max))


def _moment(text: str, of_day: time) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableDates(f"{text[:40]!r} is no ISO 8601 date") from error
    if len(text) <= len("2024-12-31"):
        moment = datetime.combine(moment, of_day)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
