"""The table of errors that spread, as cells of text and as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from eval.spread.faults import AGENTS, CORRUPTIONS
from eval.spread.seeing import KINDS

HEADS = ("agent", "corruption", "spoilt", "shoppers hit", *(f"saw wrong {kind}" for kind in KINDS), "caught by",
         "served", "more calls", "more ms")  # fmt: skip
EXPLAINED = (
    "Each agent's output is spoilt in turn, in the real tree, at the rate of {rate:.0%}; everything else is as it is. "
    "Shoppers hit: those in whose conversation something was spoilt; saw: those of them who were shown a wrong amount "
    "or something above the budget, something against their age or what they refuse, or a product that nobody sells, "
    "and are not where nothing is spoilt. More calls and ms: of a spoilt turn, against one without errors."
)


def cells(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The rows under `HEADS`."""
    return [
        [
            row["agent"],
            row["corruption"],
            str(row["spoilt"]),
            str(row["hit"]),
            *(str(row["shown"][kind]) for kind in KINDS),
            ", ".join(f"{check} {count}" for check, count in list(row["caught_by"].items())[:2]),
            f"{row['served']} of {row['shoppers']}",
            *("" if row[cost] is None else f"{row[cost]:+.3g}" for cost in ("extra_calls", "extra_ms")),
        ]
        for row in rows
    ]


def draw(rows: Sequence[Mapping[str, Any]], file: Path) -> Path:
    """For each agent and corruption the share of the shoppers hit who saw anything of it; written as PNG."""
    found = {(row["agent"], row["corruption"]): row for row in rows}
    figure = Figure(figsize=(7.5, 3.2), layout="constrained")
    axes = figure.add_subplot()
    values = [[_share(found[agent, corruption]) for corruption in CORRUPTIONS] for agent in AGENTS]
    axes.imshow([[share or 0 for share in line] for line in values], cmap="Reds", vmin=0, vmax=1, aspect="auto")
    for y, agent in enumerate(AGENTS):
        for x, corruption in enumerate(CORRUPTIONS):
            row = found[agent, corruption]
            said = f"{sum(row['shown'].values())} of {row['hit']}" if row["hit"] else "-"
            axes.text(x, y, said, ha="center", va="center", fontsize=8)
    axes.set_xticks(range(len(CORRUPTIONS)), CORRUPTIONS, fontsize=8)
    axes.set_yticks(range(len(AGENTS)), AGENTS, fontsize=8)
    axes.set_title("Errors shown to shoppers, of those hit by one", loc="left", fontsize=9)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=130, metadata={"Software": None})
    return file


def _share(row: Mapping[str, Any]) -> float | None:
    return sum(row["shown"].values()) / row["hit"] if row["hit"] else None
