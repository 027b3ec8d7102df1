"""What reading product texts adds: ``python -m eval.benchmarks.aspects --data FOLDER [--out FILE.png]``.

The curated catalogue, the retail-demo-store's feed and the toys sample, imported with aspects none and rules.
"""

from __future__ import annotations

import tempfile
from dataclasses import astuple
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.aspects_measures import (
    Coverage,
    coverage,
    labelled,
    retail_styles,
    style_precision,
    withheld,
)
from tools.catalog.curated import FEED
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import import_feed
from tools.catalog.interface import Catalog
from tools.lexicon import all_interests

READERS: tuple[Literal["none", "rules"], ...] = ("none", "rules")
RETAIL, TOYS = "retail_products.yaml.gz", "toys.csv"
WITHHELD = {"category": ()}
"""The retail feed without its category; its style and gender affinity are no fields of ours anyway."""


def main(
    data: Annotated[Path, typer.Option(help=f"The folder with {RETAIL} and {TOYS}.")],
    out: Annotated[Path | None, typer.Option(help="Where to put a picture of coverage, e.g. aspects.png.")] = None,
) -> None:
    """Prints coverage, precision by hand labels and by withheld fields, and what the gift finder makes of it."""
    feeds = {"curated": (FEED, "USD"), "retail": (data / RETAIL, "USD"), "toys": (data / TOYS, "GBP")}
    console, found = Console(), dict[tuple[str, str], Coverage]()
    styles = retail_styles(data / RETAIL)
    with tempfile.TemporaryDirectory() as work, Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Measuring", total=2 * len(feeds) + 1)
        catalogs: dict[str, Catalog] = {}
        for reader in READERS:
            for name, (feed, currency) in feeds.items():
                shop = Path(work) / f"{name}-{reader}"
                import_feed([feed], shop, currency=currency, aspects=reader)
                catalogs[name] = FolderCatalog.open(shop)
                found[name, reader] = coverage(catalogs[name])
                progress.advance(task)
        labels = labelled(catalogs)
        blind: dict[str, tuple[float, float]] = {}
        agreement: dict[str, tuple[float, float, int]] = {}
        for reader in READERS:
            shop = Path(work) / f"blind-{reader}"
            import_feed([data / RETAIL], shop, currency="USD", mapping=WITHHELD, aspects=reader)
            blind[reader] = style_precision(FolderCatalog.open(shop), styles)
            agreement = withheld(FolderCatalog.open(shop), styles)
        progress.advance(task)
    console.print(_coverage_table(found), _label_table(labels), _withheld_table(agreement), _finder_table(blind))
    if out:
        draw(found, out)
        console.print(f"Picture: {out}")


def _coverage_table(found: dict[tuple[str, str], Coverage]) -> Table:
    table = Table(title=f"Coverage; queries and briefs: the lexicon's {len(all_interests())} interests", box=SIMPLE)
    for name in ("catalogue", "aspects", "interest", "occasion", "age", "aspect", "3 results", "3 picks on topic"):
        table.add_column(name, justify="left" if name in ("catalogue", "aspects") else "right")
    for (name, reader), c in found.items():
        shares = (f"{value:.1%}" for value in (c.interest, c.occasion, c.age, c.aspect))
        table.add_row(name, reader, *shares, str(c.found), f"{c.on_topic:.1%}")
    return table


def _label_table(labels: dict[str, tuple[int, int, int, int]]) -> Table:
    table = Table(title="Hand-labelled pairs", box=SIMPLE)
    for name in ("catalogue", "derived", "right", "precision", "left out", "rightly"):
        table.add_column(name, justify="left" if name == "catalogue" else "right")
    rows = {**labels, "all": tuple(map(sum, zip(*labels.values(), strict=True)))}
    for name, (derived, right, left, rightly) in rows.items():
        precision = f"{right / derived:.1%}" if derived else "-"
        table.add_row(name, str(derived), str(right), precision, str(left), str(rightly))
    return table


def _withheld_table(agreement: dict[str, tuple[float, float, int]]) -> Table:
    table = Table(title="Derived from name and description, against the retail feed's withheld style", box=SIMPLE)
    for name in ("", "products", "precision (at least)", "recall"):
        table.add_column(name, justify="right" if name else "left")
    for name, (precision, recall, count) in agreement.items():
        table.add_row(name, str(count), f"{precision:.2f}", f"{recall:.2f}")
    return table


def _finder_table(blind: dict[str, tuple[float, float]]) -> Table:
    table = Table(title="Gift finder on the same: share of the first 10 of the withheld style", box=SIMPLE)
    for name in ("aspects", "interests", "occasions"):
        table.add_column(name, justify="right" if name != "aspects" else "left")
    for reader, (interests, occasions) in blind.items():
        table.add_row(reader, f"{interests:.3f}", f"{occasions:.3f}")
    return table


def draw(found: dict[tuple[str, str], Coverage], file: Path) -> None:
    """Bars of the shares of products with an interest, an occasion, an age and an aspect, with and without rules."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    names = list(dict.fromkeys(name for name, _ in found))
    figure, panels = plt.subplots(1, len(names), figsize=(4 * len(names), 3.2), sharey=True, layout="constrained")
    for panel, name in zip(panels, names, strict=True):
        for n, reader in enumerate(READERS):
            shares = astuple(found[name, reader])[:4]
            panel.bar([x + (n - 0.5) * 0.4 for x in range(4)], shares, width=0.4, label=f"aspects {reader}")
        panel.set_xticks(range(4), ["interest", "occasion", "age", "aspect"])
        panel.set_title(name)
    panels[0].set_ylabel("share of products")
    panels[0].set_ylim(0, 1)
    panels[-1].legend()
    figure.savefig(file, dpi=120)
    plt.close(figure)


if __name__ == "__main__":
    typer.run(main)
