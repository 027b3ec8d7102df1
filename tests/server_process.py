"""`python -m deployment.server` as a process of its own, and the commands beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from deployment.command import run_command
from deployment.keys import cli
from tests.commands import called
from tests.processes import environment, listening

DEPLOYMENT = [sys.executable, "-m"]


def keys(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m deployment.keys`, in this process."""
    return called(lambda: run_command(cli, "deployment.keys"), *arguments, RECSYS_DATA_DIR=str(home / "data"))


@contextmanager
def serving(home: Path, **variables: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes], Path]]:
    """`python -m deployment.server` on a free port, ready."""
    command = [*DEPLOYMENT, "deployment.server"]
    with listening(command, home, environment(home, **variables), ready="/readyz") as server:
        yield server.client, server.process, server.log
