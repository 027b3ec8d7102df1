"""The hands-on notebook runs from top to bottom, and what it measures is what it says."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.hands_on import NOTEBOOK, cells, run_all, run_cell


def test_the_notebook_is_kept_without_outputs():
    read = json.loads(NOTEBOOK.read_text("utf-8"))
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in read["cells"] if "outputs" in cell)
    assert len({cell["id"] for cell in read["cells"]}) == len(read["cells"])
    assert [kind for kind, _ in cells()].count("code") > 10


@pytest.fixture
def left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The notebook sets variables and silences logs for its own process; here that is one of many."""
    for name in ("RECSYS_DATA_DIR", "RECSYS_MODEL", "RECSYS_MEMORY_URI", "RECSYS_TODAY"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("left_as_it_was")
async def test_every_cell_runs_and_the_planted_failure_is_found_and_mended(capsys: pytest.CaptureFixture[str]):
    left = await run_all()
    assert left["ours"]["served"] > left["first"]["served"]
    assert left["before"]["high"] < left["after"]["low"]
    printed = capsys.readouterr().out
    assert "prices may be misread" in printed
    assert str(Path.cwd()) not in printed


async def test_a_cell_shows_its_last_value_and_may_await(capsys: pytest.CaptureFixture[str]):
    namespace: dict[str, object] = {}
    await run_cell("import asyncio\nx = await asyncio.sleep(0, 41)\nx + 1", namespace)
    assert capsys.readouterr().out == "42\n"
    assert namespace["x"] == 41
    with pytest.raises(ZeroDivisionError):
        await run_cell("1 / 0", namespace)
