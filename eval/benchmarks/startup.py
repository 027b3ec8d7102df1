"""How long a new process takes to its first reply."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from eval.keyless import keyless_environment

ROOT = Path(__file__).resolve().parents[2]
IMPORT_ADK = ["-c", "import google.adk.apps, google.adk.runners, google.adk.workflow; print('imported')"]


def measure_startup(message: str, starts: int, advance: Callable[[], None]) -> dict[str, float]:
    """Median seconds from process start to the first line of output, by what is started. `advance`: one more was."""
    ask = ["-m", "recsys_agent", "ask", message]
    with tempfile.TemporaryDirectory() as kept:
        _seconds(ask, kept)  # builds the catalogue, and the bytecode of everything

        def median(command: list[str], *, fresh: bool = False) -> float:
            taken = []
            for _ in range(starts):
                with tempfile.TemporaryDirectory() as empty:
                    taken.append(_seconds(command, empty if fresh else kept))
                advance()
            return statistics.median(taken)

        return {
            "Python alone": median(["-c", "print('started')"]),
            "Python with ADK imported": median(IMPORT_ADK),
            "ask, catalogue ready": median(ask),
            "ask, catalogue built first": median(ask, fresh=True),
        }


def _seconds(arguments: list[str], data_dir: str) -> float:
    """Seconds to the first line. Raises RuntimeError when the process fails."""
    environment = keyless_environment() | {"RECSYS_DATA_DIR": data_dir}
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = time.perf_counter() - started
        process.stdout.read()
    if not line or process.returncode:
        raise RuntimeError(f"{' '.join(arguments[:3])} failed with exit status {process.returncode}")
    return seconds
