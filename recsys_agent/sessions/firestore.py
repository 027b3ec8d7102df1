"""Sessions in Firestore, on ADK's service and in its layout: two or three transactions a turn, in the order they came.

Beside ADK's fields a session's document has ``turn`` (who runs a turn, and the last sign of life), ``commit`` (the last
commit's id: one whose answer was lost is not made twice) and ``latest`` (the time of its last event). How old a sign of
life is only Firestore's clock says: servers' own may differ.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from google.adk.errors._stale_session_error import StaleSessionError
from google.adk.errors.session_not_found_error import SessionNotFoundError
from google.adk.events import Event
from google.adk.integrations.firestore.firestore_session_service import FirestoreSessionService
from google.adk.sessions import Session
from google.adk.sessions._session_util import extract_state_delta, make_json_safe_state
from google.adk.sessions.base_session_service import GetSessionConfig
from google.adk.sessions.state import State
from google.api_core.exceptions import (
    Aborted,
    DeadlineExceeded,
    GoogleAPICallError,
    InternalServerError,
    ResourceExhausted,
    RetryError,
    ServiceUnavailable,
)
from google.cloud import firestore
from google.cloud.firestore_v1.base_query import FieldFilter

from recsys_agent.sessions.artifacts import erase_artifacts
from recsys_agent.sessions.storable import bounded, restored, storable
from recsys_agent.sessions.turnwise import WAIT_S, OpenTurn, TurnwiseSessions, renew
from tools.errors import SessionBusyError, StoreUnreachableError

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=20)
"""How long a turn is another process's without a sign of life; what a restart after a crash waits at most."""
RENEW_S = 6.0
"""How often a long turn gives that sign."""
POLL_S = (0.05, 0.4)
"""Between two looks at a session that another process works in."""
REACH_S = 10.0
"""How long a commit may take, retries included, before the shopper is told."""
MAX_STATE_CHARS = 800_000
"""Of a session's state as JSON: its document is bounded to 1 MiB."""

REFUSED = (Aborted, ResourceExhausted)
"""Firestore has done nothing, and may do it a moment later."""
PASSING = (*REFUSED, DeadlineExceeded, InternalServerError, ServiceUnavailable)
"""Whether it was done is not known."""
UNREACHABLE = (*PASSING, RetryError, TimeoutError, ConnectionError)
SHARED = (State.APP_PREFIX, State.USER_PREFIX)
NEXT = timedelta(microseconds=1)


class _Moved(Exception):
    """The session has changed since it was read."""


class TurnwiseFirestoreSessions(TurnwiseSessions, FirestoreSessionService):
    """ADK's Firestore session service, a turn at a time."""

    def __init__(self, client: firestore.AsyncClient, root_collection: str | None = None) -> None:
        super().__init__(client=client, root_collection=root_collection)
        self._signs: dict[str, asyncio.Task[None]] = {}  # of life, by turn

    # -- a turn

    async def commit_turn(self, session: Session, turn: OpenTurn, events: list[Event], *, last: bool) -> None:
        """One transaction; a turn that ends with nothing left to store only gives its lease back."""
        if last:
            self._no_more_signs(turn)
        if last and not events:
            await self._give_back(session, turn)
            return
        commit, began = uuid.uuid4().hex, time.monotonic()
        deadline = began + REACH_S
        while True:
            try:
                async with asyncio.timeout(deadline - time.monotonic()):
                    await self._commit(session, turn, events, commit, last=last)
                break
            except _Moved:
                await self._wait_until_free(session, turn)
                deadline = time.monotonic() + REACH_S
            except (*UNREACHABLE, ValueError) as error:
                if not _is_away(error):
                    raise
                if isinstance(_behind(error), Aborted):  # others write to it, so the store is there
                    deadline = min(time.monotonic() + REACH_S, began + WAIT_S)
                if time.monotonic() > deadline - POLL_S[1]:
                    raise StoreUnreachableError from error
                await asyncio.sleep(random.uniform(*POLL_S))
        if not last and turn.turn_id not in self._signs:
            self._signs[turn.turn_id] = asyncio.create_task(self._give_signs(session, turn))

    async def _wait_until_free(self, session: Session, turn: OpenTurn) -> None:
        """Looks, outside of a transaction, until no other process holds the session; then reads it again.

        Raises SessionBusyError after `WAIT_S`.
        """
        deadline = time.monotonic() + WAIT_S
        while True:
            stored = await _reached(self._reference(session).get)
            if not stored.exists:
                raise SessionNotFoundError(f"Session {session.id} not found.")
            if _is_free(stored, turn):
                break
            if time.monotonic() > deadline:
                raise SessionBusyError
            await asyncio.sleep(random.uniform(*POLL_S))
        again = self.get_session(app_name=session.app_name, user_id=session.user_id, session_id=session.id)
        renew(session, await again)

    async def _commit(self, session: Session, turn: OpenTurn, events: list[Event], commit: str, *, last: bool) -> None:
        reference = self._reference(session)
        changes = _merged(events)

        @firestore.async_transactional
        async def write(transaction: firestore.AsyncTransaction) -> int:
            stored = await reference.get(transaction=transaction)
            if not stored.exists:
                raise SessionNotFoundError(f"Session {session.id} not found.")
            data = stored.to_dict() or {}
            revision = int(data.get("revision", 0))
            if data.get("commit") == commit:  # made before, but its answer was lost
                return revision
            if data.get("status") == "DELETING":
                raise SessionNotFoundError(f"Session {session.id} is being deleted.")
            if session._storage_update_marker != str(revision) or not _is_free(stored, turn):
                if not turn.opened:
                    raise _Moved
                raise StaleSessionError("Another turn has taken over this session.")
            shared = [
                (self._app_reference(session), changes["app"]),
                (self._user_reference(session), changes["user"]),
            ]
            shared = [(where, delta, await where.get(transaction=transaction)) for where, delta in shared if delta]
            for where, delta, before in shared:
                transaction.set(where, {**(before.to_dict() or {}), **storable(delta)})
            latest = data.get("latest")
            for event in events:
                latest = max(_moment(event), latest + NEXT if latest else _moment(event))
                transaction.set(
                    reference.collection(self.events_collection).document(event.id), _document(session, event, latest)
                )
            transaction.update(
                reference,
                {
                    "state": _state_text(session, changes["session"]),
                    "updateTime": firestore.SERVER_TIMESTAMP,
                    "revision": revision + 1,
                    "commit": commit,
                    "latest": latest,
                    "turn": firestore.DELETE_FIELD if last else _lease(turn),
                },
            )
            return revision + 1

        session._storage_update_marker = str(await write(self.client.transaction()))
        if events:
            session.last_update_time = events[-1].timestamp

    async def _give_signs(self, session: Session, turn: OpenTurn) -> None:
        """Says from time to time that the turn is alive. Only the lease is written: the revision stays."""
        while True:
            await asyncio.sleep(RENEW_S)
            try:
                await self._change_lease(session, turn, _lease(turn))
            except GoogleAPICallError:  # the next commit will say what is wrong
                continue

    async def _change_lease(self, session: Session, turn: OpenTurn, lease: Any) -> None:
        """Nothing where it is not the turn's any more: another process may have taken the session over."""
        reference = self._reference(session)
        stored = await reference.get()
        if _holder(stored) == turn.turn_id:
            unchanged = self.client.write_option(last_update_time=stored.update_time)
            await reference.update({"turn": lease}, option=unchanged)

    def _no_more_signs(self, turn: OpenTurn) -> None:
        if signs := self._signs.pop(turn.turn_id, None):
            signs.cancel()

    async def _give_back(self, session: Session, turn: OpenTurn) -> None:
        """The reply is stored and shown, so a failure here is no failure of the turn: the lease will run out."""
        try:
            async with asyncio.timeout(REACH_S):
                await self._change_lease(session, turn, firestore.DELETE_FIELD)
        except (*UNREACHABLE, GoogleAPICallError) as error:
            logger.warning("the lease of a session was not given back: %s", type(error).__name__)

    # -- what ADK calls

    async def create_session(self, **fields: Any) -> Session:
        """As ADK's; what Firestore cannot hold is kept in another form."""
        state = {k: storable(v) if k.startswith(SHARED) else v for k, v in (fields.pop("state", None) or {}).items()}
        create = super().create_session
        session = await _reached(lambda: create(state=state, **fields), again_after=REFUSED)
        session.state = restored(session.state)
        return session

    async def get_session(
        self, *, app_name: str, user_id: str, session_id: str, config: GetSessionConfig | None = None
    ) -> Session | None:
        """As ADK's, with what Firestore could not hold as it was restored."""
        reference = self._get_sessions_ref(app_name, user_id).document(session_id)
        probe = Session(id=session_id, app_name=app_name, user_id=user_id)
        stored, app, user, events = await asyncio.gather(
            _reached(reference.get),
            _reached(self._app_reference(probe).get),
            _reached(self._user_reference(probe).get),
            _reached(lambda: self._events(reference, config)),
        )
        data = stored.to_dict()
        if not data:
            return None
        state = data.get("state", {})
        session = Session(
            id=session_id,
            app_name=app_name,
            user_id=user_id,
            state=self._merge_state(
                restored(app.to_dict() or {}),
                restored(user.to_dict() or {}),
                json.loads(state) if isinstance(state, str) else state,
            ),
            events=events,
            last_update_time=data["updateTime"].timestamp() if data.get("updateTime") else 0.0,
        )
        session._storage_update_marker = str(data.get("revision", 0))
        return session

    async def delete_session(self, *, app_name: str, user_id: str, session_id: str) -> None:
        """As ADK's; its artifacts go with it."""
        await erase_artifacts(self.artifacts, app_name=app_name, user_id=user_id, session_id=session_id)
        await super().delete_session(app_name=app_name, user_id=user_id, session_id=session_id)

    async def erase_shopper(self, *, app_name: str, user_id: str) -> None:
        """See `TurnwiseSessions`. What a broken deletion left of a session's events goes, too."""
        async for reference in self._get_sessions_ref(app_name, user_id).list_documents():
            await self.delete_session(app_name=app_name, user_id=user_id, session_id=reference.id)
        probe = Session(id="", app_name=app_name, user_id=user_id)
        await _reached(self._user_reference(probe).delete)

    async def append_event(self, session: Session, event: Event) -> Event:
        """Outside of a turn: a commit of its own, as in ADK's service."""
        if event.partial or event.invocation_id in self._turns:
            return await super().append_event(session, event)
        self._apply_temp_state(session, event)
        event = self._trim_temp_delta_state(event)
        alone = OpenTurn(turn_id=f"alone-{event.id}", opened=True)
        await self.commit_turn(session, alone, [event], last=True)
        return self._commit_event_to_session(session, event)

    async def _events(
        self, reference: firestore.AsyncDocumentReference, config: GetSessionConfig | None
    ) -> list[Event]:
        if config and config.num_recent_events == 0:
            return []
        query: Any = reference.collection(self.events_collection).order_by("timestamp")
        if config and config.after_timestamp:
            after = datetime.fromtimestamp(config.after_timestamp, tz=UTC)
            query = query.where(filter=FieldFilter("timestamp", ">=", after))
        if config and config.num_recent_events is not None:
            query = query.limit_to_last(config.num_recent_events)
        documents = [document.to_dict() or {} for document in await query.get()]
        return [Event.model_validate(restored(d["event_data"])) for d in documents if "event_data" in d]

    # -- where

    def _reference(self, session: Session) -> firestore.AsyncDocumentReference:
        return self._get_sessions_ref(session.app_name, session.user_id).document(session.id)

    def _app_reference(self, session: Session) -> firestore.AsyncDocumentReference:
        return self.client.collection(self.app_state_collection).document(session.app_name)

    def _user_reference(self, session: Session) -> firestore.AsyncDocumentReference:
        shared = self.client.collection(self.user_state_collection).document(session.app_name)
        return shared.collection("users").document(session.user_id)


def _is_away(error: BaseException | None) -> bool:
    """Whether the store did not answer."""
    return isinstance(_behind(error), (*UNREACHABLE, asyncio.CancelledError))


def _behind(error: BaseException | None) -> BaseException | None:
    """What the store said. The client hides that behind a ValueError: what never began cannot be rolled back."""
    while isinstance(error, ValueError) and "cannot be rolled back" in str(error):
        error = error.__context__
    return error


def _lease(turn: OpenTurn) -> dict[str, Any]:
    return {"id": turn.turn_id, "at": firestore.SERVER_TIMESTAMP}


def _holder(stored: firestore.DocumentSnapshot) -> str | None:
    """The turn that runs in a session, or did when its process ended."""
    return ((stored.to_dict() or {}).get("turn") or {}).get("id")


def _is_free(stored: firestore.DocumentSnapshot, turn: OpenTurn) -> bool:
    return _holder(stored) in (None, turn.turn_id) or stored.read_time - stored.update_time > LEASE


def _merged(events: list[Event]) -> dict[str, dict[str, Any]]:
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


def _document(session: Session, event: Event, moment: datetime) -> dict[str, Any]:
    """An event as ADK lays it out. No two of a session have the same time, so that reading by time keeps the order."""
    return {
        "event_data": storable(bounded(event.model_dump(exclude_none=True, mode="json"))),
        "timestamp": moment,
        "appName": session.app_name,
        "userId": session.user_id,
    }


def _moment(event: Event) -> datetime:
    return datetime.fromtimestamp(event.timestamp, tz=UTC)


async def _reached(ask: Callable[[], Awaitable[Any]], again_after: tuple[type[Exception], ...] = PASSING) -> Any:
    """The answer; where the store has none for longer than `REACH_S`, StoreUnreachableError."""
    try:
        async with asyncio.timeout(REACH_S):
            while True:
                try:
                    return await ask()
                except (*again_after, ValueError) as error:
                    if not isinstance(_behind(error), again_after):
                        raise
                await asyncio.sleep(random.uniform(*POLL_S))
    except (*UNREACHABLE, ValueError) as error:
        if not _is_away(error):
            raise
        raise StoreUnreachableError from error
