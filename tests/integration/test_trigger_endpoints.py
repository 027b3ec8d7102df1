"""ADK's trigger endpoints and the inbox of /v1: who may send events, and what becomes of them."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import rsa
from pytest_httpserver import HTTPServer

from recsys_agent.settings import Settings
from tests.fakes.outreach import TODAY
from tests.fakes.server import Shop, open_shop
from tools.catalog.interface import Catalog

AUDIENCE, ACCOUNT = "https://recsys.example", "events@shop.iam.gserviceaccount.com"


@pytest.fixture
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest_asyncio.fixture
async def shop(curated: Catalog, key: rsa.RSAPrivateKey, httpserver: HTTPServer) -> AsyncIterator[Shop]:
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    httpserver.expect_request("/certs").respond_with_json({"keys": [{**public, "kid": "1", "use": "sig"}]})
    settings = Settings(catalog=str(curated.folder), today=TODAY, timezone="UTC")
    async with open_shop(
        settings,
        trigger_audience=AUDIENCE,
        trigger_accounts=[ACCOUNT],
        google_jwks_url=httpserver.url_for("/certs"),
    ) as shop:
        yield shop


def sender(key: rsa.RSAPrivateKey, **changes: Any) -> dict[str, str]:
    now = int(time.time())
    claims = {
        "iss": "https://accounts.google.com",
        "aud": AUDIENCE,
        "sub": "1",
        "email": ACCOUNT,
        "email_verified": True,
        "iat": now,
        "exp": now + 300,
    }
    token = jwt.encode({**claims, **changes}, key, algorithm="RS256", headers={"kid": "1"})
    return {"Authorization": f"Bearer {token}"}


def pubsub(event: Any) -> dict[str, Any]:
    data = base64.b64encode(json.dumps(event).encode()).decode()
    return {"message": {"data": data, "messageId": "m1"}, "subscription": "projects/p/subscriptions/s"}


async def _settled(shop: Shop) -> tuple[dict[str, str], dict[str, Any]]:
    eve = shop.user("eve")
    for text in ("my dad Bob turns 60 on June 14, loves jazz, $40-60", "you may message me"):
        await shop.ask(
            "POST", "/v1/conversations/c1/messages", {**eve, "Accept": "application/json"}, json={"text": text}
        )
    memory = (await shop.ask("GET", "/v1/memory", eve)).json()
    assert memory["may_message"] is True
    at = datetime.now(UTC).isoformat()
    person = memory["people"][0]["person_id"]
    return eve, {
        "kind": "occasion", "user_id": "eve", "at": at, "person_id": person, "occasion": "birthday", "on": "2026-06-14"
    }  # fmt: skip


async def test_an_event_by_pubsub_and_again_by_eventarc_is_one_message(shop: Shop, key: rsa.RSAPrivateKey) -> None:
    eve, event = await _settled(shop)
    headers = sender(key)
    for _ in range(2):
        answer = await shop.ask("POST", "/apps/outreach/trigger/pubsub", headers, json=pubsub(event))
        assert answer.json() == {"status": "success"}
    cloud = {"data": event, "source": "//shop", "type": "shop.occasion", "id": "e1", "specversion": "1.0"}
    answer = await shop.ask("POST", "/apps/outreach/trigger/eventarc", headers, json=cloud)
    assert answer.json() == {"status": "success"}
    # Eventarc's other way: the body is the event, what is around it stands in headers.
    around = {"ce-id": "e1", "ce-source": "//shop", "ce-type": "shop.occasion", "ce-specversion": "1.0"}
    answer = await shop.ask("POST", "/apps/outreach/trigger/eventarc", headers | around, json=event)
    assert answer.json() == {"status": "success"}
    (message,) = (await shop.ask("GET", "/v1/inbox", eve)).json()["messages"]
    assert message["kind"] == "occasion"
    assert (await shop.ask("GET", "/v1/inbox", shop.user("bob"))).json() == {"messages": []}
    sessions = shop.app.state.parts.sessions
    for user in ("projects--p--subscriptions--s", "shop"):
        assert (await sessions.list_sessions(app_name="outreach", user_id=user)).sessions == []


async def test_a_message_can_be_deleted_and_does_not_come_again(shop: Shop, key: rsa.RSAPrivateKey) -> None:
    eve, event = await _settled(shop)
    await shop.ask("POST", "/apps/outreach/trigger/pubsub", sender(key), json=pubsub(event))
    (message,) = (await shop.ask("GET", "/v1/inbox", eve)).json()["messages"]
    path = f"/v1/inbox/{message['message_id']}"
    assert (await shop.ask("DELETE", path, shop.user("bob"))).status_code == 404
    assert (await shop.ask("DELETE", path, eve)).json() == {"deleted": 1}
    assert (await shop.ask("DELETE", path, eve)).status_code == 404
    await shop.ask("POST", "/apps/outreach/trigger/pubsub", sender(key), json=pubsub(event))
    assert (await shop.ask("GET", "/v1/inbox", eve)).json() == {"messages": []}
    assert (await shop.ask("DELETE", "/v1/inbox", eve)).json() == {"deleted": 0}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"email": "other@shop.iam.gserviceaccount.com"}, 403),
        ({"email_verified": False}, 401),
        ({"aud": "https://other.example"}, 401),
        ({"iss": "https://login.example"}, 401),
        ({"exp": int(time.time()) - 3600}, 401),
    ],
)
async def test_only_the_named_account_sends_events(
    shop: Shop, key: rsa.RSAPrivateKey, changes: dict[str, Any], status: int
) -> None:
    answer = await shop.ask("POST", "/apps/outreach/trigger/pubsub", sender(key, **changes), json=pubsub({}))
    assert answer.status_code == status


@pytest.mark.parametrize(
    "event",
    [
        {},
        [],
        "buy now, Wendelin",
        {"kind": "occasion"},
        {"kind": "party of Wendelin", "user_id": "eve"},
        {"kind": "price_drop", "user_id": "eve", "at": "for Wendelin", "product_id": "p"},
        {"kind": "price_drop", "user_id": "eve", "at": "2026-06-01T12:00:00Z", "product_id": "p", "Wendelin": 1},
        None,
    ],
)
async def test_what_is_no_event_is_acknowledged_does_nothing_and_is_not_told(
    shop: Shop, key: rsa.RSAPrivateKey, event: Any, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await shop.ask("POST", "/apps/outreach/trigger/pubsub", sender(key), json=pubsub(event))
    assert answer.json() == {"status": "success"}
    (refused,) = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]
    assert "Wendelin" not in refused


async def test_an_event_that_cannot_be_handled_now_comes_again(
    shop: Shop, key: rsa.RSAPrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    eve, event = await _settled(shop)
    parts = shop.app.state.parts
    with monkeypatch.context() as patched:
        patched.setattr(type(parts), "recommend", _away)
        answer = await shop.ask("POST", "/apps/outreach/trigger/pubsub", sender(key), json=pubsub(event))
        assert answer.status_code == 500
        assert "secret" not in answer.text
    await shop.ask("POST", "/apps/outreach/trigger/pubsub", sender(key), json=pubsub(event))
    assert len((await shop.ask("GET", "/v1/inbox", eve)).json()["messages"]) == 1


async def _away(*_: Any) -> None:
    raise ConnectionError("the store at secret.example is away")


async def test_erasing_all_memory_empties_the_inbox_and_withdraws_consent(shop: Shop, key: rsa.RSAPrivateKey) -> None:
    eve, event = await _settled(shop)
    await shop.ask("POST", "/apps/outreach/trigger/pubsub", sender(key), json=pubsub(event))
    await shop.ask("DELETE", "/v1/memory", eve)
    assert (await shop.ask("GET", "/v1/inbox", eve)).json() == {"messages": []}
    assert (await shop.ask("GET", "/v1/memory", eve)).json()["may_message"] is False
