"""Words in a row, as a sentence lists them."""

from __future__ import annotations

from collections.abc import Sequence


def enumerated(words: Sequence[str], joint: str = "and") -> str:
    """The words as one: "jazz, tea and golf"."""
    return f" {joint} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
