"""Embeddings by Gemini, through google-genai, with the key or the Google Cloud project of the environment."""

from __future__ import annotations

import httpx
import numpy as np
from google import genai
from google.genai import errors, types

from tools.catalog.embedding.embedder import unit_rows
from tools.errors import EmbeddingError, SettingsError

DIMENSIONS = 768
"""Of the lengths Google recommends (768, 1536, 3072) the shortest: a million of them are 1.5 GB as float16."""

BATCH = 100
"""Texts in one call; the service takes no more."""

RETRIES = types.HttpRetryOptions(attempts=6, initial_delay=1.0, max_delay=30.0, http_status_codes=[429, 500, 503, 504])
TIMEOUT_MS = 60_000


class GeminiEmbedder:
    """Vectors of a Gemini embedding model. Overload (429, 503) is waited out with growing delays."""

    def __init__(self, model: str, *, retries: types.HttpRetryOptions = RETRIES) -> None:
        self.name = f"gemini:{model}"
        self._model = model
        try:
            self._client = genai.Client(http_options=types.HttpOptions(retry_options=retries, timeout=TIMEOUT_MS))
        except ValueError as error:
            raise SettingsError("RECSYS_EMBEDDER=gemini:MODEL needs a key: set GOOGLE_API_KEY, or Vertex AI") from error

    def embed_documents(self, texts: list[str]) -> np.ndarray:
        """The vectors of the texts, `BATCH` in a call."""
        rows = [self._embed(texts[at : at + BATCH], "RETRIEVAL_DOCUMENT") for at in range(0, len(texts), BATCH)]
        return np.concatenate(rows) if rows else np.empty((0, 0), np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        """The vector of a query."""
        return self._embed([text], "RETRIEVAL_QUERY")[0]

    def _embed(self, texts: list[str], task: str) -> np.ndarray:
        config = types.EmbedContentConfig(task_type=task, output_dimensionality=DIMENSIONS)
        try:
            answer = self._client.models.embed_content(model=self._model, contents=list(texts), config=config)
        except (errors.APIError, httpx.HTTPError) as error:
            raise EmbeddingError(f"{self.name} could not embed: {error}") from error
        rows = [one.values or [] for one in answer.embeddings or []]
        if len(rows) != len(texts):
            raise EmbeddingError(f"{self.name} sent {len(rows)} vectors for {len(texts)} texts")
        # Shortened vectors come as they were cut, not of length 1.
        return unit_rows(np.array(rows))
