"""The tools about a pick that is shown: why it, and taking it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.catalog.interface import Catalog
from tools.request import Outcome
from tools.shopper.history import shown_before, take_down
from tools.shopper.session import delegate, listed, position_among, shown_in


def build_explain_pick() -> Callable[..., Any]:
    """The tool that explains a shown pick."""

    async def explain_pick(tool_context: ToolContext, position: int) -> dict[str, Any]:
        """Explains why a shown pick was chosen ("why the first?", "tell me more about number 2").

        Args:
          position: which pick, 1 is the first, e.g. 1.
        """
        picks = shown_in(tool_context).picks
        if not picks:
            return {"status": "error", "message": "No picks have been shown yet."}
        number = position_among(position, len(picks))
        if number is None:
            return _no_such_pick(position, len(picks))
        tool_context.state[state.SPOKEN_OF] = [picks[number - 1].product_id]
        return delegate({"explain": number}, tool_context)

    return explain_pick


def build_choose_pick(catalog: Callable[[], Catalog]) -> Callable[..., Any]:
    """The tool that notes a decision."""

    async def choose_pick(
        tool_context: ToolContext, position: int, also: list[int] | None = None, earlier: bool = False
    ) -> dict[str, Any]:
        """Notes that the shopper takes a shown pick ("I'll take the first"). Nothing is bought or paid.

        Args:
          position: which pick, 1 is the first, e.g. 1.
          also: further picks that are taken with it ("both"), e.g. [3].
          earlier: true for a pick of the list before the present one ("the second from before").
        """
        before = [Outcome.model_validate(outcome) for outcome in shown_before(tool_context)] if earlier else []
        picks = next(iter(before), shown_in(tool_context)).picks
        taken = []
        for wanted in (position, *listed(also)):
            number = position_among(wanted, len(picks))
            product = catalog().get(picks[number - 1].product_id) if number else None
            if not number or product is None:
                return _no_such_pick(wanted, len(picks))
            taken.append((product, picks[number - 1].quantity))
        take_down(tool_context)
        ids = [product.product_id for product, _ in taken]
        for key in (state.TOOK, state.CHOSEN):
            tool_context.state[key] = list(dict.fromkeys([*(tool_context.state.get(key) or []), *ids]))
        tool_context.state[state.SPOKEN_OF] = ids
        first, *others = [{"title": product.title, "price": str(product.price * packs)} for product, packs in taken]
        return {"status": "chosen", **first, **({"also": others} if others else {})}

    return choose_pick


def _no_such_pick(position: Any, count: int) -> dict[str, Any]:
    return {"status": "error", "message": f"There are {count} picks; there is no number {position!r}."}
