"""Quiet for commands that draw a progress bar: ADK's notes and the app's warnings would run through it."""

from __future__ import annotations

import logging
import os
import warnings


def quiet(below: int = logging.WARNING) -> None:
    """Silences warnings, and the log up to a level, in the whole process: for a command, never for what is imported."""
    os.environ.setdefault("ADK_SUPPRESS_EXPERIMENTAL_FEATURE_WARNINGS", "1")
    logging.disable(below)
    warnings.simplefilter("ignore")
