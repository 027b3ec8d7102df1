"""Messages from the outbox to the shop's address, signed and tried again, after the Standard Webhooks specification.

At least once: the receiver tells repetitions by `webhook-id`, which is the message's id. A signature is over id, time
and body, so that an old or changed message is told from a true one. See standardwebhooks.com.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from deployment.documents import Documents, Record
from deployment.triggers.outreach import Outreach
from deployment.triggers.records import OUTBOX
from tools.memory.store import MemoryStore

WAITS = tuple(timedelta(seconds=s) for s in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400))
"""Before each further attempt; after the last the message stays in the inbox only."""
TIMEOUT_S = 15.0
CLAIMED = timedelta(seconds=TIMEOUT_S * 3)
"""For so long an attempt is one process's. One that was killed is made again afterwards."""
AT_ONCE = 8
"""Deliveries, so that a slow receiver does not hold the others up for long."""
CLAIMS = "outreach deliveries"
GONE = 410

logger = logging.getLogger(__name__)


def signed(secret: str, message_id: str, at: datetime, body: str) -> dict[str, str]:
    """The headers of a delivery. ``secret`` is `whsec_` and the key in base64."""
    stamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{message_id}.{stamp}.{body}".encode(), hashlib.sha256)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def webhook_of(outreach: Outreach) -> Webhook | None:
    """The webhook of the settings; None without one."""
    server = outreach.parts.settings
    if not (server.webhook_url and server.webhook_secret):
        return None
    parts = outreach.parts
    return Webhook(parts.documents, parts.memory, server.webhook_url, server.webhook_secret, outreach.now)


class Webhook:
    """One address for all messages. Several processes may deliver at once."""

    def __init__(
        self, documents: Documents, memory: MemoryStore, url: str, secret: str, clock: Callable[[], datetime]
    ) -> None:
        self._documents = documents
        self._memory = memory
        self._url = url
        self._secret = secret
        self._now = clock

    async def deliver_due(self) -> int:
        """Sends what is due; how many arrived. What fails waits for its next time."""
        found = await asyncio.to_thread(self._documents.all, OUTBOX)
        places = asyncio.Semaphore(AT_ONCE)

        async def one(message_id: str) -> bool:
            async with places:
                return await self._deliver_once(message_id)

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(message_id)) for message_id, record in found.items() if self._due(record)]
        return sum(task.result() for task in tasks)

    async def run(self, every_s: float) -> None:
        """Delivers again and again, until it is cancelled."""
        while True:
            try:
                await self.deliver_due()
            except Exception as error:  # each store has its own
                logger.warning("the outbox could not be read: %s", type(error).__name__)
            await asyncio.sleep(every_s)

    def _due(self, record: Record) -> bool:
        return datetime.fromisoformat(record["due"]) <= self._now()

    async def _deliver_once(self, message_id: str) -> bool:
        """Whether it arrived now: not where another process is at it, or was, or the shopper has deleted it."""
        ends = datetime.now(UTC) + CLAIMED
        if not await asyncio.to_thread(self._documents.create, CLAIMS, message_id, {}, expires_at=ends):
            return False
        record = await asyncio.to_thread(self._documents.get, OUTBOX, message_id)
        arrived = record is not None and self._due(record) and await self._deliver(message_id, record)
        await asyncio.to_thread(self._documents.delete, CLAIMS, message_id)
        return arrived

    async def _deliver(self, message_id: str, record: Record) -> bool:
        known = await asyncio.to_thread(lambda: self._memory.recall(record["user"], kinds=[], now=self._now()))
        if not known.may_message:  # withdrawn since
            await asyncio.to_thread(self._documents.delete, OUTBOX, message_id)
            return False
        body = json.dumps({"type": "message.created", "user_id": record["user"], "data": json.loads(record["message"])})
        headers = {"content-type": "application/json", **signed(self._secret, message_id, datetime.now(UTC), body)}
        wait: timedelta | None = None
        try:
            answer = await self._post(body, headers)
            if answer.is_success or answer.status_code == GONE:
                await asyncio.to_thread(self._documents.delete, OUTBOX, message_id)
                return answer.is_success
            wait = _asked_to_wait(answer)
        except (httpx.HTTPError, TimeoutError) as error:
            logger.warning("the webhook cannot be reached: %s", type(error).__name__)
        await asyncio.to_thread(self._put_back, message_id, record, wait)
        return False

    async def _post(self, body: str, headers: dict[str, str]) -> httpx.Response:
        """Status and headers; what the receiver says beyond them is not read. Raises TimeoutError, httpx.HTTPError."""
        async with (
            asyncio.timeout(TIMEOUT_S),
            httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client,
            client.stream("POST", self._url, content=body, headers=headers) as answer,
        ):
            return answer

    def _put_back(self, message_id: str, record: Record, wait: timedelta | None) -> None:
        attempts = record["attempts"] + 1
        if attempts > len(WAITS):
            logger.warning("message %s was not taken after %d attempts; it is in the inbox", message_id, attempts)
            self._documents.delete(OUTBOX, message_id)
            return
        due = self._now() + max(WAITS[attempts - 1], wait or timedelta())
        # Not where the shopper has deleted it meanwhile.
        self._documents.replace(OUTBOX, message_id, record | {"attempts": attempts, "due": due.isoformat()})


def _asked_to_wait(answer: httpx.Response) -> timedelta | None:
    """Retry-After, as seconds or as a date; a day at most."""
    said = answer.headers.get("retry-after", "").strip()
    try:
        seconds = int(said) if said.isdecimal() else (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return None
    return timedelta(seconds=min(max(seconds, 0), 86_400))
