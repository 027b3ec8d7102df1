"""What a session and its events look like in Firestore: ADK's fields, and ours beside them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from google.adk.events import Event
from google.adk.sessions import Session
from google.adk.sessions._session_util import extract_state_delta, make_json_safe_state
from google.adk.sessions.state import State
from google.cloud import firestore

from recsys_agent.sessions.storable import bounded, storable
from recsys_agent.sessions.turnwise import OpenTurn

LEASE = timedelta(seconds=20)
"""How long a turn is another process's without a sign of life; what a restart after a crash waits at most."""
MAX_STATE_CHARS = 800_000
"""Of a session's state as JSON: its document is bounded to 1 MiB."""
SHARED = (State.APP_PREFIX, State.USER_PREFIX)


def lease(turn: OpenTurn) -> dict[str, Any]:
    """Who runs a turn, and a sign of life."""
    return {"id": turn.turn_id, "at": firestore.SERVER_TIMESTAMP}


def holder(stored: firestore.DocumentSnapshot) -> str | None:
    """The turn that runs in the session of this document, or did when its process ended."""
    return ((stored.to_dict() or {}).get("turn") or {}).get("id")


def is_free(stored: firestore.DocumentSnapshot, turn: OpenTurn) -> bool:
    """Whether no other turn runs in the session of this document."""
    return holder(stored) in (None, turn.turn_id) or stored.read_time - stored.update_time > LEASE


def merged(events: list[Event]) -> dict[str, dict[str, Any]]:
    """What the events change, by scope; later events win."""
    delta: dict[str, Any] = {}
    for event in events:
        delta.update(event.actions.state_delta)
    return extract_state_delta(delta)


def _state_text(session: Session, changes: dict[str, Any]) -> str:
    unowned = (*SHARED, State.TEMP_PREFIX)
    own = {key: value for key, value in session.state.items() if not key.startswith(unowned)}
    text = json.dumps(make_json_safe_state({**own, **changes}))
    if len(text) > MAX_STATE_CHARS:
        raise ValueError(f"The session's state is {len(text):,} characters long; {MAX_STATE_CHARS:,} can be kept")
    return text


def session_document(
    session: Session,
    turn: OpenTurn,
    changes: dict[str, Any],
    commit: str,
    revision: int,
    latest: datetime | None,
    *,
    last: bool,
) -> dict[str, Any]:
    """What a commit changes of the session's own document."""
    return {
        "state": _state_text(session, changes),
        "updateTime": firestore.SERVER_TIMESTAMP,
        "revision": revision,
        "commit": commit,
        "latest": latest,
        "turn": firestore.DELETE_FIELD if last else lease(turn),
    }


def event_document(session: Session, event: Event, moment: datetime) -> dict[str, Any]:
    """An event as ADK lays it out. No two of a session have the same time, so that reading by time keeps the order."""
    return {
        "event_data": storable(bounded(event.model_dump(exclude_none=True, mode="json"))),
        "timestamp": moment,
        "appName": session.app_name,
        "userId": session.user_id,
    }


def moment_of(event: Event) -> datetime:
    """When it came, by the clock of who made it."""
    return datetime.fromtimestamp(event.timestamp, tz=UTC)


def outlives(data: dict[str, Any]) -> bool:
    """Whether a later turn has a use for the event of this document; see `WhatWasSaid`."""
    actions = data.get("actions") or {}
    return bool("content" in data or actions.get("compaction") or actions.get("rewind_before_invocation_id"))
