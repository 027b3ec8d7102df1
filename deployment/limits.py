"""How much: requests and turns a minute, turns at once, time for a turn, and what a day may cost.

The counts a minute and at once are of this process; a day's are kept in the store, for all of them.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployment.meter import Meter
from deployment.refusals import Refused
from deployment.settings import ServerSettings

MINUTE_S = 60.0
BURST_SHARE = 1 / 4
"""How much of a minute's share may be used at once."""
REMEMBERED = 50_000
"""Users whose buckets are kept; who is forgotten begins with a full one."""
RETRY_BUSY_S = 1
LONGEST_IN_PLACE_S = 0.1
"""Of a turn in seconds, while others wait in the queue: a few times what one computes."""


class Bucket:
    """Token buckets by user: ``per_minute`` flow in, a quarter of them fits."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / MINUTE_S
        self._size = max(1.0, per_minute * BURST_SHARE)
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, user: str) -> float:
        """Takes one. Returns 0, or after how many seconds there will be one."""
        now = self._clock()
        level, since = self._levels.pop(user, (self._size, now))
        level = min(self._size, level + (now - since) * self._rate)
        wait = 0.0 if level >= 1 else (1 - level) / self._rate
        self._levels[user] = (level if wait else level - 1, now)
        if len(self._levels) > REMEMBERED:
            self._levels.popitem(last=False)
        return wait


class TurnQueue:
    """Turns that wait for nobody, one after the other: side by side each of them would be as late as the last.

    Who holds its place for ``longest_s`` is waiting after all, for a slow client perhaps, and lets the next one in.
    """

    def __init__(self, longest_s: float = LONGEST_IN_PLACE_S) -> None:
        self._longest_s = longest_s
        self._place = asyncio.Lock()  # first come, first served

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """The place, once those before have left it."""
        await self._place.acquire()
        held = True

        def leave() -> None:
            nonlocal held
            if held:
                held = False
                self._place.release()

        later = asyncio.get_running_loop().call_later(self._longest_s, leave)
        try:
            yield
        finally:
            later.cancel()
            leave()


class Turns:
    """Who may have a turn now, by whichever way it is asked for. ``queue`` is where turns only compute."""

    def __init__(self, settings: ServerSettings, meter: Meter, queue: TurnQueue | None = None) -> None:
        self._meter = meter
        self._begun = Bucket(settings.turns_per_minute)
        self._at_once = settings.concurrent_turns
        self._running = 0
        self._queue = queue

    @asynccontextmanager
    async def admitted(self, user: str) -> AsyncIterator[None]:
        """A place for one turn. Raises Refused, 429 and when to come back, where there is none."""
        if self._running >= self._at_once:
            raise Refused(429, "All places are taken at the moment; please try again", retry_after_s=RETRY_BUSY_S)
        self._running += 1  # before anything is awaited: the next request must see it
        try:
            _pay(self._begun, user, "messages")
            await self._meter.require_left(user)
            async with self._queue.place() if self._queue else nullcontext():
                yield
        finally:
            self._running -= 1


class Limits:
    """ASGI middleware behind the guard."""

    def __init__(self, app: ASGIApp, settings: ServerSettings, turns: Turns) -> None:
        self._app = app
        self._turns = turns
        self._requests = Bucket(settings.requests_per_minute)
        self._timeout_s = settings.turn_timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses with 429 and when to come back, or lets through."""
        state = scope.get("state", {})
        route, principal = state.get("route"), state.get("principal")
        if scope["type"] != "http" or principal is None or route is None:
            await self._app(scope, receive, send)
            return
        user = principal.user_id or principal.credential
        try:
            _pay(self._requests, user, "requests")
            if route.turn:
                async with self._turns.admitted(user):
                    await self._in_time(scope, receive, send)
            else:
                await self._app(scope, receive, send)
        except Refused as refused:
            await refused.response()(scope, receive, send)

    async def _in_time(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, deadline = False, asyncio.timeout(self._timeout_s)

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            async with deadline:
                await self._app(scope, receive, watched)
        except TimeoutError:
            if started or not deadline.expired():
                raise
            late = Refused(504, f"No answer within {self._timeout_s:g} s; your message is kept, please try again")
            await late.response()(scope, receive, send)


def _pay(bucket: Bucket, user: str, what: str) -> None:
    if wait := bucket.take(user):
        raise Refused(429, f"Too many {what} in a minute", retry_after_s=math.ceil(wait))
