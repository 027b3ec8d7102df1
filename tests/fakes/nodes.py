"""Running one agent of the recommendation flow alone, as a node of a workflow."""

from __future__ import annotations

from typing import Any

from google.adk.agents import BaseAgent
from google.adk.events import Event
from google.adk.runners import InMemoryRunner
from google.adk.workflow import START, Workflow
from google.genai import types


async def run_node(agent: BaseAgent, node_input: dict[str, Any]) -> list[Event]:
    """The events of the agent when the flow hands it ``node_input``."""

    def hand_over() -> dict[str, Any]:
        return node_input

    root = Workflow(name="root", edges=[(START, hand_over, agent)])
    runner = InMemoryRunner(node=root, app_name="test")
    session = await runner.session_service.create_session(app_name="test", user_id="shopper")
    message = types.Content(role="user", parts=[types.Part(text="go")])
    run = runner.run_async(user_id="shopper", session_id=session.id, new_message=message)
    return [event async for event in run]


def last_output(events: list[Event]) -> dict[str, Any]:
    """What the agent hands on."""
    return next(event.output for event in reversed(events) if isinstance(event.output, dict))
