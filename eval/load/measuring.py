"""One measurement: locust's shoppers against a running server, and what both sides paid for it."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path

from eval.processes import processor_seconds, resident_mib

FILE = Path(__file__).with_name("shoppers.py")
GRACE_S = 60


@dataclass(frozen=True)
class Load:
    """How many shoppers come, for how long, how long each thinks between messages, and a call of the model takes."""

    shoppers: int
    seconds: int
    pause_s: float = 0.0
    model_ms: int = 0


@dataclass(frozen=True)
class Measured:
    """What came of a load; milliseconds are a message's, as the client saw them.

    ``beyond_ms``: the 95th percentile of what a turn took beside the calls of its model; NaN without a model.
    """

    load: Load
    turns: int
    refused: int
    errors: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    beyond_ms: float
    server_cpu_s: float
    locust_cpu_s: float
    memory_mib: float

    @property
    def turns_per_s(self) -> float:
        """Messages answered with a turn."""
        return self.turns / self.load.seconds

    @property
    def cpu_ms_a_turn(self) -> float:
        """Processor time of the server's processes; it does not depend on who else uses the machine."""
        return 1000 * self.server_cpu_s / max(1, self.turns)


def measure(locust: Path, load: Load, address: str, key: str, server: int, folder: Path) -> Measured:
    """Runs locust once. Raises RuntimeError with its words where it could not run."""
    before, children = processor_seconds(server), resource.getrusage(resource.RUSAGE_CHILDREN)
    stem = folder / f"load-{load.shoppers}-{load.pause_s:g}"
    command = [str(locust), "-f", str(FILE), "--headless", "--host", address, "--csv", str(stem), "--only-summary"]
    command += ["-u", str(load.shoppers), "-r", str(load.shoppers), "-t", f"{load.seconds}s", "--loglevel", "ERROR"]
    done = subprocess.run(
        command,
        env={**os.environ, "LOAD_KEY": key, "LOAD_PAUSE_S": f"{load.pause_s:g}", "LOAD_MODEL_MS": f"{load.model_ms}"},
        capture_output=True,
        text=True,
        timeout=load.seconds + GRACE_S,
        check=False,
    )
    rows = _rows(Path(f"{stem}_stats.csv"))
    if not rows:
        raise RuntimeError(f"locust failed: {done.stderr.strip()[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said, refused = rows.get("message", {}), rows.get("refused", {})
    errors = int(said.get("Failure Count", 0))
    return Measured(
        load=load,
        turns=int(said.get("Request Count", 0)) - errors,
        refused=int(refused.get("Request Count", 0)),
        errors=errors,
        p50_ms=float(said.get("50%", "nan")),
        p95_ms=float(said.get("95%", "nan")),
        p99_ms=float(said.get("99%", "nan")),
        beyond_ms=float(rows.get("beyond", {}).get("95%", "nan")),
        server_cpu_s=processor_seconds(server) - before,
        locust_cpu_s=after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime,
        memory_mib=resident_mib(server),
    )


def _rows(file: Path) -> dict[str, dict[str, str]]:
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["Name"]: row for row in csv.DictReader(lines)}
