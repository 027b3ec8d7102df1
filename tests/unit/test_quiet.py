"""Only a command silences the log of its process; what a test or a notebook imports leaves it on."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from eval.benchmarks.asking import Asking
from eval.quiet import quiet
from tools.catalog.curated import curated_catalog


def test_asking_the_app_leaves_the_log_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Asking(curated_catalog(tmp_path), tmp_path)
    logging.getLogger("tools").warning("still heard")
    assert "still heard" in caplog.text


def test_quiet_silences_warnings_and_no_errors(caplog: pytest.LogCaptureFixture) -> None:
    quiet()
    for level in (logging.WARNING, logging.ERROR):
        logging.getLogger("tools").log(level, "at %s", level)
    assert caplog.messages == ["at 40"]
