"""CSV, TSV and their kin (RFC 4180) with a header; the delimiter that splits the header most is taken."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from tools.catalog.feeds.feed import MAX_RECORD_CHARS, Feed, Row
from tools.catalog.feeds.lines import lines
from tools.catalog.feeds.unpacking import Unpacked
from tools.errors import CatalogError

DELIMITERS = {",": "CSV", ";": "CSV with semicolons", "\t": "TSV", "|": "CSV with bars"}


def read_delimited(source: Unpacked) -> Feed:
    """Opens a feed of delimited lines."""
    # The module's own limit of 131,072 is met by real descriptions with embedded pages.
    csv.field_size_limit(MAX_RECORD_CHARS)
    text = lines(source)
    # A quoted header name may hold line breaks, so the sample is more than one line.
    sample = list(islice(text, 20))
    if not sample:
        raise CatalogError(f"{source.name} is empty; a CSV feed begins with a line of column names")
    try:
        delimiter = max(DELIMITERS, key=lambda d: len(next(csv.reader(sample, delimiter=d), [])))
        reader = csv.reader(chain(sample, text), delimiter=delimiter, strict=True)
        header = [name.strip() for name in next(reader)]
    except csv.Error as error:
        raise CatalogError(f"{source.name}, line 1: the header cannot be read as CSV ({error})") from error
    named = [name for name in header if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice or not named:
        wrong = f"has the column {twice[0][:80]!r} twice" if twice else "has no column names"
        raise CatalogError(f"The header of {source.name} {wrong}; give every column a name of its own")
    return Feed(source.name, DELIMITERS[delimiter], tuple(named), _rows(source.name, reader, header))


def _rows(name: str, reader: Any, header: list[str]) -> Iterator[Row]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "unexpected end of data" in str(error) or "larger than limit" in str(error):
                # Everything after the opening quote was swallowed: not one bad row but a lost rest of the feed.
                raise CatalogError(f"{name}, line {line}: a quote is opened here and never closed") from error
            yield Row(line, problem=f"not readable as CSV: {error}")
            continue
        if cells is None:
            return
        if len(cells) == len(header):
            yield Row(line, {name: cell for name, cell in zip(header, cells, strict=True) if name})
        elif any(cells):
            yield Row(line, problem=f"{len(cells)} columns where the header has {len(header)}")
