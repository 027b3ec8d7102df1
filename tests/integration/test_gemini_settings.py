"""Which model plays which agent, as the environment says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from recsys_agent.models import build_models, fallback_notice
from recsys_agent.settings import DEFAULT_GEMINI, ROLES, Settings
from tests.fakes.gemini import FakeGemini, text
from tests.fakes.gemini_talk import Talk, truth
from tests.integration.test_gemini import DAD, RECOMMEND
from tools.catalog.interface import Catalog
from tools.errors import SettingsError

STANDIN = "(The keyless stand-in is answering"


@pytest_asyncio.fixture
async def begin(fake: FakeGemini, curated: Catalog) -> AsyncIterator[Callable[..., Talk]]:
    begun: list[Talk] = []

    def talking() -> Talk:
        begun.append(Talk(fake, curated))
        return begun[-1]

    yield talking
    for talk in begun:
        await talk.close()


@pytest.mark.parametrize(
    ("variables", "coordinator", "explainer", "said"),
    [
        ({}, DEFAULT_GEMINI, DEFAULT_GEMINI, DEFAULT_GEMINI),
        ({"MODEL": "gemini-one"}, "gemini-one", "gemini-one", "gemini-one"),
        ({"MODEL_EXPLAINER": "gemini-two"}, DEFAULT_GEMINI, "gemini-two", f"{DEFAULT_GEMINI} and gemini-two"),
        (
            {"MODEL": "gemini-one", "MODEL_COORDINATOR": "gemini-three"},
            "gemini-three",
            "gemini-one",
            "gemini-three and gemini-one",
        ),
    ],
)
async def test_each_agent_can_have_a_model_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
    begin: Callable[..., Talk],
    variables: dict[str, str],
    coordinator: str,
    explainer: str,
    said: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"RECSYS_{name}", value)
    talk = begin()
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", truth)
    account = await talk.turn(DAD)
    assert [request.model for request in talk.fake.requests] == [coordinator, explainer]
    assert account["reply"].startswith(f"(Answering with {said}.)")
    entries = (await talk.state())["turn"]["ledger"]
    assert [(one["agent"], one["model"]) for one in entries] == [("coordinator", coordinator), ("explainer", explainer)]


async def test_stand_in_for_one_agent_is_named_beside_the_model(
    monkeypatch: pytest.MonkeyPatch, begin: Callable[..., Talk]
) -> None:
    monkeypatch.setenv("RECSYS_MODEL_EXPLAINER", "offline")
    talk = begin()
    talk.says("coordinator", RECOMMEND)
    account = await talk.turn(DAD)
    assert talk.called() == ["coordinator"]
    assert account["reply"].startswith(f"(Answering with {DEFAULT_GEMINI} and the keyless stand-in.)")
    assert account["status"] == "recommended"


async def test_stand_in_can_be_chosen_although_a_key_is_set(
    monkeypatch: pytest.MonkeyPatch, begin: Callable[..., Talk]
) -> None:
    monkeypatch.setenv("RECSYS_MODEL", "offline")
    talk = begin()
    account = await talk.turn(DAD)
    assert talk.fake.requests == []
    assert account["status"] == "recommended"
    assert account["reply"].startswith(STANDIN)


async def test_without_a_key_the_stand_in_answers(monkeypatch: pytest.MonkeyPatch, begin: Callable[..., Talk]) -> None:
    monkeypatch.delenv("GOOGLE_API_KEY")
    talk = begin()
    account = await talk.turn(DAD)
    assert talk.fake.requests == []
    assert account["reply"].startswith(STANDIN)


async def test_model_without_a_key_ends_in_the_stand_ins_answer_and_says_so(
    monkeypatch: pytest.MonkeyPatch, begin: Callable[..., Talk]
) -> None:
    monkeypatch.delenv("GOOGLE_API_KEY")
    monkeypatch.setenv("RECSYS_MODEL", "gemini-one")
    talk = begin()
    account = await talk.turn(DAD)
    assert talk.fake.requests == []
    assert account["status"] == "recommended"
    assert account["reply"].endswith(fallback_notice("gemini-one"))


async def test_the_other_name_of_the_key_is_understood(
    monkeypatch: pytest.MonkeyPatch, begin: Callable[..., Talk]
) -> None:
    monkeypatch.delenv("GOOGLE_API_KEY")
    monkeypatch.setenv("GEMINI_API_KEY", "other")
    talk = begin()
    talk.says("coordinator", text("Hello!"))
    await talk.turn("hi")
    assert [request.api_key for request in talk.fake.requests] == ["other"]


@pytest.mark.parametrize("variable", ["RECSYS_MODEL", *(f"RECSYS_MODEL_{role.upper()}" for role in ROLES)])
def test_model_that_does_not_exist_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, fake: FakeGemini, variable: str
) -> None:
    monkeypatch.setenv(variable, "nonsense")
    with pytest.raises(SettingsError, match=rf"{variable}='nonsense'.*is no model that ADK knows.*offline"):
        build_models(Settings())


def test_provider_model_without_the_extra_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, fake: FakeGemini
) -> None:
    monkeypatch.setenv("RECSYS_MODEL", "openai/gpt")
    monkeypatch.setitem(__import__("sys").modules, "google.adk.models.lite_llm", None)
    with pytest.raises(SettingsError, match="openai/gpt needs the extra: pip install"):
        build_models(Settings())


async def test_requests_carry_the_tools_and_no_product_of_the_catalogue(begin: Callable[..., Talk]) -> None:
    talk = begin()
    talk.says("coordinator", text("Hello!"))
    await talk.turn("hi")
    body: dict[str, Any] = talk.fake.requests[0].body
    names = [f["name"] for tool in body["tools"] for f in tool["functionDeclarations"]]
    assert {"recommend", "explain_pick", "choose_pick"} <= set(names)
    assert "secateurs" not in str(body).lower()
