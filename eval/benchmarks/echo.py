"""What ADK itself costs: the shape of the recommendation turn, every node doing nothing."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from typing import Any

from google.adk.agents import BaseAgent, Context, LlmAgent
from google.adk.apps import App
from google.adk.events import Event
from google.adk.tools import ToolContext
from google.adk.workflow import START, JoinNode

from eval.benchmarks.scripted import calling, saying
from sub_agents.gift_finder.agent import SOURCES
from sub_agents.workflow_agent import WorkflowAgent
from tools.state import REQUEST

NOTHING = {"nothing": True}


class Idle(BaseAgent):
    """Stands where the budget checker does."""

    async def _run_impl(self, *, ctx: Context, node_input: Any) -> AsyncGenerator[Any, None]:
        yield Event(author=self.name, output=NOTHING, route="done")  # pyright: ignore[reportCallIssue]


class IdleJoin(JoinNode):
    """Waits for all sources. JoinNode itself would store what START said, under a name that Firestore refuses."""

    async def _run_impl(self, *, ctx: Context, node_input: Any) -> AsyncGenerator[Any, None]:
        yield NOTHING


async def delegate(tool_context: ToolContext) -> dict[str, Any]:
    """Delegates."""
    tool_context.state[REQUEST] = NOTHING
    tool_context.actions.transfer_to_agent = "recommendation"
    return {"status": "delegated"}


def build_echo_app() -> App:
    """As many agents, nodes, events and model calls as a recommendation turn has."""

    def start(node_input: dict[str, Any]) -> Event:
        return Event(output=node_input, route="find")  # pyright: ignore[reportCallIssue]

    join = IdleJoin(name="join")
    sources = tuple(_source(f"source_{number}") for number in range(len(SOURCES) + 1))
    finder = WorkflowAgent(name="gift_finder", edges=[(START, sources, join), (START, join)])
    explainer = LlmAgent(name="explainer", model=saying("Nothing."), mode="single_turn", include_contents="none")
    checker = Idle(name="budget_checker")
    recommendation = WorkflowAgent(
        name="recommendation",
        sub_agents=[finder, checker, explainer],
        edges=[(START, start, {"find": finder}), (finder, checker, {"done": explainer, "widen": finder})],
    )
    elicitor = LlmAgent(name="preference_elicitor", model=saying("Nothing?"), tools=[delegate])
    root = LlmAgent(
        name="coordinator", model=calling("delegate"), tools=[delegate], sub_agents=[elicitor, recommendation]
    )
    return App(name="recsys_agent", root_agent=root)


def _source(name: str) -> Callable[..., Any]:
    async def node(node_input: dict[str, Any]) -> dict[str, Any]:
        return NOTHING

    node.__name__ = name
    return node
