"""The approximate index of many vectors: usearch."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from usearch.index import Index


def graph_index() -> type[Index]:
    """usearch's class. Raises ImportError.

    onnxruntime, which fastembed runs on, is loaded first where it is installed: loaded after usearch it crashes the
    process (seen with onnxruntime 1.32.0 and usearch 2.26.6).
    """
    with suppress(ImportError):
        import onnxruntime  # noqa: F401  # pyright: ignore[reportMissingImports]
    from usearch.index import Index

    return Index
