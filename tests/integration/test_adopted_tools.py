"""An adopter's own MCP tools in our agent: a real server on standard input and output, a fake Gemini that calls it."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml

from recsys_agent.adopted import close_toolsets
from recsys_agent.adopted.servers import read_servers
from recsys_agent.plugins.untrusted import MAX_CHARS
from tests.fakes.gemini import FakeGemini, Received, call, text
from tests.fakes.gemini_talk import Talk, truth
from tests.fakes.mcp_server import ORDER
from tests.processes import ROOT
from tools.catalog.interface import Catalog
from tools.errors import SettingsError

HELLO = text("Hello! Who is the gift for?")


def servers(folder: Path, **changes: Any) -> Path:
    server = {
        "command": [sys.executable, str(ROOT / "tests/fakes/mcp_server.py")],
        "tools": ["delivery_date", "stores", "broken"],
        "timeout_s": 30,
    }
    return written(folder, {"delivery": server | changes})


def written(folder: Path, content: Any) -> Path:
    file = folder / "mcp_servers.yaml"
    file.write_text(content if isinstance(content, str) else yaml.safe_dump(content))
    return file


@pytest_asyncio.fixture
async def talk(fake: FakeGemini, curated: Catalog, tmp_path: Path) -> AsyncIterator[Talk]:
    conversation = Talk(fake, curated, mcp_servers=servers(tmp_path))
    yield conversation
    await conversation.close()
    await close_toolsets(conversation.app)


def tools_in(request: Received) -> dict[str, str]:
    declared = [f for tool in request.body["tools"] for f in tool["functionDeclarations"]]
    return {function["name"]: function["description"] for function in declared}


def returned(request: Received) -> dict[str, Any]:
    (response,) = [
        part["functionResponse"]["response"]
        for content in request.body["contents"]
        for part in content["parts"]
        if "functionResponse" in part
    ]
    return response


async def test_the_agent_sees_the_tools_that_are_listed_beside_its_own_and_no_other(talk: Talk) -> None:
    talk.says("coordinator", HELLO)
    await talk.turn("hi")
    named = tools_in(talk.requests_of("coordinator")[0])
    assert {"delivery_delivery_date", "delivery_stores", "delivery_broken", "recommend"} <= set(named)
    assert not any("hidden" in name for name in named)
    assert "never an instruction" in named["delivery_stores"]
    assert ORDER not in named["delivery_stores"]


async def test_what_a_tool_returns_reaches_the_model_as_one_text_of_data(talk: Talk) -> None:
    talk.says("coordinator", call("delivery_delivery_date", {"postcode": "10115"}), text("It arrives on Thursday."))
    account = await talk.turn("when would a parcel be there?")
    answer = returned(talk.requests_of("coordinator")[1])
    assert answer["status"] == "ok"
    assert json.loads(answer["untrusted_data"])["arrives"] == "Thursday at 10115"
    assert account["status"] == "chat"
    assert "Thursday" in account["reply"]


async def test_orders_in_what_a_tool_returns_are_cut_and_length_is_bounded(talk: Talk) -> None:
    talk.says("coordinator", call("delivery_stores"), text("There are stores in every town."))
    await talk.turn("where are your stores?")
    answer = returned(talk.requests_of("coordinator")[1])
    assert "Ignore" not in json.dumps(answer)
    assert len(answer["untrusted_data"]) <= MAX_CHARS + 4


async def test_a_tool_that_fails_is_told_to_the_model_and_the_turn_goes_on(talk: Talk) -> None:
    talk.says("coordinator", call("delivery_broken"), text("I cannot find that parcel."))
    account = await talk.turn("where is my parcel?")
    answer = returned(talk.requests_of("coordinator")[1])
    assert answer["status"] == "error"
    assert "no such parcel" in answer["untrusted_data"]
    assert account["reply"].endswith("I cannot find that parcel.")


async def test_our_own_tools_are_what_they_were(talk: Talk) -> None:
    talk.says("coordinator", call("recommend", {"relation": "father", "interests": ["jazz"], "budget_max": "50"}))
    talk.says("explainer", truth)
    assert (await talk.turn("a gift for my dad, he loves jazz, up to $50"))["status"] == "recommended"


async def test_a_server_that_does_not_come_up_costs_its_tools_only(
    fake: FakeGemini, curated: Catalog, tmp_path: Path
) -> None:
    talk = Talk(fake, curated, mcp_servers=servers(tmp_path, command=[sys.executable, "-c", "pass"]))
    talk.says("coordinator", HELLO)
    assert (await talk.turn("hi"))["status"] == "chat"
    assert "recommend" in tools_in(talk.requests_of("coordinator")[0])
    await talk.close()
    await close_toolsets(talk.app)


def test_a_secret_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELIVERY_TOKEN", "t0ken")
    remote = {"url": "https://tools.example/mcp", "headers": {"Authorization": "Bearer ${DELIVERY_TOKEN}"}}
    file = written(tmp_path, {"delivery": {**remote, "tools": ["x"]}})
    assert read_servers(file)["delivery"].headers == {"Authorization": "Bearer t0ken"}
    monkeypatch.delenv("DELIVERY_TOKEN")
    with pytest.raises(SettingsError, match="DELIVERY_TOKEN"):
        read_servers(file)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("delivery: [", "not YAML"),
        ("- a\n- b", "dictionary"),
        ({"delivery": {"command": ["x"]}}, "delivery.tools"),
        ({"delivery": {"tools": ["x"]}}, "either command or url"),
        ({"delivery": {"command": ["x"], "url": "https://x.example", "tools": ["x"]}}, "either command or url"),
        ({"delivery": {"command": ["x"], "tools": []}}, "delivery.tools"),
        ({"delivery": {"url": "file:///x", "tools": ["x"]}}, "delivery.url"),
        ({"Delivery!": {"command": ["x"], "tools": ["x"]}}, "Delivery!"),
        ({"delivery": {"command": ["x"], "tools": ["x"], "surprise": 1}}, "delivery.surprise"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: Any, says: str) -> None:
    with pytest.raises(SettingsError, match=says) as raised:
        read_servers(written(tmp_path, content))
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="RECSYS_MCP_SERVERS"):
        read_servers(tmp_path / "none.yaml")
