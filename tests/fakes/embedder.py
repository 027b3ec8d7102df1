"""An embedder without a model: a text's vector is the sum of its words', so texts that share words are near."""

from __future__ import annotations

import hashlib
import re

import numpy as np

from tools.catalog.embedding.embedder import unit_rows


class HashEmbedder:
    """Deterministic. ``same`` are pairs of words that mean the same: they get one vector. Counts what it is asked."""

    def __init__(self, name: str = "fake", dimensions: int = 64, same: dict[str, str] | None = None) -> None:
        self.name = name
        self.dimensions = dimensions
        self.same = same or {}
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> np.ndarray:
        self.embedded += texts
        return unit_rows(np.array([self._sum(text) for text in texts]).reshape(len(texts), self.dimensions))

    def embed_query(self, text: str) -> np.ndarray:
        return unit_rows(self._sum(text)[None])[0]

    def _sum(self, text: str) -> np.ndarray:
        words = (self.same.get(word, word) for word in re.findall(r"\w+", text.lower()))
        return np.sum([self._word(word) for word in words] or [np.zeros(self.dimensions)], axis=0)

    def _word(self, word: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
        return np.random.default_rng(seed).standard_normal(self.dimensions)
