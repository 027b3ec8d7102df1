"""The budget checker: exact money and rules, no model. Too little found -> the search is widened, never the budget."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

from google.adk.agents import BaseAgent, Context
from google.adk.events import Event
from pydantic import PrivateAttr

from tools.asking.policy import BY_VALUE, Asking
from tools.catalog.interface import Catalog
from tools.planning.candidates import assess
from tools.planning.decision import MAX_WIDENINGS, decide, enough
from tools.request import Request
from tools.shopper.session import as_said
from tools.state import BRIEF, REQUEST


class BudgetChecker(BaseAgent):
    """Routes ``widen`` (output: the request with a wider search) or ``done`` (output: the outcome).

    It trusts no one: candidates arrive as ids, and price, stock, age and rules are looked up and checked again, by the
    brief as the session has it. A finder that hands on nothing costs only its search: the catalogue is looked through.
    """

    rerun_on_resume: bool = True
    _catalog: Callable[[], Catalog] = PrivateAttr()

    _asking: Asking = PrivateAttr()

    def __init__(self, *, catalog: Callable[[], Catalog], asking: Asking, **fields: Any) -> None:
        super().__init__(**fields)
        self._catalog = catalog
        self._asking = asking

    async def _run_impl(self, *, ctx: Context, node_input: Any) -> AsyncGenerator[Any, None]:
        ctx.event_author = self.name  # else the surrounding workflow's
        if "request" not in node_input:  # a finder that said nothing is not asked again
            node_input = {"request": {**ctx.state[REQUEST], "widened": MAX_WIDENINGS}}
        request = as_said(Request.model_validate(node_input["request"]), ctx.state.get(BRIEF))
        catalog = self._catalog()
        rankings = {kind: [ids] for kind, ids in node_input.get("candidates", {}).items()}
        candidates = assess(catalog, request, rankings)
        if not enough(request, candidates):
            wider = request.model_copy(update={"widened": request.widened + 1})
            yield Event(author=self.name, output=wider.dump(), route="widen")  # pyright: ignore[reportCallIssue]
            return
        # In a thread: a proof that nothing fits walks the whole catalogue, perhaps over the network.
        outcome = await asyncio.to_thread(decide, catalog, request, candidates)
        if outcome.status == "infeasible" and request.settled:  # the picks of before may give way, a rule may not
            request = request.unsettled()
            candidates = assess(catalog, request, rankings)
            outcome = await asyncio.to_thread(decide, catalog, request, candidates)
        if outcome.status == "recommended" and request.question is None:
            shown = [pick.product_id for pick in outcome.picks]
            ask = self._asking.beside_picks
            question, account = await asyncio.to_thread(ask, request, candidates.by_need, shown, catalog)
            outcome.request = request.model_copy(update={"question": question})
            outcome.asking = account.dump() if account else {}
        outcome.removed = node_input.get("removed", {})
        outcome.warnings = list(node_input.get("warnings", []))
        yield Event(author=self.name, output=outcome.dump(), route="done")  # pyright: ignore[reportCallIssue]


def build_budget_checker(catalog: Callable[[], Catalog], asking: Asking = BY_VALUE) -> BudgetChecker:
    """The budget checker over the present catalogue; ``asking`` decides on a question beside the picks."""
    return BudgetChecker(
        name="budget_checker",
        description="Keeps every pick and every plan within the budget and the rules, exactly, in code.",
        catalog=catalog,
        asking=asking,
    )
