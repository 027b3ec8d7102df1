"""A talk with an App in which each model call takes a while, so that turns really overlap."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from google.adk.agents import LlmAgent
from google.adk.apps import App
from google.adk.models import BaseLlm, LlmRequest, LlmResponse
from google.adk.runners import Runner
from google.adk.sessions import BaseSessionService
from google.genai import types

from recsys_agent.plugins.stored_turn import StoredTurnPlugin

APP = "recsys_agent"


class Echo(BaseLlm):
    """Says what it was told last and how many messages it has seen."""

    delay_s: float = 0.0
    waits_for: asyncio.Event | None = None
    fails_on: str = ""

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        """One reply."""
        await asyncio.sleep(self.delay_s)
        if self.waits_for:
            await self.waits_for.wait()
        told = [c.parts[0].text or "" for c in llm_request.contents if c.role == "user" and c.parts]
        if self.fails_on and self.fails_on in told[-1]:
            raise RuntimeError("the model broke")
        text = f"{told[-1]} ({len(told)})"
        yield LlmResponse(content=types.Content(role="model", parts=[types.Part(text=text)]))


def echo_runner(service: BaseSessionService, **fields: Any) -> Runner:
    """A runner of one agent that echoes."""
    agent = LlmAgent(name="echo", model=Echo(model="echo", **fields))
    return Runner(app=App(name=APP, root_agent=agent, plugins=[StoredTurnPlugin()]), session_service=service)


async def say(runner: Runner, session_id: str, text: str, user: str = "eve") -> str:
    """Sends a message; the reply."""
    message = types.Content(role="user", parts=[types.Part(text=text)])
    said = ""
    async for event in runner.run_async(user_id=user, session_id=session_id, new_message=message):
        if event.content and event.content.parts and event.author != "user":
            said += event.content.parts[0].text or ""
    return said


def texts(session: Any, author: str = "user") -> list[str]:
    """What an author said in a session, in order."""
    return [e.content.parts[0].text for e in session.events if e.author == author and e.content]
