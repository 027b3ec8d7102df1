"""The server as a process: its commands, a turn, an end that finishes what runs, and the word of its document."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from deployment.command import run_command
from deployment.triggers.__main__ import cli
from recsys_agent.__main__ import main
from tests.commands import called
from tests.fakes.gemini import FakeGemini, error
from tests.processes import COMMAND_TIMEOUT_S, ROOT, environment, run
from tests.server_process import keys, serving

DAD = {"text": "My dad turns 60, he loves gardening and jazz, $40-60"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


def test_a_key_is_printed_once_listed_without_its_secret_rotated_and_revoked(tmp_path: Path) -> None:
    key = keys(tmp_path, "add", "--user", "ana").stdout.strip()
    key_id = key.split("_")[1]
    listed = run(
        [sys.executable, "-m", "deployment.keys", "list", "--json"], tmp_path, {"PYTHONPATH": str(ROOT)}
    ).stdout
    assert json.loads(listed)["id"] == key_id
    assert key.split("_", 2)[2] not in listed
    assert keys(tmp_path, "rotate", key_id).stdout.strip() != key
    assert keys(tmp_path, "revoke", key_id).returncode == 0
    missing = keys(tmp_path, "revoke", key_id)
    assert missing.returncode == 2
    assert missing.stderr.count("\n") == 1
    assert keys(tmp_path, "add").returncode == 2


def test_the_document_keeps_its_word(home: Path) -> None:
    """schemathesis sends what the document of /v1 allows, and what it does not."""
    key = keys(home, "add", "--user", "ana").stdout.strip()
    limits = {f"RECSYS_SERVER_{name}_PER_MINUTE": "1000000" for name in ("TURNS", "REQUESTS")}
    with serving(home, **limits) as (client, _, log):
        found = subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")),
                "run",
                f"{client.base_url}/v1/openapi.json",
                "--header",
                f"Authorization: Bearer {key}",
                *("--phases", "examples,coverage,fuzzing", "--max-examples", "8", "--seed", "1", "--no-color"),
            ],
            cwd=home,
            env=environment(home),
            capture_output=True,
            text=True,
            timeout=500,
            check=False,
        )
        assert found.returncode == 0, found.stdout[-8000:] + found.stderr[-2000:]
        assert '"status": 500' not in log.read_text()


def test_a_turn_that_runs_when_the_server_is_told_to_stop_is_finished(home: Path) -> None:
    key = keys(home, "add", "--user", "ben").stdout.strip()
    with FakeGemini(lambda _: error(503), delay_seconds=1.5) as fake:  # slow, then the stand-in finishes the turn
        model = {"GOOGLE_GEMINI_BASE_URL": fake.url, "GOOGLE_API_KEY": "fake", "RECSYS_MODEL_ATTEMPTS": "1"}
        with serving(home, **model) as (client, process, log):
            headers, answers = {"Authorization": f"Bearer {key}"}, []

            def ask() -> None:
                answers.append(client.post("/v1/conversations/c1/messages", headers=headers, json=DAD))

            asking = Thread(target=ask)
            asking.start()
            while asking.is_alive() and not fake.requests:
                time.sleep(0.05)
            os.kill(process.pid, signal.SIGTERM)
            asking.join(COMMAND_TIMEOUT_S)
            assert process.wait(COMMAND_TIMEOUT_S) in (0, -signal.SIGTERM), log.read_text()
    assert answers[0].status_code == 200
    assert "event: turn" in answers[0].text
    assert "event: done" in answers[0].text


def test_the_log_is_json_and_holds_no_message_and_no_key(home: Path) -> None:
    key = keys(home, "add", "--server", "toys").stdout.strip()
    with serving(home, RECSYS_LOG_LEVEL="DEBUG") as (client, _, log):
        headers = {"Authorization": f"Bearer {key}", "X-Shopper-Id": "zelda", "A2A-Version": "1.0"}
        turn: dict[str, Any] = client.post("/v1/recommendations", headers=headers, json=DAD).json()
        assert turn["status"] == "recommended"
        message = {"message": {"messageId": "m", "role": "ROLE_USER", "parts": [DAD]}}
        for path, method, params in (
            ("/a2a", "SendMessage", message),
            ("/mcp", "tools/call", {"name": "plan_gifts", "arguments": DAD}),
            ("/mcp", "tools/call", {"name": "gardening", "arguments": {}}),
        ):
            call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
            assert client.post(path, headers=headers, json=call).status_code == 200
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    assert any(line.get("route") == "/v1/recommendations" and line["status"] == 200 for line in lines)
    for secret in ("gardening", key, "zelda", turn["conversation_id"]):
        assert secret not in log.read_text()


def test_the_tick_is_a_command_that_says_what_it_found_and_nothing_twice(tmp_path: Path) -> None:
    def tick(*arguments: str) -> str:
        found = called(lambda: run_command(cli, "deployment.triggers"), "tick", *arguments, **day)
        assert found.returncode == 0, found.stderr
        return found.stdout

    day = {"RECSYS_TODAY": "2026-06-01"}
    first = run([sys.executable, "-m", "deployment.triggers", "tick"], tmp_path, {"PYTHONPATH": str(ROOT), **day})
    assert "nothing has come up" in first.stdout, first.stderr
    called(main, "ask", "--user", "eve", "my dad turns 60 on June 14, loves jazz, $40-60", "you may message me", **day)
    (line,) = tick("--json").splitlines()
    assert json.loads(line)["outcome"] == "send"
    assert "1 leave" in tick("--user", "eve")
