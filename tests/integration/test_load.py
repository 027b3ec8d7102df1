"""The load kit: its model says over the wire what the stand-in says, and processes are asked for what they cost."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from eval.load.slow_model import create_model
from eval.processes import free_port, processor_seconds, resident_mib
from recsys_agent.settings import DEFAULT_GEMINI
from tests.processes import OURS, run
from tests.waiting import until

MESSAGE = "My dad turns 60, he loves gardening and jazz, $40-60"


@pytest.fixture
def model_url() -> Iterator[str]:
    """The slow model of the load kit, in a thread."""
    server = uvicorn.Server(uvicorn.Config(create_model(0.05), log_level="warning"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        until(lambda: server.started)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def test_the_loopback_model_costs_two_calls_and_recommends_what_the_stand_in_does(
    model_url: str, tmp_path: Path
) -> None:
    ask = [*OURS, "ask", "--json", MESSAGE]
    modelled = run(
        ask,
        tmp_path,
        {"RECSYS_MODEL": DEFAULT_GEMINI, "GOOGLE_API_KEY": "loopback", "GOOGLE_GEMINI_BASE_URL": model_url},
    )
    keyless = run(ask, tmp_path, {"RECSYS_MODEL": "offline"})
    told, expected = (_turn(done.stdout) for done in (modelled, keyless))
    assert told["picks"] == expected["picks"]
    assert told["usage"]["llm_calls"] == 2
    assert not told["warnings"]


def _turn(printed: str) -> dict[str, Any]:
    return json.loads(printed)


def test_a_process_group_is_asked_for_its_processor_time_and_memory() -> None:
    before, until = processor_seconds(os.getpgrp()), time.process_time() + 0.1
    while time.process_time() < until:
        pass
    assert processor_seconds(os.getpgrp()) - before >= 0.05
    assert resident_mib(os.getpgrp()) > 10


def test_a_free_port_is_free() -> None:
    with suppress(OSError), socket.create_connection(("127.0.0.1", free_port()), timeout=1):
        pytest.fail("somebody listens there")
