"""Messages unasked: from an event, or a tick, to the inbox and the webhook, once, and only where they are wanted."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import rsa
from pytest_httpserver import HTTPServer
from standardwebhooks.webhooks import Webhook as Receiver
from werkzeug import Request, Response

from deployment.documents import Documents, FirestoreDocuments, SqliteDocuments
from deployment.parts import Parts, build_parts
from deployment.settings import ServerSettings
from deployment.triggers.outreach import Outreach
from deployment.triggers.tick import tick
from deployment.triggers.webhook import CLAIMS, Webhook, webhook_of
from recsys_agent.services import firestore_client
from recsys_agent.settings import Settings
from tests.fakes.server import Shop, open_shop
from tools.catalog.catalog import Catalog
from tools.memory.kinds import Episode, Person, Source
from tools.outreach.events import Event

pytestmark = pytest.mark.filterwarnings("ignore:Please use create_session:DeprecationWarning")  # ADK's own route

TODAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"0" * 32).decode()
AUDIENCE, ACCOUNT = "https://recsys.example", "events@shop.iam.gserviceaccount.com"


class Eve:
    """A shopper who has told of her father, and the parts that know her."""

    def __init__(self, catalog: Catalog, documents: Documents | None = None, **server: Any) -> None:
        self.settings = Settings(catalog=str(catalog.folder), today=TODAY, timezone="UTC")
        self.parts: Parts = build_parts(self.settings, ServerSettings(**server))
        self.parts.documents = documents or self.parts.documents
        self.outreach = Outreach(self.parts, self.settings)
        self.at(NOON)

    def at(self, moment: datetime) -> None:
        """What time it is for messages; for the agent it is always the same day."""
        self.outreach.now = lambda: moment

    async def says(self, *messages: str) -> dict[str, Any]:
        session, turn = uuid4().hex, {}
        for message in messages:
            turn = await self.parts.turn("eve", session, message)
        return turn

    async def settled(self) -> None:
        """Her father's birthday is in thirteen days, and she lets us write."""
        await self.says("my dad Bob turns 60 on June 14, loves jazz, no nuts, $40-60", "I'll take the first")
        await self.says("you may message me")

    def inbox(self) -> list[dict[str, Any]]:
        return self.outreach.records.inbox("eve")

    def birthday(self) -> Event:
        (dad,) = self.parts.memory.recall("eve", now=NOON).people
        return Event(
            kind="occasion", user_id="eve", at=NOON, person_id=dad.person_id, occasion="birthday", on=date(2026, 6, 14)
        )

    def met(self, product_id: str, happening: str, price: str) -> Person:
        """She met a product for her father once."""
        (dad,) = self.parts.memory.recall("eve", now=NOON).people
        product = self.parts.catalog().get(product_id)
        assert product is not None
        episode = Episode(
            memory_id=f"{product_id}-{happening}",
            person_id=dad.person_id,
            source=Source(session_id="s", turn_id="t", at=NOON - timedelta(days=20)),
            happening=happening,  # type: ignore[arg-type]
            product_id=product_id,
            price=product.price.of(price, product.price.currency),
        )
        self.parts.memory.remember("eve", [dad], [episode])
        return dad


@pytest.fixture(params=["sqlite", "firestore"])
def documents(request: pytest.FixtureRequest, tmp_path: Path, firestore_emulator: str) -> Documents:
    if request.param == "sqlite":
        return SqliteDocuments(tmp_path / "server.db")
    return FirestoreDocuments(firestore_client(f"firestore://test-{uuid4().hex[:8]}"))


@pytest_asyncio.fixture
async def eve(curated: Catalog, documents: Documents) -> AsyncIterator[Eve]:
    yield Eve(curated, documents, webhook_url="http://127.0.0.1:9/", webhook_secret=SECRET)


@pytest_asyncio.fixture
async def plain(curated: Catalog) -> Eve:
    """Without a webhook, on the embedded store."""
    return Eve(curated)


async def test_an_occasion_becomes_a_message_with_a_plan_from_memory_once(eve: Eve) -> None:
    await eve.settled()
    taken = [m for m in eve.parts.memory.recall("eve", now=NOON).memories if getattr(m, "happening", "") == "chosen"]
    first, second = await eve.outreach.handle(eve.birthday()), await eve.outreach.handle(eve.birthday())
    assert (first.outcome, second.why) == ("send", "decided before")
    (message,) = eve.inbox()
    assert "birthday" in message["text"]
    assert "14 June" in message["text"]
    assert message["picks"]
    assert message["receipt"]["brief"]["avoid"] == ["nuts"]
    assert not {pick["product_id"] for pick in message["picks"]} & {m.product_id for m in taken}  # type: ignore[union-attr]
    assert all(float(p["price"]["amount"]) <= float(taken[0].price.amount) for p in message["picks"])  # type: ignore[union-attr]
    assert len(eve.parts.documents.all("outreach outbox")) == 1


async def test_of_the_same_event_many_times_at_once_one_message_comes(eve: Eve) -> None:
    await eve.settled()
    verdicts = await asyncio.gather(*(eve.outreach.handle(eve.birthday()) for _ in range(5)))
    assert sorted(v.outcome for v in verdicts) == ["leave"] * 4 + ["send"]
    assert len(eve.inbox()) == 1
    assert len(eve.outreach.records.sent("eve")) == 1


async def test_of_two_events_at_once_one_waits_where_one_a_week_is_enough(eve: Eve) -> None:
    await eve.settled()
    eve.met("jazz-in-fifty-nights-book", "turned_down", "60.00")
    (dad,) = eve.parts.memory.recall("eve", now=NOON).people
    drop = Event(
        kind="price_drop", user_id="eve", at=NOON, person_id=dad.person_id, product_id="jazz-in-fifty-nights-book"
    )
    verdicts = await asyncio.gather(eve.outreach.handle(eve.birthday()), eve.outreach.handle(drop))
    assert sorted(v.outcome for v in verdicts) == ["later", "send"]
    assert len(eve.inbox()) == 1
    assert len(eve.outreach.records.deferred()) == 1


async def test_a_handling_that_was_killed_before_the_end_is_done_again_and_after_it_not(
    plain: Eve, monkeypatch: pytest.MonkeyPatch
) -> None:
    await plain.settled()

    def killed(*_: Any) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(type(plain.parts.documents), "create_together", killed)
        with pytest.raises(KeyboardInterrupt):
            await plain.outreach.handle(plain.birthday())
    assert plain.inbox() == []
    assert (await plain.outreach.handle(plain.birthday())).outcome == "send"
    assert (await plain.outreach.handle(plain.birthday())).outcome == "leave"
    assert len(plain.inbox()) == 1


async def test_nobody_is_messaged_who_did_not_consent_or_does_not_any_more(plain: Eve) -> None:
    await plain.says("my dad Bob turns 60 on June 14, loves jazz, $40-60")
    assert (await plain.outreach.handle(plain.birthday())).why == "no consent"
    await plain.says("you may message me")
    await plain.says("stop messaging me")
    assert (await plain.outreach.handle(plain.birthday())).why == "no consent"
    assert await tick(plain.outreach) == {}
    assert plain.inbox() == []


async def test_an_event_cannot_make_people_or_products_up(plain: Eve) -> None:
    await plain.settled()
    for changes in ({"person_id": "nobody"}, {"on": date(2026, 6, 20)}, {"occasion": "wedding"}):
        made_up = plain.birthday().model_copy(update=changes)
        assert (await plain.outreach.handle(made_up)).why == "nobody to give to"
    gone = Event(kind="price_drop", user_id="eve", at=NOON, person_id=plain.birthday().person_id, product_id="no-such")
    assert (await plain.outreach.handle(gone)).why == "not to be had"
    assert plain.inbox() == []


async def test_the_tick_finds_occasions_and_lower_prices_and_says_nothing_twice(plain: Eve) -> None:
    await plain.settled()
    plain.met("piano-evenings-sheet-music", "turned_down", "30.00")
    kinds = []
    for day in range(10):
        plain.at(NOON + timedelta(days=day))
        await tick(plain.outreach, lambda event, verdict: kinds.append((event.kind, verdict.outcome)))
    sent = [kind for kind, outcome in kinds if outcome == "send"]
    assert sent == ["occasion", "price_drop"]
    newest, _ = plain.inbox()
    assert "now costs $18.20" in newest["text"]
    assert "It was $30.00" in newest["text"]
    assert "piano-evenings-sheet-music" in [pick["product_id"] for pick in newest["picks"]]


async def test_what_is_back_in_stock_is_told_when_it_was_seen_sold_out(plain: Eve) -> None:
    await plain.settled()
    plain.met("jazz-in-fifty-nights-book", "offered", "32.20")
    shop = plain.parts.catalog()
    plain.at(NOON - timedelta(days=20))  # no occasion is near
    product = shop.get("jazz-in-fifty-nights-book")
    assert product is not None
    plain.outreach.records.note_stock(product.product_id, False, plain.outreach.now())
    await tick(plain.outreach)
    (message,) = plain.inbox()
    assert message["kind"] == "back_in_stock"
    assert "back in stock" in message["text"]
    plain.at(NOON - timedelta(days=10))
    assert await tick(plain.outreach) == {}


async def test_a_context_is_worth_a_message_only_where_a_pick_answers_it(plain: Eve) -> None:
    await plain.settled()
    weather = Event(kind="context", user_id="eve", at=NOON, context=["gardening"])
    assert (await plain.outreach.handle(weather)).outcome == "send"
    (message,) = plain.inbox()
    assert "gardening" in message["text"]
    plain.at(NOON + timedelta(days=8))
    nothing = Event(kind="context", user_id="eve", at=NOON + timedelta(days=8), context=["zeppelin mooring"])
    assert (await plain.outreach.handle(nothing)).outcome == "leave"


async def test_the_talk_goes_on_in_the_messages_conversation(plain: Eve) -> None:
    await plain.settled()
    await plain.outreach.handle(plain.birthday())
    (message,) = plain.inbox()
    turn = await plain.parts.turn("eve", message["conversation_id"], "I'll take the first")
    assert message["picks"][0]["title"] in turn["reply"]


# -- the webhook


def _webhook(eve: Eve, url: str) -> Webhook:
    return Webhook(eve.parts.documents, eve.parts.memory, url, SECRET, eve.outreach.now)


async def test_a_delivery_is_signed_as_the_specification_says_and_made_once(eve: Eve, httpserver: HTTPServer) -> None:
    got: list[dict[str, Any]] = []

    def take(request: Request) -> Response:
        got.append(Receiver(SECRET).verify(request.get_data(), dict(request.headers)))
        return Response(status=200)

    httpserver.expect_request("/hook", method="POST").respond_with_handler(take)
    await eve.settled()
    await eve.outreach.handle(eve.birthday())
    webhook = _webhook(eve, httpserver.url_for("/hook"))
    assert await asyncio.gather(webhook.deliver_due(), webhook.deliver_due()) in ([0, 1], [1, 0])
    assert await webhook.deliver_due() == 0
    (delivered,) = got
    assert (delivered["user_id"], delivered["data"]) == ("eve", eve.inbox()[0])


async def test_a_changed_body_or_an_old_one_does_not_verify(eve: Eve, httpserver: HTTPServer) -> None:
    kept: list[tuple[bytes, dict[str, str]]] = []

    def take(request: Request) -> Response:
        kept.append((request.get_data(), dict(request.headers)))
        return Response(status=204)

    httpserver.expect_request("/hook").respond_with_handler(take)
    await eve.settled()
    await eve.outreach.handle(eve.birthday())
    await _webhook(eve, httpserver.url_for("/hook")).deliver_due()
    ((body, headers),) = kept
    with pytest.raises(Exception, match="signature"):
        Receiver(SECRET).verify(body.replace(b"eve", b"bob"), headers)
    with pytest.raises(Exception, match="timestamp"):
        Receiver(SECRET).verify(body, {**headers, "Webhook-Timestamp": str(int(time.time()) - 3600)})


async def test_what_fails_is_tried_again_later_with_the_same_id_and_given_up_in_the_end(
    eve: Eve, httpserver: HTTPServer
) -> None:
    ids: list[str] = []

    def refuse(request: Request) -> Response:
        ids.append(request.headers["webhook-id"])
        return Response(status=503)

    httpserver.expect_request("/hook").respond_with_handler(refuse)
    await eve.settled()
    await eve.outreach.handle(eve.birthday())
    moment = NOON
    for _ in range(20):
        await _webhook(eve, httpserver.url_for("/hook")).deliver_due()
        await _webhook(eve, httpserver.url_for("/hook")).deliver_due()  # not due yet
        moment += timedelta(days=1)
        eve.at(moment)
    assert len(ids) == 8
    assert len(set(ids)) == 1
    assert len(eve.inbox()) == 1
    assert eve.parts.documents.all("outreach outbox") == {}


async def test_retry_after_is_kept_and_redirects_are_not_followed(eve: Eve, httpserver: HTTPServer) -> None:
    httpserver.expect_oneshot_request("/hook").respond_with_data(status=429, headers={"Retry-After": "7200"})
    httpserver.expect_oneshot_request("/hook").respond_with_data(status=307, headers={"Location": "/elsewhere"})
    await eve.settled()
    await eve.outreach.handle(eve.birthday())
    url = httpserver.url_for("/hook")
    for minutes, attempts in ((0, 1), (60, 1), (121, 2)):
        eve.at(NOON + timedelta(minutes=minutes))
        await _webhook(eve, url).deliver_due()
        (record,) = eve.parts.documents.all("outreach outbox").values()
        assert record["attempts"] == attempts
    assert {request.path for request, _ in httpserver.log} == {"/hook"}


async def test_in_quiet_hours_the_inbox_has_it_and_the_webhook_waits(plain: Eve, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data(status=200)
    plain.parts.settings = plain.parts.settings.model_copy(
        update={"webhook_url": httpserver.url_for("/hook"), "webhook_secret": SECRET}
    )
    await plain.settled()
    plain.at(NOON.replace(hour=22))
    await plain.outreach.handle(plain.birthday())
    assert len(plain.inbox()) == 1
    for moment, arrived in ((NOON.replace(hour=23), 0), (NOON.replace(day=2, hour=8), 1)):
        plain.at(moment)
        webhook = webhook_of(plain.outreach)
        assert webhook is not None
        assert await webhook.deliver_due() == arrived


async def test_a_withdrawn_consent_stops_what_waits_and_a_killed_delivery_is_made_again(
    plain: Eve, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/hook").respond_with_data(status=200)
    url = httpserver.url_for("/hook")
    plain.parts.settings = plain.parts.settings.model_copy(update={"webhook_url": url, "webhook_secret": SECRET})
    await plain.settled()
    await plain.outreach.handle(plain.birthday())
    (message,) = plain.inbox()
    over = datetime.now(UTC) + timedelta(seconds=30)
    plain.parts.documents.put(CLAIMS, message["message_id"], {}, expires_at=over)
    assert await _webhook(plain, url).deliver_due() == 0  # another process is at it
    plain.parts.documents.put(CLAIMS, message["message_id"], {}, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    await plain.says("stop messaging me")
    assert await _webhook(plain, url).deliver_due() == 0
    assert plain.parts.documents.all("outreach outbox") == {}
    assert httpserver.log == []


# -- ADK's endpoints, and the inbox of /v1


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


@pytest.mark.parametrize("event", [{}, [], "buy now", {"kind": "occasion"}, {"kind": "party", "user_id": "eve"}, None])
async def test_what_is_no_event_is_acknowledged_and_does_nothing(
    shop: Shop, key: rsa.RSAPrivateKey, event: Any
) -> None:
    answer = await shop.ask("POST", "/apps/outreach/trigger/pubsub", sender(key), json=pubsub(event))
    assert answer.json() == {"status": "success"}


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
