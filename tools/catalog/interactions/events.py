"""Logs of what shoppers viewed and bought: CSV, TSV or JSON Lines, plain or gzipped, one event a row.

A row that is no event is given back with its line and its reason; it never ends the reading.
"""

from __future__ import annotations

import csv
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from gzip import BadGzipFile, GzipFile
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, cast

from tools.catalog.feeds.feed import OnBytes
from tools.catalog.feeds.unpacking import counted
from tools.errors import CatalogError

KINDS = {
    "view": "view viewed pageview page_view detail detail_view click clicked product_view view_item".split(),
    "cart": "cart add_to_cart addtocart add-to-cart basket wishlist".split(),
    "buy": "buy bought purchase purchased order ordered transaction sale rating review".split(),
}
"""What logs call the three kinds of events. Where a log has no such column, its rows are purchases."""

COLUMNS = {
    "user": "user user_id userid customer customer_id visitorid visitor_id shopper session_id reviewerid".split(),
    "item": "item item_id itemid product product_id productid asin parent_asin sku".split(),
    "time": "time timestamp date datetime event_time created_at unixreviewtime".split(),
    "kind": "kind event event_type type action behavior behaviour".split(),
}
MAX_ID_CHARS = 200
MAX_LINE_CHARS = 100_000
LATEST_SECONDS = 253_402_300_799
"""The last second of the year 9999; what is larger counts milliseconds."""


@dataclass(frozen=True, slots=True)
class Event:
    """One shopper did one thing to one product. ``seconds`` is Unix time; nan where the log states no time."""

    user: str
    item: str
    seconds: float
    kind: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is no event, and why."""

    line: int
    reason: str


def parse_columns(options: Iterable[str]) -> dict[str, str]:
    """The columns of ``FIELD=COLUMN`` options. Raises CatalogError for what is none and for unknown fields."""
    chosen: dict[str, str] = {}
    for option in options:
        field, _, column = (part.strip() for part in option.partition("="))
        if field not in COLUMNS or not column:
            raise CatalogError(f"--map {option!r} is not FIELD=COLUMN with a FIELD of {', '.join(COLUMNS)}")
        chosen[field] = column
    return chosen


def read_events(
    path: Path, columns: Mapping[str, str] | None = None, on_bytes: OnBytes | None = None
) -> Iterator[Event | BadRow]:
    """Every row of a log, as an event or as what is wrong with it, in the log's order.

    ``columns`` names the column of a field (of `COLUMNS`) that is not called by one of its well-known names;
    ``on_bytes`` is told what was read of the file.
    Raises CatalogError where the file cannot be read at all, or names no column for the user or the item.
    """
    if not path.is_file():
        raise CatalogError(f"There is no file {path}")
    name = path.name.lower().removesuffix(".gz")
    try:
        # Bytes that are no UTF-8 stay recognisable as such, so that they cost one row and not the log.
        file = counted(path, on_bytes or (lambda count: None))
        is_packed = path.name.lower().endswith(".gz")
        with file, GzipFile(fileobj=file) if is_packed else file as raw:
            lines = TextIOWrapper(cast(BinaryIO, raw), "utf-8-sig", "surrogateescape", newline="")
            is_json = name.endswith((".jsonl", ".ndjson"))
            yield from _json_events(lines, columns or {}) if is_json else _csv_events(path, lines, columns or {})
    except (EOFError, BadGzipFile, zlib.error) as error:
        raise CatalogError(f"{path} is damaged or no gzip file: {error}") from error


def _csv_events(path: Path, lines: Iterator[str], chosen: Mapping[str, str]) -> Iterator[Event | BadRow]:
    header = next(_short(lines), "").rstrip("\r\n")
    if not header:
        raise CatalogError(f"{path} is empty; a log begins with a line of column names")
    delimiter = max(",\t;|", key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    columns = _columns(names, chosen)
    for field in dict.fromkeys(["user", "item", *chosen]):
        if field not in columns:
            called = chosen.get(field) or " or ".join(COLUMNS[field][:2])
            raise CatalogError(
                f"{path} has no column {called} for the {field}; its columns are {', '.join(names)}; "
                f"name one with --map {field}=COLUMN"
            )
    # Line by line: a stray quote then costs one row, and ids and times hold no line breaks.
    for number, line in enumerate(_short(lines), 2):
        if not line.strip():
            continue
        cells = next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
        if len(cells) != len(names):
            yield BadRow(number, f"{len(cells)} columns where the header has {len(names)}")
            continue
        yield _event(number, {field: cells[at] for field, at in columns.items()})


def _json_events(lines: Iterator[str], chosen: Mapping[str, str]) -> Iterator[Event | BadRow]:
    for number, line in enumerate(_short(lines), 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            yield BadRow(number, "is not readable as JSON")
            continue
        if not isinstance(values, dict):
            yield BadRow(number, f"a JSON object is expected, this is {type(values).__name__}")
            continue
        names = list(values)
        yield _event(number, {field: values[names[at]] for field, at in _columns(names, chosen).items()})


def _short(lines: Iterator[str]) -> Iterator[str]:
    """The lines; one beyond any event's length is cut, and so becomes a bad row."""
    return (line if len(line) <= MAX_LINE_CHARS else "\0" for line in lines)


def _columns(names: list[str], chosen: Mapping[str, str]) -> dict[str, int]:
    plain = [name.strip().lower() for name in names]
    called = {field: [chosen[field].lower()] if field in chosen else known for field, known in COLUMNS.items()}
    found = {field: next((plain.index(n) for n in known if n in plain), None) for field, known in called.items()}
    return {field: at for field, at in found.items() if at is not None}


def _event(line: int, values: Mapping[str, Any]) -> Event | BadRow:
    try:
        user, item = (_id(field, values.get(field)) for field in ("user", "item"))
        return Event(user, item, seconds_of(values.get("time")), _kind(values.get("kind")))
    except ValueError as error:
        return BadRow(line, str(error))


def _id(field: str, value: Any) -> str:
    if value is None or isinstance(value, (dict, list, float, bool)):
        raise ValueError(f"{field}: {'is missing' if value is None else f'{value!r:.40} is no id'}")
    text = str(value).strip()
    if not text or len(text) > MAX_ID_CHARS or not text.isprintable():
        raise ValueError(f"{field}: {'is empty' if not text else f'{text[:40]!r} is no id'}")
    return text


def _kind(value: Any) -> str:
    stated = str(value or "").strip().lower()
    if not stated:
        return "buy"
    for kind, names in KINDS.items():
        if stated in names:
            return kind
    raise ValueError(f"kind: {stated[:40]!r} is none of {', '.join(KINDS)}")


def seconds_of(value: Any) -> float:
    """Unix seconds of a time: ISO 8601 (UTC where it names no zone), or Unix seconds or milliseconds.

    Nothing stated gives nan. Raises ValueError.
    """
    text = str(value if value is not None else "").strip()
    if not text:
        return math.nan
    try:
        number = float(Decimal(text))
        seconds = number / 1000 if number > LATEST_SECONDS else number
    except (InvalidOperation, OverflowError):
        try:
            stated = datetime.fromisoformat(text)
            seconds = (stated if stated.tzinfo else stated.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError) as error:
            raise ValueError(f"time: {text[:40]!r} is no ISO 8601 or Unix time") from error
    if not 0 <= seconds <= LATEST_SECONDS:
        raise ValueError(f"time: {text[:40]!r} is outside of 1970 to 9999")
    return seconds
