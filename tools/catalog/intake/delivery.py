"""What a parcel costs, from which sum on it is free, what tax comes on top, how long it takes: as feeds state it.

Feeds state one value, or one for each country, region and service (Google's ``US:CA:Standard:4.90 USD``, several
separated by commas, or the same as named parts). Which of the shop's countries a shopper is in is not known here, so
that of the first entry counts: its cheapest service, and its highest tax rate, which never understates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from tools.catalog.intake.prices import UnreadablePrice
from tools.money import Money

ReadPrice = Callable[[Any], Money]
"""Reads a price in the feed's currency and unit; raises UnreadablePrice."""

MAX_ENTRIES = 500

_NEXT_ENTRY = re.compile(r",\s*(?=[A-Za-z]{2}:)")
_FREE = re.compile(
    r"(?i)\W*(?:free(?: (?:shipping|delivery|postage))?|gratis|kostenlos|gratuit|included)\W*"
    r"|[^\d.,-]*0+(?:[.,]0+)?\D*"
)
_PRICES = ("price", "price_threshold", "value", "cost")
_DAYS = re.compile(r"\d{1,3}")


def read_shipping(value: Any, read: ReadPrice, currency: str) -> Money | None:
    """The charge for a parcel, zero where it is free. None for what is no amount in ``currency``."""
    return min(_amounts(value, read, currency, free=True), key=lambda money: money.amount, default=None)


def read_threshold(value: Any, read: ReadPrice, currency: str) -> Money | None:
    """The sum of goods from which on shipping is free; None for what is no amount in ``currency``."""
    return max(_amounts(value, read, currency, free=False), key=lambda money: money.amount, default=None)


def read_tax_percent(value: Any) -> Decimal | None:
    """The rate in percent that comes on top; None for what is no rate of 0 to 100."""
    rates: list[Decimal] = []
    for entry in _entries(value):
        text = str(entry.get("rate", entry.get("price", ""))).strip().rstrip("%").strip()
        try:
            rate = Decimal(text.replace(",", "."))
        except InvalidOperation:
            continue
        rates += [rate] if rate.is_finite() and 0 <= rate <= 100 else []
    return max(rates, default=None)


def longest_days(value: Any) -> int | None:
    """The most days a text states: "2-3 days" may take three, "1 week" seven. Hours are no days."""
    text = str(value).lower()
    days = [int(n) for n in _DAYS.findall(text)]
    negative = len(days) == 1 and "-" in text.partition(str(days[0]))[0]
    if not days or negative or "hour" in text:
        return None
    return max(days) * (7 if "week" in text else 1)


def days_in_all(handling: Any, transit: Any) -> int | None:
    """Handling and transit together. Without the transit nothing is known; handling that is not stated adds nothing."""
    there, before = longest_days(transit), longest_days(handling)
    return None if there is None else there + (before or 0)


def shipping_days(value: Any) -> int | None:
    """The days that shipping entries state beside their price, of the quickest service."""
    days = (
        days_in_all(
            entry.get("max_handling_time") or entry.get("min_handling_time"),
            entry.get("max_transit_time") or entry.get("min_transit_time"),
        )
        for entry in _entries(value)
    )
    return min((n for n in days if n is not None), default=None)


def _amounts(value: Any, read: ReadPrice, currency: str, *, free: bool) -> list[Money]:
    found: list[Money] = []
    for entry in _entries(value):
        stated = next((entry[name] for name in _PRICES if entry.get(name) not in (None, "")), None)
        if stated is None:
            continue
        amount = stated.get("amount") if isinstance(stated, Mapping) else stated
        if _FREE.fullmatch(str(amount)):
            found += [Money.of(0, currency)] if free else []
            continue
        try:
            money = read(stated)
        except UnreadablePrice:
            continue
        found += [money] if money.currency == currency else []
    return found


def _entries(value: Any) -> list[Mapping[str, Any]]:
    """The entries of the first country, each with its parts by name."""
    values = value if isinstance(value, list) else [value]
    entries = [entry for one in values[:MAX_ENTRIES] for entry in _parts(one)][:MAX_ENTRIES]
    first = str(entries[0].get("country") or "") if entries else ""
    return [entry for entry in entries if str(entry.get("country") or "") == first]


def _parts(value: Any) -> list[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return [{"price": value}] if "amount" in value else [value]
    if isinstance(value, bool) or value is None:
        return []
    if not isinstance(value, str) or ":" not in value:
        return [{"price": value}]
    return [_named(entry.split(":")) for entry in _NEXT_ENTRY.split(value[:20_000])]


def _named(parts: list[str]) -> dict[str, str]:
    """The parts of ``country:region:service:price`` and the times behind it; of fewer, the last is the price."""
    parts = [part.strip() for part in parts]
    if len(parts) < 4:
        return {"country": parts[0], "price": parts[-1]}
    names = ("country", "region", "rate", "price")  # of a tax the third is the rate, of shipping it is the service
    times = ("min_handling_time", "max_handling_time", "min_transit_time", "max_transit_time")
    return dict(zip((*names, *times), parts, strict=False))
