"""Running conversations through the App, and one turn's account as the JSON of the scripting interface."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

from google.adk.agents import RunConfig
from google.adk.apps import App
from google.adk.runners import Runner
from google.adk.sessions import BaseSessionService
from google.adk.sessions.base_session_service import GetSessionConfig
from google.adk.telemetry import TelemetryConfig
from google.genai import types
from opentelemetry import trace

from recsys_agent.plugins.stored_turn import ended_state
from recsys_agent.sessions.turnwise import WhatWasSaid
from recsys_agent.turn_json import blank, impossible, recommended
from tools import state
from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.errors import RecsysError
from tools.receipts.evidence import gather_evidence
from tools.request import Outcome, Request
from tools.shopper.remembered import UNKEPT

FAILED = "Something went wrong on my side and I could not answer. Your message is kept; please try again."


RECENT_EVENTS = 120
"""How many events a turn reads of its session, the latest: about ten turns. What was said before is in the state, and
a turn of a long session costs no more than one of a short one."""


class Conversation:
    """One shopper's session, turn by turn, through the same App and runner as `adk run`."""

    def __init__(
        self,
        app: App,
        service: BaseSessionService,
        catalog: Callable[[], Catalog],
        user: str,
        session_id: str,
        *,
        remember: bool = True,
        recent_events: int | None = RECENT_EVENTS,
    ) -> None:
        """``remember`` is False for a shopper nobody could know again: nothing outlives the session.

        ``recent_events`` are read before a turn, None for all.
        """
        self._runner = Runner(app=app, session_service=service, auto_create_session=True)
        self._service = service
        self._catalog = catalog
        self._app_name = app.name
        self.user = user
        self.session_id = session_id
        self._config = RunConfig(
            custom_metadata=None if remember else UNKEPT,
            get_session_config=WhatWasSaid(num_recent_events=recent_events) if recent_events else None,
            telemetry=_telemetry(),
        )
        self.speaker = app.name  # the author of the last reply

    async def turn(self, message: str) -> dict[str, Any]:
        """Sends a message; returns the turn without `id` and `turn`. A failure becomes a turn of status "error"."""
        started = time.perf_counter()
        try:
            return await self.answer(message)
        except Exception as error:
            account = blank("error", _told(error)) | {"warnings": [f"{type(error).__name__}: {error}"[:500]]}
            return account | {"elapsed_ms": _since(started)}

    async def answer(self, message: str) -> dict[str, Any]:
        """As `turn`, but a failure is raised."""
        started = time.perf_counter()
        with ended_state() as ended:
            reply, changes = await self._send(message)
        account = self._account(
            reply, changes if state.FORGOTTEN in ended else ended or await self._stored() or changes
        )
        return account | {"elapsed_ms": _since(started)}

    async def _send(self, message: str) -> tuple[str, dict[str, Any]]:
        """The reply, and what the turn changed in the session's state."""
        content = types.Content(role="user", parts=[types.Part(text=message)])
        said: list[str] = []
        changes: dict[str, Any] = {}
        async for event in self._runner.run_async(
            user_id=self.user, session_id=self.session_id, new_message=content, run_config=self._config.model_copy()
        ):
            changes |= event.actions.state_delta
            if event.content and not event.partial and event.author != "user":
                self.speaker = event.author
                said += [part.text for part in event.content.parts or [] if part.text and not part.thought]
        return "\n".join(said), changes

    async def _stored(self) -> dict[str, Any]:
        """For an app that tells nobody how its turns end."""
        nothing = GetSessionConfig(num_recent_events=0)
        session = await self._service.get_session(
            app_name=self._app_name, user_id=self.user, session_id=self.session_id, config=nothing
        )
        return session.state if session else {}

    def _account(self, reply: str, session_state: dict[str, Any]) -> dict[str, Any]:
        turn = session_state.get(state.TURN) or {}
        account = blank(turn.get("status", "error"), reply or FAILED)
        account["question"] = turn.get("question")
        account["brief"] = session_state.get(state.BRIEF) or Brief().model_dump(mode="json")
        account["usage"] = turn.get("usage", account["usage"])
        account["warnings"] = turn.get("warnings", [])
        account["memory"] = turn.get("memory", account["memory"])
        account["receipt"] = turn.get("receipt")
        if account["status"] == "recommended":
            shown = Outcome.model_validate(session_state[state.SHOWN])
            brief = Brief.model_validate(account["brief"])
            evidence = gather_evidence(self._catalog(), shown.model_copy(update={"request": Request(brief=brief)}))
            account |= recommended(evidence)
        elif account["status"] == "infeasible":
            account["plan"] = impossible(turn)
        return account


def _telemetry() -> TelemetryConfig:
    """What ADK records, read from the environment once a turn instead of at every span.

    Its full form takes instruction, messages and tools apart for each model call, a twelfth of a keyless turn; where
    nobody has set up OpenTelemetry, or the server has turned spans off, nobody would see it.
    """
    unseen = isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider | trace.NoOpTracerProvider)
    return TelemetryConfig(genai_semconv_stability_opt_in="stable" if unseen else None)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)


def _told(error: BaseException) -> str:
    """What the shopper is told: our own errors say it themselves, also where ADK has wrapped them."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, RecsysError):
        cause = cause.__cause__
    return str(cause) if cause else FAILED


def new_session_id() -> str:
    """A fresh session id."""
    return uuid.uuid4().hex
