"""Every strategy against our agents, shopper by shopper: which specialist earns its keep, and what it costs.

The same shoppers met all strategies, so differences are paired, which leaves out how hard a shopper is: their intervals
are narrower than those of two separate shares (the paired bootstrap; Efron and Tibshirani, 1993, chapter 8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from matplotlib.figure import Figure

from eval.ranking_metrics import bootstrap
from eval.report.pages import Heading, Paragraph, Part, Picture, Table
from eval.strategies.ablations import ABLATIONS

OURS = "multi_agent"
COMPARED = ("success", "turns", "rules_broken", "unsupported", "llm_calls", "tokens")
SPECIALISTS = "Which agent earns its keep"
HEADS = ("our agents without", "served", "95% interval", "messages", "rules broken", "false claims",
         "model calls", "tokens")  # fmt: skip
EXPLAINED = (
    "Taken out of our agents, one at a time, with the same shoppers and the same model errors; figures are differences "
    "a shopper from our agents whole, in percentage points where shoppers served are counted. Below 0 served, the "
    "specialist is missed; an interval across 0 shows nothing either way. Without them, in this order, nothing is "
    "asked; one text search stands for all sources; no exact money, plans and ways out; nobody checks the words. The "
    "last check of picks against the catalogue stays in all of them."
)
DIGITS = 4


def against_ours(by_shopper: Mapping[str, Mapping[str, Sequence[float]]]) -> dict[str, dict[str, Any]]:
    """For every other strategy the mean of its values less our agents', each with its 95% interval."""
    ours = by_shopper.get(OURS)
    if ours is None:
        return {}
    return {
        name: {metric: _difference(values[metric], ours[metric]) for metric in COMPARED}
        for name, values in by_shopper.items()
        if name != OURS
    }


def _difference(values: Sequence[float], ours: Sequence[float]) -> dict[str, float]:
    apart = [one - other for one, other in zip(values, ours, strict=True)]
    low, high = bootstrap(apart)
    return {"mean": round(fmean(apart), DIGITS), "ci_low": round(low, DIGITS), "ci_high": round(high, DIGITS)}


def specialists(found: Mapping[str, Any], pictures: Mapping[str, Path]) -> list[Part]:
    """The section on what is missed without each specialist; nothing where none was taken out."""
    there = _taken_out(found)
    if not there:
        return []
    rows = [_cells(name, found["against_ours"][name]) for name in there]
    return [Heading(SPECIALISTS), Paragraph(EXPLAINED), Picture(SPECIALISTS, pictures[SPECIALISTS]), Table(HEADS, rows)]


def _taken_out(found: Mapping[str, Any]) -> list[str]:
    return [name for name in ABLATIONS if name in found.get("against_ours", {})]


def _cells(name: str, of: Mapping[str, Mapping[str, float]]) -> list[str]:
    served = of["success"]
    between = f"{100 * served['ci_low']:+.1f} to {100 * served['ci_high']:+.1f}"
    means = [f"{of[metric]['mean']:+.3g}" for metric in ("turns", "rules_broken", "unsupported", "llm_calls")]
    missing = name.removeprefix("without_").replace("_", " ")
    return [missing, f"{100 * served['mean']:+.1f}", between, *means, f"{of['tokens']['mean']:+,.0f}"]


def draw_specialists(found: Mapping[str, Any]) -> Figure:
    """Served without each specialist, against our agents whole."""
    names = _taken_out(found)
    figure = Figure(figsize=(7.5, 0.9 + 0.4 * len(names)), layout="constrained")
    axes = figure.add_subplot()
    for at, name in enumerate(names):
        served = {key: 100 * value for key, value in found["against_ours"][name]["success"].items()}
        spread = [[served["mean"] - served["ci_low"]], [served["ci_high"] - served["mean"]]]
        axes.errorbar(served["mean"], at, xerr=spread, fmt="o", color="#1f6f8b", capsize=3, linewidth=1.4)
    axes.set_yticks(
        range(len(names)), [f"without the {name.removeprefix('without_').replace('_', ' ')}" for name in names]
    )
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.axvline(0, color="#333333", linewidth=0.8)
    axes.set_xlabel("shoppers served, percentage points more or fewer than our agents whole", fontsize=9)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    axes.grid(visible=True, axis="x", color="#e9e9e9", linewidth=0.6)
    axes.set_axisbelow(True)
    return figure
