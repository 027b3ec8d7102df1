"""What every store of ours does with a turn: one at a time in a session, its events committed together.

ADK commits each event on its own, ten to sixteen a recommendation, and of two turns at once in one session the slower
one dies with its message lost. Here a turn is opened by the shopper's message, which waits until the session is free
and is then stored at once; the events that follow are held back until a reply is due, and stored with it in one commit
before anybody sees it. What comes after the reply is stored when the turn closes.

`StoredTurnPlugin` opens and closes turns. Outside of a turn a store behaves as ADK's own does.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from google.adk.artifacts import BaseArtifactService
from google.adk.errors.session_not_found_error import SessionNotFoundError
from google.adk.events import Event
from google.adk.sessions import BaseSessionService, Session
from google.adk.sessions.base_session_service import GetSessionConfig

from tools.errors import SessionBusyError

logger = logging.getLogger(__name__)

WAIT_S = 30.0
"""How long a message waits for the turn before it; about as long as a person does."""


class WhatWasSaid(GetSessionConfig):
    """Of the latest events those that outlive their turn: a turn has no use for the others, and opens without them."""


Key = tuple[str, str, str]


@dataclass
class OpenTurn:
    """A turn in progress. ``opened`` once its message is stored; ``pending`` are events not stored yet.

    ``seen`` is what the backend last knew of the stored session, in a form of its own.
    """

    turn_id: str
    release: Callable[[], None] = lambda: None
    opened: bool = False
    pending: list[Event] = field(default_factory=list)
    seen: object = None


class TurnwiseSessions(BaseSessionService):
    """A mixin before one of ADK's session services; a backend gives `commit_turn`, and `take_turn` if it needs it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.artifacts: BaseArtifactService | None = None  # those of a session go with it, where they are known
        self._turns: dict[str, OpenTurn] = {}  # by invocation id
        self._closing: set[asyncio.Future[None]] = set()
        self._gates: dict[tuple[int, Key], tuple[asyncio.Lock, int]] = {}

    # -- what the plugin calls

    async def open_turn(self, session: Session, turn_id: str) -> None:
        """Waits until no other turn runs in this session. Its first commit makes ``session`` the stored one, in place.

        Raises SessionBusyError after `WAIT_S`; then nothing of the message is stored.
        """
        deadline = time.monotonic() + WAIT_S
        leave = await self._enter(_key(session), deadline)
        try:
            give_back = await self.take_turn(session, deadline)
            session.events[:] = [event for event in session.events if _outlives_its_turn(event)]
        except BaseException:
            leave()
            raise
        task = asyncio.current_task()

        def release() -> None:
            if task:
                task.remove_done_callback(abandoned)
            give_back()
            leave()

        def abandoned(_: object) -> None:
            self._closing.add(closing := asyncio.ensure_future(self._close_quietly(session, turn_id)))
            closing.add_done_callback(self._closing.discard)

        self._turns[turn_id] = OpenTurn(turn_id, release)
        if task:  # a caller that is cancelled, a browser that went away: ADK then tells no plugin
            task.add_done_callback(abandoned)

    async def close_turn(self, session: Session, turn_id: str) -> None:
        """Stores what is still held back and lets the next turn in; does nothing for a turn that is not open."""
        turn = self._turns.get(turn_id)
        if turn is None:
            return
        try:
            if turn.opened:  # a turn whose message could not be stored leaves nothing
                await self._store(session, turn, last=True)
        finally:
            self._turns.pop(turn_id, None)
            turn.release()

    # -- what ADK calls

    async def append_event(self, session: Session, event: Event) -> Event:
        """Holds the event of an open turn back, or stores it with all that was held back: a message, a reply."""
        turn = self._turns.get(event.invocation_id)
        if turn is None or event.partial:
            return await super().append_event(session, event)
        self._apply_temp_state(session, event)
        event = self._trim_temp_delta_state(event)
        turn.pending.append(event)
        if event.author == "user" or _is_for_the_shopper(event):
            await self._store(session, turn, last=False)
        return self._commit_event_to_session(session, event)

    # -- what a backend brings

    async def take_turn(self, session: Session, deadline: float) -> Callable[[], None]:
        """Waits until no other process runs a turn in this session. Returns what lets the next one in."""
        return lambda: None

    async def commit_turn(self, session: Session, turn: OpenTurn, events: list[Event], *, last: bool) -> None:
        """Stores the events in order, all or none. The first commit of a turn finds ``session`` as it is stored, or
        makes it so; ``last`` says that the turn is over."""
        raise NotImplementedError

    async def erase_shopper(self, *, app_name: str, user_id: str) -> None:
        """Takes away all sessions of a shopper, and what these share. Turns that run in them keep nothing more."""
        raise NotImplementedError

    # -- how

    async def _store(self, session: Session, turn: OpenTurn, *, last: bool) -> None:
        events = list(turn.pending)
        if events or last:
            try:
                await self.commit_turn(session, turn, events, last=last)
            except SessionNotFoundError:
                if not turn.opened:
                    raise
                # Its shopper has had it erased while the turn ran: the reply is given, and nothing of it is kept.
        turn.opened = True
        del turn.pending[: len(events)]

    async def _close_quietly(self, session: Session, turn_id: str) -> None:
        try:
            await self.close_turn(session, turn_id)
        except Exception as error:  # nobody is there any more who could be told
            logger.warning("an abandoned turn could not be stored: %s", type(error).__name__)

    async def _enter(self, key: Key, deadline: float) -> Callable[[], None]:
        """The turn's place in this process: first come, first served. Returns what gives it back."""
        place = (id(asyncio.get_running_loop()), key)
        lock, waiting = self._gates.get(place, (asyncio.Lock(), 0))
        self._gates[place] = (lock, waiting + 1)

        def left() -> None:
            _, others = self._gates[place]
            if others == 1:
                del self._gates[place]
            else:
                self._gates[place] = (lock, others - 1)

        try:
            await asyncio.wait_for(lock.acquire(), max(0.0, deadline - time.monotonic()))
        except TimeoutError as error:
            left()
            raise SessionBusyError from error
        except BaseException:
            left()
            raise

        def release() -> None:
            lock.release()
            left()

        return release


def renew(session: Session, stored: Session | None) -> None:
    """Makes ``session`` what is stored, in place: the running invocation holds this very object."""
    if stored is None:
        return
    kept = {key: value for key, value in session.state.items() if key.startswith("temp:")}
    session.state = {**stored.state, **kept}
    session.events[:] = stored.events
    session.last_update_time = stored.last_update_time
    session._storage_update_marker = stored._storage_update_marker


def _key(session: Session) -> Key:
    return session.app_name, session.user_id, session.id


def _outlives_its_turn(event: Event) -> bool:
    """Whether a later turn has a use for it. What one node handed to the next has none: state has what came of it, and
    ADK would look through it again at every node."""
    return bool(event.content or event.actions.compaction or event.actions.rewind_before_invocation_id)


def _is_for_the_shopper(event: Event) -> bool:
    """Whether somebody will see it: a text that is no thought."""
    return any(part.text and not part.thought for part in (event.content.parts if event.content else None) or [])
