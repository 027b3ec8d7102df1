"""A request that is sent again gets the answer of the first time: nothing is done twice because an answer was lost.

After the `Idempotency-Key` header of draft-ietf-httpapi-idempotency-key-header. Answers are kept for a day.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from deployment.documents import Documents
from deployment.refusals import Refused

KEPT = timedelta(hours=24)
Answer = dict[str, Any]


def answers(user: str) -> str:
    """The collection of a shopper's answers."""
    return f"answers {user}"


class Repeats:
    """``work_s`` is how long a request may take; one that was never finished may be begun again after that."""

    def __init__(self, documents: Documents, work_s: float) -> None:
        self._documents = documents
        self._claim = timedelta(seconds=work_s + 10)

    async def once(self, user: str, key: str | None, asked: object, work: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer of ``work``, or the kept one of the same key. Without a key there is nothing to keep.

        ``asked`` is what the request says, as JSON. Raises Refused: 422 where the key stood for another request, 409
        while the first is still being worked on. A failure is not kept.
        """
        if key is None:
            return await work()
        place = (answers(user), _digest(key))
        claim = {"asked": _digest(json.dumps(asked, sort_keys=True)), "answer": ""}
        if not await self._create(place, claim):
            return self._kept(await asyncio.to_thread(self._documents.get, *place), claim)
        try:
            answer = await work()
        except BaseException:
            await asyncio.to_thread(self._documents.delete, *place)
            raise
        done = claim | {"answer": json.dumps(answer)}
        # Not where the claim is gone: the shopper has had everything erased meanwhile.
        kept_until = datetime.now(UTC) + KEPT
        await asyncio.to_thread(self._documents.replace, *place, done, expires_at=kept_until)
        return answer

    async def _create(self, place: tuple[str, str], claim: dict[str, str]) -> bool:
        ends = datetime.now(UTC) + self._claim
        return await asyncio.to_thread(self._documents.create, *place, claim, expires_at=ends)

    def _kept(self, record: dict[str, Any] | None, claim: dict[str, str]) -> Answer:
        if record and record["asked"] != claim["asked"]:
            raise Refused(422, "This Idempotency-Key was used for another request; take a new one")
        if not record or not record["answer"]:
            raise Refused(409, "The first request of this Idempotency-Key is still being worked on", retry_after_s=1)
        return json.loads(record["answer"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
