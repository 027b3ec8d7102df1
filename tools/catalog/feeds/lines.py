"""A feed's bytes as lines of text: UTF-8, or what a byte order mark announces."""

from __future__ import annotations

import io
from collections.abc import Iterator

from tools.catalog.feeds.feed import MAX_RECORD_CHARS
from tools.catalog.feeds.unpacking import Unpacked
from tools.errors import CatalogError

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def lines(source: Unpacked) -> Iterator[str]:
    """Decoded lines, with their ends. Decoding line by line lets the error name the line."""
    encoding = _announced(source.stream)
    if encoding:
        yield from _wide(source, encoding)
        return
    number = 0
    while raw := source.stream.readline(MAX_RECORD_CHARS + 1):
        number += 1
        if len(raw) > MAX_RECORD_CHARS:
            raise CatalogError(f"{source.name}, line {number} has more than {MAX_RECORD_CHARS:,} bytes: it is no feed")
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise CatalogError(
                f"{source.name}, line {number}: byte 0x{raw[error.start]:02x} is not UTF-8; save the feed as UTF-8"
            ) from error


def first_text(source: Unpacked, size: int = 65536) -> str:
    """The beginning of the text, without taking it from the stream; unreadable bytes do not matter here."""
    head = source.stream.peek(size)[:size]
    return head.decode(_announced(source.stream) or "utf-8-sig", "replace")


def _announced(stream: io.BufferedReader) -> str:
    head = stream.peek(2)[:2]
    return next((encoding for mark, encoding in _MARKS if head == mark), "")


def _wide(source: Unpacked, encoding: str) -> Iterator[str]:
    text = io.TextIOWrapper(source.stream, encoding, newline="\n")
    number = 0
    while True:
        number += 1
        try:
            line = text.readline(MAX_RECORD_CHARS + 1)
        except UnicodeDecodeError as error:
            raise CatalogError(f"{source.name}, from line {number} on, is not {encoding}; save it as UTF-8") from error
        if len(line) > MAX_RECORD_CHARS:
            raise CatalogError(f"{source.name}, line {number} has more than {MAX_RECORD_CHARS:,} characters")
        if not line:
            return
        yield line
