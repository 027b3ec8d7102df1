"""What turns texts into vectors, and the choice of it by RECSYS_EMBEDDER.

Vectors of two embedders cannot be compared, so each has a name, which stands in the catalogue's manifest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tools.errors import SettingsError

if TYPE_CHECKING:
    import numpy as np

NONE, FASTEMBED, GEMINI = "none", "fastembed", "gemini"


class Embedder(Protocol):
    """Texts to vectors of length 1, float32; their dot product is the cosine. Raises EmbeddingError."""

    @property
    def name(self) -> str:
        """Says which vectors these are: the same name, the same vectors, wherever the model lies."""
        ...

    def embed_documents(self, texts: list[str]) -> np.ndarray:
        """A row for each text, in order: shape (n, d)."""
        ...

    def embed_query(self, text: str) -> np.ndarray:
        """The vector of what a shopper wrote: shape (d,)."""
        ...


def build_embedder(choice: str | None) -> Embedder | None:
    """The embedder of ``none``, ``gemini:MODEL`` or ``fastembed[:FOLDER]``; None for ``none`` and for nothing.

    Raises SettingsError where the choice is none of these, or a package, folder or key is missing.
    """
    kind, _, argument = (choice or NONE).strip().partition(":")
    if kind == NONE and not argument:
        return None
    if kind == FASTEMBED:
        from tools.catalog.embedding.local import FastembedEmbedder

        return FastembedEmbedder(argument or None)
    if kind == GEMINI:
        if not argument:
            raise SettingsError(f"{choice!r} names no model to make vectors: give gemini:MODEL")
        from tools.catalog.embedding.gemini import GeminiEmbedder

        return GeminiEmbedder(argument)
    raise SettingsError(f"RECSYS_EMBEDDER={choice!r} cannot be used: give none, gemini:MODEL or fastembed[:FOLDER]")


def unit_rows(rows: np.ndarray) -> np.ndarray:
    """The rows as float32 of length 1; a row of zeros stays one."""
    import numpy as np

    rows = np.asarray(rows, dtype=np.float32)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(norms == 0, 1, norms)
