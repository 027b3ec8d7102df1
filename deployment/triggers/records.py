"""What is kept of messages unasked: the shopper's inbox, what was sent, what was decided, and what still goes out.

A message, the note that it was sent, the decision and its place in the outbox are written together or not at all (a
transactional outbox), each under a name that the same event gets again: so an event that arrives twice, or while
another is being handled, or whose handling was killed, makes one message.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from deployment.documents import Documents, Entry
from tools.outreach.events import Event, Sent
from tools.outreach.worth import Verdict

DECIDED, DEFERRED, OUTBOX = "outreach decided", "outreach deferred", "outreach outbox"
SOLD_OUT = "outreach sold out"
INBOX_KEPT = timedelta(days=90)
SENT_KEPT = timedelta(days=400)
"""Longer than an occasion takes to come again."""
LEFT_KEPT = timedelta(days=7)
"""After that a catalogue may have something."""
DEFERRED_KEPT = timedelta(days=14)

Message = dict[str, Any]


class Records:
    """All calls block. Times are aware."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents

    def decided(self, event_id: str) -> str | None:
        """The outcome of an event that needs no more looking at."""
        record = self.documents.get(DECIDED, event_id)
        return record["outcome"] if record else None

    def sent(self, user: str) -> list[Sent]:
        """What was sent to a shopper, the oldest first."""
        return [Sent.model_validate_json(r["sent"]) for r in self.documents.all(_sent(user)).values()]

    def send(self, event: Event, message: Message, sent: Sent, *, before: int, outbox_at: datetime | None) -> bool:
        """Keeps the message, unless the event was decided or another message was sent since ``before`` were known of.

        ``outbox_at``: when it may go to the webhook, None where there is none.
        """
        last = max((int(name) for name in self.documents.all(_sent(event.user_id))), default=0)
        text = json.dumps(message)
        entries = [
            Entry(DECIDED, event.event_id, {"outcome": "send"}, _end(SENT_KEPT)),
            Entry(_sent(event.user_id), f"{last + 1:08d}", {"sent": sent.model_dump_json()}, _end(SENT_KEPT)),
            Entry(_inbox(event.user_id), event.event_id, {"message": text}, _end(INBOX_KEPT)),
        ]
        if outbox_at is not None:
            due = {"user": event.user_id, "message": text, "attempts": 0, "due": outbox_at.isoformat()}
            entries.append(Entry(OUTBOX, event.event_id, due, _end(INBOX_KEPT)))
        if len(self.sent(event.user_id)) != before or not self.documents.create_together(entries):
            return False
        self.documents.delete(DEFERRED, event.event_id)
        return True

    def take_back(self, user: str, event_id: str) -> None:
        """Leaves no trace of a message that was kept after its shopper had withdrawn the consent, or was erased."""
        self.delete(user, event_id)
        for name, record in self.documents.all(_sent(user)).items():
            if Sent.model_validate_json(record["sent"]).event_id == event_id:
                self.documents.delete(_sent(user), name)
        self.documents.delete(DECIDED, event_id)

    def leave(self, event: Event, verdict: Verdict) -> None:
        """Notes that nothing is sent, so that it is not prepared again tomorrow."""
        self.documents.create(DECIDED, event.event_id, {"outcome": verdict.outcome}, expires_at=_end(LEFT_KEPT))
        self.documents.delete(DEFERRED, event.event_id)

    def defer(self, event: Event) -> None:
        """Keeps the event for the next tick."""
        record = {"event": event.model_dump_json()}
        self.documents.create(DEFERRED, event.event_id, record, expires_at=_end(DEFERRED_KEPT))

    def drop(self, event_id: str) -> None:
        """The event does not wait any longer."""
        self.documents.delete(DEFERRED, event_id)

    def deferred(self) -> list[Event]:
        """The events that wait."""
        return [Event.model_validate_json(r["event"]) for r in self.documents.all(DEFERRED).values()]

    def inbox(self, user: str) -> list[Message]:
        """A shopper's messages, the newest first."""
        found = [json.loads(record["message"]) for record in self.documents.all(_inbox(user)).values()]
        return sorted(found, key=lambda message: message["created"], reverse=True)

    def delete(self, user: str, message_id: str) -> bool:
        """Takes a message out of the inbox, and out of the outbox; whether it was there."""
        if self.documents.get(_inbox(user), message_id) is None:
            return False
        self.documents.delete(_inbox(user), message_id)
        self.documents.delete(OUTBOX, message_id)
        return True

    def empty(self, user: str) -> int:
        """Takes all messages out of the inbox; how many."""
        return sum(self.delete(user, message["message_id"]) for message in self.inbox(user))

    def erase(self, user: str) -> None:
        """Takes away all that was sent to a shopper, and what waits to be."""
        self.empty(user)
        for event in self.deferred():
            if event.user_id == user:
                self.drop(event.event_id)
        for collection in (_inbox(user), _sent(user)):
            self.documents.clear(collection)

    def note_stock(self, product_id: str, available: bool, now: datetime) -> str | None:
        """Since when a product that can be had now was sold out; notes one that is sold out."""
        if not available:
            self.documents.create(SOLD_OUT, product_id, {"since": now.isoformat()}, expires_at=_end(SENT_KEPT))
            return None
        record = self.documents.get(SOLD_OUT, product_id)
        return record["since"] if record else None

    def stock_told(self, product_id: str) -> None:
        """Forgets that a product was sold out."""
        self.documents.delete(SOLD_OUT, product_id)


def _end(kept: timedelta) -> datetime:
    """By the clock that the store goes by."""
    return datetime.now(UTC) + kept


def _inbox(user: str) -> str:
    return f"outreach inbox {user}"


def _sent(user: str) -> str:
    return f"outreach sent {user}"
