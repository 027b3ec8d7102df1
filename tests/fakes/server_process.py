"""`python -m deployment.server` as a process of its own, and the commands beside it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from tests.processes import ROOT, environment, free_port, stop

START_TIMEOUT_S = 90.0
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
    home.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), home / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*DEPLOYMENT, "deployment.server", "--port", str(port)],
            cwd=ROOT,
            env=environment(home, **variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
            deadline = time.monotonic() + START_TIMEOUT_S
            while True:
                with suppress(httpx.TransportError):
                    if client.get("/readyz").status_code == 200:
                        break
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
            yield client, process, log
    finally:
        stop(process)
