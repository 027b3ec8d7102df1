"""Sessions in Firestore, on ADK's service and in its layout: two or three commits a turn, in the order they came.

Beside ADK's fields a session's document has ``turn`` (who runs a turn, and the last sign of life), ``commit`` (the last
commit's id: one whose answer was lost is not made twice) and ``latest`` (the time of its last event). How old a sign of
life is only Firestore's clock says: servers' own may differ.

A commit says which state of the document it goes by, and is made at once where that still stands. Where it does not,
or was never known, a transaction looks first.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from google.adk.errors._stale_session_error import StaleSessionError
from google.adk.errors.session_not_found_error import SessionNotFoundError
from google.adk.events import Event
from google.adk.integrations.firestore.firestore_session_service import FirestoreSessionService
from google.adk.sessions import Session
from google.adk.sessions.base_session_service import GetSessionConfig
from google.api_core.exceptions import (
    Aborted,
    FailedPrecondition,
    GoogleAPICallError,
    NotFound,
)
from google.cloud import firestore
from google.cloud.firestore_v1.base_batch import BaseBatch
from google.cloud.firestore_v1.base_query import FieldFilter
from pydantic import PrivateAttr

from recsys_agent.sessions import reaching
from recsys_agent.sessions.artifacts import erase_artifacts
from recsys_agent.sessions.layout import (
    SHARED,
    event_document,
    holder,
    is_free,
    lease,
    merged,
    moment_of,
    outlives,
    session_document,
)
from recsys_agent.sessions.reaching import POLL_S, REFUSED, UNREACHABLE, behind, is_away, reached
from recsys_agent.sessions.storable import restored, storable
from recsys_agent.sessions.turnwise import WAIT_S, OpenTurn, TurnwiseSessions, WhatWasSaid, renew
from tools.errors import SessionBusyError, StoreUnreachableError

logger = logging.getLogger(__name__)

RENEW_S = 6.0
"""How often a long turn gives a sign of life."""
NEXT = timedelta(microseconds=1)


class _Moved(Exception):
    """The session has changed since it was read."""


@dataclass(frozen=True)
class Seen:
    """A session's document as this process last knew it: when it was written, and the time of its last event."""

    written_at: Any  # in the client's own form
    latest: datetime | None


class ReadSession(Session):
    """A session as it was read; ``_seen`` where nobody ran a turn in it then."""

    _seen: Seen | None = PrivateAttr(default=None)


class TurnwiseFirestoreSessions(TurnwiseSessions, FirestoreSessionService):
    """ADK's Firestore session service, a turn at a time."""

    def __init__(self, client: firestore.AsyncClient, root_collection: str | None = None) -> None:
        super().__init__(client=client, root_collection=root_collection)
        self._signs: dict[str, asyncio.Task[None]] = {}  # of life, by turn

    # -- a turn

    async def commit_turn(self, session: Session, turn: OpenTurn, events: list[Event], *, last: bool) -> None:
        """All or none; a turn that ends with nothing left to store only gives its lease back."""
        if not turn.opened and isinstance(session, ReadSession):
            turn.seen = session._seen
        if last:
            self._no_more_signs(turn)
        if last and not events:
            await self._give_back(session, turn)
            return
        commit, began = uuid.uuid4().hex, time.monotonic()
        deadline = began + reaching.REACH_S
        while True:
            try:
                async with asyncio.timeout(deadline - time.monotonic()):
                    if not await self._commit_unmoved(session, turn, events, commit, last=last):
                        await self._commit(session, turn, events, commit, last=last)
                break
            except _Moved:
                await self._wait_until_free(session, turn)
                deadline = time.monotonic() + reaching.REACH_S
            except (*UNREACHABLE, ValueError) as error:
                if not is_away(error):
                    raise
                if isinstance(behind(error), Aborted):  # others write to it, so the store is there
                    deadline = min(time.monotonic() + reaching.REACH_S, began + WAIT_S)
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
            stored = await reached(self._reference(session).get)
            if not stored.exists:
                raise SessionNotFoundError(f"Session {session.id} not found.")
            if is_free(stored, turn):
                break
            if time.monotonic() > deadline:
                raise SessionBusyError
            await asyncio.sleep(random.uniform(*POLL_S))
        again = self.get_session(app_name=session.app_name, user_id=session.user_id, session_id=session.id)
        renew(session, await again)

    async def _commit_unmoved(
        self, session: Session, turn: OpenTurn, events: list[Event], commit: str, *, last: bool
    ) -> bool:
        """Commits without a look before. False, and nothing is stored, where the session may have moved since."""
        seen, turn.seen = turn.seen, None
        changes = merged(events)
        if not isinstance(seen, Seen) or changes["app"] or changes["user"]:
            return False
        batch, revision = self.client.batch(), int(session._storage_update_marker or 0) + 1
        latest = self._write_events(batch, session, events, seen.latest)
        document = session_document(session, turn, changes["session"], commit, revision, latest, last=last)
        batch.update(self._reference(session), document, self.client.write_option(last_update_time=seen.written_at))
        try:
            written = await batch.commit()
        except (FailedPrecondition, NotFound):
            return False
        turn.seen = Seen(written[-1].update_time, latest)
        _advance(session, revision, events)
        return True

    async def _commit(self, session: Session, turn: OpenTurn, events: list[Event], commit: str, *, last: bool) -> None:
        """Looks at the session first. Raises `_Moved` where the turn has yet to begin, and another came before."""
        reference = self._reference(session)
        changes = merged(events)

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
            if session._storage_update_marker != str(revision) or not is_free(stored, turn):
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
            nonlocal latest
            latest = self._write_events(transaction, session, events, data.get("latest"))
            document = session_document(session, turn, changes["session"], commit, revision + 1, latest, last=last)
            transaction.update(reference, document)
            return revision + 1

        latest: datetime | None = None
        transaction = self.client.transaction()
        _advance(session, await write(transaction), events)
        if written := transaction.write_results:
            turn.seen = Seen(written[-1].update_time, latest)

    def _write_events(
        self, writes: BaseBatch, session: Session, events: list[Event], latest: datetime | None
    ) -> datetime | None:
        """Returns the time of the last event: each comes after the one before, whatever the clock says."""
        place = self._reference(session).collection(self.events_collection)
        for event in events:
            latest = max(moment_of(event), latest + NEXT if latest else moment_of(event))
            writes.set(place.document(event.id), event_document(session, event, latest))
        return latest

    async def _give_signs(self, session: Session, turn: OpenTurn) -> None:
        """Says from time to time that the turn is alive. Only the lease is written: the revision stays."""
        while True:
            await asyncio.sleep(RENEW_S)
            try:
                await self._change_lease(session, turn, lease(turn))
            except GoogleAPICallError:  # the next commit will say what is wrong
                continue

    async def _change_lease(self, session: Session, turn: OpenTurn, value: Any) -> None:
        """Nothing where it is not the turn's any more: another process may have taken the session over."""
        reference, seen = self._reference(session), turn.seen
        if isinstance(seen, Seen):
            unmoved = self.client.write_option(last_update_time=seen.written_at)
            with suppress(FailedPrecondition, NotFound):
                written = await reference.update({"turn": value}, option=unmoved)
                if turn.seen is seen:
                    turn.seen = replace(seen, written_at=written.update_time)
                return
        stored = await reference.get()
        if holder(stored) == turn.turn_id:
            unmoved = self.client.write_option(last_update_time=stored.update_time)
            await reference.update({"turn": value}, option=unmoved)

    def _no_more_signs(self, turn: OpenTurn) -> None:
        if signs := self._signs.pop(turn.turn_id, None):
            signs.cancel()

    async def _give_back(self, session: Session, turn: OpenTurn) -> None:
        """The reply is stored and shown, so a failure here is no failure of the turn: the lease will run out."""
        try:
            async with asyncio.timeout(reaching.REACH_S):
                await self._change_lease(session, turn, firestore.DELETE_FIELD)
        except (*UNREACHABLE, GoogleAPICallError) as error:
            logger.warning("the lease of a session was not given back: %s", type(error).__name__)

    # -- what ADK calls

    async def create_session(self, **fields: Any) -> Session:
        """As ADK's; what Firestore cannot hold is kept in another form."""
        state = {k: storable(v) if k.startswith(SHARED) else v for k, v in (fields.pop("state", None) or {}).items()}
        create = super().create_session
        session = await reached(lambda: create(state=state, **fields), again_after=REFUSED)
        session.state = restored(session.state)
        return session

    async def get_session(
        self, *, app_name: str, user_id: str, session_id: str, config: GetSessionConfig | None = None
    ) -> Session | None:
        """As ADK's, with what Firestore could not hold as it was restored."""
        reference = self._get_sessions_ref(app_name, user_id).document(session_id)
        probe = Session(id=session_id, app_name=app_name, user_id=user_id)
        stored, app, user, said = await asyncio.gather(
            reached(reference.get),
            reached(self._app_reference(probe).get),
            reached(self._user_reference(probe).get),
            reached(lambda: self._said(reference, config)),
        )
        data = stored.to_dict()
        if not data:
            return None
        if said and data.get("latest") and said[-1]["timestamp"] < data["latest"]:  # a turn was stored in between
            said = await reached(lambda: self._said(reference, config))
        wanted = outlives if isinstance(config, WhatWasSaid) else bool
        state = data.get("state", {})
        session = ReadSession(
            id=session_id,
            app_name=app_name,
            user_id=user_id,
            state=self._merge_state(
                restored(app.to_dict() or {}),
                restored(user.to_dict() or {}),
                json.loads(state) if isinstance(state, str) else state,
            ),
            events=[Event.model_validate(restored(e)) for one in said if wanted(e := one.get("event_data") or {})],
            last_update_time=data["updateTime"].timestamp() if data.get("updateTime") else 0.0,
        )
        session._storage_update_marker = str(data.get("revision", 0))
        if not data.get("turn") and data.get("status") != "DELETING":
            session._seen = Seen(stored.update_time, data.get("latest"))
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
        await reached(self._user_reference(probe).delete)

    async def append_event(self, session: Session, event: Event) -> Event:
        """Outside of a turn: a commit of its own, as in ADK's service."""
        if event.partial or event.invocation_id in self._turns:
            return await super().append_event(session, event)
        self._apply_temp_state(session, event)
        event = self._trim_temp_delta_state(event)
        alone = OpenTurn(turn_id=f"alone-{event.id}", opened=True)
        await self.commit_turn(session, alone, [event], last=True)
        return self._commit_event_to_session(session, event)

    async def _said(
        self, reference: firestore.AsyncDocumentReference, config: GetSessionConfig | None
    ) -> list[dict[str, Any]]:
        """The documents of the session's events, in their order."""
        if config and config.num_recent_events == 0:
            return []
        query: Any = reference.collection(self.events_collection).order_by("timestamp")
        if config and config.after_timestamp:
            after = datetime.fromtimestamp(config.after_timestamp, tz=UTC)
            query = query.where(filter=FieldFilter("timestamp", ">=", after))
        if config and config.num_recent_events is not None:
            query = query.limit_to_last(config.num_recent_events)
        return [document.to_dict() or {} for document in await query.get()]

    # -- where

    def _reference(self, session: Session) -> firestore.AsyncDocumentReference:
        return self._get_sessions_ref(session.app_name, session.user_id).document(session.id)

    def _app_reference(self, session: Session) -> firestore.AsyncDocumentReference:
        return self.client.collection(self.app_state_collection).document(session.app_name)

    def _user_reference(self, session: Session) -> firestore.AsyncDocumentReference:
        shared = self.client.collection(self.user_state_collection).document(session.app_name)
        return shared.collection("users").document(session.user_id)


def _advance(session: Session, revision: int, events: list[Event]) -> None:
    """The running invocation's session is now what is stored."""
    session._storage_update_marker = str(revision)
    if events:
        session.last_update_time = events[-1].timestamp
