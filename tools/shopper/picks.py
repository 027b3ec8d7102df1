"""The tools about a pick that is shown: why it, and taking it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.catalog.interface import Catalog
from tools.shopper.session import delegate, position_among, shown_in


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
        return delegate({"explain": number}, tool_context)

    return explain_pick


def build_choose_pick(catalog: Callable[[], Catalog]) -> Callable[..., Any]:
    """The tool that notes a decision."""

    async def choose_pick(tool_context: ToolContext, position: int) -> dict[str, Any]:
        """Notes that the shopper takes a shown pick ("I'll take the first"). Nothing is bought or paid.

        Args:
          position: which pick, 1 is the first, e.g. 1.
        """
        picks = shown_in(tool_context).picks
        number = position_among(position, len(picks))
        product = catalog().get(picks[number - 1].product_id) if number else None
        if not number or product is None:
            return _no_such_pick(position, len(picks))
        tool_context.state[state.CHOSEN] = [*(tool_context.state.get(state.CHOSEN) or []), product.product_id]
        return {"status": "chosen", "title": product.title, "price": str(product.price * picks[number - 1].quantity)}

    return choose_pick


def _no_such_pick(position: Any, count: int) -> dict[str, Any]:
    return {"status": "error", "message": f"There are {count} picks; there is no number {position!r}."}
