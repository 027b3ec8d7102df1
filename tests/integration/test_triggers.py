"""Messages unasked: from an event, or a tick, to the inbox and the webhook, once, and only where they are wanted."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from itertools import chain, repeat
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from pytest_httpserver import HTTPServer
from standardwebhooks.webhooks import Webhook as Receiver
from werkzeug import Request, Response

from deployment.documents import Documents, FirestoreDocuments, SqliteDocuments
from deployment.triggers.records import DECIDED, OUTBOX, Records
from deployment.triggers.tick import tick
from deployment.triggers.webhook import CLAIMS, Webhook, webhook_of
from recsys_agent.services import firestore_client
from tests.fakes.outreach import NOON, Eve
from tools.catalog.interface import Catalog
from tools.outreach.events import Event

SECRET = "whsec_" + base64.b64encode(b"0" * 32).decode()


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


@pytest.mark.parametrize("end", ["erased", "stop messaging me"])
async def test_a_message_that_is_prepared_while_its_shopper_withdraws_is_kept_nowhere(
    plain: Eve, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    await plain.settled()
    send = Records.send

    def late(*args: Any, **kwargs: Any) -> bool:
        withdrawn = plain.parts.erasure.everything("eve") if end == "erased" else plain.says(end)
        asyncio.run_coroutine_threadsafe(withdrawn, loop).result()
        return send(*args, **kwargs)

    loop = asyncio.get_running_loop()
    with monkeypatch.context() as patched:
        patched.setattr(Records, "send", late)
        assert (await plain.outreach.handle(plain.birthday())).why == "no consent"
    documents = plain.parts.documents
    assert [documents.all(kept) for kept in (OUTBOX, DECIDED, "outreach inbox eve", "outreach sent eve")] == [{}] * 4
    listed = await plain.parts.sessions.list_sessions(app_name="recsys_agent", user_id="eve")
    assert len(listed.sessions) == (0 if end == "erased" else 3)


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


async def _posting(eve: Eve, url: str) -> None:
    """A message of hers waits for this address."""
    eve.parts.settings = eve.parts.settings.model_copy(update={"webhook_url": url, "webhook_secret": SECRET})
    await eve.settled()
    await eve.outreach.handle(eve.birthday())


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


async def _sent_to(eve: Eve, *urls: str) -> list[int]:
    """What each of several processes delivered, that began with the same look into the outbox."""
    look, read = eve.parts.documents.all, eve.parts.documents.all("outreach outbox")
    eve.parts.documents.all = lambda name: read if name == "outreach outbox" else look(name)  # type: ignore[method-assign]
    return [await _webhook(eve, url).deliver_due() for url in urls]


async def test_a_process_that_looked_earlier_does_not_deliver_again(plain: Eve, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data(status=200)
    await _posting(plain, httpserver.url_for("/hook"))
    assert await _sent_to(plain, *[httpserver.url_for("/hook")] * 2) == [1, 0]
    assert len(httpserver.log) == 1


async def test_a_message_deleted_while_it_was_refused_does_not_come_back(plain: Eve, httpserver: HTTPServer) -> None:
    def refuse(_: Request) -> Response:
        plain.outreach.records.empty("eve")
        return Response(status=503)

    httpserver.expect_request("/hook").respond_with_handler(refuse)
    await _posting(plain, httpserver.url_for("/hook"))
    assert await _webhook(plain, httpserver.url_for("/hook")).deliver_due() == 0
    assert plain.parts.documents.all("outreach outbox") == {}


async def test_a_receiver_that_talks_without_end_is_left_when_it_has_said_yes_or_its_time_is_over(
    plain: Eve, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.1)
        over.release()

    over = asyncio.Semaphore(0)
    receiver = await asyncio.start_server(drip, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{receiver.sockets[0].getsockname()[1]}/"
    await _posting(plain, url)
    async with receiver:
        pieces = repeat(b"H")
        monkeypatch.setattr("deployment.triggers.webhook.TIMEOUT_S", 0.3)
        assert await _webhook(plain, url).deliver_due() == 0
        plain.at(NOON + timedelta(minutes=1))
        pieces = chain([b"HTTP/1.1 200 OK\r\n\r\n"], repeat(b"x"))
        monkeypatch.setattr("deployment.triggers.webhook.TIMEOUT_S", 60.0)
        assert await _webhook(plain, url).deliver_due() == 1
        for _ in range(2):
            await over.acquire()


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
