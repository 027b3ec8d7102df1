"""The processes of a load test on this machine: begun, asked what they cost, and surely ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
READY_S, END_S = 300.0, 30.0
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def started(command: list[str], address: str, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """A process group that answers at the address; its leader's id. Raises RuntimeError where it does not come up."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        until = time.monotonic() + READY_S
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > until:
                said = log.read_text(encoding="utf-8", errors="replace")[-1000:]
                raise RuntimeError(f"{' '.join(command)} did not come up: {said}")
            time.sleep(0.05)
        yield process.pid
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Politely, then surely; it may be gone already."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_S)
            return


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def group(leader: int) -> list[int]:
    """The processes of a group."""
    return [
        int(place.name)
        for place in Path("/proc").iterdir()
        if place.name.isdigit() and _fields(place) and int(_fields(place)[2]) == leader
    ]


def processor_seconds(leader: int) -> float:
    """Processor time, user and system, that the group's processes have taken so far."""
    times = [_fields(Path("/proc") / str(pid)) for pid in group(leader)]
    return sum(int(fields[11]) + int(fields[12]) for fields in times if fields) / TICKS


def resident_mib(leader: int) -> float:
    """Memory in RAM of the group's processes, MiB."""
    pages = [int(_fields(Path("/proc") / str(pid))[21]) for pid in group(leader)]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _fields(place: Path) -> list[str]:
    """What /proc/PID/stat says after the command's name, which may hold blanks; empty for a process that is gone."""
    try:
        return (place / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def python() -> list[str]:
    """This interpreter, to run a module with."""
    return [sys.executable, "-m"]
