"""The server of `make serve` as a process on this machine, with stores in a folder of its own and a shop's key."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.processes import free_port, python, started

UNLIMITED = "100000000"
NAMESPACE = "load"
"""Of the shop whose server key is used: shoppers are load:NAME to the agent."""


@dataclass(frozen=True)
class Serving:
    """A running server: its address, a shop's key for it, its process group and how long it took to be ready."""

    address: str
    key: str
    pid: int
    start_s: float

    def headers(self, shopper: str) -> dict[str, str]:
        """Of a request for this shopper."""
        return {"Authorization": f"Bearer {self.key}", "X-Shopper-Id": shopper, "Accept": "application/json"}


@contextmanager
def serving(
    folder: Path, variables: Mapping[str, str], *, workers: int = 1, key: str = "", before: str = ""
) -> Iterator[Serving]:
    """Serves until the block ends. A user's limits do not matter here, capacity does.

    ``key``: of an earlier server over the same stores. ``before``: what the shell does first, such as `ulimit -f 64`.
    Raises RuntimeError where the server does not come up.
    """
    limits = ("REQUESTS_PER_MINUTE", "TURNS_PER_MINUTE", "DAILY_MODEL_CALLS", "DAILY_TOKENS")
    environment = {f"RECSYS_SERVER_{name}": UNLIMITED for name in limits}
    environment |= {"RECSYS_MODEL": "offline", "RECSYS_DATA_DIR": str(folder / "data"), "RECSYS_ENV_FILE": ""}
    environment |= dict.fromkeys(("RECSYS_SESSION_URI", "RECSYS_MEMORY_URI", "RECSYS_CATALOG"), "")
    environment |= variables
    key = key or _new_key(environment)
    port, begun = free_port(), time.monotonic()
    address = f"http://127.0.0.1:{port}"
    command = [*python(), "deployment.server", "--port", str(port), "--workers", str(workers)]
    if before:
        command = ["sh", "-c", f'{before}; exec "$@"', "sh", *command]
    with started(command, f"{address}/readyz", environment, folder / "server.log") as pid:
        yield Serving(address, key, pid, time.monotonic() - begun)


def _new_key(environment: Mapping[str, str]) -> str:
    command = [*python(), "deployment.keys", "add", "--server", NAMESPACE]
    environment = {**os.environ, **environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
