"""The project's commands as processes of their own: an environment without the developer's settings, and a sure end."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.waiting import PATIENT
from tools.catalog.curated import curated_catalog

ROOT = Path(__file__).resolve().parent.parent
ADK = [sys.executable, "-m", "google.adk.cli"]
OURS = [sys.executable, "-m", "recsys_agent"]
COMMAND_TIMEOUT_S = START_TIMEOUT_S = 300.0
"""Against hanging only: on a busy machine all takes many times as long."""
STOP_TIMEOUT_S = 30.0


def environment(home: Path, **variables: str) -> dict[str, str]:
    """A process's environment: all it writes stays under `home`. The tests' own settings are not handed on."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("RECSYS_", "FIRESTORE_"))}
    places = {"HOME": str(home), "TMPDIR": str(home), "RECSYS_DATA_DIR": str(home / "data")}
    return {**inherited, **PATIENT, **places, **variables}


def run(
    command: list[str], home: Path, variables: Mapping[str, str] | None = None, said: str = ""
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end, in `home`, so that no `.env` of the developer is found."""
    with started(command, home, variables or {}) as process:
        out, err = process.communicate(said, timeout=COMMAND_TIMEOUT_S)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


@contextlib.contextmanager
def started(command: list[str], home: Path, variables: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process with pipes, in a group of its own that is killed at the end."""
    curated_catalog(home / "data")  # which is a copy; the process would take a second to import it
    path = {"PYTHONPATH": str(ROOT)} if command[: len(OURS)] == OURS else {}  # ADK's commands find the project alone
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command,
        cwd=home,
        env=environment(home, **path, **variables),
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            stop(process)


@dataclass
class Server:
    """A server of ADK's, running."""

    client: httpx.Client
    log: Path
    process: subprocess.Popen[bytes]

    def say(self, message: str, *, user: str, session: str, route: str = "/run") -> list[dict]:
        """Sends a message in a session, which is made where it does not exist yet; returns the turn's events."""
        self.client.post(f"/apps/recsys_agent/users/{user}/sessions/{session}", json={})  # 409: it is there already
        content = {"role": "user", "parts": [{"text": message}]}
        answer = self.client.post(
            route, json={"appName": "recsys_agent", "userId": user, "sessionId": session, "newMessage": content}
        )
        assert answer.status_code == 200, f"{answer.text}\n{self.log.read_text()[-3000:]}"
        if route == "/run":
            return answer.json()
        return [json.loads(line.removeprefix("data:")) for line in answer.text.splitlines() if line.startswith("data:")]

    def session(self, *, user: str, session: str) -> dict:
        """A session as it is stored."""
        answer = self.client.get(f"/apps/recsys_agent/users/{user}/sessions/{session}")
        return answer.raise_for_status().json()


@contextlib.contextmanager
def serving(command: list[str], home: Path, variables: Mapping[str, str]) -> Iterator[Server]:
    """Starts `adk web …` or `adk api_server …` on a free port; ready once it lists its apps."""
    adk = [*ADK, command[0], "--host", "127.0.0.1", *command[1:]]
    with listening(adk, home, environment(home, **variables), ready="/list-apps", cwd=home) as server:
        yield server


@contextlib.contextmanager
def listening(
    command: list[str], home: Path, environment: Mapping[str, str], *, ready: str, cwd: Path = ROOT
) -> Iterator[Server]:
    """Starts the command with a free `--port`; it is up once the path answers with 200. Its log is in `home`."""
    curated_catalog(home / "data")  # as above
    port, log = free_port(), home / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=COMMAND_TIMEOUT_S, trust_env=False) as client:
            _wait_until_up(process, client, log, ready)
            yield Server(client, log, process)
    finally:
        stop(process)


def _wait_until_up(process: subprocess.Popen[bytes], client: httpx.Client, log: Path, ready: str) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            if client.get(ready).status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"{process.args} did not come up (exit status {process.poll()}):\n{log.read_text()[-3000:]}")


def stop(process: subprocess.Popen) -> None:
    """Ends a process and all it started: they are one group."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError, subprocess.TimeoutExpired):
            os.killpg(process.pid, sign)
            process.wait(STOP_TIMEOUT_S)


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
