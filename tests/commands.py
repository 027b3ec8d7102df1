"""The project's commands, called in this process: what each prints and its exit status, without a start of seconds.

Each command has a test that starts it as a process of its own, too: see tests/processes.py.
"""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from collections.abc import Callable

import pytest

from recsys_agent.settings import load_settings


def called(main: Callable[[], int | None], *arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a command's `main` with these arguments, and with these variables in its environment."""
    told = [str(argument) for argument in arguments]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.setattr(sys, "argv", ["command", *told])
        for name, value in variables.items():
            patch.setenv(name, value)
        load_settings.cache_clear()
        try:
            status = main()
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            load_settings.cache_clear()
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(told, status or 0, *said)
