"""When Gemini fails, the stand-in finishes the turn and the reply says so; nothing unverified ever gets out."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from google.adk.events import Event

from recsys_agent import models
from recsys_agent.models import fallback_notice
from recsys_agent.settings import DEFAULT_GEMINI
from recsys_agent.turns import FAILED
from tests.fakes.gemini import FakeGemini, Reply, blocked, call, empty, error, malformed, prompt_blocked, text
from tests.fakes.gemini_talk import Talk, lie, truth
from tests.integration.test_gemini import DAD, RECOMMEND, TRUE_WORDS
from tools.catalog.interface import Catalog

NOTICE = fallback_notice(DEFAULT_GEMINI)
UNUSABLE = {
    "malformed call": (malformed(), "MALFORMED_FUNCTION_CALL"),
    "answer blocked": (blocked(), "SAFETY"),
    "prompt blocked": (prompt_blocked(), "PROHIBITED_CONTENT"),
    "silence": (empty(), "empty answer"),
    "blank text": (text(""), "empty answer"),
    "cut off": (text("For your father I have", finish="MAX_TOKENS"), "MAX_TOKENS"),
    "call cut off": (Reply(RECOMMEND.parts, {"finishReason": "MAX_TOKENS"}), "MAX_TOKENS"),
    "unknown function": (call("buy_now", {"product_id": "x"}), "called the unknown function buy_now"),
    "request refused": (error(400, "API key not valid"), "HTTP 400"),
    "key refused": (error(403), "HTTP 403"),
    "connection broken": (text("For your father").dropped(0), "RemoteProtocolError"),
    "no JSON": (Reply(status=502, body=None), "HTTP 502"),
}


def finished_by_stand_in(account: dict[str, Any], reason: str) -> None:
    assert account["status"] == "recommended"
    assert account["reply"].endswith(NOTICE)
    assert account["reply"].count(NOTICE) == 1
    assert account["warnings"] == [f"{DEFAULT_GEMINI} could not be used ({reason})"]
    assert all(40 <= Decimal(pick["price"]["amount"]) <= 60 for pick in account["picks"])
    assert len(account["picks"]) == 3
    assert all(f"**{pick['title']}**" in account["reply"] for pick in account["picks"])


def spoken(events: list[Event]) -> list[str]:
    """The texts that an interface which shows partial events would print."""
    texts = ["".join(p.text or "" for p in (e.content.parts if e.content else None) or []) for e in events]
    return [said for event, said in zip(events, texts, strict=True) if said and event.author != "user"]


async def test_rate_limit_is_retried_without_a_word(talk: Talk) -> None:
    talk.says("coordinator", error(429), RECOMMEND)
    talk.says("explainer", error(429), error(503), truth)
    account = await talk.turn(DAD)
    assert talk.called() == ["coordinator"] * 2 + ["explainer"] * 3
    assert account["status"] == "recommended"
    assert TRUE_WORDS in account["reply"]
    assert NOTICE not in account["reply"]
    assert account["warnings"] == []
    assert account["usage"]["llm_calls"] == 2


async def test_model_that_is_down_costs_one_round_of_retries_a_turn(talk: Talk) -> None:
    talk.says("coordinator", error(503), error(503), error(503))
    account = await talk.turn(DAD)
    # The breaker spares the explainer's call, and its retries.
    assert talk.called() == ["coordinator"] * 3
    finished_by_stand_in(account, "HTTP 503")


async def test_model_is_asked_again_once_the_breaker_has_closed(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.says("coordinator", error(503), error(503), error(503))
    await talk.turn("hi")
    spared = await talk.turn("hello")
    assert talk.called() == ["coordinator"] * 3
    assert spared["warnings"] == [f"{DEFAULT_GEMINI} could not be used (it failed a moment ago)"]
    later = time.monotonic() + models.BREAKER_S + 1
    monkeypatch.setattr(models.time, "monotonic", lambda: later)
    talk.says("coordinator", text("Hello again!"))
    assert (await talk.turn("hi"))["reply"] == "Hello again!"


@pytest.mark.parametrize(("reply", "reason"), UNUSABLE.values(), ids=UNUSABLE)
async def test_stand_in_replaces_a_coordinator_that_fails(
    fake: FakeGemini, curated: Catalog, monkeypatch: pytest.MonkeyPatch, reply: Reply, reason: str
) -> None:
    monkeypatch.setenv("RECSYS_MODEL_ATTEMPTS", "1")
    talk = Talk(fake, curated)
    talk.says("coordinator", reply)
    if reply.status == 200 and reply.drop_after is None:  # an answer that cannot be used is no reason to give up
        talk.says("explainer", truth)
    account = await talk.turn(DAD)
    finished_by_stand_in(account, reason)
    await talk.close()


@pytest.mark.parametrize(("reply", "reason"), UNUSABLE.values(), ids=UNUSABLE)
async def test_stand_in_replaces_an_explainer_that_fails(
    fake: FakeGemini, curated: Catalog, monkeypatch: pytest.MonkeyPatch, reply: Reply, reason: str
) -> None:
    monkeypatch.setenv("RECSYS_MODEL_ATTEMPTS", "1")
    talk = Talk(fake, curated)
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", reply)
    account = await talk.turn(DAD)
    finished_by_stand_in(account, reason)
    assert talk.called() == ["coordinator", "explainer"]
    await talk.close()


@pytest.mark.parametrize(("reply", "reason"), UNUSABLE.values(), ids=UNUSABLE)
async def test_repair_that_fails_ends_in_the_template(
    fake: FakeGemini, curated: Catalog, monkeypatch: pytest.MonkeyPatch, reply: Reply, reason: str
) -> None:
    monkeypatch.setenv("RECSYS_MODEL_ATTEMPTS", "1")
    talk = Talk(fake, curated)
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", lie("All are made of platinum."), reply)
    account = await talk.turn(DAD)
    finished_by_stand_in(account, reason)
    assert "platinum" not in account["reply"]
    assert talk.called() == ["coordinator", "explainer", "explainer"]
    await talk.close()


@pytest.mark.parametrize("agent", ["coordinator", "explainer"])
async def test_hanging_server_delays_a_turn_by_one_time_out_at_most(
    fake: FakeGemini, curated: Catalog, monkeypatch: pytest.MonkeyPatch, agent: str
) -> None:
    monkeypatch.setenv("RECSYS_MODEL_TIMEOUT_S", "1.5")
    talk = Talk(fake, curated)
    if agent == "explainer":
        talk.says("coordinator", RECOMMEND)
    talk.says(agent, text("Too late.").after(600))
    account = await talk.turn(DAD)
    finished_by_stand_in(account, "timed out")
    assert talk.called().count(agent) == 1
    await talk.close()


# Streaming


async def test_stream_brings_no_unverified_text_and_one_reply(talk: Talk) -> None:
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", truth)
    events = await talk.stream(DAD)
    assert all(request.streamed for request in talk.fake.requests)
    [reply] = spoken(events)
    assert TRUE_WORDS in reply
    assert events[-1].content is not None
    assert not any(event.partial for event in events if event.content and event.content.parts)


async def test_small_talk_streams_as_one_reply(talk: Talk) -> None:
    talk.says("coordinator", text("Hello! Who is the gift for?"))
    [reply] = spoken(await talk.stream("hi"))
    assert reply.endswith("\n\nHello! Who is the gift for?")


async def test_streamed_lie_is_never_shown_not_even_in_part(talk: Talk) -> None:
    talk.says("coordinator", text("One moment, the Rocket Skates cost $5. ") + RECOMMEND)
    talk.says("explainer", lie("All are made of platinum."), truth)
    [reply] = spoken(await talk.stream(DAD))
    assert TRUE_WORDS in reply
    assert "Skates" not in reply
    assert "platinum" not in reply


@pytest.mark.parametrize("chunks", [0, 1, 2])
@pytest.mark.parametrize("agent", ["coordinator", "explainer"])
async def test_stream_that_dies_midway_is_finished_by_the_stand_in(talk: Talk, agent: str, chunks: int) -> None:
    if agent == "explainer":
        talk.says("coordinator", RECOMMEND)
    talk.says(agent, text("Get him the Rocket Skates for $19.99, they are great!").dropped(chunks))
    [reply] = spoken(await talk.stream(DAD))
    assert "Rocket" not in reply
    assert "19.99" not in reply
    assert reply.endswith(NOTICE)
    turn = (await talk.state())["turn"]
    assert turn["status"] == "recommended"


async def test_failed_stream_of_each_kind_is_finished_by_the_stand_in(
    fake: FakeGemini, curated: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECSYS_MODEL_ATTEMPTS", "1")
    for reply, _reason in UNUSABLE.values():
        talk = Talk(fake, curated)
        talk.says("coordinator", RECOMMEND)
        talk.says("explainer", reply)
        [said] = spoken(await talk.stream(DAD))
        assert said.endswith(NOTICE)
        assert FAILED not in said
        await talk.close()
