"""`python -m deployment.server` as a process of its own, and the commands beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.processes import ROOT, START_TIMEOUT_S, environment, listening

DEPLOYMENT = [sys.executable, "-m"]


def keys(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DEPLOYMENT, "deployment.keys", *arguments],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=START_TIMEOUT_S,
        check=False,
    )


@contextmanager
def serving(home: Path, **variables: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes], Path]]:
    """`python -m deployment.server` on a free port, ready."""
    command = [*DEPLOYMENT, "deployment.server"]
    with listening(command, home, environment(home, **variables), ready="/readyz") as server:
        yield server.client, server.process, server.log
