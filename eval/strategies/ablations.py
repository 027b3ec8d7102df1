"""Our agents with one specialist taken out: what each of them is worth shows in what is missing without it.

without_preference_elicitor  nothing is ever asked: the turn goes on with what was said
without_gift_finder          one text search in place of all sources
without_budget_checker       the finder's first candidates, as they come: no exact plan, no proof, no way out
without_explainer            the model's words unchecked, without the table that code writes

All else is the App as it is, played by the same fallible models.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from google.adk.agents import BaseAgent, LlmAgent
from google.adk.apps import App
from google.adk.events import Event
from google.adk.models import BaseLlm

from eval.strategies.agents import Agents
from eval.strategies.choosing import SHORTLIST
from sub_agents.gift_finder.agent import SOURCES, Source
from sub_agents.workflow_agent import WorkflowAgent
from tools.asking.policy import BY_VALUE, Asked, Asking, Found
from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.request import Outcome, Pick, Request

ABLATIONS = ("without_preference_elicitor", "without_gift_finder", "without_budget_checker", "without_explainer")

Models = Mapping[str, BaseLlm]


class Build(Protocol):
    """Builds the App with these models by role, sources of the gift finder, and way to ask."""

    def __call__(self, models: Models, sources: Mapping[str, Source], asking: Asking = BY_VALUE) -> App:
        """A fresh App."""
        ...


def build_ablation(name: str, build: Build, models: Models, catalog: Catalog) -> Agents:
    """The strategy of this name, one of `ABLATIONS`."""
    match name:
        case "without_preference_elicitor":
            return Agents(lambda timed: build(timed, SOURCES, Unasking()), models, catalog, name)
        case "without_gift_finder":
            return Agents(lambda timed: build(timed, {"by_text": SOURCES["by_text"]}), models, catalog, name)
        case "without_budget_checker":
            return Agents(lambda timed: _first_come(build(timed, SOURCES), catalog), models, catalog, name)
        case _:
            return Agents(lambda timed: _unchecked(build(timed, SOURCES)), models, catalog, name)


class Unasking:
    """A way to ask that never asks: what has to be known is left open, and whatever fits is shown."""

    def before_picks(self, brief: Brief, asked: Sequence[str], shop: Catalog, today: date) -> Asked:
        """Nothing."""
        return None, None

    def beside_picks(self, request: Request, found: Found, shown: Sequence[str], shop: Catalog) -> Asked:
        """Nothing."""
        return None, None


def _unchecked(app: App) -> App:
    """The workflow runs a copy of the explainer, so that is the one to change."""
    flow = _agent(app, "recommendation")
    assert isinstance(flow, WorkflowAgent)
    for node in flow.nodes:
        if isinstance(node, LlmAgent):
            node.after_model_callback = None
    return app


def _first_come(app: App, catalog: Catalog) -> App:
    async def run(*, ctx: Any, node_input: Any) -> AsyncGenerator[Any, None]:
        request = Request.model_validate(node_input["request"])
        picks = list(_first_picks(request, node_input["candidates"], catalog))
        status = "recommended" if picks else "infeasible"
        outcome = Outcome(request=request, status=status, picks=picks)
        yield Event(author="budget_checker", output=outcome.dump(), route="done")  # pyright: ignore[reportCallIssue]

    object.__setattr__(_agent(app, "budget_checker"), "_run_impl", run)  # pydantic models take no other attribute
    return app


def _first_picks(request: Request, candidates: Mapping[str, list[str]], catalog: Catalog) -> Any:
    for need in request.brief.wanted:
        count = 1 if request.brief.is_plan else request.brief.options or SHORTLIST
        for product in catalog.require(candidates.get(need.kind, [])[:count]):
            packs = product.packs_for(need.quantity)
            yield Pick(need=need.kind, product_id=product.product_id, quantity=packs, units=packs * product.pack_size)


def _agent(app: App, name: str) -> BaseAgent:
    root = app.root_agent
    found = root.find_agent(name) if isinstance(root, BaseAgent) else None
    if found is None:
        raise LookupError(f"the tree has no agent {name!r}")
    return found
