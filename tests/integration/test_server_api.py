"""/v1: recommendations, conversations, products, feedback, memory, repeated requests, limits, errors."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from google.api_core.exceptions import ResourceExhausted

from deployment.limits import Bucket
from deployment.meter import EVERYBODY, Meter
from deployment.refusals import Refused
from deployment.settings import ServerSettings
from deployment.stores import open_documents
from recsys_agent.settings import Settings
from tests.fakes.server import Shop, open_shop
from tools.catalog.interface import Catalog
from tools.errors import SessionBusyError, StoreUnreachableError
from tools.memory.sqlite_store import SqliteMemoryStore

DAD = {"text": "My dad turns 60, he loves gardening and jazz, $40-60"}
YOGA = {"brief": {"interests": ["yoga"], "budget": {"max": "45.50", "currency": "USD"}, "avoid": ["books"]}}


@pytest_asyncio.fixture
async def shop(curated: Catalog) -> AsyncIterator[Shop]:
    async with open_shop(Settings(catalog=str(curated.folder))) as shop:
        yield shop


def _events(text: str) -> list[tuple[str, dict[str, Any]]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n") if not block.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


async def test_a_text_gets_picks_within_the_budget(shop: Shop) -> None:
    turn = (await shop.ask("POST", "/v1/recommendations", shop.user("ana"), json=DAD)).json()
    assert turn["status"] == "recommended"
    assert turn["brief"]["recipient"]["relation"] == "father"
    assert all(40 <= float(pick["price"]["amount"]) <= 60 for pick in turn["picks"])


async def test_a_brief_gets_picks_that_keep_it_and_can_be_sent_exactly(shop: Shop) -> None:
    turn = (await shop.ask("POST", "/v1/recommendations", shop.user("ana"), json=YOGA)).json()
    assert turn["status"] == "recommended"
    assert turn["brief"]["budget"]["max"] == "45.50"
    assert turn["brief"]["avoid"] == ["books"]
    assert all(float(pick["price"]["amount"]) <= 45.5 for pick in turn["picks"])


async def test_a_party_brief_gets_a_plan_with_exact_sums(shop: Shop) -> None:
    party = {
        "recipient": {"age_years": 6},
        "theme": "dinosaur",
        "guests": 10,
        "needs": [{"kind": "cake"}, {"kind": "favours", "quantity": 10}],
        "budget": {"max": 150},
    }
    turn = (await shop.ask("POST", "/v1/recommendations", shop.user("ana"), json={"brief": party})).json()
    assert {pick["need"] for pick in turn["picks"]} == {"cake", "favours"}
    assert float(turn["total"]["amount"]) <= 150
    assert turn["plan"] is not None


async def test_a_recommendation_can_be_talked_about_and_the_turn_is_streamed(shop: Shop) -> None:
    ana = shop.user("ana")
    first = (await shop.ask("POST", "/v1/recommendations", ana, json=DAD)).json()
    messages = f"/v1/conversations/{first['conversation_id']}/messages"
    answer = await shop.ask("POST", messages, ana, json={"text": "cheaper"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = _events(answer.text)
    assert [name for name, _ in events] == ["accepted", "turn", "done"]
    assert events[1][1]["brief"]["recipient"]["relation"] == "father"
    as_json = await shop.ask("POST", messages, {**ana, "Accept": "application/json"}, json={"text": "why the first?"})
    assert as_json.json()["status"] == "chat"


async def test_a_product_is_as_the_catalogue_has_it(shop: Shop, curated: Catalog) -> None:
    product = next(iter(curated))
    found = (await shop.ask("GET", f"/v1/products/{product.product_id}", shop.user("ana"))).json()
    assert found["title"] == product.title
    assert (await shop.ask("GET", "/v1/products/none", shop.user("ana"))).status_code == 404


async def test_a_disliked_product_is_left_out_until_that_is_taken_back(shop: Shop) -> None:
    ana = shop.user("ana")
    before = (await shop.ask("POST", "/v1/recommendations", ana, json=DAD)).json()
    first = before["picks"][0]["product_id"]
    told = (await shop.ask("POST", "/v1/feedback", ana, json={"product_id": first, "reaction": "dislike"})).json()
    assert "Left out" in told["effect"]
    after = (await shop.ask("POST", "/v1/recommendations", ana, json=DAD)).json()
    assert first not in [pick["product_id"] for pick in after["picks"]]
    assert after["feedback"] == {"disliked": [first], "liked": []}
    other = (await shop.ask("POST", "/v1/recommendations", shop.user("bob"), json=DAD)).json()
    assert other["picks"][0]["product_id"] == first
    assert (await shop.ask("DELETE", told["undo"].split(" ")[1], ana)).status_code == 204
    again = (await shop.ask("POST", "/v1/recommendations", ana, json=DAD)).json()
    assert [p["product_id"] for p in again["picks"]] == [p["product_id"] for p in before["picks"]]


async def test_a_liked_product_ranks_higher_until_that_is_taken_back(shop: Shop) -> None:
    ana = shop.user("ana")
    wide = {"brief": {**YOGA["brief"], "options": 10}}
    order = [p["product_id"] for p in (await shop.ask("POST", "/v1/recommendations", ana, json=wide)).json()["picks"]]
    last = order[-1]
    await shop.ask("POST", "/v1/feedback", ana, json={"product_id": last, "reaction": "like"})
    moved = [p["product_id"] for p in (await shop.ask("POST", "/v1/recommendations", ana, json=wide)).json()["picks"]]
    assert moved.index(last) < order.index(last)
    await shop.ask("DELETE", f"/v1/feedback/{last}", ana)
    again = [p["product_id"] for p in (await shop.ask("POST", "/v1/recommendations", ana, json=wide)).json()["picks"]]
    assert again == order


async def test_feedback_is_memory_it_is_shown_and_erased_with_the_rest(shop: Shop, curated: Catalog) -> None:
    ana, product_id = shop.user("ana"), next(iter(curated)).product_id
    for reaction in ("like", "dislike"):
        await shop.ask("POST", "/v1/feedback", ana, json={"product_id": product_id, "reaction": reaction})
    listed = (await shop.ask("GET", "/v1/feedback", ana)).json()["feedback"]
    assert [(f["product_id"], f["reaction"]) for f in listed] == [(product_id, "dislike")]
    memories = (await shop.ask("GET", "/v1/memory", ana)).json()["memories"]
    assert [m["product_id"] for m in memories] == [product_id]
    assert (await shop.ask("DELETE", "/v1/memory", ana)).json() == {"erased": 1}
    assert (await shop.ask("GET", "/v1/feedback", ana)).json() == {"feedback": []}


async def test_a_paused_memory_takes_no_feedback(shop: Shop, curated: Catalog) -> None:
    shop.app.state.parts.memory.pause("ana", True)
    said = {"product_id": next(iter(curated)).product_id, "reaction": "like"}
    assert (await shop.ask("POST", "/v1/feedback", shop.user("ana"), json=said)).status_code == 409


# -- repeated requests


async def test_a_repeated_request_gets_the_first_answer_and_does_nothing_twice(shop: Shop) -> None:
    ana = {**shop.user("ana"), "Idempotency-Key": "k1"}
    first = await shop.ask("POST", "/v1/recommendations", ana, json=DAD)
    again = await shop.ask("POST", "/v1/recommendations", ana, json=DAD)
    assert again.json() == first.json()
    assert len((await shop.ask("GET", "/apps/recsys_agent/users/ana/sessions", ana)).json()) == 1
    assert (await shop.ask("POST", "/v1/recommendations", ana, json=YOGA)).status_code == 422
    bob = {**shop.user("bob"), "Idempotency-Key": "k1"}
    other = await shop.ask("POST", "/v1/recommendations", bob, json=DAD)
    assert other.json()["conversation_id"] != first.json()["conversation_id"]


async def test_of_two_equal_requests_at_once_one_works_and_the_other_is_told_to_wait(shop: Shop) -> None:
    ana = {**shop.user("ana"), "Idempotency-Key": "k2"}
    message = {"text": "gift for my mum, she loves tea, $30"}
    path = "/v1/conversations/c9/messages"
    answers = await asyncio.gather(*(shop.ask("POST", path, ana, json=message) for _ in range(4)))
    streams = [_events(a.text) for a in answers if a.status_code == 200]
    worked = [stream for stream in streams if "turn" in [name for name, _ in stream]]
    assert worked
    for answer in answers:
        if answer.status_code != 200:
            assert answer.status_code == 409
            assert answer.headers["retry-after"] == "1"
    session = (await shop.ask("GET", "/apps/recsys_agent/users/ana/sessions/c9", ana)).json()
    assert [e["author"] for e in session["events"]].count("user") == 1


# -- limits


async def test_too_long_a_body_is_refused(curated: Catalog) -> None:
    async with open_shop(Settings(catalog=str(curated.folder)), max_body_bytes=2_000) as shop:
        said = {"text": "x" * 3_000}
        assert (await shop.ask("POST", "/v1/recommendations", shop.user("ana"), json=said)).status_code == 413

        async def dripping() -> AsyncIterator[bytes]:
            for _ in range(30):
                yield b"x" * 100

        headers = {**shop.user("ana"), "Content-Type": "application/json"}
        assert (await shop.ask("POST", "/v1/recommendations", headers, content=dripping())).status_code == 413


async def test_a_user_who_asks_too_often_is_told_when_to_come_back_and_others_are_served(curated: Catalog) -> None:
    async with open_shop(Settings(catalog=str(curated.folder)), turns_per_minute=8) as shop:
        ana = shop.user("ana")
        answers = [await shop.ask("POST", "/v1/recommendations", ana, json=DAD) for _ in range(3)]
        assert [a.status_code for a in answers] == [200, 200, 429]
        assert 1 <= int(answers[2].headers["retry-after"]) <= 8
        assert (await shop.ask("GET", "/v1/memory", ana)).status_code == 200
        assert (await shop.ask("POST", "/v1/recommendations", shop.user("bob"), json=DAD)).status_code == 200


async def test_more_turns_at_once_than_there_are_places_get_429(curated: Catalog) -> None:
    async with open_shop(Settings(catalog=str(curated.folder)), concurrent_turns=1) as shop:
        users = [shop.user(f"u{i}") for i in range(3)]
        answers = await asyncio.gather(*(shop.ask("POST", "/v1/recommendations", u, json=DAD) for u in users))
        assert sorted(a.status_code for a in answers) == [200, 429, 429]


def test_a_bucket_fills_again_with_time() -> None:
    now = [0.0]
    bucket = Bucket(4, clock=lambda: now[0])
    assert bucket.take("ana") == 0
    assert bucket.take("ana") == 15
    now[0] += 15
    assert bucket.take("ana") == 0


async def test_a_days_model_calls_and_money_have_an_end_but_the_stand_in_is_free() -> None:
    settings = ServerSettings(daily_model_calls=3, daily_usd=1)
    documents = open_documents(Settings(), settings)
    now = [datetime.now(UTC).replace(hour=23, minute=59, second=0, microsecond=0)]
    day = f"{now[0]:%Y-%m-%d}"
    meter = Meter(documents, settings, clock=lambda: now[0])
    call = {"agent": "coordinator", "model": "m", "calls": 2, "prompt_tokens": 1, "output_tokens": 1, "cost_usd": "0.2"}
    meter.add("ana", [{**call, "model": "offline", "calls": 99}, call])
    await meter.require_left("ana")
    meter.add("ana", [call])
    with pytest.raises(Refused, match="model calls") as refused:
        await meter.require_left("ana")
    assert refused.value.headers["Retry-After"] == "60"
    await meter.require_left("bob")
    await meter.flush()
    elsewhere = Meter(documents, settings, clock=lambda: now[0])
    with pytest.raises(Refused, match="model calls"):
        await elsewhere.require_left("ana")
    elsewhere.add("bob", [{**call, "cost_usd": "0.6"}])
    with pytest.raises(Refused, match="model budget"):
        await elsewhere.require_left("carl")
    now[0] += timedelta(minutes=1)
    await elsewhere.require_left("ana")
    assert documents.get("usage", f"{day} {EVERYBODY}") == {
        "model_calls": 4,
        "tokens": 4,
        "usd_micros": 400_000,
    }


# -- errors


async def test_a_clock_that_jumps_mixes_no_conversation_up(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, true_time = shop.user("ana") | {"Accept": "application/json"}, time.time
    said, turns = {DAD["text"]: 0, "no books": -3_600, "no wood": 7_200, "why the first?": -86_400}, []
    for text, jump_s in said.items():
        monkeypatch.setattr(time, "time", lambda jump_s=jump_s: true_time() + jump_s)
        answer = await shop.ask("POST", "/v1/conversations/c1/messages", ana, json={"text": text})
        turns.append(answer.json())
    assert turns[-1]["status"] == "chat"
    assert {"books", "wood"} <= set(turns[-1]["brief"]["avoid"])
    session = (await shop.ask("GET", "/apps/recsys_agent/users/ana/sessions/c1", ana)).json()
    assert [e["content"]["parts"][0]["text"] for e in session["events"] if e["author"] == "user"] == list(said)


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (SessionBusyError(), 409),
        (StoreUnreachableError(), 503),
        (ResourceExhausted("quota of hunter2"), 503),
        (TimeoutError(), 504),
        (RuntimeError("password=hunter2 in /srv/secret"), 500),
    ],
)
async def test_a_failure_is_a_status_and_a_sentence_without_the_inside(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, raised: Exception, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("wrapped") from raised

    monkeypatch.setattr(type(shop.app.state.parts.sessions), "get_session", broken)
    ana = shop.user("ana")
    for path, said in (
        ("/v1/recommendations", DAD),
        ("/v1/conversations/c1/messages", DAD),
        ("/run", {"appName": "recsys_agent", "userId": "ana", "sessionId": "s", "newMessage": {"parts": []}}),
    ):
        answer = await shop.ask("POST", path, ana, json=said)
        assert answer.status_code == status, path
        assert "hunter2" not in answer.text
        assert "wrapped" not in answer.text
    assert "hunter2" not in "".join(capsys.readouterr())


async def test_a_memory_that_is_away_when_the_turn_is_done_takes_nothing_from_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise ResourceExhausted("away")

    monkeypatch.setattr(type(shop.app.state.parts.feedback), "applied", away)
    answer = await shop.ask("POST", "/v1/recommendations", shop.user("ana"), json=DAD)
    assert answer.json()["status"] == "recommended"
    assert answer.json()["feedback"] == {"disliked": [], "liked": []}


async def test_an_invalid_request_says_where_and_never_repeats_what_was_sent(shop: Shop) -> None:
    ana = shop.user("ana")
    for said in (
        {"brief": {"interests": "yoga-secret"}},
        {"brief": {"budget": {"max": "secret"}}},
        {"brief": {"date": "2026-02-31"}},
        {"brief": {"budget": {"max": 5, "currency": "QQQ"}}},
        {"text": 5},
        {"text": "a", "secret": "b"},
        {},
    ):
        answer = await shop.ask("POST", "/v1/recommendations", ana, json=said)
        assert answer.status_code == 422, said
        assert "yoga-secret" not in answer.text
        assert answer.json()["detail"][0]["msg"]


async def test_only_what_is_wrong_with_the_form_that_was_meant_is_told(shop: Shop) -> None:
    ana = shop.user("ana")
    for said, loc in (
        ({"brief": {"recipient": "dad"}}, ["body", "brief", "recipient"]),
        ({"brief": {}, "note": "b"}, ["body", "note"]),
        ({"text": 5}, ["body", "text"]),
        ({"txt": "a"}, ["body", "text"]),
        ({"brief": {"budget": {"max": "-5"}}}, ["body", "brief", "budget", "max"]),
    ):
        answer = await shop.ask("POST", "/v1/recommendations", ana, json=said)
        assert answer.json()["detail"][0]["loc"] == loc


@pytest.mark.parametrize("sent_as", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", None])
async def test_a_body_that_is_not_sent_as_json_is_told_how_to_be_sent(shop: Shop, sent_as: str | None) -> None:
    headers = {**shop.user("ana"), **({"Content-Type": sent_as} if sent_as else {})}
    answer = await shop.ask("POST", "/v1/recommendations", headers, content=json.dumps(DAD))
    assert answer.status_code == 415
    assert "Content-Type: application/json" in answer.json()["detail"]


@pytest.mark.parametrize("sent_as", ["application/json; charset=utf-8", "Application/JSON", "application/x.shop+json"])
async def test_json_may_be_called_by_its_other_names(shop: Shop, sent_as: str) -> None:
    headers = {**shop.user("ana"), "Content-Type": sent_as}
    said = json.dumps({"product_id": "there-is-none", "reaction": "like"})
    assert (await shop.ask("POST", "/v1/feedback", headers, content=said)).status_code == 404


async def test_a_misspelt_name_erases_nothing(shop: Shop, curated: Catalog) -> None:
    ana = shop.user("ana")
    said = {"product_id": next(iter(curated)).product_id, "reaction": "like"}
    await shop.ask("POST", "/v1/feedback", ana, json=said)
    for query in ("memoryid=x", "memory-id=x", "person=x", "person_id=x&memoryId=y", "memory_id="):
        assert (await shop.ask("DELETE", f"/v1/memory?{query}", ana)).status_code == 422, query
    assert (await shop.ask("DELETE", "/v1/inbox?message_id=x", ana)).status_code == 422
    assert len((await shop.ask("GET", "/v1/memory", ana)).json()["memories"]) == 1


async def test_what_can_be_got_has_a_head(shop: Shop) -> None:
    for path, status in (("/healthz", 200), ("/v1/memory", 200), ("/v1/recommendations", 405), ("/v1/nothing", 404)):
        assert (await shop.ask("HEAD", path, shop.user("ana"))).status_code == status


async def test_every_answer_has_security_headers_and_a_request_id(shop: Shop) -> None:
    for path, headers in (("/healthz", {}), ("/v1/memory", {}), ("/v1/memory", shop.user("ana"))):
        answer = await shop.ask("GET", path, headers)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-request-id"]
        assert "server" not in answer.headers


async def test_only_the_named_origins_may_call_from_a_browser(curated: Catalog) -> None:
    async with open_shop(Settings(catalog=str(curated.folder)), cors_origins=["https://shop.example"]) as shop:
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
        path = "/v1/recommendations"
        good = await shop.ask("OPTIONS", path, {"Origin": "https://shop.example", **asked})
        assert good.headers["access-control-allow-origin"] == "https://shop.example"
        bad = await shop.ask("OPTIONS", path, {"Origin": "https://evil.example", **asked})
        assert "access-control-allow-origin" not in bad.headers
        refused = await shop.ask("POST", path, {"Origin": "https://shop.example"}, json=DAD)
        assert refused.status_code == 401
        assert refused.headers["access-control-allow-origin"] == "https://shop.example"
        answered = await shop.ask("POST", path, {"Origin": "https://shop.example", **shop.user("ana")}, json=DAD)
        assert answered.status_code == 200
        assert "access-control-allow-credentials" not in answered.headers


async def test_a_store_that_is_away_makes_the_server_unready(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object, **__: object) -> None:
        raise StoreUnreachableError

    monkeypatch.setattr(type(shop.app.state.parts.sessions), "get_session", away)
    answer = await shop.ask("GET", "/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "catalog": "ok", "sessions": "unavailable", "store": "ok"}
    assert (await shop.ask("GET", "/healthz")).status_code == 200


async def test_who_asks_while_readiness_is_looked_up_waits_for_what_is_found(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, gone = asyncio.Event(), asyncio.Event()

    async def away(*_: object, **__: object) -> None:
        asked.set()
        await gone.wait()
        raise StoreUnreachableError

    monkeypatch.setattr(type(shop.app.state.parts.sessions), "get_session", away)
    first = asyncio.create_task(shop.ask("GET", "/readyz"))
    await asked.wait()
    second = asyncio.create_task(shop.ask("GET", "/readyz"))
    for _ in range(100):
        await asyncio.sleep(0)
    gone.set()
    assert [(await answer).status_code for answer in (first, second)] == [503, 503]


async def test_what_a_running_turn_learns_is_not_kept_once_its_shopper_was_forgotten(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, real = shop.user("ana"), SqliteMemoryStore.remember
    about_to, forgotten = threading.Event(), threading.Event()

    def late(*args: Any, **kwargs: Any) -> bool:
        about_to.set()
        assert forgotten.wait(120)
        return real(*args, **kwargs)

    monkeypatch.setattr(SqliteMemoryStore, "remember", late)
    turn = asyncio.create_task(shop.ask("POST", "/v1/recommendations", ana, json=DAD))
    assert await asyncio.to_thread(about_to.wait, 120)
    assert (await shop.ask("DELETE", "/v1/memory", ana)).status_code == 200
    forgotten.set()
    answered = (await turn).json()
    assert (answered["status"], answered["memory"]["stored"]) == ("recommended", [])
    assert (await shop.ask("GET", "/apps/recsys_agent/users/ana/sessions", ana)).json() == []
    left = (await shop.ask("GET", "/v1/memory", ana)).json()
    assert (left["people"], left["memories"]) == ([], [])
    await shop.ask("POST", "/v1/recommendations", ana, json=DAD)
    assert (await shop.ask("GET", "/v1/memory", ana)).json()["people"]


async def test_what_one_worker_was_left_another_one_has(curated: Catalog) -> None:
    settings = Settings(catalog=str(curated.folder))
    sessions = "/apps/recsys_agent/users/ana/sessions"
    left = {"filename": "a.txt", "artifact": {"text": "hello"}}
    async with open_shop(settings) as shop, open_shop(settings) as other:
        ana = shop.user("ana")
        artifacts = f"{sessions}/{(await shop.ask('POST', sessions, ana)).json()['id']}/artifacts"
        assert (await shop.ask("POST", artifacts, ana, json=left)).status_code == 200
        assert (await other.ask("GET", f"{artifacts}/a.txt", ana)).json()["text"] == "hello"
