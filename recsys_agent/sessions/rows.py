"""Sessions as rows of ADK's SQLite tables: read, begun, and continued by a turn's events in one transaction."""

from __future__ import annotations

import json
import sqlite3
from itertools import accumulate
from typing import Any

from google.adk.errors._stale_session_error import StaleSessionError
from google.adk.errors.already_exists_error import AlreadyExistsError
from google.adk.errors.session_not_found_error import SessionNotFoundError
from google.adk.events import Event
from google.adk.sessions import Session
from google.adk.sessions._session_util import extract_json_safe_state_delta
from google.adk.sessions.base_session_service import GetSessionConfig
from google.adk.sessions.sqlite_session_service import CREATE_SCHEMA_SQL
from google.adk.sessions.state import State

from recsys_agent.sessions.turnwise import WhatWasSaid

SCHEMA = CREATE_SCHEMA_SQL

Place = tuple[str, str, str]
"""App, user and session id."""

HERE = "WHERE app_name = ? AND user_id = ? AND id = ?"
NEXT_S = 1e-6
"""From one commit to the next at the least."""
APP = "SELECT state FROM app_states WHERE app_name = ?"
USER = "SELECT state FROM user_states WHERE app_name = ? AND user_id = ?"
OUTLIVES = " OR ".join(
    f"json_extract(event_data, '$.{path}') IS NOT NULL"
    for path in ("content", "actions.compaction", "actions.rewind_before_invocation_id")
)


def updated(db: sqlite3.Connection, place: Place) -> float | None:
    """When the session was last written to; None where there is none."""
    row = db.execute(f"SELECT update_time FROM sessions {HERE}", place).fetchone()
    return row["update_time"] if row else None


def read(db: sqlite3.Connection, place: Place, config: GetSessionConfig | None) -> Session | None:
    """The session as it is stored, with the events that ``config`` asks for; None where there is none."""
    row = db.execute(f"SELECT state, update_time FROM sessions {HERE}", place).fetchone()
    if row is None:
        return None
    return Session(
        app_name=place[0],
        user_id=place[1],
        id=place[2],
        state=json.loads(row["state"]) | _shared(db, place),
        events=[Event.model_validate_json(data) for data in _events(db, place, config or GetSessionConfig())],
        last_update_time=row["update_time"],
    )


def begin(db: sqlite3.Connection, place: Place, state: dict[str, Any], now: float) -> Session:
    """A new session. Raises AlreadyExistsError."""
    db.execute("BEGIN IMMEDIATE")
    if updated(db, place) is not None:
        raise AlreadyExistsError(f"Session with id {place[2]} already exists.")
    changes = extract_json_safe_state_delta(state)
    _change_shared(db, place, changes, now)
    db.execute(
        "INSERT INTO sessions (app_name, user_id, id, state, create_time, update_time) VALUES (?, ?, ?, ?, ?, ?)",
        (*place, json.dumps(changes["session"]), now, now),
    )
    whole = changes["session"] | _shared(db, place)
    return Session(app_name=place[0], user_id=place[1], id=place[2], state=whole, last_update_time=now)


def go_on(db: sqlite3.Connection, place: Place, known: float, events: list[Event]) -> float:
    """Adds events to a session that was last written to at ``known``; returns when that is now.

    Raises SessionNotFoundError, and StaleSessionError where somebody else has written meanwhile.
    """
    db.execute("BEGIN IMMEDIATE")
    row = db.execute(f"SELECT state, update_time FROM sessions {HERE}", place).fetchone()
    if row is None:
        raise SessionNotFoundError(f"Session {place[2]} not found.")
    if row["update_time"] > known:
        raise StaleSessionError("Another turn has taken over this session.")
    # Read back by time, so a branch's event that was made earlier but came later gets the later time. The time of the
    # last one is how others see that the session has changed, so it grows also when a clock was set back.
    moments = list(accumulate((e.timestamp for e in events), max, initial=row["update_time"] + NEXT_S))[1:]
    changes = extract_json_safe_state_delta(_merged(events))
    _change_shared(db, place, changes, moments[-1])
    state = json.dumps(json.loads(row["state"]) | changes["session"]) if changes["session"] else row["state"]
    db.execute(f"UPDATE sessions SET state = ?, update_time = ? {HERE}", (state, moments[-1], *place))
    # A caller that was cancelled may not know that its commit was made, and makes it again.
    db.executemany(
        "INSERT OR IGNORE INTO events (id, app_name, user_id, session_id, invocation_id, timestamp, event_data) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (event.id, *place, event.invocation_id, moment, event.model_dump_json(exclude_none=True))
            for event, moment in zip(events, moments, strict=True)
        ],
    )
    return moments[-1]


def erase(db: sqlite3.Connection, place: tuple[str, ...]) -> None:
    """Takes away a session, or with app and user alone all of theirs and what these share."""
    if len(place) == 2:
        db.execute("DELETE FROM user_states WHERE app_name = ? AND user_id = ?", place)
    for table, name in (("events", "session_id"), ("sessions", "id")):
        which = f" AND {name} = ?" if len(place) > 2 else ""
        db.execute(f"DELETE FROM {table} WHERE app_name = ? AND user_id = ?{which}", place)


def _events(db: sqlite3.Connection, place: Place, config: GetSessionConfig) -> list[str]:
    """The latest events as JSON, in their order."""
    if config.num_recent_events == 0:
        return []
    latest = (
        "SELECT event_data FROM events WHERE app_name = ? AND user_id = ? AND session_id = ? AND timestamp >= ? "
        "ORDER BY timestamp DESC, rowid DESC LIMIT ?"
    )
    rows = db.execute(
        f"SELECT event_data FROM ({latest}) WHERE {OUTLIVES}" if isinstance(config, WhatWasSaid) else latest,
        (*place, config.after_timestamp or 0.0, -1 if config.num_recent_events is None else config.num_recent_events),
    )
    return [row["event_data"] for row in rows][::-1]


def _shared(db: sqlite3.Connection, place: Place) -> dict[str, Any]:
    """What all sessions of the app, and of the user, have in their state."""
    shared: dict[str, Any] = {}
    for prefix, select, whose in ((State.APP_PREFIX, APP, place[:1]), (State.USER_PREFIX, USER, place[:2])):
        if row := db.execute(select, whose).fetchone():
            shared |= {prefix + key: value for key, value in json.loads(row["state"]).items()}
    return shared


def _change_shared(db: sqlite3.Connection, place: Place, changes: dict[str, dict[str, Any]], now: float) -> None:
    for scope, select, whose in (("app", APP, place[:1]), ("user", USER, place[:2])):
        if changes[scope]:
            row = db.execute(select, whose).fetchone()
            state = json.dumps((json.loads(row["state"]) if row else {}) | changes[scope])
            values = (*whose, state, now)
            db.execute(f"INSERT OR REPLACE INTO {scope}_states VALUES ({', '.join('?' * len(values))})", values)


def _merged(events: list[Event]) -> dict[str, Any]:
    delta: dict[str, Any] = {}
    for event in events:
        delta.update(event.actions.state_delta)
    return delta
