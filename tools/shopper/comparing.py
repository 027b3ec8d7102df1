"""The tools that set picks side by side, and say why something is not among them. Code speaks: it is all catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date
from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.catalog.interface import Catalog
from tools.receipts.comparison_table import MEASURES, compare
from tools.shopper.absence import why_not
from tools.shopper.answering import answer
from tools.shopper.session import brief_of, listed, position_among, shown_in

MOST = 5


def build_compare_picks(catalog: Callable[[], Catalog]) -> Callable[..., Any]:
    """The tool that compares shown picks."""

    async def compare_picks(
        tool_context: ToolContext, positions: list[int] | None = None, by: str | None = None
    ) -> dict[str, Any]:
        """Sets shown picks side by side ("compare 1 and 3", "what is the difference?", "which is better rated?").

        Args:
          positions: which picks, e.g. [1, 3]; omit for all.
          by: what they are asked about: "price", "rating", "size", "age" or "delivery"; omit for a plain comparison.
        """
        shown, shop = shown_in(tool_context), catalog()
        if not shown.picks:
            return {"status": "error", "message": "No picks have been shown yet, so there is nothing to compare."}
        if by not in (None, "", *MEASURES):
            return {"status": "error", "message": f"by must be one of {', '.join(MEASURES)}; got {by!r}"}
        asked = listed(positions) or range(1, min(len(shown.picks), MOST) + 1)
        places = [position_among(position, len(shown.picks)) for position in asked]
        numbers = list(dict.fromkeys(place for place in places if place))
        if None in places:
            return answer(f"I showed {_counted(len(shown.picks))}; tell me which of them to compare.", tool_context)
        if by and len(numbers) == 1:  # "is the second heavier?"
            numbers = list(range(1, min(len(shown.picks), MOST) + 1))
        if len(numbers) < 2:
            return answer("It takes two picks to compare; tell me which, by their numbers.", tool_context)
        tool_context.state[state.SPOKEN_OF] = [shown.picks[number - 1].product_id for number in numbers]
        return answer(compare(shop, shown, numbers, brief_of(tool_context), by), tool_context)

    return compare_picks


def build_explain_absence(catalog: Callable[[], Catalog], today: Callable[[], Date]) -> Callable[..., Any]:
    """The tool that says why a product is not among the picks."""

    async def explain_absence(tool_context: ToolContext, what: str) -> dict[str, Any]:
        """Says why something is not among the picks ("why not the Lego one?", "why didn't you show any books?").

        Args:
          what: the product or kind of product in the shopper's words, e.g. "lego".
        """
        brief, shown = brief_of(tool_context), shown_in(tool_context)
        seen = list(tool_context.state.get(state.SEEN) or [])
        text, available = why_not(str(what or ""), catalog(), brief, shown, seen, today())
        tool_context.state[state.SPOKEN_OF] = available
        return answer(text, tool_context)

    return explain_absence


def _counted(count: int) -> str:
    return f"{count} pick" if count == 1 else f"{count} picks"
