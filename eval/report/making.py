"""Makes a report: personas, conversations, figures, pictures, pages."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.command import folder_to_write
from eval.quiet import quiet
from eval.report.card import card
from eval.report.counterfactuals import ask_twins
from eval.report.figures import figures
from eval.report.pages import html, markdown
from eval.report.pictures import draw
from eval.report.twins import A_GROUP, Pair, pairs
from eval.simulation.generating import personas
from eval.simulation.persona import Persona
from eval.simulation.running import run
from eval.simulation.workers import Workers
from eval.spread.measuring import RATE, measure, steps, to_be_hit
from eval.strategies.answering import require_answer
from eval.strategies.ladder import Conditions, build_strategies
from tools.product import Product

TITLE = "Report card: who is served, and at what cost"


SPREAD_SHOPPERS = 6
"""For each agent and corruption; `python -m eval.spread` takes as many as are wanted."""


def spread_people(people: Sequence[Persona], conditions: Conditions, names: Sequence[str]) -> Sequence[Persona]:
    """Those on whom errors are tried: nobody where a real model is paid for, or our agents are not looked at."""
    return to_be_hit(people, SPREAD_SHOPPERS) if not conditions.model and "multi_agent" in names else []


def twin_requests(
    products: Sequence[Product], currency: str, conditions: Conditions, names: Sequence[str], shoppers: int
) -> list[Pair]:
    """Those that are asked twice: none where our agents are not looked at, few where there are few shoppers."""
    if "multi_agent" not in names:
        return []
    return pairs(products, currency, conditions.seed, min(A_GROUP, shoppers), with_noise=bool(conditions.model))


def make_report(
    conditions: Conditions,
    names: Sequence[str],
    shoppers: int,
    settings: list[str],
    out: Path,
    workers: int = 1,
    advance: Callable[[int, int], None] = lambda done, of: None,
) -> dict[str, Any]:
    """Writes the files into ``out`` and returns what ``report.json`` holds.

    ``advance`` is told how many conversations were just finished, and how many there are in all.
    Raises UsageError for settings, strategies, catalogues, models or folders that cannot be used, before any run.
    """
    quiet(logging.CRITICAL)  # a node that fails is what is tried with errors that spread
    folder_to_write(out)
    catalog = conditions.open_catalog()
    build_strategies(list(names), conditions, catalog)
    products, currency = list(catalog), catalog.currency
    people = [one.with_fields(settings) for one in personas(products, currency, shoppers, conditions.seed)]
    hit = spread_people(people, conditions, names)
    twins = twin_requests(products, currency, conditions, names, shoppers)
    total = len(people) * len(names) + len(hit) * steps() + 2 * len(twins)

    def finished(done: int) -> None:
        advance(done, total)

    finished(0)
    require_answer(conditions)
    with Workers(workers) as processes:
        dialogues = run(people, names, conditions, processes, finished)
        counterfactual = ask_twins(twins, conditions, processes, finished) if twins else []
        spread = measure(hit, conditions, RATE, processes, lambda: finished(len(hit))) if hit else []
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
    found |= {"counterfactual": counterfactual} if counterfactual else {}
    found |= {"spread": spread, "spread_rate": RATE} if spread else {}
    (out / "report.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    parts = card(found, draw(found, out))
    (out / "report.md").write_text(markdown(TITLE, parts), "utf-8")
    (out / "report.html").write_text(html(TITLE, parts), "utf-8")
    return found
