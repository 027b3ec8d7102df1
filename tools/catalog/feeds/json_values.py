"""JSON feeds: one object a line (JSON Lines), an array of objects, or an object that holds such an array.

Arrays are read object by object, so that a feed may be larger than memory. Numbers with a point become Decimal, so
prices stay exact.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from tools.catalog.feeds.feed import COLUMN_SAMPLE, MAX_DEPTH, MAX_RECORD_CHARS, Feed, Row
from tools.catalog.feeds.lines import lines
from tools.catalog.feeds.unpacking import Unpacked
from tools.errors import CatalogError

LISTS = ("products", "items", "@graph", "itemListElement", "data", "results", "entries")
"""Keys under which an object holds the feed's array."""

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_float=Decimal)


def read_json_lines(source: Unpacked) -> Feed:
    """One object a line, UTF-8. A line that is none is a row with a problem."""
    return _feed(source, "JSON Lines", _line_rows(lines(source)))


def read_json(source: Unpacked) -> Feed:
    """One array or one object; what cannot be read ends the import: nothing tells where the next object begins."""
    return _feed(source, "JSON", _value_rows(_Text(source)))


def _feed(source: Unpacked, name: str, rows: Iterator[Row]) -> Feed:
    sample = list(islice(rows, COLUMN_SAMPLE))
    columns = dict.fromkeys(key for row in sample for key in row.values)
    if not columns:
        raise CatalogError(f"{source.name} holds no JSON object; a feed has one object for each product")
    return Feed(source.name, name, tuple(columns), chain(sample, rows))


def _line_rows(text: Iterator[str]) -> Iterator[Row]:
    for number, line in enumerate(text, 1):
        if not line.strip():
            continue
        try:
            value = _DECODER.decode(line)
        except (ValueError, ArithmeticError, RecursionError) as error:
            yield Row(number, problem=f"not readable as JSON: {_short(error)}")
            continue
        yield as_row(number, value)


def as_row(line: int, value: Any) -> Row:
    """The row of one value: an object with sane nesting, or a row with a problem."""
    if not isinstance(value, dict):
        return Row(line, problem=f"an object is expected, this is {type(value).__name__}")
    if too_deep(value):
        return Row(line, problem=f"nested deeper than {MAX_DEPTH} levels")
    return Row(line, value)


def too_deep(value: Any) -> bool:
    """Whether lists and objects are nested beyond `MAX_DEPTH`."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _value_rows(text: _Text) -> Iterator[Row]:
    if text.next_char() == "[":
        yield from _array(text)
    else:
        yield from _object(text)
        while text.next_char() == "{":  # JSON Lines whose first line was too long to be recognised by
            yield from _object(text)
    if text.next_char():
        raise text.error("there is more after the end of the JSON value")


def _array(text: _Text) -> Iterator[Row]:
    text.expect("[")
    if text.next_char() == "]":
        text.expect("]")
        return
    while True:
        text.next_char()
        line = text.line
        yield as_row(line, text.value())
        if text.next_char() == "]":
            text.expect("]")
            return
        text.expect(",")


def _object(text: _Text) -> Iterator[Row]:
    """An object that is one record, or, where a key of `LISTS` holds an array, the records of that array."""
    line, record, listed = text.line, dict[str, Any](), False
    text.expect("{")
    while text.next_char() != "}":
        key = text.value()
        if not isinstance(key, str):
            raise text.error("a key is expected")
        text.next_char()
        text.expect(":")
        if key in LISTS and text.next_char() == "[":
            yield from _array(text)
            listed = True
        else:
            record[key] = text.value()
        if text.next_char() != "}":
            text.expect(",")
    text.expect("}")
    if not listed:
        yield as_row(line, record)


class _Text:
    """The feed's text and a place in it; more is read as it is needed."""

    def __init__(self, source: Unpacked) -> None:
        self._name = source.name
        self._lines = lines(source)
        self._buffer = ""
        self._at = 0
        self._counted = 0
        self._line = 1
        self._ended = False

    @property
    def line(self) -> int:
        """The line of the place, counted from 1."""
        self._line += self._buffer.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def error(self, why: str) -> CatalogError:
        """What is wrong at this place."""
        return CatalogError(f"{self._name}, line {self.line}: not readable as JSON: {why}")

    def next_char(self) -> str:
        """The next character that is not white space, without taking it; empty at the end."""
        while True:
            found = _SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer) or not self._more(1 << 16):
                return self._buffer[self._at : self._at + 1]

    def expect(self, char: str) -> None:
        """Takes this character. Raises CatalogError where another one stands."""
        if (found := self.next_char()) != char:
            raise self.error(f"{char!r} is expected, there is {found!r}" if found else "the file ends too early")
        self._at += 1

    def value(self) -> Any:
        """Takes the next value."""
        size = 1 << 16
        while True:
            self.next_char()
            problem = ""
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
                # A number may go on in what was not read yet.
                if end < len(self._buffer) or self._ended:
                    self._at = end
                    return value
            except (ValueError, ArithmeticError, RecursionError) as error:
                problem = _short(error)
                if isinstance(error, RecursionError):
                    raise self.error("nested too deeply") from error
            if len(self._buffer) - self._at > MAX_RECORD_CHARS:
                raise self.error(problem or f"a value has more than {MAX_RECORD_CHARS:,} characters")
            if not self._more(size) and problem:
                raise self.error(problem)
            size *= 2

    def _more(self, chars: int) -> bool:
        """Reads at least this many characters more, where there are any."""
        _ = self.line
        parts, count = [self._buffer[self._at :]], 0
        while count < chars and not self._ended:
            part = next(self._lines, "")
            self._ended = not part
            count += len(part)
            parts.append(part)
        self._buffer, self._at, self._counted = "".join(parts), 0, 0
        return count > 0


def _short(error: Exception) -> str:
    return str(error).partition(" (char")[0].partition(": line")[0][:120] or type(error).__name__
