"""Every way ADK has of opening the app: one app, one tree, one session store."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from tests.processes import ADK, OURS, ROOT, Server, run, serving

APP = str(ROOT / "recsys_agent")
SERVERS = {
    "web .": ["web", str(ROOT)],
    "web recsys_agent": ["web", APP],
    "api_server .": ["api_server", str(ROOT)],
}
SPECIALISTS = {"preference_elicitor", "gift_finder", "budget_checker", "explainer"}
BRIEF = "my dad turns 60, he loves gardening and jazz, $40-60"
KB = 1024


@pytest.fixture(scope="module")
def store(firestore_emulator: str) -> dict[str, str]:
    """A Firestore project of this module's own, as every entry point is told of it."""
    return {"uri": f"firestore://test-{uuid4().hex[:8]}", "host": firestore_emulator}


@pytest.fixture(scope="module")
def servers(store: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """All servers, on one Firestore project. They start side by side: each takes seconds."""
    home = tmp_path_factory.mktemp("servers")
    with contextlib.ExitStack() as stack, ThreadPoolExecutor() as pool:

        def start(number: int, command: list[str]) -> Server:
            told = [command[0], "--session_service_uri", store["uri"], *command[1:]]
            folder = home / str(number)
            return stack.enter_context(serving(told, folder, {"FIRESTORE_EMULATOR_HOST": store["host"]}))

        started = {name: pool.submit(start, number, command) for number, (name, command) in enumerate(SERVERS.items())}
        yield {name: future.result() for name, future in started.items()}


@pytest.fixture(params=list(SERVERS))
def server(request: pytest.FixtureRequest, servers: dict[str, Server]) -> Server:
    return servers[request.param]


def test_exactly_one_app_is_listed(server: Server) -> None:
    assert server.client.get("/list-apps").json() == ["recsys_agent"]


def test_a_recommendation_passes_through_all_specialists_and_stores_little(server: Server) -> None:
    session = uuid4().hex
    events = server.say(BRIEF, user="ana", session=session)
    assert {event["author"] for event in events} >= SPECIALISTS - {"preference_elicitor"}
    assert "$" in events[-1]["content"]["parts"][0]["text"]
    stored = server.session(user="ana", session=session)
    sizes = {f"{number} {event['author']}": len(json.dumps(event)) for number, event in enumerate(stored["events"])}
    print(sizes)
    assert len(sizes) == len(events) + 1  # the shopper's message
    assert max(sizes.values()) < 12 * KB  # the reply, which carries the receipt
    assert sum(sizes.values()) < 24 * KB
    assert stored["state"]["brief"]["recipient"]["relation"] == "father"


def test_no_streamed_event_has_the_id_of_another(server: Server) -> None:
    events = server.say(BRIEF, user="ana", session=uuid4().hex, route="/run_sse")
    ids = [event["id"] for event in events]  # the dev UI shows only the last of those that share one
    assert len(set(ids)) == len(ids)
    assert [event["actions"]["artifactDelta"] for event in events if event["author"] == "explainer"] == [
        {"receipt.json": 0},
        {},
    ]


def test_all_servers_continue_one_conversation(servers: dict[str, Server]) -> None:
    session = uuid4().hex
    messages = (BRIEF, "why the first?", "cheaper")
    turns = [server.say(m, user="ben", session=session) for server, m in zip(servers.values(), messages, strict=True)]
    assert "father" in turns[-1][-1]["content"]["parts"][0]["text"]


@pytest.mark.parametrize("name", ["web .", "web recsys_agent"])  # api_server has no dev UI
def test_the_dev_ui_draws_all_four_specialists(servers: dict[str, Server], name: str) -> None:
    for route in ("build_graph", "build_graph_image"):
        answer = servers[name].client.get(f"/dev/apps/recsys_agent/{route}")
        assert answer.status_code == 200
        assert {specialist for specialist in SPECIALISTS if specialist in answer.text} == SPECIALISTS


def test_servers_log_no_notices_about_adk_itself(server: Server) -> None:
    server.say("hello", user="cy", session=uuid4().hex)
    log = server.log.read_text()
    assert not [word for word in ("EXPERIMENTAL", "context_cache_config", "Traceback", "unknown agent") if word in log]


def test_adk_run_and_ask_continue_one_firestore_session(store: dict[str, str], tmp_path: Path) -> None:
    session, emulator = uuid4().hex, {"FIRESTORE_EMULATOR_HOST": store["host"]}
    begun = run(
        [*OURS, "ask", "--session", session, "--user", "test_user", "--session-uri", store["uri"], BRIEF],
        tmp_path,
        emulator,
    )
    assert begun.returncode == 0, begun.stderr
    told = [*ADK, "run", "--session_service_uri", store["uri"], "--session_id", session, APP, "cheaper"]
    continued = run(told, tmp_path, emulator)
    assert continued.returncode == 0, continued.stderr
    assert "[explainer]: Noted: at most " in continued.stdout
    assert continued.stderr == f"Session ID: {session}\n"


def test_what_ask_stored_by_default_a_server_started_later_continues(tmp_path: Path) -> None:
    begun = run([*OURS, "ask", "--session", "s", "--user", "dee", BRIEF], tmp_path)
    assert begun.returncode == 0, begun.stderr
    uri = f"sqlite:///{tmp_path / 'data' / 'sessions.db'}"  # what `python -m recsys_agent session-uri` prints
    with serving(["web", "--session_service_uri", uri, APP], tmp_path, {}) as server:
        events = server.say("cheaper", user="dee", session="s")
    assert "father" in events[-1]["content"]["parts"][0]["text"]


def test_bare_adk_run_keeps_sessions_in_its_app_folder(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for folder in ("recsys_agent", "sub_agents", "tools"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__", ".adk"))
    for message in (BRIEF, "cheaper"):
        done = run([*ADK, "run", "--session_id", "s", str(project / "recsys_agent"), message], tmp_path)
        assert done.returncode == 0, done.stderr
    assert "[explainer]: Noted: at most " in done.stdout
    database = project / "recsys_agent" / ".adk" / "session.db"
    assert {path.name for path in tmp_path.iterdir()} == {
        "project",
        "data",
        "agents_log",
    }  # the last is a temporary file
    assert {path.name for path in database.parent.iterdir()} == {"session.db", "artifacts"}  # receipts
    assert not (tmp_path / "data" / "sessions.db").exists()
    with contextlib.closing(sqlite3.connect(database)) as opened:
        assert opened.execute("select count(*) from sessions").fetchone() == (1,)
