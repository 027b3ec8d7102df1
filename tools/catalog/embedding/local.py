"""Embeddings on this machine, by fastembed (ONNX): an extra, ``pip install fastembed``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.catalog.embedding.embedder import unit_rows
from tools.errors import SettingsError

if TYPE_CHECKING:
    from fastembed import TextEmbedding

BATCH = 16
"""Texts in one run of the model: more take memory (64 took 1.4 GB) and no less time on a processor."""


class FastembedEmbedder:
    """A model of fastembed: one in a folder, which is named as the model is, or fastembed's default, downloaded."""

    def __init__(self, folder: str | None = None) -> None:
        models = _text_embedding()
        if folder is None:
            self._model = _loaded(models)
            self.name = f"fastembed:{_base_name(self._model.model_name)}"
            return
        path = Path(folder).expanduser()
        if not path.is_dir():
            raise SettingsError(f"RECSYS_EMBEDDER: there is no folder {folder!r}; give fastembed:FOLDER of a model")
        named = path.resolve().name
        known = {_base_name(model["model"]): model["model"] for model in models.list_supported_models()}
        if named not in known:
            raise SettingsError(
                f"RECSYS_EMBEDDER: fastembed has no model {named!r}; name the folder as its model is named, "
                "such as all-MiniLM-L6-v2"
            )
        self.name = f"fastembed:{named}"
        self._model = _loaded(models, model_name=known[named], specific_model_path=str(path), local_files_only=True)

    def embed_documents(self, texts: list[str]) -> np.ndarray:
        """The vectors of the texts. A batch is as slow as its longest text, so like lengths go together."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows = list(self._model.embed([texts[i] for i in order], batch_size=BATCH))
        return unit_rows(np.array(rows)[np.argsort(order)]) if rows else np.empty((0, 0), np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        """The vector of a query, with the model's own prefix for queries where it has one."""
        return unit_rows(np.array(list(self._model.query_embed(text))))[0]


def _text_embedding() -> type[TextEmbedding]:
    try:
        from fastembed import TextEmbedding
    except ImportError as error:
        raise SettingsError("RECSYS_EMBEDDER=fastembed needs a package: pip install fastembed") from error
    return TextEmbedding


def _loaded(models: type[TextEmbedding], **options: Any) -> TextEmbedding:
    try:
        return models(**options)
    except Exception as error:  # onnxruntime, the tokenizer, the download: each has errors of its own
        what = options.get("specific_model_path", "its default model")
        raise SettingsError(f"RECSYS_EMBEDDER: fastembed cannot load {what}: {str(error).splitlines()[0]}") from error


def _base_name(model: str) -> str:
    return model.rsplit("/", 1)[-1]
