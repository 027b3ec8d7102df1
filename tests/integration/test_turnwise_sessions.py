"""Sessions a turn at a time, the same rules for both stores: nothing said is lost, doubled or out of order."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from google.adk.errors._stale_session_error import StaleSessionError
from google.adk.events import Event, EventActions
from google.adk.sessions import BaseSessionService, Session
from google.cloud.firestore_v1.async_batch import AsyncWriteBatch
from google.cloud.firestore_v1.async_transaction import AsyncTransaction
from google.genai import types

from eval.benchmarks.commits import counted_commits
from eval.cable import Cable
from recsys_agent.agent import build_app, catalog_provider
from recsys_agent.services import open_session_service
from recsys_agent.sessions import firestore, layout, reaching, turnwise
from recsys_agent.sessions.embedded import TurnwiseSqliteSessions
from recsys_agent.settings import Settings
from recsys_agent.turns import Conversation
from tests.fakes.sessions import APP, echo_runner, say, texts
from tests.processes import ROOT, free_port
from tools.errors import StoreUnreachableError

PLACE: Any = {"app_name": APP, "user_id": "eve", "session_id": "s"}


@pytest.fixture(params=["sqlite", "firestore"])
def uri(request: pytest.FixtureRequest, tmp_path: Path, firestore_emulator: str) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/sessions.db"
    return f"firestore://test-{uuid4().hex[:8]}"


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine may be busy."""
    monkeypatch.setattr(turnwise, "WAIT_S", 300.0)
    monkeypatch.setattr(reaching, "REACH_S", 300.0)


@pytest.fixture
def service(uri: str) -> BaseSessionService:
    return open_session_service(uri)


async def test_turns_at_once_in_one_session_are_answered_one_after_the_other(service: BaseSessionService) -> None:
    await service.create_session(**PLACE)
    runner = echo_runner(service, delay_s=0.05)
    replies = await asyncio.gather(*(say(runner, "s", f"m{n}") for n in range(6)))
    session = await service.get_session(**PLACE)
    assert session
    assert sorted(texts(session)) == [f"m{n}" for n in range(6)]
    assert [e.author for e in session.events if e.content] == ["user", "echo"] * 6
    # Each turn saw all that was said before it, though all had read the session before the first was done.
    assert sorted(reply.split()[1] for reply in replies) == [f"({n})" for n in range(1, 7)]


async def test_a_turn_reads_what_was_said_before_and_not_what_its_nodes_noted(service: BaseSessionService) -> None:
    session = await service.create_session(**PLACE)
    for one in (event("hello", "user"), event("noted", "node"), said("hi", turn="turn")):
        await service.append_event(session, one)
    whole = await service.get_session(**PLACE)
    before = await service.get_session(**PLACE, config=turnwise.WhatWasSaid(num_recent_events=2))
    assert whole
    assert before
    assert [e.id for e in whole.events] == ["hello", "noted", "hi"]
    assert [e.id for e in before.events] == ["hi"]


async def test_two_servers_take_turns_in_one_session(uri: str, patient: None) -> None:
    services = [open_session_service(uri) for _ in range(3)]
    await services[0].create_session(**PLACE)
    runners = [echo_runner(service, delay_s=0.05) for service in services]
    await asyncio.gather(*(say(runner, "s", f"m{n}.{i}") for i, runner in enumerate(runners) for n in range(3)))
    session = await services[1].get_session(**PLACE)
    assert session
    assert sorted(texts(session)) == sorted(f"m{n}.{i}" for n in range(3) for i in range(3))
    assert [e.author for e in session.events if e.content] == ["user", "echo"] * 9


async def test_fifty_sessions_of_ten_turns_at_once_keep_every_message_once(
    service: BaseSessionService, patient: None
) -> None:
    runner = echo_runner(service)
    names = [f"s{n}" for n in range(50)]
    for name in names:
        await service.create_session(app_name=APP, user_id="eve", session_id=name)
    acknowledged: dict[str, list[str]] = {name: [] for name in names}

    async def one(name: str, text: str) -> None:
        await say(runner, name, text)
        acknowledged[name].append(text)

    await asyncio.gather(*(one(name, f"{name}-m{n}") for n in range(10) for name in names))
    for name in names:
        session = await service.get_session(app_name=APP, user_id="eve", session_id=name)
        assert session
        assert sorted(texts(session)) == sorted(acknowledged[name])
        assert len(acknowledged[name]) == 10


async def test_a_message_that_waits_too_long_is_refused_and_not_kept(
    service: BaseSessionService, monkeypatch: pytest.MonkeyPatch
) -> None:
    await service.create_session(**PLACE)
    refused = asyncio.Event()
    slow = asyncio.create_task(say(echo_runner(service, waits_for=refused), "s", "slow"))
    await until(lambda: seen(service, "slow"))
    monkeypatch.setattr(turnwise, "WAIT_S", 0.1)
    with pytest.raises(Exception, match="still being answered"):
        await say(echo_runner(service), "s", "impatient")
    refused.set()
    await slow
    session = await service.get_session(**PLACE)
    assert session
    assert texts(session) == ["slow"]


async def test_a_turn_that_breaks_keeps_its_message_and_lets_the_next_in(service: BaseSessionService) -> None:
    await service.create_session(**PLACE)
    runner = echo_runner(service, fails_on="break")
    with pytest.raises(RuntimeError):
        await say(runner, "s", "break")
    assert await say(runner, "s", "go on") == "go on (2)"
    session = await service.get_session(**PLACE)
    assert session
    assert texts(session) == ["break", "go on"]


async def test_a_caller_that_goes_away_keeps_its_message_and_lets_the_next_in(service: BaseSessionService) -> None:
    await service.create_session(**PLACE)
    task = asyncio.create_task(say(echo_runner(service, waits_for=asyncio.Event()), "s", "gone"))
    await until(lambda: seen(service, "gone"))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await say(echo_runner(service), "s", "here") == "here (2)"


async def test_what_nodes_handed_on_is_stored_and_no_later_turn_looks_through_it(service: BaseSessionService) -> None:
    session = await service.create_session(**PLACE)
    await service.open_turn(session, "turn")  # pyright: ignore[reportAttributeAccessIssue]
    for given in (event("said", "user"), Event(author="finder", invocation_id="turn", output={"found": 1})):
        await service.append_event(session, given)
    await service.close_turn(session, "turn")  # pyright: ignore[reportAttributeAccessIssue]
    stored = await service.get_session(**PLACE)
    assert stored
    assert [e.author for e in stored.events] == ["user", "finder"]
    await service.open_turn(stored, "next")  # pyright: ignore[reportAttributeAccessIssue]
    assert [e.author for e in stored.events] == ["user"]
    await service.close_turn(stored, "next")  # pyright: ignore[reportAttributeAccessIssue]


async def test_events_of_the_same_moment_are_read_back_in_their_order(service: BaseSessionService) -> None:
    session = await service.create_session(**PLACE)
    await service.open_turn(session, "turn")  # pyright: ignore[reportAttributeAccessIssue]
    for n in range(12):
        await service.append_event(session, event(f"e{n}", "user" if n == 0 else "finder", timestamp=1e9 - n % 3))
    await service.close_turn(session, "turn")  # pyright: ignore[reportAttributeAccessIssue]
    stored = await service.get_session(**PLACE)
    assert stored
    assert [e.id for e in stored.events] == [f"e{n}" for n in range(12)]


async def test_a_turn_sees_what_another_server_said_by_a_clock_that_was_set_back(service: BaseSessionService) -> None:
    await service.create_session(**PLACE)
    early, late = [await service.get_session(**PLACE) for _ in range(2)]
    assert early
    assert late
    await service.open_turn(early, "turn")  # pyright: ignore[reportAttributeAccessIssue]
    await service.append_event(early, event("a", "user", timestamp=1.0))
    await service.close_turn(early, "turn")  # pyright: ignore[reportAttributeAccessIssue]
    await service.open_turn(late, "next")  # pyright: ignore[reportAttributeAccessIssue]
    await service.append_event(late, event("b", "user", "next", timestamp=0.5))
    await service.close_turn(late, "next")  # pyright: ignore[reportAttributeAccessIssue]
    assert [e.id for e in late.events] == ["a", "b"]


async def test_what_firestore_cannot_hold_comes_back_as_it_was(service: BaseSessionService) -> None:
    odd: dict[str, Any] = {"__x__": 1, "": [[1, [2]], []], "big": 2**70, "deep": {"a": [{"b": [[{}]]}]}}
    session = await service.create_session(**PLACE)
    actions = EventActions(state_delta={"brief": odd, "user:odd": odd, "app:odd": odd, "temp:gone": 1})
    await service.append_event(session, Event(author="finder", invocation_id="t", output=odd, actions=actions))
    stored = await service.get_session(**PLACE)
    assert stored
    assert (stored.state["brief"], stored.state["user:odd"], stored.state["app:odd"]) == (odd, odd, odd)
    assert stored.events[0].output == odd
    assert "temp:gone" not in stored.state


async def test_outside_of_a_turn_each_event_is_stored_at_once(service: BaseSessionService) -> None:
    session = await service.create_session(**PLACE)
    await service.append_event(session, event("a", "user"))
    await service.append_event(session, event("b", "finder"))
    stored = await service.get_session(**PLACE)
    assert stored
    assert [e.id for e in stored.events] == ["a", "b"]
    await service.append_event(stored, event("c", "finder"))
    with pytest.raises(StaleSessionError):  # as in ADK: who holds an old session may not write over a newer one
        await service.append_event(session, event("d", "finder", timestamp=1.0))


async def test_a_huge_result_does_not_stop_the_turn(firestore_emulator: str) -> None:
    service = open_session_service(f"firestore://test-{uuid4().hex[:8]}")
    session = await service.create_session(**PLACE)
    await service.append_event(session, Event(author="finder", invocation_id="t", output={"all": "x" * 2_000_000}))
    stored = await service.get_session(**PLACE)
    assert stored
    assert "characters left out" in str(stored.events[0].output)
    assert (stored.events[0].custom_metadata or {})["cut_to_fit"] is True


async def test_a_turn_that_a_dead_process_left_is_taken_over(
    firestore_emulator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "LEASE", timedelta(seconds=0.5))
    service = open_session_service(f"firestore://test-{uuid4().hex[:8]}")
    session = await service.create_session(**PLACE)
    await service.open_turn(session, "dead")  # pyright: ignore[reportAttributeAccessIssue]
    await service.append_event(session, event("a", "user", turn="dead"))
    another = open_session_service(f"firestore://{service.client.project}")  # pyright: ignore[reportAttributeAccessIssue]
    assert await say(echo_runner(another), "s", "hello") == "hello (2)"
    with pytest.raises(StaleSessionError):  # the dead one comes back: too late
        await service.append_event(session, said("b", turn="dead"))


async def test_who_has_lost_a_session_to_another_server_takes_it_from_nobody(
    firestore_emulator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = open_session_service(f"firestore://test-{uuid4().hex[:8]}")
    another = open_session_service(f"firestore://{service.client.project}")  # pyright: ignore[reportAttributeAccessIssue]
    session = await service.create_session(**PLACE)
    theirs = session.model_copy(deep=True)
    await service.open_turn(session, "stalled")  # pyright: ignore[reportAttributeAccessIssue]
    await service.append_event(session, event("a", "user", turn="stalled"))
    monkeypatch.setattr(layout, "LEASE", timedelta())
    await another.open_turn(theirs, "theirs")  # pyright: ignore[reportAttributeAccessIssue]
    await another.append_event(theirs, event("b", "user", turn="theirs"))
    await service.close_turn(session, "stalled")  # pyright: ignore[reportAttributeAccessIssue]
    stored = await another._reference(session).get()  # pyright: ignore[reportAttributeAccessIssue]
    assert stored.to_dict()["turn"]["id"] == "theirs"
    await another.close_turn(theirs, "theirs")  # pyright: ignore[reportAttributeAccessIssue]
    assert "turn" not in (await another._reference(session).get()).to_dict()  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("looks_first", [False, True])
async def test_a_commit_whose_answer_was_lost_is_not_made_twice(
    firestore_emulator: str, monkeypatch: pytest.MonkeyPatch, *, looks_first: bool
) -> None:
    service = open_session_service(f"firestore://test-{uuid4().hex[:8]}")
    await service.create_session(**PLACE)
    owner, name = (AsyncTransaction, "_commit") if looks_first else (AsyncWriteBatch, "commit")
    real, lost = getattr(owner, name), []

    async def lossy(*args: Any, **kwargs: Any) -> Any:
        written = await real(*args, **kwargs)
        if not lost:
            lost.append(1)
            raise ConnectionError
        return written

    async def does_not_know(*_: Any, **__: Any) -> bool:
        return False

    monkeypatch.setattr(owner, name, lossy)
    if looks_first:
        monkeypatch.setattr(firestore.TurnwiseFirestoreSessions, "_commit_unmoved", does_not_know)
    assert await say(echo_runner(service), "s", "hello") == "hello (1)"
    stored = await service.get_session(**PLACE)
    assert stored
    assert (texts(stored), lost) == (["hello"], [1])


async def test_a_turn_that_nobody_disturbs_looks_at_its_session_once(firestore_emulator: str) -> None:
    service = open_session_service(f"firestore://test-{uuid4().hex[:8]}")
    await service.create_session(**PLACE)
    with counted_commits() as commits:
        assert await say(echo_runner(service), "s", "hello") == "hello (1)"
    assert commits == ["commit"] * 3  # none of them a transaction's, which would read first


async def test_a_commit_that_its_cancelled_caller_makes_again_is_not_doubled(tmp_path: Path) -> None:
    service = TurnwiseSqliteSessions(f"{tmp_path}/sessions.db")
    session = await service.create_session(**PLACE)
    turn, events = turnwise.OpenTurn("turn"), [event("a", "user"), said("b", turn="turn")]
    for _ in range(2):
        await service.commit_turn(session, turn, events, last=True)
    stored = await service.get_session(**PLACE)
    assert stored
    assert [e.id for e in stored.events] == ["a", "b"]


async def test_a_store_that_is_away_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", f"127.0.0.1:{free_port()}")
    monkeypatch.setattr(reaching, "REACH_S", 0.5)
    service = open_session_service("firestore://test-x")
    session = Session(id="s", app_name=APP, user_id="eve")
    session._storage_update_marker = "0"
    with pytest.raises(StoreUnreachableError, match="does not answer at the moment"):
        await service.append_event(session, event("a", "user"))


async def test_a_store_that_goes_away_and_comes_back_has_lost_nothing(
    firestore_emulator: str, patient: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cable = Cable(firestore_emulator)
    await cable.mend()
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", f"127.0.0.1:{cable.port}")
    service = open_session_service(f"firestore://test-{uuid4().hex[:8]}")
    settings = Settings(model="offline", data_dir=tmp_path / "data")
    catalog = catalog_provider(settings)
    talk = Conversation(build_app(settings, catalog=catalog), service, catalog, "eve", "s")
    first = await talk.turn("a gift for my dad who loves gardening, under $60")
    cable.cut()
    with monkeypatch.context() as impatient:
        impatient.setattr(reaching, "REACH_S", 1.0)
        away = await talk.turn("cheaper")
    await cable.mend()
    again = await talk.turn("cheaper")
    session = await service.get_session(**PLACE)
    cable.cut()
    assert (first["status"], away["status"], again["status"]) == ("recommended", "error", "recommended")
    assert away["reply"].startswith("The store of conversations does not answer")
    assert session
    assert texts(session) == ["a gift for my dad who loves gardening, under $60", "cheaper"]


KILLED = """
import asyncio, sys
from tests.fakes.sessions import echo_runner, say, APP
from recsys_agent.services import open_session_service

async def main():
    service = open_session_service(sys.argv[1])
    await service.create_session(app_name=APP, user_id="eve", session_id="s")
    await say(echo_runner(service), "s", "first")
    print("first", flush=True)
    await say(echo_runner(service, delay_s=60), "s", "second")

asyncio.run(main())
"""


async def test_killed_in_the_middle_of_a_turn_the_message_is_there_once_and_the_session_goes_on(
    uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, uri],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    service = open_session_service(uri)
    try:
        assert await asyncio.to_thread(process.stdout.readline) == b"first\n"
        await until(lambda: seen(service, "second"))
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    if "firestore" in uri:  # the dead process's lease, long run out
        monkeypatch.setattr(firestore, "is_free", lambda data, turn: True)
    assert await say(echo_runner(service), "s", "third") == "third (3)"
    session = await service.get_session(**PLACE)
    assert session
    assert texts(session) == ["first", "second", "third"]


async def seen(service: BaseSessionService, text: str) -> bool:
    session = await service.get_session(**PLACE)
    return bool(session) and text in texts(session)


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(120):
        while not await condition():
            await asyncio.sleep(0.05)


def event(name: str, author: str, turn: str = "turn", timestamp: float | None = None) -> Event:
    content = types.Content(role="user", parts=[types.Part(text=name)]) if author == "user" else None
    made = Event(id=name, author=author, invocation_id=turn, content=content, output=None if content else {"n": name})
    return made.model_copy(update={"timestamp": timestamp}) if timestamp else made


def said(name: str, turn: str) -> Event:
    content = types.Content(role="model", parts=[types.Part(text=name)])
    return Event(id=name, author="echo", invocation_id=turn, content=content)
