"""Replies that recite what the agents are told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

RUN = 7
"""As many words in a row are no accident."""

_WORD = re.compile(r"\w+")


def recites(text: str, secrets: Iterable[str]) -> bool:
    """Whether the text has a run of `RUN` words of one of the secrets."""
    said = _runs(text)
    return any(not said.isdisjoint(_kept_runs(secret)) for secret in secrets)


@lru_cache(maxsize=16)
def _kept_runs(secret: str) -> frozenset[tuple[str, ...]]:
    """Those of a secret. Kept: there are few, and every reply is held against them."""
    return _runs(secret)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every `RUN` words in a row."""
    words = _WORD.findall(text.lower())
    return frozenset(zip(*(words[at:] for at in range(RUN)), strict=False))
