"""The tools for the coordinator and the elicitor, over the present catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tools.asking.policy import BY_VALUE, Asking
from tools.catalog.interface import Catalog
from tools.memory.access import MemoryAccess
from tools.shopper.comparing import build_compare_picks, build_explain_absence
from tools.shopper.heard import Hear
from tools.shopper.looking_back import build_look_back
from tools.shopper.memory import build_memory
from tools.shopper.picks import build_choose_pick, build_explain_pick
from tools.shopper.recommend import build_recommend


def build_shopper_tools(
    catalog: Callable[[], Catalog],
    *,
    today: Callable[[], date] = date.today,
    memory: MemoryAccess | None = None,
    hear: Hear | None = None,
    asking: Asking = BY_VALUE,
) -> list[Callable[..., Any]]:
    """The functions to hand to a model. They change their session's state, and what is remembered of its shopper."""
    tools = [
        build_recommend(catalog, today, memory, hear, asking),
        build_explain_pick(catalog, today),
        build_choose_pick(catalog, today),
        build_compare_picks(catalog),
        build_explain_absence(catalog, today),
        build_look_back(catalog, today, memory),
    ]
    return [*tools, build_memory(memory)] if memory else tools
