"""The report's pictures, as PNG files of one look."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from eval.report.differences import SPECIALISTS, draw_specialists
from eval.report.fairness import EXPOSURE, TWINS, draw_exposure, draw_twins
from eval.report.losses import REASONS
from eval.spread.telling import draw as draw_spread
from eval.strategies.ablations import ABLATIONS

OURS, OTHER = "#1f6f8b", "#9aa7ad"
COLORS = ("#b04a3a", "#d1793b", "#e0b04c", "#8f9f4e", "#7a6a9b", "#4e7f9f", "#8a8f94", "#c9ced1")
LINES = ("#d1793b", "#5f8f4e", "#7a6a9b", "#b04a3a", "#4e7f9f")
DPI = 130


def draw(found: Mapping[str, Any], folder: Path) -> dict[str, Path]:
    """Draws all pictures into the folder; their files by title."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {
        "Quality against cost": ("quality_cost", _quality_cost),
        "Success by turn": ("success_by_turn", _by_turn),
        "Where shoppers are lost": ("lost", _lost),
        "Success by group of shoppers": ("slices", _slices),
        EXPOSURE: ("exposure", draw_exposure),
    }
    if any(name in found.get("against_ours", {}) for name in ABLATIONS):
        drawn[SPECIALISTS] = ("specialists", draw_specialists)
    if found.get("counterfactual"):
        drawn[TWINS] = ("counterfactual", draw_twins)
    files = {}
    for title, (name, draw_one) in drawn.items():
        figure: Figure = draw_one(found)
        files[title] = folder / f"{name}.png"
        figure.savefig(files[title], dpi=DPI, metadata={"Software": None})
    if found.get("spread"):
        files["Errors that spread"] = draw_spread(found["spread"], folder / "spread.png")
    return files


def is_ours(strategy: str) -> bool:
    """Whether it is one of our agents' rows."""
    return strategy.startswith("multi_agent")


def _but_ablations(found: Mapping[str, Any]) -> dict[str, Any]:
    """Without the agents that lack a specialist: they are told apart by the tables, and would crowd a picture."""
    return {name: figures for name, figures in found.items() if name not in ABLATIONS}


def _quality_cost(found: Mapping[str, Any]) -> Figure:
    figure, axes = _figure(7.5, 4.2)
    shown = [row for row in found["ladder"] if row["strategy"] not in ABLATIONS]
    for number, row in enumerate(shown, start=1):
        color = OURS if is_ours(row["strategy"]) else OTHER
        spread = [[row["success"] - row["ci_low"]], [row["ci_high"] - row["success"]]]
        at = (row["tokens"], row["success"])
        label = f"{number}  {row['strategy']}"
        axes.errorbar(*at, yerr=spread, fmt="o", color=color, capsize=2, linewidth=1, label=label)
        axes.annotate(str(number), at, (6, 4), textcoords="offset points", fontsize=9, fontweight="bold")
    axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5), markerscale=0.6)
    axes.set_title("Above and to the left is better", loc="left", fontsize=9)
    axes.set_xscale("symlog", linthresh=1000)
    axes.set_xlim(left=-60)
    axes.margins(x=0.1)
    _dress(axes, "model tokens a shopper", "share of shoppers served")
    return figure


def _by_turn(found: Mapping[str, Any]) -> Figure:
    figure, axes = _figure(7.5, 4.2)
    others = 0
    for name, shares in _but_ablations(found["by_turn"]).items():
        ours = is_ours(name)
        style: dict[str, Any] = (
            {"color": OURS, "linewidth": 2.2} if ours else {"color": LINES[others % 5], "linewidth": 1.1}
        )
        dashes = "-" if (ours and name == "multi_agent") or (not ours and others < 5) else "--"
        axes.plot(range(1, len(shares) + 1), shares, linestyle=dashes, marker="o", markersize=3, label=name, **style)
        others += not ours
    axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    _dress(axes, "messages written", "share of shoppers served by then")
    return figure


def _lost(found: Mapping[str, Any]) -> Figure:
    names = list(found["lost"])
    figure, axes = _figure(7.5, 1.6 + 0.34 * len(names))
    left = [0.0] * len(names)
    shoppers = {row["strategy"]: row["shoppers"] for row in found["ladder"]}
    for why, color in zip(REASONS, COLORS, strict=True):
        shares = [found["lost"][name].get(why, 0) / shoppers[name] for name in names]
        if any(shares):
            axes.barh(names, shares, left=left, color=color, label=why, height=0.65)
        left = [start + share for start, share in zip(left, shares, strict=True)]
    axes.invert_yaxis()
    axes.legend(frameon=False, fontsize=8, loc="upper center", bbox_to_anchor=(0.4, -0.12), ncols=3)
    _dress(axes, "share of all shoppers", "", low=None)
    axes.set_xlim(left=0)
    return figure


def _slices(found: Mapping[str, Any]) -> Figure:
    names = list(_but_ablations(found["slices"]))
    groups = [(title, group) for title, of in found["slices"][names[0]].items() for group in of]
    figure, axes = _figure(2.4 + 0.75 * len(names), 0.8 + 0.27 * len(groups))
    values = [[found["slices"][name][title][group]["success"] for name in names] for title, group in groups]
    axes.imshow(values, cmap="BuGn", vmin=0, vmax=1, aspect="auto")
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            shade = "white" if value > 0.6 else "#333333"
            axes.text(column, row, f"{value:.0%}", ha="center", va="center", fontsize=7, color=shade)
    counts = found["slices"][names[0]]
    said = [f"{title}: {group} ({counts[title][group]['shoppers']})" for title, group in groups]
    axes.set_yticks(range(len(groups)), said, fontsize=7)
    axes.set_xticks(range(len(names)), names, rotation=35, ha="right", fontsize=7)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    """An empty picture, in inches, and its axes."""
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def _dress(axes: Axes, across: str, up: str, low: float | None = 0) -> None:
    axes.set_xlabel(across, fontsize=9)
    axes.set_ylabel(up, fontsize=9)
    if low is not None:
        axes.set_ylim(low, 1)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    axes.grid(visible=True, color="#e9e9e9", linewidth=0.6)
    axes.set_axisbelow(True)
