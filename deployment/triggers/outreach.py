"""From an event to a message in the shopper's inbox, or to the decision to say nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from deployment.parts import Parts
from deployment.settings import ServerSettings
from deployment.triggers.records import Message, Records
from recsys_agent.agent import APP_NAME
from recsys_agent.settings import Settings
from tools.memory.coming import Coming
from tools.memory.kinds import Person
from tools.memory.store import Known
from tools.outreach.events import Event, Sent
from tools.outreach.message import brief_for, likes_of, subject, why
from tools.outreach.worth import Policy, Verdict, not_before, worth_a_look, worth_sending
from tools.product import Product

TRIES = 3
"""How often a message is weighed anew because another was sent meanwhile."""

logger = logging.getLogger(__name__)


def policy_of(server: ServerSettings) -> Policy:
    """How much the settings allow."""
    begin, end = (int(hour) for hour in server.quiet_hours.split("-"))
    return Policy(
        per_week=server.messages_per_week,
        per_month=server.messages_per_month,
        quiet_from=time(begin),
        quiet_until=time(end),
    )


def clock_of(settings: Settings) -> Callable[[], datetime]:
    """The present time where the shoppers live."""
    zone = ZoneInfo(settings.timezone) if settings.timezone else None
    return lambda: settings.now().astimezone(zone)


class Outreach:
    """Handles events, each at most once."""

    def __init__(self, parts: Parts, settings: Settings) -> None:
        self.parts = parts
        self.records = Records(parts.documents)
        self.policy = policy_of(parts.settings)
        self.country = settings.country
        self.now = clock_of(settings)

    async def handle(self, event: Event) -> Verdict:
        """Prepares and keeps a message where that is worth it. Raises Refused where the agent is too busy."""
        for _ in range(TRIES):
            if await asyncio.to_thread(self.records.decided, event.event_id):
                return Verdict("leave", "decided before")
            known = await asyncio.to_thread(self._known, event.user_id)
            sent = await asyncio.to_thread(self.records.sent, event.user_id)
            verdict = worth_a_look(event, known, sent, self.now(), self.policy)
            if verdict.outcome == "later":
                await asyncio.to_thread(self.records.defer, event)
            if verdict.outcome == "leave":
                await asyncio.to_thread(self.records.drop, event.event_id)
            if verdict.outcome != "send":
                return verdict
            if (verdict := await self._prepared(event, known, sent)) is not None:
                return verdict
        await asyncio.to_thread(self.records.defer, event)
        return Verdict("later", "others came first")

    async def _prepared(self, event: Event, known: Known, sent: list[Sent]) -> Verdict | None:
        """The decision; None where another message was kept while this one was prepared."""
        now = self.now()
        person, coming = subject(event, known, now.date(), self.country)
        product = await asyncio.to_thread(self._product, event.product_id) if event.product_id else None
        if person is None or (event.product_id and (product is None or product.stock == 0)):
            return await self._left(event, Verdict("leave", "nobody to give to" if person is None else "not to be had"))
        turn = await self._turn(event, person, coming, known, product)
        picks = [pick["product_id"] for pick in turn["picks"]]
        verdict = worth_sending(event, turn["status"], picks, _answers(turn, event.context), sent, now)
        if verdict.outcome != "send":
            await self._drop(event.user_id, turn["conversation_id"])
            return await self._left(event, verdict)
        message = _message(event, person, coming, turn, why(event, person, coming, known, product, now), now)
        note = Sent(event_id=event.event_id, kind=event.kind, at=now, person_id=event.person_id, product_ids=picks)
        outbox_at = not_before(now, self.policy) if self.parts.settings.webhook_url else None
        kept = await asyncio.to_thread(
            lambda: self.records.send(event, message, note, before=len(sent), outbox_at=outbox_at)
        )
        if kept and (await asyncio.to_thread(self._known, event.user_id)).may_message:
            return verdict
        await self._drop(event.user_id, turn["conversation_id"])
        if not kept:
            return None
        await asyncio.to_thread(self.records.take_back, event.user_id, event.event_id)
        return Verdict("leave", "no consent")

    async def _turn(
        self, event: Event, person: Person, coming: Coming | None, known: Known, product: Product | None
    ) -> dict[str, Any]:
        """What the agent recommends in the shopper's stead.

        Where nothing that pleases the person costs as little as was spent before, that is no reason to say nothing.
        """
        brief, likes = brief_for(event, person, coming, known, product), likes_of(known, person)
        async with self.parts.turns.admitted(event.user_id):
            turn = await self.parts.recommend(event.user_id, brief)
            if product is None and brief.budget and likes and not _answers(turn, likes):
                await self._drop(event.user_id, turn["conversation_id"])
                turn = await self.parts.recommend(event.user_id, brief.model_copy(update={"budget": None}))
            return turn

    async def _left(self, event: Event, verdict: Verdict) -> Verdict:
        await asyncio.to_thread(self.records.leave, event, verdict)
        return verdict

    async def _drop(self, user: str, conversation_id: str) -> None:
        """A conversation that nobody will hear of."""
        await self.parts.sessions.delete_session(app_name=APP_NAME, user_id=user, session_id=conversation_id)

    def _known(self, user: str) -> Known:
        return self.parts.memory.recall(user, now=self.now().astimezone(UTC))

    def _product(self, product_id: str) -> Product | None:
        return self.parts.catalog().get(product_id)


def _answers(turn: dict[str, Any], wishes: Sequence[str]) -> bool:
    """Whether a pick is there for one of these wishes."""
    said = " ".join(reason.lower() for pick in turn["picks"] for reason in pick["reasons"])
    return any(words.lower() in said for words in wishes)


def _message(
    event: Event, person: Person, coming: Coming | None, turn: dict[str, Any], because: str, now: datetime
) -> Message:
    """As the inbox and the webhook give it. The shopper goes on in its conversation ("I'll take the first")."""
    parts = ("picks", "total", "plan", "receipt")
    return {
        "message_id": event.event_id,
        "kind": event.kind,
        "created": now.isoformat(),
        "about": {
            "person_id": person.person_id,
            "relation": person.relation,
            "name": person.names[0] if person.names else None,
            "occasion": coming.occasion if coming else None,
            "on": coming.on.isoformat() if coming else None,
            "product_id": event.product_id,
        },
        "text": f"{because}\n\n{turn['reply']}",
        "conversation_id": turn["conversation_id"],
        **{name: turn[name] for name in parts},
    }
