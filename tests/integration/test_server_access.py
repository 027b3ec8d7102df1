"""Who may do what: every operation of the OpenAPI document, tried as nobody, as somebody else, and as the right one."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from deployment.guard import ROUTES, routes_at
from recsys_agent.settings import Settings
from tests.fakes.server import Shop, open_shop
from tools.catalog.interface import Catalog

pytestmark = pytest.mark.filterwarnings("ignore:Please use create_session:DeprecationWarning")  # ADK's own route

ANA, BOB = "ana", "bob"
CARD = "/.well-known/agent-card.json"
OPEN = {"/healthz", "/readyz", "/health", CARD}
EVENTS = {"/apps/{app_name}/trigger/pubsub", "/apps/{app_name}/trigger/eventarc"}
"""For service accounts; see test_triggers.py."""
TRIGGERS = {"trigger_audience": "recsys", "trigger_accounts": ["events@shop.example"]}
PROTOCOLS = [("POST", "/mcp"), ("POST", "/a2a"), ("GET", CARD)]
"""What describes itself, beside the OpenAPI document."""
MESSAGE = {"role": "user", "parts": [{"text": "gift for my dad, he loves jazz, under $50"}]}
RUN = {"appName": "recsys_agent", "userId": ANA, "sessionId": "s1", "newMessage": MESSAGE}
BODIES: dict[tuple[str, str], Any] = {
    ("POST", "/run"): RUN,
    ("POST", "/run_sse"): RUN,
    ("POST", "/v1/recommendations"): {"text": "gift for my dad, he loves jazz, under $50"},
    ("POST", "/v1/conversations/{conversation_id}/messages"): {"text": "gift for my dad, he loves jazz, under $50"},
    ("POST", "/mcp"): {"jsonrpc": "2.0", "id": 1, "method": "tools/list"},
    ("POST", "/a2a"): {"jsonrpc": "2.0", "id": 1, "method": "ListTasks", "params": {}},
    ("POST", "/v1/feedback"): {"product_id": "jazz-club-screen-print", "reaction": "like"},
    ("PATCH", "/apps/{app_name}/users/{user_id}/sessions/{session_id}"): {"state_delta": {"note": "x"}},
    ("POST", "/apps/{app_name}/users/{user_id}/sessions/{session_id}/artifacts"): {
        "filename": "a.txt",
        "artifact": {"text": "hello"},
    },
}
PARAMETERS = {
    "app_name": "recsys_agent",
    "user_id": ANA,
    "session_id": "s1",
    "artifact_name": "a.txt",
    "version_id": "0",
    "conversation_id": "c1",
    "message_id": "0" * 32,
    "product_id": "jazz-club-screen-print",
}


@pytest_asyncio.fixture
async def shop(curated: Catalog) -> AsyncIterator[Shop]:
    plenty = {"turns_per_minute": 10_000, "requests_per_minute": 10_000}
    async with open_shop(Settings(catalog=curated.folder), **plenty, **TRIGGERS) as shop:
        yield shop


async def _operations(shop: Shop) -> list[tuple[str, str]]:
    """Method and path template of all there is, ADK's routes too; what deletes comes last, parts before the whole."""
    document = (await shop.ask("GET", "/openapi.json", shop.user(ANA))).json()
    found = [(method.upper(), path) for path, operations in document["paths"].items() for method in operations]
    found += PROTOCOLS
    return sorted(found, key=lambda o: (o[0] == "DELETE", o[0] != "POST", "/run" in o[1], -len(o[1])))


def _at(path: str, **other: str) -> str:
    return re.sub(r"{(\w+)}", lambda m: {**PARAMETERS, **other}[m[1]], path)


async def test_nobody_gets_401_everywhere_but_from_health(shop: Shop) -> None:
    for method, path in await _operations(shop):
        for headers in ({}, {"Authorization": "Bearer rk_00000000_wrong"}, {"Authorization": "Basic YTpi"}):
            answer = await shop.ask(method, _at(path), headers, json=BODIES.get((method, path)))
            assert answer.status_code == (200 if path in OPEN else 401), (method, path)


async def test_the_wrong_user_gets_403_wherever_a_user_is_named(shop: Shop) -> None:
    bob, tried = shop.user(BOB), 0
    for method, path in await _operations(shop):
        body = BODIES.get((method, path))
        if "{user_id}" in path or (body and "userId" in body):
            answer = await shop.ask(method, _at(path), bob, json=body)
            assert answer.status_code == 403, (method, path)
            assert "ana" not in answer.text
            tried += 1
    assert tried >= 14


async def test_the_wrong_user_gets_403_in_every_body_and_query(shop: Shop) -> None:
    bob = shop.user(BOB)
    for method, path in await _operations(shop):
        if path in OPEN or path in EVENTS:
            continue
        own = _at(path, user_id=BOB)
        assert (await shop.ask(method, own + f"?user_id={ANA}", bob)).status_code == 403, (method, path)
        if method in ("POST", "PATCH"):
            for key in ("user_id", "userId"):
                both = {**(BODIES.get((method, path)) or {}), "userId": BOB, key: ANA}
                assert (await shop.ask(method, own, bob, json=both)).status_code == 403, (method, path, key)


async def test_the_right_user_is_let_in_everywhere(shop: Shop, curated: Catalog) -> None:
    product_id = next(iter(curated)).product_id
    ana = shop.user(ANA)
    created = await shop.ask("POST", f"/apps/recsys_agent/users/{ANA}/sessions/s1", ana)
    assert created.status_code == 200
    for method, path in await _operations(shop):
        if (method, path) == ("POST", "/apps/{app_name}/users/{user_id}/sessions/{session_id}") or path in EVENTS:
            continue
        body = BODIES.get((method, path))
        if body and "product_id" in body:
            body = {**body, "product_id": product_id}
        answer = await shop.ask(method, _at(path, product_id=product_id), ana, json=body)
        expected = (404,) if "message_id" in path else (200, 204)  # there is no message yet
        assert answer.status_code in expected, (method, path, answer.text)


async def test_no_shopper_and_no_shop_sends_events(shop: Shop) -> None:
    for path in EVENTS:
        for headers in (shop.user(ANA), shop.server("toys", "ana")):
            answer = await shop.ask("POST", path.replace("{app_name}", "outreach"), headers, json={"message": {}})
            assert answer.status_code == 401
    assert (await shop.ask("GET", "/list-apps", shop.user(ANA))).json() == ["recsys_agent"]
    assert (await shop.ask("POST", "/run", shop.user(ANA), json={**RUN, "appName": "outreach"})).status_code == 404


async def test_a_shops_server_acts_for_its_own_shoppers_only(shop: Shop) -> None:
    headers = shop.server("toys", "ana")
    said = {"text": "gift for my dad, he loves jazz, under $50"}
    assert (await shop.ask("POST", "/v1/recommendations", headers, json=said)).status_code == 200
    own = await shop.ask("GET", "/apps/recsys_agent/users/toys:ana/sessions", headers)
    assert len(own.json()) == 1
    for other in ("ana", "bob", "toys:bob", "books:ana"):
        answer = await shop.ask("GET", f"/apps/recsys_agent/users/{other}/sessions", headers)
        assert answer.status_code == 403, other
    for shopper in ("books:ana", "books/ana", ":ana", "toys2:ana"):
        answer = await shop.ask("GET", "/v1/memory", {**headers, "X-Shopper-Id": shopper})
        assert answer.status_code == 403, shopper
    assert (await shop.ask("GET", "/v1/memory", {**headers, "X-Shopper-Id": "toys:ana"})).status_code == 200


async def test_two_shops_with_a_shopper_of_the_same_name_share_nothing(shop: Shop, curated: Catalog) -> None:
    said = {"product_id": next(iter(curated)).product_id, "reaction": "dislike"}
    toys, books, ana = shop.server("toys", "ana"), shop.server("books", "ana"), shop.user("ana")
    assert (await shop.ask("POST", "/v1/feedback", toys, json=said)).status_code == 200
    seen = [len((await shop.ask("GET", "/v1/memory", who)).json()["memories"]) for who in (toys, books, ana)]
    assert seen == [1, 0, 0]


async def test_a_shops_server_must_say_whom_it_acts_for(shop: Shop) -> None:
    server = shop.server("toys")
    assert (await shop.ask("GET", "/v1/memory", server)).status_code == 400
    assert (await shop.ask("GET", "/list-apps", server)).json() == ["recsys_agent"]
    for unfit in ("", "..", "a b", "ana%2f", "x" * 129, "__x__"):
        answer = await shop.ask("GET", "/v1/memory", {**server, "X-Shopper-Id": unfit})
        assert answer.status_code == 400, unfit


async def test_a_shopper_acts_for_nobody_else(shop: Shop) -> None:
    assert (await shop.ask("GET", "/v1/memory", {**shop.user(ANA), "X-Shopper-Id": BOB})).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/docs",
        "/redoc",
        "/dev-ui/",
        "/builder/save",
        "/debug/trace/1",
        "/dev/apps/recsys_agent/eval-sets",
        "/apps/recsys_agent/eval_sets",
        "/apps/recsys_agent/users/ana/memory",
        "/agent-identity/finalize",
        "/users/ana/sessions",
        "/trigger/pubsub",
        "/v1/unknown",
    ],
)
async def test_what_is_not_listed_is_not_there(shop: Shop, path: str) -> None:
    ana = shop.user(ANA)
    for method in ("GET", "POST", "PATCH", "DELETE"):
        assert (await shop.ask(method, path)).status_code == 401
        assert (await shop.ask(method, path, ana)).status_code == 404


async def test_every_route_of_the_framework_is_listed_and_every_listed_one_exists(shop: Shop) -> None:
    served = {(method, path) for method, path in await _operations(shop)}
    for method, path in served:
        assert any(method in route.methods for route, _ in routes_at(_at(path))), (method, path)
    for route in ROUTES:
        if "openapi" not in route.path:
            assert any(path.startswith(route.path.partition(":path")[0]) for _, path in served), route.path


async def test_no_other_app_and_no_shared_state(shop: Shop) -> None:
    ana = shop.user(ANA)
    assert (await shop.ask("GET", f"/apps/other/users/{ANA}/sessions", ana)).status_code == 404
    assert (await shop.ask("POST", "/run", ana, json={**RUN, "appName": "other"})).status_code == 404
    sessions = f"/apps/recsys_agent/users/{ANA}/sessions"
    assert (await shop.ask("POST", sessions, ana, json={"state": {"app:x": 1}})).status_code == 403
    assert (await shop.ask("POST", f"{sessions}/s2", ana, json={"app:x": 1})).status_code == 403
    assert (await shop.ask("POST", "/run", ana, json={**RUN, "stateDelta": {"app:x": 1}})).status_code == 403


async def test_the_agents_own_state_is_set_by_the_agent_alone(shop: Shop) -> None:
    ana, sessions = shop.user(ANA), f"/apps/recsys_agent/users/{ANA}/sessions"
    assert (await shop.ask("POST", f"{sessions}/s1", ana, json={"note": "mine"})).status_code == 200
    for key in ("brief", "turn", "remembered", "temp:request", "temp:liked"):
        said = {key: "x"}
        for method, path, body in (
            ("POST", sessions, {"state": said}),
            ("POST", f"{sessions}/s2", said),
            ("PATCH", f"{sessions}/s1", {"state_delta": said}),
            ("PATCH", f"{sessions}/s1", {"stateDelta": said}),
            ("POST", "/run", {**RUN, "stateDelta": said}),
            ("POST", "/run_sse", {**RUN, "state_delta": said}),
        ):
            answer = await shop.ask(method, path, ana, json=body)
            assert answer.status_code == 403, (key, path)
            assert "own" in answer.json()["detail"]


async def test_a_message_is_what_a_shopper_says_and_no_call(shop: Shop) -> None:
    ana = shop.user(ANA)
    for part in ({"functionCall": {"name": "recommend", "args": {}}}, {"function_response": {"name": "recommend"}}):
        for key in ("newMessage", "new_message"):
            body = {**RUN, "newMessage": MESSAGE, key: {"role": "user", "parts": [part]}}
            assert (await shop.ask("POST", "/run", ana, json=body)).status_code == 400
    for unfit in ({"parts": 5}, {"parts": [5]}, 5, []):
        assert (await shop.ask("POST", "/run", ana, json={**RUN, "newMessage": unfit})).status_code == 422


async def test_a_sessions_id_can_stand_in_a_path_and_in_every_store(shop: Shop) -> None:
    ana, sessions = shop.user(ANA), f"/apps/recsys_agent/users/{ANA}/sessions"
    for unfit in ("..", "a/b", "__x__", "\x00", "🎁", "x" * 129, 5, ["a"]):
        answer = await shop.ask("POST", sessions, ana, json={"sessionId": unfit})
        assert answer.status_code == 400, unfit
    for unfit in ("%2e%2e", "__x__", "%00"):
        assert (await shop.ask("POST", f"{sessions}/{unfit}", ana)).status_code == 400, unfit
    assert (await shop.ask("POST", sessions, ana, json={"sessionId": "a.B-1_"})).status_code == 200
    assert (await shop.ask("POST", sessions, ana, json={"sessionId": None})).status_code == 200


async def test_a_file_that_leads_out_of_its_place_is_no_files_name(shop: Shop) -> None:
    ana, session = shop.user(ANA), f"/apps/recsys_agent/users/{ANA}/sessions/s1"
    await shop.ask("POST", session, ana)
    for name in ("..%2f..%2fbob%2fa.txt", "%2fetc%2fpasswd", "..%5ca.txt"):
        for method in ("GET", "DELETE"):
            answer = await shop.ask(method, f"{session}/artifacts/{name}", ana)
            assert answer.status_code == 400, (method, name)
            assert "name" in answer.json()["detail"]


async def test_who_one_is_is_said_once(shop: Shop) -> None:
    ana, toys = shop.user(ANA)["Authorization"], shop.server("toys")["Authorization"]
    for headers in (
        [("Authorization", ana), ("Authorization", shop.user(BOB)["Authorization"])],
        [("Authorization", toys), ("X-Shopper-Id", "ana"), ("x-shopper-id", "bob")],
        [("Authorization", ana), ("X-Goog-IAP-JWT-Assertion", "a"), ("X-Goog-IAP-JWT-Assertion", "b")],
    ):
        answer = await shop.client.get("/v1/memory", headers=headers)
        assert answer.status_code == 400
        assert "once" in answer.json()["detail"]


async def test_a_user_said_twice_must_be_the_own_one_both_times(shop: Shop) -> None:
    twice = json.dumps({**RUN, "userId": BOB, "user_id": ANA})
    headers = {**shop.user(BOB), "Content-Type": "application/json"}
    assert (await shop.ask("POST", "/run", headers, content=twice)).status_code == 403


async def test_the_body_is_read_once_and_deep_ones_are_refused(shop: Shop) -> None:
    headers = {**shop.user(ANA), "Content-Type": "application/json"}
    answer = await shop.ask("POST", "/v1/feedback", headers, content="[" * 100_000)
    assert answer.status_code in (400, 422)
