"""`python -m eval.benchmarks.exposure`: how evenly what is recommended falls on products, brands and the long tail.

Generated briefs go through the whole app. Beside it stand two that choose among the same admissible products that
answer a wish: by chance, which is as even as the briefs allow, and by the number of ratings, which shows the popular.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.benchmarks.asking import Asking
from eval.quiet import quiet
from tools.brief import Brief
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog
from tools.planning.bounds import need_bounds
from tools.planning.matching import match
from tools.planning.rules import Rules
from tools.product import Product

SEED = 20261123
PEOPLE = (("father", 60), ("sister", 30), ("friend", 25), ("colleague", 40), ("aunt", 55), ("nephew", 8), ("niece", 15))
BUDGETS = (20, 35, 50, 80, 120)
OURS, CHANCE, POPULAR = "ours", "chance", "popularity"


def texts(catalog: Catalog, count: int) -> list[str]:
    """Briefs of one or two of the interests that the catalogue's gifts have, each as likely as the other."""
    chance = random.Random(SEED)
    interests = sorted({interest for product in catalog if product.need == "gift" for interest in product.interests})
    told = []
    for _ in range(count):
        relation, age = chance.choice(PEOPLE)
        likes = " and ".join(chance.sample(interests, chance.choice((1, 2))))
        told.append(f"My {relation} turns {age} and loves {likes}. A gift, up to ${chance.choice(BUDGETS)}")
    return told


def admissible(gifts: Sequence[Product], brief: Brief, currency: str) -> list[Product]:
    """The gifts that keep the rules and the budget and answer a wish."""
    (need,) = brief.wanted
    rules, bounds = Rules.of(brief, currency), need_bounds(brief, need, currency)
    within = (p for p in rules.allowed(gifts) if bounds.admits(p.price.minor))
    return [p for p in within if any(match(p, wish) for wish in brief.interests)]


def gini(counts: Sequence[float]) -> float:
    """The Gini coefficient: 0 where all have the same, near 1 where one has all."""
    ranked = np.sort(np.asarray(counts, dtype=float))
    if not ranked.sum():
        return 0.0
    shares = np.cumsum(ranked) / ranked.sum()
    return float(1 - (2 * shares.sum() - 1) / len(ranked))


class Shown:
    """What one way of choosing has shown so far."""

    def __init__(self) -> None:
        self.products: Counter[str] = Counter()
        self.relevance: list[float] = []

    def add(self, picks: Sequence[Product], brief: Brief) -> None:
        """Counts the picks, and how well each answers the best of the wishes."""
        self.products.update(p.product_id for p in picks)
        self.relevance += [max((m.strength for w in brief.interests if (m := match(p, w))), default=0.0) for p in picks]


async def measure(catalog: Catalog, asking: Asking, told: Sequence[str]) -> dict[str, Shown]:
    """What is shown for these briefs, by who chooses. Briefs that nothing fits are left out for all."""
    chance, shown = random.Random(SEED), {name: Shown() for name in (OURS, CHANCE, POPULAR)}
    gifts = [product for product in catalog if product.need == "gift"]
    for text in track(told, "Asking", console=Console(stderr=True), transient=True):
        (account,) = await asking.answers(text)
        picks = catalog.require([pick["product_id"] for pick in account["picks"]])
        brief = Brief.model_validate(account["brief"])
        fitting = admissible(gifts, brief, catalog.currency)
        number = min(len(picks), len(fitting))
        if number:
            shown[OURS].add(picks[:number], brief)
            shown[CHANCE].add(chance.sample(fitting, number), brief)
            most = sorted(fitting, key=lambda p: (-(p.rating_count or 0), p.product_id))
            shown[POPULAR].add(most[:number], brief)
    return shown


def rows(catalog: Catalog, shown: dict[str, Shown]) -> list[tuple[str, dict[str, float]]]:
    """Coverage, Gini coefficients, the share of the long tail and the mean relevance of each way of choosing."""
    gifts = [product for product in catalog if product.need == "gift"]
    tail = {p.product_id for p in sorted(gifts, key=lambda p: (p.rating_count or 0, p.product_id))[: len(gifts) // 2]}
    offered = Counter(p.brand for p in gifts)
    found = []
    for name, seen in shown.items():
        brands = Counter(dict.fromkeys(offered, 0))
        for product in gifts:
            brands[product.brand] += seen.products[product.product_id]
        total = seen.products.total()
        figures = {
            "picks": total,
            "coverage": sum(seen.products[p.product_id] > 0 for p in gifts) / len(gifts),
            "Gini, products": gini([seen.products[p.product_id] for p in gifts]),
            "Gini, brands": gini([brands[brand] / offered[brand] for brand in offered]),
            "long tail": sum(seen.products[i] for i in tail) / max(1, total),
            "relevance": float(np.mean(seen.relevance)) if seen.relevance else 0.0,
        }
        found.append((name, figures))
    return found


def main(
    briefs: Annotated[int, typer.Option(min=10, help="How many briefs are generated.")] = 400,
    picture: Annotated[Path | None, typer.Option(help="Where to draw the Lorenz curves (PNG).")] = None,
) -> None:
    """Prints how evenly recommendations fall on the catalogue."""
    quiet()
    with tempfile.TemporaryDirectory() as folder:
        catalog = curated_catalog(Path(folder))
        told = texts(catalog, briefs)
        shown = asyncio.run(measure(catalog, Asking(catalog, Path(folder)), told))
        found = rows(catalog, shown)
        if picture:
            draw(catalog, shown, picture)
    title = f"Exposure over {briefs} generated briefs"
    caption = "coverage: share of the gifts shown at all. Long tail: share of picks from the half with fewest ratings."
    table = Table(title=title, caption=caption, box=SIMPLE)
    table.add_column("chosen")
    for name in found[0][1]:
        table.add_column(name, justify="right")
    for name, figures in found:
        table.add_row(name, *(f"{value:.0f}" if key == "picks" else f"{value:.3f}" for key, value in figures.items()))
    Console().print(table)


def draw(catalog: Catalog, shown: dict[str, Shown], file: Path) -> None:
    """The Lorenz curves: which share of the picks falls on which share of the gifts, the least shown first."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    gifts = [product.product_id for product in catalog if product.need == "gift"]
    figure, axes = pyplot.subplots(figsize=(6, 5), layout="constrained")
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1, label="all the same")
    for name, seen in shown.items():
        counts = np.sort([seen.products[i] for i in gifts])
        shares = np.concatenate([[0], np.cumsum(counts) / max(1, counts.sum())])
        axes.plot(np.linspace(0, 1, len(shares)), shares, label=f"{name}, Gini {gini(counts.tolist()):.2f}")
    axes.set(xlabel="share of the gifts, the least shown first", ylabel="share of the picks", xlim=(0, 1), ylim=(0, 1))
    axes.legend(frameon=False)
    figure.savefig(file, dpi=150)
    pyplot.close(figure)


if __name__ == "__main__":
    typer.run(main)
