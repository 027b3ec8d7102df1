"""Makes a report: personas, conversations, figures, pictures, pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.quiet import quiet
from eval.report.card import card
from eval.report.figures import figures
from eval.report.pages import html, markdown
from eval.report.pictures import draw
from eval.simulation.generating import personas
from eval.simulation.persona import Persona
from eval.simulation.running import run
from eval.spread.measuring import RATE, measure, steps
from eval.strategies.ladder import Conditions, build_strategies

TITLE = "Report card: who is served, and at what cost"


SPREAD_SHOPPERS = 12
"""For each agent and corruption; `python -m eval.spread` takes as many as are wanted."""


def spread_people(people: Sequence[Persona], conditions: Conditions, names: Sequence[str]) -> Sequence[Persona]:
    """Those on whom errors are tried: nobody where a real model is paid for, or our agents are not looked at."""
    return people[:SPREAD_SHOPPERS] if not conditions.model and "multi_agent" in names else []


def conversations(conditions: Conditions, names: Sequence[str], shoppers: int) -> int:
    """How many conversations `make_report` holds, for the progress bar."""
    hit = min(shoppers, SPREAD_SHOPPERS) if not conditions.model and "multi_agent" in names else 0
    return shoppers * len(names) + hit * steps()


def make_report(
    conditions: Conditions,
    names: Sequence[str],
    shoppers: int,
    settings: list[str],
    out: Path,
    workers: int = 1,
    advance: Callable[[int], None] = lambda done: None,
) -> dict[str, Any]:
    """Writes the files into ``out`` and returns what ``report.json`` holds.

    Raises UsageError for settings, strategies or catalogues that cannot be used, before anything is run.
    """
    quiet()
    catalog = conditions.open_catalog()
    build_strategies(list(names), conditions, catalog)
    people = [one.with_fields(settings) for one in personas(list(catalog), catalog.currency, shoppers, conditions.seed)]
    dialogues = run(people, names, conditions, workers, advance)
    hit = spread_people(people, conditions, names)
    spread = measure(hit, conditions, RATE, workers, lambda: advance(len(hit))) if hit else []
    made_under = {
        "shoppers": shoppers,
        "seed": conditions.seed,
        "catalog": Path(conditions.catalog).name if conditions.catalog else "shipped",
        "products": catalog.manifest.products,
        "model": conditions.model,
        "rates": None if conditions.model else asdict(conditions.rates),
        "set": settings,
    }
    found = {"made_under": made_under, **figures(dialogues, catalog)}
    found |= {"spread": spread, "spread_rate": RATE} if spread else {}
    out.mkdir(parents=True, exist_ok=True)
    (out / "report.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    parts = card(found, draw(found, out))
    (out / "report.md").write_text(markdown(TITLE, parts), "utf-8")
    (out / "report.html").write_text(html(TITLE, parts), "utf-8")
    return found
