"""The benchmarks' pictures: PNG files of one look, in the folder that ``--out`` names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

OUT = Path(".data") / "bench"

OutOption = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the picture goes.")]

OURS, OTHER = "#1f6f8b", "#b8c4c9"
LINES = ("#1f6f8b", "#d1793b", "#7d8b91", "#5f8f4e")
DPI = 150

Interval = tuple[float, float]
"""The lower and the upper end."""


def bars(
    file: Path,
    title: str,
    values: Mapping[str, float],
    intervals: Mapping[str, Interval] | None = None,
    ours: Sequence[str] = (),
) -> Path:
    """A bar for each value, the first on top, with its interval where there is one; those of ``ours`` stand out."""
    figure = _figure(7, 1.1 + 0.42 * len(values))
    axes = figure.add_subplot()
    names = list(values)
    axes.barh(names, list(values.values()), color=[OURS if name in ours else OTHER for name in names], height=0.65)
    for name in names:
        low, high = (intervals or {}).get(name, (values[name], values[name]))
        if high > low:
            axes.plot((low, high), (name, name), color="#333333", linewidth=1.2)
        axes.annotate(f" {values[name]:.3g}", (max(high, values[name]), name), va="center", fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set_xlim(left=0)
    _dress(axes, title)
    return _saved(figure, file)


def by_size(file: Path, title: str, panels: Mapping[str, Mapping[str, Mapping[int, float]]]) -> Path:
    """How values grow with size, both on logarithmic scales: a panel for each quantity, in it a line for each name."""
    columns = min(3, len(panels))
    rows = -(-len(panels) // columns)
    figure = _figure(3.6 * columns, 2.8 * rows + 0.4)
    figure.suptitle(title, fontsize=11, fontweight="bold")
    for place, (quantity, lines) in enumerate(panels.items(), start=1):
        axes = figure.add_subplot(rows, columns, place)
        for color, (name, values) in zip(LINES, lines.items(), strict=False):
            axes.plot(list(values), list(values.values()), marker="o", markersize=4, color=color, label=name)
        axes.set_xscale("log")
        axes.set_yscale("log")
        if len(lines) > 1:
            axes.legend(frameon=False, fontsize=8)
        _dress(axes, quantity)
    return _saved(figure, file)


def _figure(width: float, height: float) -> Figure:
    """An empty picture, in inches."""
    from matplotlib.figure import Figure  # here, so that it is not in the memory of the processes that are measured

    return Figure(figsize=(width, height), layout="constrained")


def _dress(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    axes.grid(visible=True, axis="both" if axes.get_yscale() == "log" else "x", color="#e6e6e6", linewidth=0.6)
    axes.set_axisbelow(True)


def _saved(figure: Figure, file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=DPI)
    return file
