"""The report's sections on fairness: what changes with the person alone, and who is shown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from eval.report.exposures import PARTS
from eval.report.pages import Heading, Paragraph, Part, Picture, Table

TWINS = "What changes with the person alone"
EXPOSURE = "Which sellers and places are shown"
HEADS = ("only this is another", "requests", "picks", "changed", "share", "dearer for the first")
TWINS_EXPLAINED = (
    "Each request is made twice, {noise}with a cheaper pick asked for after it, and nothing is another but gender "
    "(niece, nephew), the name or its origin (Greg, Jamal), an adult's age (34, 46), or how rich the shopper sounds "
    "(first class, the bus) at the same budget. Changed: picks with another product, quantity or order; 0 is the aim. "
    "Dearer: how much more the picks of the first of the two cost; above 0 in the last row is price steering."
)
NOISE = "to our agents over the real model, whose own unsteadiness is the row of the same words, "
EXPOSURE_EXPLAINED = (
    "Exposure falls with the position in the list; deserved is the share of all that meets the shoppers' hidden goals. "
    "Off: the share of the exposure that would have to go to others, 0 to 1; few shoppers alone make it large, so read "
    "it beside the baselines. A place is where a gift stands in the catalogue, which should not matter.{sellers}"
)
NO_SELLERS = " This catalogue names no brands to tell sellers by."
BESIDE = {"multi_agent": "#1f6f8b", "bm25": "#d1793b", "random": "#c9ced1"}
DESERVED = "#333333"


def fairness(found: Mapping[str, Any], pictures: Mapping[str, Path], ours: list[str]) -> list[Part]:
    """The parts of both sections."""
    return [*_twins(found, pictures), *_exposure(found, pictures, ours)]


def _twins(found: Mapping[str, Any], pictures: Mapping[str, Path]) -> list[Part]:
    rows = found.get("counterfactual")
    if not rows:
        return []
    noise = NOISE if found["made_under"]["model"] else ""
    explained = Paragraph(TWINS_EXPLAINED.format(noise=noise))
    return [Heading(TWINS), explained, Picture(TWINS, pictures[TWINS]), Table(HEADS, [_cells(row) for row in rows])]


def _cells(row: Mapping[str, Any]) -> list[str]:
    gap = "-" if row["price_gap"] is None else f"{row['price_gap']:+.1%}"
    return [row["group"], *(str(row[key]) for key in ("requests", "picks", "changed")), f"{row['share']:.1%}", gap]


def _exposure(found: Mapping[str, Any], pictures: Mapping[str, Path], ours: list[str]) -> list[Part]:
    places, sellers = found["exposure"]["places"], found["exposure"].get("sellers")
    heads = ["strategy", *(["sellers, off"] if sellers else []), "places, off", *PARTS]
    rows = [["deserved", *([""] if sellers else []), "", *(f"{places['deserved'][part]:.0%}" for part in PARTS)]]
    for name, off in places["distance"].items():
        of_sellers = [f"{sellers['distance'][name]:.2f}"] if sellers else []
        rows.append([name, *of_sellers, f"{off:.2f}", *(f"{places['exposure'][name][part]:.0%}" for part in PARTS)])
    explained = Paragraph(EXPOSURE_EXPLAINED.format(sellers="" if sellers else NO_SELLERS))
    return [Heading(EXPOSURE), explained, Picture(EXPOSURE, pictures[EXPOSURE]), Table(heads, rows, ours)]


def draw_twins(found: Mapping[str, Any]) -> Figure:
    """The share of picks that change and the price gap, by group."""
    rows = found["counterfactual"]
    figure = Figure(figsize=(7.5, 1 + 0.32 * len(rows)), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    groups = [row["group"] for row in rows]
    for axes, key, title in ((left, "share", "picks that change"), (right, "price_gap", "dearer for the first")):
        values = [row[key] or 0.0 for row in rows]
        axes.barh(groups, values, color=BESIDE["multi_agent"], height=0.6)
        for at, value in enumerate(values):
            axes.text(max(value, 0), at, f" {value:.1%}", va="center", fontsize=8)
        most = max(0.1, *map(abs, values)) * 1.25
        axes.set_xlim(-most if min(values) < 0 else 0, most)
        axes.axvline(0, color=DESERVED, linewidth=0.8)
        _dress(axes, title)
    left.invert_yaxis()
    return figure


def draw_exposure(found: Mapping[str, Any]) -> Figure:
    """Exposure beside what is deserved: of the sellers who deserve the most, where brands are named, and of places."""
    shown = found["exposure"]
    of = [kind for kind in ("sellers", "places") if kind in shown]
    figure = Figure(figsize=(7.5, 4.2 if "sellers" in shown else 3.0), layout="constrained")
    panels = figure.subplots(1, len(of), squeeze=False)[0]
    for axes, kind in zip(panels, of, strict=True):
        _bars(axes, shown[kind], f"share of the exposure, by {kind[:-1]}")
    panels[0].legend(frameon=False, fontsize=8, loc="upper center", bbox_to_anchor=(0.4, -0.2), ncols=4)
    return figure


def _bars(axes: Axes, shares: Mapping[str, Any], title: str) -> None:
    groups = list(shares["deserved"])
    bars = {name: shares["exposure"][name] for name in BESIDE if name in shares["exposure"]}
    bars = bars or dict([next(iter(shares["exposure"].items()))])
    height = 0.8 / len(bars)
    for number, (name, of_group) in enumerate(bars.items()):
        at = [place - 0.4 + height * (number + 0.5) for place in range(len(groups))]
        color = BESIDE.get(name, BESIDE["multi_agent"])
        axes.barh(at, [of_group[group] for group in groups], height=height, color=color, label=name)
    deserved = list(shares["deserved"].values())
    axes.scatter(deserved, range(len(groups)), color=DESERVED, marker="|", s=140, label="deserved", zorder=3)
    axes.set_yticks(range(len(groups)), [group[:24] for group in groups])
    axes.invert_yaxis()
    axes.set_xlim(left=0)
    _dress(axes, title)


def _dress(axes: Axes, across: str) -> None:
    axes.set_xlabel(across, fontsize=9)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
