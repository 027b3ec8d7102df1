"""The words of products as numbers, so that a hundred candidates are looked through in one go.

A word is a hash of 31 bits; the highest bit marks the first time that one of the telling fields has it. Of a product
the numbers stand one after the other: how many words each field of `reading.Read` has, then the words. Where two words
have one hash, as one pair of two thousand million has, a product is ranked as if it had the other one; what is found,
filtered and shown comes from the index and is untouched by it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from tools.catalog.search.reading import FIELDS, TELLING, Read

TOKEN = np.dtype(np.uint32)
FIRST = 1 << 31
AT = {name: number for number, name in enumerate(FIELDS)}
"""The column of each field in what `Tokens.bearing` gives."""


@lru_cache(maxsize=1 << 16)
def token(word: str) -> int:
    """The number of a word."""
    return zlib.crc32(word.encode()) & ~FIRST


def as_record(seen: Read) -> np.ndarray:
    """A product as numbers, shape (fields + words,): the length of each field, then its words."""
    record = [len(getattr(seen, name)) for name in FIELDS]
    met: set[int] = set()
    for name in FIELDS:
        for number in map(token, getattr(seen, name)):
            first = name in TELLING and number not in met
            record.append(number | FIRST if first else number)
            if first:
                met.add(number)
    return np.array(record, TOKEN)


class Tokens:
    """The words of n products.

    ``marked`` holds them all, product by product and field by field, shape (words,); ``lengths`` says how many each
    field has, shape (n, fields).
    """

    def __init__(self, marked: np.ndarray, lengths: np.ndarray) -> None:
        self.lengths = lengths
        self._marked, self._flat = marked, marked & ~np.uint32(FIRST)
        self._field_of = np.repeat(np.arange(lengths.size), lengths.ravel())
        self._bearing: dict[Sequence[str], np.ndarray] = {}

    @classmethod
    def of(cls, records: Iterable[np.ndarray]) -> Tokens:
        """Of records as `as_record` makes them."""
        every = list(records)
        lengths = np.array([record[: len(FIELDS)] for record in every], np.int64).reshape(-1, len(FIELDS))
        flat = [record[len(FIELDS) :] for record in every]
        return cls(np.concatenate(flat) if flat else np.empty(0, TOKEN), lengths)

    @classmethod
    def at(cls, records: np.ndarray, starts: np.ndarray) -> Tokens:
        """Of the records that start there in one long array."""
        lengths = records[starts[:, None] + np.arange(len(FIELDS))].astype(np.int64)
        sizes = lengths.sum(axis=1)
        before = np.cumsum(sizes) - sizes
        places = np.repeat(starts + len(FIELDS) - before, sizes) + np.arange(sizes.sum())
        return cls(records[places], lengths)

    def __len__(self) -> int:
        return len(self.lengths)

    def __add__(self, other: Tokens) -> Tokens:
        """These products, then the others."""
        return Tokens(np.concatenate([self._marked, other._marked]), np.concatenate([self.lengths, other.lengths]))

    def bearing(self, phrase: Sequence[str]) -> np.ndarray:
        """Which fields of which products have the words one after the other: booleans, shape (n, fields)."""
        phrase = tuple(phrase)
        if phrase not in self._bearing:
            found = np.zeros(self.lengths.size, bool)
            found[self._field_of[self._places(phrase)]] = True
            self._bearing[phrase] = found.reshape(self.lengths.shape)
        return self._bearing[phrase]

    def around(self, phrase: Sequence[str], fields: Sequence[int], before: int, behind: int) -> tuple[np.ndarray, ...]:
        """Where the phrase comes first in each of the ``fields``: the products, shape (m,), and their neighbours.

        The neighbours are the words ``before``, shape (m, before), and ``behind``; 0 where the field has ended.
        """
        places = self._places(tuple(phrase))
        of, first = np.unique(self._field_of[places], return_index=True)
        wanted = np.isin(of % len(FIELDS), fields)
        of, places = of[wanted], places[first[wanted]]
        left = self._words_at(places[:, None] - np.arange(1, before + 1), of)
        right = self._words_at(places[:, None] + np.arange(len(phrase), len(phrase) + behind), of)
        return of // len(FIELDS), left, right

    def some(self, products: np.ndarray) -> Tokens:
        """Those of the products, in that order."""
        sizes = self.lengths.sum(axis=1)
        starts, wanted = np.cumsum(sizes) - sizes, sizes[products]
        within = np.arange(wanted.sum()) - np.repeat(np.cumsum(wanted) - wanted, wanted)
        return Tokens(self._marked[np.repeat(starts[products], wanted) + within], self.lengths[products])

    def telling(self) -> tuple[np.ndarray, np.ndarray]:
        """The words of the telling fields, of each product each once, shape (m,); and whose each of them is."""
        first = self._marked >= FIRST
        return self._flat[first], self._field_of[first] // len(FIELDS)

    def _places(self, phrase: tuple[str, ...]) -> np.ndarray:
        """Where the phrase begins, shape (m,)."""
        if not phrase:
            return np.empty(0, np.int64)
        places = np.flatnonzero(self._flat == token(phrase[0]))
        for further, word in enumerate(phrase[1:], start=1):
            places = places[places + further < len(self._flat)]
            places = places[self._flat[places + further] == token(word)]
        last = places + len(phrase) - 1
        return places[self._field_of[places] == self._field_of[last]]

    def _words_at(self, places: np.ndarray, of: np.ndarray) -> np.ndarray:
        inside = np.clip(places, 0, len(self._flat) - 1)
        same = (inside == places) & (self._field_of[inside] == of[:, None])
        return np.where(same, self._flat[inside], 0)
