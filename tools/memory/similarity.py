"""Memories likened to a query by the vectors of an embedder."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tools.catalog.embedding.embedder import Embedder
from tools.errors import EmbeddingError
from tools.memory.recall import Similarity, shared_stems

if TYPE_CHECKING:
    import numpy as np

KEPT = 4096
"""Vectors of texts that are kept: the same few words ("likes jazz") come again and again."""

logger = logging.getLogger(__name__)


def by_vectors(embedder: Embedder) -> Similarity:
    """The larger of cosine and shared words, 0 to 1; the words alone where the embedder fails.

    A name or a rare word may be unknown to a model; whoever says the very word means it.
    """

    @lru_cache(maxsize=KEPT)
    def vector(text: str) -> np.ndarray:
        return embedder.embed_documents([text])[0]

    def alike(query: str, texts: Sequence[str]) -> list[float]:
        words = shared_stems(query, texts)
        if not query.strip() or not texts:
            return words
        try:
            wanted = embedder.embed_query(query)
            return [max(word, float(wanted @ vector(text))) for word, text in zip(words, texts, strict=True)]
        except EmbeddingError as error:
            logger.warning("memory is ranked by words alone: %s", error)
            return words

    return alike
