"""The tools for the coordinator and the elicitor, over the present catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tools.catalog.interface import Catalog
from tools.memory.access import MemoryAccess
from tools.shopper.heard import Hear
from tools.shopper.memory import build_memory
from tools.shopper.picks import build_choose_pick, build_explain_pick
from tools.shopper.recommend import build_recommend


def build_shopper_tools(
    catalog: Callable[[], Catalog],
    *,
    today: Callable[[], date] = date.today,
    memory: MemoryAccess | None = None,
    hear: Hear | None = None,
) -> list[Callable[..., Any]]:
    """The functions to hand to a model. They change their session's state, and what is remembered of its shopper."""
    tools = [build_recommend(catalog, today, memory, hear), build_explain_pick(), build_choose_pick(catalog)]
    return [*tools, build_memory(memory)] if memory else tools
