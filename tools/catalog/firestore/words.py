"""The words of a shop: in how many products each stem stands. Kept in Firestore in a few documents, read whole.

With them a search knows which word is rare and which is unknown, and mends spelling, without a read; a word that is
not here is in no product.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tools.catalog.firestore.documents import all_stems, field_stems
from tools.catalog.search.spelling import SHORTEST, edits
from tools.lexicon.stems import stems
from tools.product import Product

WORDS_A_SHARD = 20_000
"""About 100 kB compressed; a document may have 1 MiB."""


@dataclass(frozen=True)
class Words:
    """``bearing`` counts the products that bear a stem in any searched field, ``lengths`` the stems of each field."""

    products: int = 0
    bearing: Mapping[str, int] = field(default_factory=dict)
    lengths: Mapping[str, int] = field(default_factory=dict)

    @property
    def num_docs(self) -> int:
        """How many products there are; like `doc_freq` named as tantivy's reader names it."""
        return self.products

    def doc_freq(self, field_name: str, stem: str) -> int:
        """How many products bear the stem. The fields are counted together."""
        return self.bearing.get(stem, 0)

    def average_length(self, field_name: str) -> float:
        """Stems a product has in this field."""
        return self.lengths.get(field_name, 0) / max(1, self.products)

    def changed(self, gone: Iterable[Product], come: Iterable[Product]) -> Words:
        """The words after some products left and others came."""
        counting = WordCount(self)
        for product in gone:
            counting.add(product, -1)
        for product in come:
            counting.add(product)
        return counting.words()

    def nearest(self, word: str) -> str | None:
        """The shop's stem within one edit of the word's stem (two from eight letters on), else None.

        Only stems with the same first letter are looked at: it is the one that is mistyped least.
        """
        wanted = stems(word)[0]
        if len(wanted) < SHORTEST or any(char.isdigit() for char in wanted):
            return None
        furthest = 2 if len(wanted) >= 8 else 1
        near = (stem for stem in self._by_initial.get(wanted[0], ()) if abs(len(stem) - len(wanted)) <= furthest)
        found = {stem: distance for stem in near if (distance := edits(stem, wanted)) <= furthest}
        return min(found, key=lambda stem: (found[stem], -self.bearing[stem], stem), default=None)

    @cached_property
    def _by_initial(self) -> dict[str, list[str]]:
        grouped: dict[str, list[str]] = {}
        for stem in self.bearing:
            grouped.setdefault(stem[0], []).append(stem)
        return grouped

    def as_documents(self) -> list[dict[str, Any]]:
        """The shards, each with what it takes to read all of them."""
        items = sorted(self.bearing.items())
        parts = [items[at : at + WORDS_A_SHARD] for at in range(0, len(items), WORDS_A_SHARD)] or [[]]
        about = {"products": self.products, "lengths": dict(self.lengths), "shards": len(parts)}
        return [about | {"bearing": zlib.compress(json.dumps(dict(part)).encode())} for part in parts]

    @classmethod
    def of_documents(cls, documents: Iterable[Mapping[str, Any]]) -> Words:
        """Reads the shards back."""
        bearing: dict[str, int] = {}
        about: Mapping[str, Any] = {}
        for about in documents:
            bearing |= json.loads(zlib.decompress(bytes(about["bearing"])))
        return cls(int(about["products"]), bearing, dict(about["lengths"]))


class WordCount:
    """Counts the words of products that stream by."""

    def __init__(self, start: Words | None = None) -> None:
        start = start or Words()
        self.products = start.products
        self._bearing, self._lengths = Counter(start.bearing), Counter(start.lengths)

    def add(self, product: Product, sign: int = 1) -> None:
        """Counts a product, or with -1 takes it out."""
        self.products += sign
        for stem in all_stems(product):
            self._bearing[stem] += sign
        for name, found in field_stems(product).items():
            self._lengths[name] += sign * len(found)

    def words(self) -> Words:
        """What was counted so far."""
        return Words(self.products, dict(+self._bearing), dict(+self._lengths))
