"""LangGraph, CrewAI and AG2 get from our MCP server the plan that `ask` gives. Run by `make clients`, not by CI.

Each runs as it comes from its maker, in `.data/clients`, without any key for a language model.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT, environment, run
from tests.server_process import keys, serving

TEXT = "My dad turns 60, he loves gardening and jazz, $40-60"
PYTHON = ROOT / ".data" / "clients" / "bin" / "python"
QUIET = {"CREWAI_DISABLE_TELEMETRY": "true", "OTEL_SDK_DISABLED": "true"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Path]]:
    home = tmp_path_factory.mktemp("clients")
    key = keys(home, "add", "--user", "ana").stdout.strip()
    with serving(home) as (http, _, _):
        yield f"{http.base_url}/mcp", key, home


@pytest.mark.parametrize("client", ["langgraph", "crewai", "ag2"])
def test_the_plan_is_that_of_ask(served: tuple[str, str, Path], client: str, tmp_path: Path) -> None:
    url, key, home = served
    asked = json.loads(run([sys.executable, "-m", "recsys_agent", "ask", "--json", TEXT], tmp_path).stdout)
    done = subprocess.run(
        [PYTHON, ROOT / "tests" / "clients" / f"{client}_client.py", url, TEXT],
        env=environment(home, RECSYS_KEY=key, **QUIET),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    turn = json.loads(done.stdout)
    assert turn["status"] == "recommended"
    for part in ("picks", "plan", "total", "brief", "receipt"):
        assert turn[part] == asked[part], part
