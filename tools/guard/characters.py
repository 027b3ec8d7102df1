"""Characters that are not seen, or that change how others are: no store, terminal or reader should get them."""

from __future__ import annotations

import re

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
"""Control, invisible, direction-changing and tag characters, and lone surrogates."""


def seen(text: str) -> str:
    """The text as a reader sees it, of a model that may hide something between the letters."""
    return UNSEEN.sub("", text)
