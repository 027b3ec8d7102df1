"""The Firestore emulator of the Google Cloud SDK on a free port of this machine, for benchmarks and tests."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

SDK_FOLDERS = ("/usr/lib/google-cloud-sdk", "/usr/share/google-cloud-sdk", "~/google-cloud-sdk")
SCRIPT = "platform/cloud-firestore-emulator/cloud_firestore_emulator"
START_TIMEOUT_S = 180.0
STOP_TIMEOUT_S = 10.0
TRIES = 3


class NoEmulator(RuntimeError):
    """No Firestore emulator is installed on this machine."""

    def __init__(self) -> None:
        super().__init__("Firestore emulator not found; install the Cloud SDK's cloud-firestore-emulator and Java 17")


@contextmanager
def start_emulator() -> Iterator[str]:
    """The address, host:port, of an emulator that runs until the block ends; FIRESTORE_EMULATOR_HOST is left alone.

    Raises NoEmulator where none is installed, and RuntimeError with the end of its log where it does not come up.
    """
    command = _command()
    if command is None or shutil.which("java") is None:
        raise NoEmulator
    process, address = _started(command)
    try:
        yield address
    finally:
        _stop(process)


def _started(command: list[str]) -> tuple[subprocess.Popen[bytes], str]:
    """The emulator and its address. Another port is tried where somebody took the first before Java had started."""
    for tries_left in reversed(range(TRIES)):
        port = _free_port()
        address = f"127.0.0.1:{port}"
        with tempfile.TemporaryFile() as log:
            told = [*command, *_place(command, port)]
            process = subprocess.Popen(told, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
            try:
                _wait_until_up(process, address, log)
                return process, address
            except BaseException as error:
                _stop(process)
                if not tries_left or "BindException" not in str(error):
                    raise
    raise AssertionError("unreachable")


def _command() -> list[str] | None:
    """How to start it: the emulator's own script, which needs no account, else `gcloud`."""
    gcloud = shutil.which("gcloud")
    folders = [Path(folder).expanduser() for folder in SDK_FOLDERS]
    if gcloud:
        folders.append(Path(gcloud).resolve().parent.parent)
    for folder in folders:
        if (script := folder / SCRIPT).is_file():
            return [str(script), "start"]
    return [gcloud, "emulators", "firestore", "start", "--quiet"] if gcloud else None


def _place(command: list[str], port: int) -> list[str]:
    if "emulators" in command:
        return [f"--host-port=127.0.0.1:{port}"]
    return ["--host=127.0.0.1", f"--port={port}"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(process: subprocess.Popen[bytes], address: str, log: IO[bytes]) -> None:
    """Returns once it answers."""
    plain = build_opener(ProxyHandler({}))
    deadline = time.monotonic() + START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with plain.open(f"http://{address}/", timeout=2) as answer:
                answer.read()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    log.seek(0)
    said = log.read().decode(errors="replace")[-2000:]
    if process.returncode is not None and "not installed" in said:  # `gcloud` is there, its emulator is not
        raise NoEmulator
    raise RuntimeError(f"the Firestore emulator did not answer at {address} (exit status {process.poll()}): {said}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the script and the Java process it started: they are one process group."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(STOP_TIMEOUT_S)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
