"""The embedder of RECSYS_EMBEDDER, once for catalogue and memory."""

from __future__ import annotations

from functools import lru_cache

from tools.catalog.embedding.embedder import Embedder, build_embedder
from tools.memory.recall import Similarity, shared_stems
from tools.memory.similarity import by_vectors


@lru_cache(maxsize=4)
def embedder_of(choice: str) -> Embedder | None:
    """The embedder of a choice. Kept: a model takes a moment to load, and serves every turn."""
    return build_embedder(choice)


@lru_cache(maxsize=4)
def similarity_of(choice: str) -> Similarity:
    """How memories are likened to a query: by vectors where an embedder is chosen, else by their words."""
    embedder = embedder_of(choice)
    return by_vectors(embedder) if embedder else shared_stems
