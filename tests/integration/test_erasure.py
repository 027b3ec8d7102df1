"""What a shopper has had erased is in no store: not in a file's free pages, a log, a sub-collection, a cache."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from deployment.triggers.records import Records
from recsys_agent.settings import Settings
from tests.fakes.server import Shop, open_shop
from tools.catalog.interface import Catalog
from tools.outreach.events import Event, Sent

pytestmark = pytest.mark.filterwarnings("ignore:Please use create_session:DeprecationWarning")  # ADK's own route

NAME, HOBBY, NOTE, FILED = "Wendelin", "falconry", "markedstate", "markedfile"
ASKS = {"text": f"A gift for my dad {NAME} who loves {HOBBY} and jazz, allergic to nuts, under $60."}
SESSIONS = "/apps/recsys_agent/users/eve/sessions"
NOW = datetime.now(UTC)

Raw = Callable[[], str]


@pytest_asyncio.fixture(params=["sqlite", "firestore"])
async def planted(
    request: pytest.FixtureRequest, tmp_path: Path, curated: Catalog, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Shop, dict[str, str], Raw]]:
    """A server that holds of Eve all that it can, and how to read its stores raw."""
    settings = Settings(model="offline", data_dir=tmp_path, catalog=str(curated.folder))

    def raw() -> str:
        return " ".join(f"{f} {f.read_bytes()!r}" for f in sorted(tmp_path.rglob("*")) if f.is_file())

    if request.param == "firestore":
        monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", request.getfixturevalue("firestore_emulator"))
        from google.cloud import firestore

        project, files = f"test-{uuid4().hex[:8]}", raw
        settings = settings.model_copy(update={"session_uri": f"firestore://{project}"})

        def everything(where: firestore.Client | firestore.DocumentReference) -> str:
            found = [d for c in where.collections() for d in c.list_documents()]
            return " ".join(f"{d.path} {d.get().to_dict()} {everything(d)}" for d in found)

        def raw() -> str:
            return f"{everything(firestore.Client(project=project))} {files()}"

    async with open_shop(settings) as shop:
        eve = {**shop.user("eve"), "Accept": "application/json", "Idempotency-Key": f"key-{NAME}"}
        await _plant(shop, eve)
        yield shop, eve, raw


async def _plant(shop: Shop, eve: dict[str, str]) -> None:
    run = {"appName": "recsys_agent", "userId": "eve", "sessionId": f"s-{NAME}"}
    message = {"messageId": "m", "role": "ROLE_USER", "parts": [ASKS]}
    asked: list[tuple[str, str, Any]] = [
        ("POST", f"/v1/conversations/c-{NAME}/messages", ASKS),
        ("POST", "/v1/conversations/c2/messages", {"text": "I'll take the first"}),
        ("POST", SESSIONS, {"sessionId": f"s-{NAME}", "state": {"note": NOTE, f"user:{NOTE}": NOTE}}),
        ("PATCH", f"{SESSIONS}/s-{NAME}", {"stateDelta": {"other": NOTE}}),
        ("POST", "/run", {**run, "newMessage": {"role": "user", "parts": [ASKS]}}),
        ("POST", f"{SESSIONS}/s-{NAME}/artifacts", {"filename": f"{FILED}.txt", "artifact": {"text": FILED}}),
        ("POST", f"{SESSIONS}/s-{NAME}/artifacts", {"filename": "user:all.txt", "artifact": {"text": FILED}}),
        ("POST", "/a2a", {"jsonrpc": "2.0", "id": 1, "method": "SendMessage", "params": {"message": message}}),
        ("POST", "/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                          "params": {"name": "plan_gifts", "arguments": ASKS}}),
    ]  # fmt: skip
    for number, (method, path, body) in enumerate(asked):
        headers = {**eve, "Idempotency-Key": f"{number}-{NAME}", "A2A-Version": "1.0"}
        headers["Accept"] = "application/json, text/event-stream" if path == "/mcp" else "application/json"
        answer = await shop.ask(method, path, headers, json=body)
        assert answer.status_code == 200, (path, answer.text)
    events = [
        Event(kind="occasion", user_id="eve", at=NOW, person_id="p", occasion=f"{NAME}'s {n}", on=NOW.date())
        for n in ("day", "party")
    ]
    records, message = Records(shop.app.state.parts.documents), {"message_id": events[0].event_id, "about": NAME}

    def leave() -> None:
        sent = Sent(event_id=events[0].event_id, kind="occasion", at=NOW, person_id=f"id-{NAME}")
        records.send(events[0], {**message, "created": NOW.isoformat()}, sent, before=0, outbox_at=NOW)
        records.defer(events[1])

    await asyncio.to_thread(leave)


@pytest.mark.parametrize("way", ["DELETE /v1/memory", "forget everything"])
async def test_nothing_of_an_erased_shopper_is_in_any_store(
    planted: tuple[Shop, dict[str, str], Raw], way: str
) -> None:
    shop, eve, raw = planted
    before = await asyncio.to_thread(raw)
    assert all(marker in before for marker in (NAME, HOBBY, NOTE, FILED))
    other = {**shop.user("bob"), "Accept": "application/json"}
    kept = {"text": "A gift for my aunt Kunigunde who loves tea, under $40"}
    await shop.ask("POST", "/v1/conversations/c1/messages", other, json=kept)
    if way.startswith("DELETE"):
        answer = await shop.ask("DELETE", "/v1/memory", eve)
    else:
        answer = await shop.ask("POST", "/v1/conversations/c2/messages", eve, json={"text": way})
        assert "our conversations" in answer.json()["reply"]
    assert answer.status_code == 200
    left, tasks = await asyncio.to_thread(raw), shop.app.state.parts.tasks
    for marker in (NAME, HOBBY, NOTE, FILED):
        assert marker not in left, left[max(0, left.index(marker) - 200) : left.index(marker) + 100]
    assert not tasks._saved
    assert "Kunigunde" in left
    assert (await shop.ask("GET", SESSIONS, eve)).json() == [] or not way.startswith("DELETE")
    again = await shop.ask("POST", "/v1/conversations/c9/messages", eve, json={"text": "cheaper"})
    assert again.status_code == 200
    assert NAME not in again.text


@pytest.mark.parametrize("planted", ["sqlite"], indirect=True)
async def test_a_deleted_conversation_takes_its_files_along(planted: tuple[Shop, dict[str, str], Raw]) -> None:
    shop, eve, raw = planted
    assert f"{FILED}.txt" in raw()
    assert (await shop.ask("DELETE", f"{SESSIONS}/s-{NAME}", eve)).status_code == 200
    assert f"{FILED}.txt" not in raw()
