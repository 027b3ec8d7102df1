"""Sessions in Firestore outlive the process; a store that cannot be used is named in one sentence."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import count
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from uuid import uuid4

import pytest
from google.api_core.exceptions import Aborted, InternalServerError, ResourceExhausted
from google.cloud.firestore import AsyncDocumentReference

from recsys_agent.__main__ import main
from recsys_agent.services import (
    firestore_session_service,
    open_session_service,
    reach_session_service,
    session_uri,
)
from recsys_agent.settings import Settings
from tests.commands import called
from tests.processes import OURS, free_port, run
from tools.errors import SettingsError, StoreUnreachableError


def test_the_third_turn_of_a_new_process_still_knows_the_brief(firestore_emulator: str, tmp_path: Path) -> None:
    def turns(done: CompletedProcess[str]) -> list[dict[str, Any]]:
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    uri = f"firestore://test-{uuid4().hex[:8]}"
    ask = ["ask", "--json", "--session", "s", "--user", "eve", "--session-uri", uri]
    first, second = turns(called(main, *ask, "a gift for my dad", "he loves gardening, under $60"))
    emulator = {"FIRESTORE_EMULATOR_HOST": firestore_emulator}
    (third,) = turns(run([*OURS, *ask, "cheaper"], tmp_path / "elsewhere", emulator))
    assert (first["status"], second["status"], third["status"]) == ("asked", "recommended", "recommended")
    assert third["brief"]["recipient"]["relation"] == "father"
    assert third["brief"]["budget"] == second["brief"]["budget"]
    assert "gardening" in third["brief"]["interests"]
    assert cheapest(third) < cheapest(second)
    assert "stand-in" in first["reply"]
    assert "stand-in" not in third["reply"]  # said once a session, not once a process


async def test_each_project_and_each_database_is_a_store_of_its_own(firestore_emulator: str) -> None:
    async def begin(uri: str) -> None:
        service = open_session_service(f"firestore://{uri}")
        await service.create_session(app_name="recsys_agent", user_id="eve", session_id="s")

    async def knows(uri: str) -> bool:
        service = open_session_service(f"firestore://{uri}")
        return await service.get_session(app_name="recsys_agent", user_id="eve", session_id="s") is not None

    project = f"test-{uuid4().hex[:8]}"
    await begin(f"{project}/gifts")
    addresses = (f"{project}/gifts", f"{project}/gifts/", project, f"{project}/(default)", f"{project}-b/gifts")
    found = {uri: await knows(uri) for uri in addresses}
    assert [uri for uri in found if found[uri]] == [f"{project}/gifts", f"{project}/gifts/"]


@pytest.mark.parametrize("refusal", [Aborted("busy"), ResourceExhausted("quota"), InternalServerError("sorry")])
async def test_what_firestore_refuses_for_the_moment_is_asked_again(
    firestore_emulator: str, refusal: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = open_session_service(f"firestore://test-{uuid4().hex[:8]}")
    await service.create_session(app_name="recsys_agent", user_id="eve", session_id="s")
    calls, get = count(), AsyncDocumentReference.get

    async def moody(self: AsyncDocumentReference, *arguments: Any, **named: Any) -> Any:
        if next(calls) % every == 0:
            raise refusal
        return await get(self, *arguments, **named)

    monkeypatch.setattr(AsyncDocumentReference, "get", moody)
    every = 2
    assert await service.get_session(app_name="recsys_agent", user_id="eve", session_id="s")
    every = 1
    monkeypatch.setattr("recsys_agent.sessions.reaching.REACH_S", 0.2)
    with pytest.raises(StoreUnreachableError):
        await service.get_session(app_name="recsys_agent", user_id="eve", session_id="s")


@pytest.mark.parametrize(
    "uri", ["firestore://", "firestore:///x", "firestore://p/a/b", "firestore://p?database=x", "firestore://p q"]
)
def test_an_address_firestore_cannot_have_is_refused_with_its_form(uri: str) -> None:
    with pytest.raises(SettingsError, match=r"firestore://PROJECT\[/DATABASE\]"):
        firestore_session_service(uri)


@pytest.mark.parametrize("uri", ["fire://x", "nonsense", "", "http://[", "postgresql://x", "agentengine://x"])
def test_a_store_that_does_not_exist_is_refused_with_those_that_do(uri: str) -> None:
    with pytest.raises(SettingsError, match=r"firestore://PROJECT\[/DATABASE\], sqlite:///FILE or memory://"):
        open_session_service(uri)


async def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: unable to open database file"):
        await reach_session_service(f"sqlite:///{tmp_path}/missing/sessions.db")


async def test_a_firestore_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", f"127.0.0.1:{free_port()}")
    monkeypatch.setattr("recsys_agent.services.REACH_TIMEOUT_S", 0.5)
    with pytest.raises(SettingsError, match=r"firestore://test-x cannot be read: no answer in 0\.5 s"):
        await reach_session_service("firestore://test-x")


def test_ask_names_a_wrong_session_uri_in_one_sentence() -> None:
    done = called(main, "ask", "--session-uri", "firestore://", "hello")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "recsys_agent: 'firestore://' is no Firestore session URI; its form is firestore://PROJECT[/DATABASE]\n"
    )


def test_firestore_without_credentials_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An account file that is not there: without it the client would look for a metadata server, off this machine.
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "missing.json"))
    with pytest.raises(SettingsError, match="firestore://test-x needs Google Cloud credentials"):
        firestore_session_service("firestore://test-x")


def test_the_default_store_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    assert session_uri(Settings(data_dir=tmp_path / "new")) == f"sqlite:///{tmp_path}/new/sessions.db"
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=r"RECSYS_DATA_DIR=.*/file/data' cannot be made"):
        session_uri(Settings(data_dir=tmp_path / "file" / "data"))


def cheapest(turn: dict[str, Any]) -> Decimal:
    return min(Decimal(pick["price"]["amount"]) for pick in turn["picks"])
