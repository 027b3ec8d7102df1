"""Waiting for what another thread or process does: as long as a busy machine needs, never a moment longer."""

from __future__ import annotations

import time
from collections.abc import Callable

HANGS_AFTER_S = 120.0
"""Nothing that a test waits for takes so long, however busy the machine is."""

PATIENT = {"RECSYS_SOURCE_TIMEOUT_S": f"{HANGS_AFTER_S:g}"}
"""Settings of every test: on a busy machine no source of the gift finder is left out."""


def until(condition: Callable[[], object]) -> None:
    """Returns once the condition holds."""
    end = time.monotonic() + HANGS_AFTER_S
    while not condition():
        assert time.monotonic() < end, f"it did not happen in {HANGS_AFTER_S:g} s"
        time.sleep(0.02)
