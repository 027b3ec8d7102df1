"""The tools for the coordinator and the elicitor, over the present catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tools.catalog.interface import Catalog
from tools.shopper.picks import build_choose_pick, build_explain_pick
from tools.shopper.recommend import build_recommend


def build_shopper_tools(
    catalog: Callable[[], Catalog], *, today: Callable[[], date] = date.today
) -> list[Callable[..., Any]]:
    """The functions to hand to a model. They change only their session's state."""
    return [build_recommend(catalog, today), build_explain_pick(), build_choose_pick(catalog)]
