"""What derived aspects are measured by: coverage, hand labels, a feed's withheld fields, the gift finder's answers."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from sub_agents.gift_finder.agent import SOURCES
from tools.brief import Brief
from tools.catalog.coverage import interests_of
from tools.catalog.interface import Catalog
from tools.catalog.search.index import Filters
from tools.lexicon import all_interests
from tools.lexicon.stems import stems
from tools.planning.candidates import assess
from tools.planning.ranking import Scored
from tools.request import Request

LABELS = Path(__file__).parent.parent / "sets" / "aspect_labels.csv"

SHOWN = 3
"""Results that make a query answered, and picks of a shortlist."""

DEPTH = 10

STYLES = {
    **{"fishing": "fishing", "camping": "camping", "kayaking": "kayaking", "camera": "photography", "pet": "animals"},
    **{"strings": "music", "keys": "music", "percussion": "music", "wind": "music", "microphone": "music"},
    **{"bouquet": "flowers", "arrangement": "flowers", "plant": "houseplants", "watch": "watches"},
    **{"bracelet": "jewelry", "necklace": "jewelry", "earrings": "jewelry", "travel": "travel", "cooking": "cooking"},
}
"""The style of the retail feed, which is withheld from the import, and the interest it belongs to."""

SEASONS = {"christmas": "christmas", "halloween": "halloween", "easter": "easter", "valentine": "valentines day"}
"""The same for occasions."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares of the products with something of a kind; of the lexicon's interests, those that find enough by name."""

    interest: float
    occasion: float
    age: float
    aspect: float
    found: int
    on_topic: float


def coverage(catalog: Catalog) -> Coverage:
    """Reads the whole catalogue. ``on_topic`` is the share of briefs, one an interest, with three picks on topic."""
    products = list(catalog)
    briefs = [finder(catalog, Brief(interests=[interest])) for interest in all_interests()]
    return Coverage(
        interest=_share(bool(interests_of(p)) for p in products),
        occasion=_share(bool(p.occasions or p.derived_as("occasion")) for p in products),
        age=_share(p.age_name != "" for p in products),
        aspect=_share(bool(p.derived_as("aspect")) for p in products),
        found=sum(len(catalog.index.search([stems(i)], Filters(), SHOWN)) == SHOWN for i in all_interests()),
        on_topic=_share(sum(s.on_topic for s in found[:SHOWN]) == SHOWN for found in briefs),
    )


def finder(catalog: Catalog, brief: Brief) -> list[Scored]:
    """What the gift finder's sources and scores give for a brief of one need, best first; without the agents around."""
    request, need = Request(brief=brief), brief.wanted[0]
    rankings = [source(catalog, request, need) for source in SOURCES.values()]
    return assess(catalog, request, {need.kind: rankings}).by_need[need.kind]


def labelled(catalogs: Mapping[str, Catalog]) -> dict[str, tuple[int, int, int, int]]:
    """By catalogue: labelled pairs that are derived, those of them that are right; pairs left out, those rightly so."""
    counts = {name: [0, 0, 0, 0] for name in catalogs}
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (catalog := catalogs.get(row["catalogue"])) is None:
                continue
            product = catalog.get(row["product_id"])
            derived = product and any((i.kind, i.name) == (row["kind"], row["name"]) for i in product.derived)
            right = row["right"] == "1"
            at = 0 if derived else 2
            counts[row["catalogue"]][at] += 1
            counts[row["catalogue"]][at + 1] += right if derived else not right
    return {name: (a, b, c, d) for name, (a, b, c, d) in counts.items()}


def retail_styles(feed: Path) -> dict[str, str]:
    """The withheld style of each product of the retail feed."""
    with gzip.open(feed, "rb") as rows:
        return {row["id"]: str(row.get("style", "")) for row in yaml.load(rows, yaml.CSafeLoader)}


def withheld(catalog: Catalog, styles: Mapping[str, str]) -> dict[str, tuple[float, float, int]]:
    """By name: precision and recall of what is derived against the styles, and how many products have the style.

    Precision is a lower bound: a fishing vest is of style "jacket".
    """
    products = list(catalog)
    names = {**STYLES, **SEASONS}
    result: dict[str, tuple[float, float, int]] = {}
    for name in dict.fromkeys(names.values()):
        true = {i for i, style in styles.items() if names.get(style) == name}
        said = {p.product_id for p in products if name in p.derived_as("interest", "occasion")}
        hits = len(true & said)
        result[name] = (hits / len(said) if said else 0.0, hits / len(true) if true else 0.0, len(true))
    return result


def style_precision(catalog: Catalog, styles: Mapping[str, str]) -> tuple[float, float]:
    """Share of the first `DEPTH` finds whose withheld style agrees: mean over interests, mean over occasions."""

    def agreeing(names: Mapping[str, str], name: str, brief: Brief) -> float:
        found = finder(catalog, brief)[:DEPTH]
        return _share(names.get(styles[scored.product.product_id]) == name for scored in found)

    interests = [agreeing(STYLES, name, Brief(interests=[name])) for name in dict.fromkeys(STYLES.values())]
    seasons = [agreeing(SEASONS, n, Brief(occasion=n.replace(" ", "_"))) for n in SEASONS.values()]
    return sum(interests) / len(interests), sum(seasons) / len(seasons)


def _share(values: Iterable[bool]) -> float:
    seen = list(values)
    return sum(seen) / len(seen) if seen else 0.0
