"""Feed files, read as they stream: each format gives its columns and then its rows, with the line each began on.

A new format is one function from a path to a `Feed`, registered under its file ending in `READERS`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from tools.errors import CatalogError

DELIMITERS = ",;\t|"

MAX_FIELD_CHARS = 10_000_000
"""The csv module's own limit of 131,072 is met by real descriptions with embedded pages."""

COLUMN_SAMPLE = 1000
"""JSON Lines has no header: the columns are the keys of this many first objects."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a feed. ``problem`` says why it could not be read; then ``values`` are empty."""

    line: int
    values: dict[str, Any]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """An opened feed. ``rows`` can be gone through once."""

    path: Path
    columns: tuple[str, ...]
    rows: Iterator[Row]


OnBytes = Callable[[int], None]
"""Is told how many bytes were read, for a progress bar."""


def open_feed(path: Path, on_bytes: OnBytes | None = None) -> Feed:
    """Opens a feed by its file ending. Raises CatalogError where the file or its header cannot be read."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise CatalogError(f"{path} is not a feed this version reads; it reads {', '.join(READERS)}")
    if not path.is_file():
        raise CatalogError(f"There is no feed file {path}")
    return reader(path, on_bytes or (lambda count: None))


def feed_files(paths: Iterable[Path]) -> list[Path]:
    """The feed files meant by files and folders; a folder means the feeds directly in it, by name."""
    files: list[Path] = []
    for path in paths:
        inside = sorted(f for f in path.iterdir() if f.suffix.lower() in READERS) if path.is_dir() else [path]
        if not inside:
            raise CatalogError(f"There is no feed in the folder {path}; feeds end in {', '.join(READERS)}")
        files += inside
    return files


def _lines(path: Path, on_bytes: OnBytes) -> Iterator[str]:
    """Decoded lines, with their ends. Decoding line by line lets the error name the line."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            on_bytes(len(raw))
            try:
                yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise CatalogError(
                    f"{path}, line {number}: byte 0x{raw[error.start]:02x} is not UTF-8; save the feed as UTF-8"
                ) from error


def read_csv(path: Path, on_bytes: OnBytes) -> Feed:
    """A CSV feed with a header (RFC 4180); the delimiter is the one that splits the header into most columns."""
    csv.field_size_limit(MAX_FIELD_CHARS)
    lines = _lines(path, on_bytes)
    # A quoted header name may hold line breaks, so the sample is more than one line.
    sample = list(islice(lines, 20))
    if not sample:
        raise CatalogError(f"{path} is empty; a CSV feed begins with a line of column names")
    try:
        delimiter = max(DELIMITERS, key=lambda d: len(next(csv.reader(sample, delimiter=d), [])))
        reader = csv.reader(chain(sample, lines), delimiter=delimiter, strict=True)
        header = [name.strip() for name in next(reader)]
    except csv.Error as error:
        raise CatalogError(f"{path}, line 1: the header cannot be read as CSV ({error})") from error
    named = [name for name in header if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice or not named:
        wrong = f"has the column {twice[0]!r} twice" if twice else "has no column names"
        raise CatalogError(f"The header of {path} {wrong}; give every column a name of its own")
    return Feed(path, tuple(named), _csv_rows(path, reader, header))


def _csv_rows(path: Path, reader: Any, header: list[str]) -> Iterator[Row]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                # Everything after the opening quote was swallowed: not one bad row but a lost rest of the feed.
                raise CatalogError(f"{path}, line {line}: a quote is opened here and never closed") from error
            yield Row(line, {}, f"not readable as CSV: {error}")
            continue
        if cells is None:
            return
        if len(cells) == len(header):
            yield Row(line, {name: cell for name, cell in zip(header, cells, strict=True) if name})
        elif any(cells):
            yield Row(line, {}, f"{len(cells)} columns where the header has {len(header)}")


def read_jsonl(path: Path, on_bytes: OnBytes) -> Feed:
    """A JSON Lines feed: one object a line, UTF-8. Numbers with a point become Decimal, so prices stay exact."""
    rows = _json_rows(_lines(path, on_bytes))
    sample = list(islice(rows, COLUMN_SAMPLE))
    columns = dict.fromkeys(key for row in sample for key in row.values)
    if not columns:
        raise CatalogError(f"{path} holds no JSON object; a .jsonl feed has one product object a line")
    return Feed(path, tuple(columns), chain(sample, rows))


def _json_rows(lines: Iterator[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            yield Row(number, {}, f"not readable as JSON: {error}")
            continue
        if isinstance(values, dict):
            yield Row(number, values)
        else:
            yield Row(number, {}, f"a JSON object is expected, this is {type(values).__name__}")


READERS: dict[str, Callable[[Path, OnBytes], Feed]] = {".csv": read_csv, ".jsonl": read_jsonl}
