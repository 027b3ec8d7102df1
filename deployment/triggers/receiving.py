"""The agent behind ADK's trigger endpoints: a Pub/Sub or Eventarc event in, handled or refused.

An app of its own beside the shoppers': only a verified service account reaches it, and its session, which ADK makes for
each delivery, is gone when the event is handled. What cannot be an event is acknowledged, since it would come again and
again; whatever fails for the moment raises, so that it does come again.

The file is not called agent.py: `adk web .` would list its folder as an app.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator
from typing import Any

from google.adk.agents import BaseAgent
from google.adk.agents.invocation_context import InvocationContext
from google.adk.apps import App
from google.adk.events import Event as AdkEvent
from google.adk.plugins import BasePlugin
from google.genai import types
from pydantic import PrivateAttr, ValidationError

from deployment.guard import EVENTS_APP
from deployment.triggers.outreach import Outreach
from tools.outreach.events import Event

logger = logging.getLogger(__name__)


class OutreachAgent(BaseAgent):
    """Reads one event and hands it on."""

    _outreach: Outreach = PrivateAttr()

    def __init__(self, outreach: Outreach) -> None:
        super().__init__(name=EVENTS_APP, description="Handles events that may be worth a message to a shopper.")
        self._outreach = outreach

    async def _run_async_impl(self, ctx: InvocationContext) -> AsyncGenerator[AdkEvent, None]:
        parts = (ctx.user_content.parts if ctx.user_content else None) or []
        try:
            event = read_event("".join(part.text or "" for part in parts))
        except ValueError as error:
            logger.warning("an event was refused: %s", error)
            said = f"refused: {error}"
        else:
            verdict = await self._outreach.handle(event)
            said = f"{verdict.outcome}: {verdict.why}"
        content = types.Content(role="model", parts=[types.Part(text=said)])
        yield AdkEvent(author=self.name, invocation_id=ctx.invocation_id, content=content)


class _Forgetful(BasePlugin):
    """Deletes the session of a delivery."""

    async def after_run_callback(self, *, invocation_context: InvocationContext) -> None:
        session = invocation_context.session
        await invocation_context.session_service.delete_session(
            app_name=session.app_name, user_id=session.user_id, session_id=session.id
        )


def build_outreach_app(outreach: Outreach) -> App:
    """The app for the trigger endpoints."""
    return App(name=EVENTS_APP, root_agent=OutreachAgent(outreach), plugins=[_Forgetful(name="forgetful")])


def read_event(text: str) -> Event:
    """The event in what ADK makes of a delivery, `{"data": EVENT, …}`. Raises ValueError saying why there is none."""
    try:
        delivery: Any = json.loads(text)
        return Event.model_validate_json(json.dumps(delivery["data"]))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        named = next((str(name) for name in first["loc"] if name in Event.model_fields), "event")  # no key of theirs
        raise ValueError(f"{named}: {first['msg']}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("no event: a JSON object is needed") from error
