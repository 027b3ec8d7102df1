"""Replies that recite what the agents are told."""

from __future__ import annotations

import re
from collections.abc import Iterable

RUN = 7
"""As many words in a row are no accident."""

_WORD = re.compile(r"\w+")


def recites(text: str, secrets: Iterable[str]) -> bool:
    """Whether the text has a run of `RUN` words of one of the secrets."""
    said = f" {' '.join(_WORD.findall(text.lower()))} "
    for secret in secrets:
        words = _WORD.findall(secret.lower())
        if any(f" {' '.join(words[at : at + RUN])} " in said for at in range(len(words) - RUN + 1)):
            return True
    return False
