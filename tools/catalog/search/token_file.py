"""The words of a catalogue's products on disk, beside its text index, whose field ``tokens_at`` says where each stands.

``tokens.base`` is written by an import, ``tokens.tail`` holds what changed since, in one row of numbers with the base;
``tokens.rarity`` says how rare the words were at the import. No file is ever edited in place: generations share them as
hard links.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import numpy as np

from tools.catalog.search.rarity import Counting, Rarity
from tools.catalog.search.reading import read
from tools.catalog.search.tokens import TOKEN, Tokens, as_record
from tools.product import Product

BASE, TAIL, RARITY = "tokens.base", "tokens.tail", "tokens.rarity"


class TokenWriter:
    """Writes the words of products to a new folder, or behind those that are there. A context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        base, tail = folder / BASE, folder / TAIL
        self._counting = None if base.exists() else Counting()
        if self._counting:
            self._next, self._file = 0, base.open("wb")
            return
        earlier = tail.read_bytes() if tail.exists() else b""
        tail.unlink(missing_ok=True)  # it may be a link to that of the serving generation
        self._next = (base.stat().st_size + len(earlier)) // TOKEN.itemsize
        self._file = tail.open("wb")
        self._file.write(earlier)

    def add(self, product: Product) -> int:
        """Adds a product. Returns where it starts."""
        seen = read(product)
        record = as_record(seen)
        self._file.write(record.tobytes())
        if self._counting:
            self._counting.add(seen)
        start, self._next = self._next, self._next + len(record)
        return start

    def __enter__(self) -> TokenWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
        if self._counting and error is None:
            self._counting.save(self._folder / RARITY)


class TokenFile:
    """The words of an opened catalogue's products. Raises OSError, ValueError where they are missing or broken."""

    def __init__(self, folder: Path) -> None:
        self.rarity = Rarity.load(folder / RARITY)
        self._base, self._tail = _numbers(folder / BASE), _numbers(folder / TAIL)

    def at(self, starts: Iterable[int]) -> Tokens:
        """The products that start there, in that order."""
        places = np.fromiter(starts, np.int64)
        changed = places >= len(self._base)
        if not changed.any():
            return Tokens.at(self._base, places)
        if changed.all():
            return Tokens.at(self._tail, places - len(self._base))
        both = Tokens.at(self._base, places[~changed]) + Tokens.at(self._tail, places[changed] - len(self._base))
        return both.some(np.argsort(np.argsort(changed, kind="stable"), kind="stable"))


def _numbers(file: Path) -> np.ndarray:
    """What is in the file; mapped into memory, so that only what searches look at is read."""
    if (not file.exists() and file.name == TAIL) or not file.stat().st_size:  # nothing cannot be mapped
        return np.empty(0, TOKEN)
    return np.memmap(file, TOKEN, mode="r").view(np.ndarray)
