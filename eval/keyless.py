"""The fixed conditions of the eval set: the keyless stand-in, the shipped catalogue, one certain day."""

from __future__ import annotations

import os

TODAY = "2026-11-23"
"""A Monday; "this Friday" and "in two weeks" in the eval set count from it."""


def keyless_environment() -> dict[str, str]:
    """This process's environment with everything fixed that could change an answer."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("RECSYS_") or k == "RECSYS_DATA_DIR"}
    kept |= {"RECSYS_MEMORY_URI": "none"}  # all cases have one user: what one says must not help the next
    return kept | {"RECSYS_MODEL": "offline", "RECSYS_TODAY": TODAY, "ADK_SUPPRESS_EXPERIMENTAL_FEATURE_WARNINGS": "1"}
