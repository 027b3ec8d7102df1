"""What a day's model calls, tokens and money come to, for each shopper and for all, and when that is enough.

The keyless stand-in costs nothing and is not counted. Sums are kept in the store a moment later and together, so that
a turn does not wait for them; what other processes added is seen after as long.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from google.adk.agents.invocation_context import InvocationContext
from google.adk.plugins import BasePlugin

from deployment.documents import Documents
from deployment.refusals import Refused
from deployment.settings import ServerSettings
from deployment.telemetry import count_turn
from recsys_agent.settings import OFFLINE
from tools import state

COLLECTION = "usage"
EVERYBODY = "*"
"""No user id: it holds a character that none has."""
FLUSH_S = 2.0
KEPT = timedelta(days=40)
MICROS = 1_000_000

logger = logging.getLogger(__name__)


class Meter:
    """Sums of the day (UTC). ``limits`` are by field of a sum; 0 means none."""

    def __init__(
        self,
        documents: Documents,
        settings: ServerSettings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._documents = documents
        self._now = clock
        self._each = {"model_calls": settings.daily_model_calls, "tokens": settings.daily_tokens}
        self._all = {"usd_micros": int(settings.daily_usd * MICROS)}
        self._pending: dict[str, Counter[str]] = {}
        self._known: dict[str, tuple[datetime, Counter[str]]] = {}

    def add(self, user: str, ledger: list[dict[str, Any]]) -> None:
        """Counts a turn's ledger, as the session's state keeps it."""
        paid = [entry for entry in ledger if entry["model"] != OFFLINE]
        if not paid:
            return
        spent = Counter(
            model_calls=sum(entry["calls"] for entry in paid),
            tokens=sum(entry["prompt_tokens"] + entry["output_tokens"] for entry in paid),
            usd_micros=int(sum(Decimal(entry["cost_usd"] or 0) for entry in paid) * MICROS),
        )
        for whose in (user, EVERYBODY):
            self._pending.setdefault(self._name(whose), Counter()).update(spent)

    async def require_left(self, user: str) -> None:
        """Raises Refused, 429 until tomorrow, where the day's share is used up."""
        for whose, limits in ((user, self._each), (EVERYBODY, self._all)):
            limits = {what: limit for what, limit in limits.items() if limit}
            if not limits:
                continue
            used = await self._used(self._name(whose))
            if over := next((what for what, limit in limits.items() if used[what] >= limit), None):
                what = {"model_calls": "model calls", "tokens": "tokens", "usd_micros": "model budget"}[over]
                raise Refused(429, f"Today's {what} are used up", retry_after_s=self._until_tomorrow_s())

    async def flush(self) -> None:
        """Stores what was counted; what cannot be stored is kept for the next time."""
        expires_at = self._now() + KEPT
        for name in list(self._pending):
            amounts = self._pending.pop(name)
            self._known.pop(name, None)
            try:
                await asyncio.to_thread(self._documents.add, COLLECTION, name, amounts, expires_at=expires_at)
            except Exception as error:  # each store has its own
                logger.warning("usage could not be stored: %s", type(error).__name__)
                self._pending.setdefault(name, Counter()).update(amounts)
            self._known.pop(name, None)

    async def run(self) -> None:
        """Stores every few seconds, until it is cancelled; then once more."""
        try:
            while True:
                await asyncio.sleep(FLUSH_S)
                await self.flush()
        except asyncio.CancelledError:
            with suppress(Exception):
                await self.flush()
            raise

    async def _used(self, name: str) -> Counter[str]:
        now = self._now()
        known = self._known.get(name)
        if known is None or now - known[0] > timedelta(seconds=FLUSH_S):
            if len(self._known) > 10_000:
                self._known.clear()
            stored = await asyncio.to_thread(self._documents.get, COLLECTION, name)
            known = self._known[name] = (now, Counter(stored or {}))
        return known[1] + self._pending.get(name, Counter())

    def _name(self, user: str) -> str:
        return f"{self._now():%Y-%m-%d} {user}"

    def _until_tomorrow_s(self) -> int:
        now = self._now()
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return max(1, int((midnight - now).total_seconds()))


class MeterPlugin(BasePlugin):
    """Counts every turn, whichever route it came by."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(name="meter")
        self._meter = meter

    async def after_run_callback(self, *, invocation_context: InvocationContext) -> None:
        """The turn's account is in the session's state."""
        turn = invocation_context.session.state.get(state.TURN) or {}
        self._meter.add(invocation_context.user_id, turn.get("ledger") or [])
        count_turn(turn)
