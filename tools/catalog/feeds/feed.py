"""What every reader of feeds gives: columns, then rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

MAX_RECORD_CHARS = 10_000_000
"""No line, object or element may be longer: a record must fit in memory, whatever the feed's size."""

MAX_DEPTH = 100
"""Values nested deeper than this are no product but an attempt to exhaust the stack."""

COLUMN_SAMPLE = 1000
"""Formats without a header: the columns are the keys of this many first objects."""

OnBytes = Callable[[int], None]
"""Is told how many bytes of the file were read, for a progress bar."""

Role = Literal["product", "parent", "extra"]
"""A row is a product (or one variant of it), the description its variants share, or a line without a product of its
own, such as a further image."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a feed. ``problem`` says why it could not be read; then ``values`` are empty."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    role: Role = "product"


@dataclass(frozen=True, slots=True)
class Feed:
    """An opened feed. ``rows`` can be gone through once; ``format`` is what was detected, in words."""

    name: str
    format: str
    columns: tuple[str, ...]
    rows: Iterator[Row]
