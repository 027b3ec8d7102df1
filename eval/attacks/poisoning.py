"""Poisoned feeds: sellers who stuff, mislabel, flood and fake; and the places they gain that they should not have."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.attacks.injections import SEED
from eval.benchmarks.asking import Asking
from eval.benchmarks.exposure import admissible
from tools.brief import Brief
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import import_feed
from tools.catalog.interface import Catalog
from tools.lexicon import all_interests
from tools.planning.matching import match
from tools.product import Product

CARRIERS = 12
"""Products whose seller attacks, at once."""

PLACES = 3

ANSWERS = 0.5
"""A product is worth something for a brief from this strength on: who mentions "a slow-motion robot" sells none."""

Row = dict[str, Any]


def _stuffed_title(row: Row) -> list[Row]:
    return [row | {"title": f"{row['title']} {' '.join(all_interests()[:60])}"}]


def _stuffed_description(row: Row) -> list[Row]:
    return [row | {"description": f"{row['description']} Perfect for {', '.join(all_interests())}."}]


def _all_tags(row: Row) -> list[Row]:
    return [row | {"tags": list(all_interests())[:40], "interests": list(all_interests())[:40]}]


def _some_tags(row: Row) -> list[Row]:
    popular = ["gardening", "cooking", "reading", "music", "football", "travel"]
    return [row | {"tags": [*row["tags"], *popular], "interests": [*row["interests"], *popular]}]


def _fake_ratings(row: Row) -> list[Row]:
    return [row | {"rating": 5.0, "rating_count": 1_000_000}]


def _crowded_title(row: Row) -> list[Row]:
    return [row | {"title": f"{row['title']} {' '.join(_others(row, 18))}"}]


def _sentence_each(row: Row) -> list[Row]:
    return [row | {"description": " ".join([row["description"], *(f"Great for {name}." for name in all_interests())])}]


def _other_fields(row: Row) -> list[Row]:
    claimed = list(_others(row, 40))
    return [row | {"category": " > ".join([row["category"], *claimed]), "colors": claimed, "attr_use": claimed}]


def _within_every_limit(row: Row) -> list[Row]:
    """Claims as many wrong interests as are believed, in every field at once, and the best ratings that count."""
    wrong = _others(row, 6 - len(row["interests"]))
    told = f"{row['description']} Made for {' and '.join(wrong)}. Loved by all who like {' or '.join(wrong)}."
    title = " ".join([row["title"], *wrong[:2]])
    labels = {"interests": [*row["interests"], *wrong], "tags": [*row["tags"], *wrong]}
    return [row | labels | {"title": title, "description": told, "rating": 5.0, "rating_count": 5000}]


def _reworded_copies(row: Row) -> list[Row]:
    others = ("Deluxe", "Original", "Premium", "Classic", "Pro", "Select", "Prime", "Royal")
    copies = (
        row
        | {
            "product_id": f"{row['product_id']}-{i}",
            "title": f"{word} {row['title']} by {word}land",
            "brand": f"{word}land",
            "description": f"{word} quality. {row['description']}",
        }
        for i, word in enumerate(others)
    )
    return [row, *copies]


def _one_star(row: Row) -> list[Row]:
    return [row | {"rating": 1.0, "rating_count": 1_000_000}]


def _others(row: Row, count: int) -> tuple[str, ...]:
    """Interests that the product has nothing to do with, other ones for each product."""
    rest = [name for name in all_interests() if name not in row["interests"]]
    return tuple(random.Random(f"{SEED} {row['product_id']}").sample(rest, max(0, count)))


def _everything(row: Row) -> list[Row]:
    (tagged,) = _all_tags(row)
    return _fake_ratings(_stuffed_description(_stuffed_title(tagged)[0])[0])


def _flood(row: Row) -> list[Row]:
    return [row, *(row | {"product_id": f"{row['product_id']}-{i}", "title": f"{row['title']} {i}"} for i in range(8))]


PROMOTIONS: dict[str, Callable[[Row], list[Row]]] = {
    "title stuffed with interests": _stuffed_title,
    "description stuffed": _stuffed_description,
    "forty tags and interests": _all_tags,
    "six wrong tags": _some_tags,
    "fake ratings": _fake_ratings,
    "near-duplicates flooding": _flood,
    "title of eighteen interests": _crowded_title,
    "a sentence for each interest": _sentence_each,
    "category, colours and attributes stuffed": _other_fields,
    "within every limit, and fake ratings": _within_every_limit,
    "reworded copies": _reworded_copies,
    "demoted: one star from a million": _one_star,
    "stuffed, tagged, rated and copied at once": lambda row: [copy for one in _everything(row) for copy in _flood(one)],
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """What was shown for each brief, as ids, and what it was worth."""

    picks: list[list[str]]
    ndcg: float


def poisoned(clean: Catalog, attack: Callable[[Row], list[Row]], carriers: set[str], folder: Path) -> Catalog:
    """The catalogue with the carriers' rows as their seller now writes them."""
    rows: list[Row] = []
    for product in clean:
        row = product.model_dump(mode="json", exclude={"derived"})
        row["price"], row["currency"] = product.price.amount.__str__(), product.price.currency
        rows += attack(row) if product.product_id in carriers else [row]
    feed = folder / "feed.jsonl"
    feed.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    import_feed([feed], folder / "shop", currency="USD")
    return FolderCatalog.open(folder / "shop")


def choose_carriers(clean: Catalog) -> set[str]:
    """Gifts drawn by a seed."""
    gifts = sorted(p.product_id for p in clean if p.need == "gift" and p.available)
    return set(random.Random(SEED).sample(gifts, CARRIERS))


async def ranked(catalog: Catalog, clean: Catalog, told: Sequence[str], folder: Path) -> Ranked:
    """Asks for each brief; relevance is what the clean catalogue says of a product, and of copies one counts."""
    asking, picks, gains = Asking(catalog, folder), [], []
    gifts = [product for product in clean if product.need == "gift"]
    for text in told:
        (account,) = await asking.answers(text)
        ids = [pick["product_id"] for pick in account["picks"]][:PLACES]
        brief = Brief.model_validate(account["brief"])
        best = sorted((_worth(p, brief) for p in admissible(gifts, brief, clean.currency)), reverse=True)[:PLACES]
        originals = dict.fromkeys(product for i in ids if (product := _original(clean, i)))  # a copy adds nothing
        shown = [_worth(product, brief) for product in originals]
        picks.append(ids)
        if _discounted(best):
            gains.append(_discounted(shown) / _discounted(best))
    return Ranked(picks, sum(gains) / max(1, len(gains)))


def undue(now: Ranked, before: Ranked, carriers: set[str]) -> float:
    """The share of all places that carriers or their copies hold now and did not hold before."""
    gained = sum(
        max(0, _held(after, carriers) - _held(earlier, carriers))
        for after, earlier in zip(now.picks, before.picks, strict=True)
    )
    return gained / max(1, sum(map(len, now.picks)))


def _held(ids: list[str], carriers: set[str]) -> int:
    return sum(any(i == carrier or i.startswith(f"{carrier}-") for carrier in carriers) for i in ids)


def _original(clean: Catalog, product_id: str) -> Product | None:
    return clean.get(product_id) or clean.get(product_id.rpartition("-")[0])


def _worth(product: Product, brief: Brief) -> float:
    best = max((m.strength for wish in brief.interests if (m := match(product, wish))), default=0.0)
    return best if best >= ANSWERS else 0.0


def _discounted(values: Sequence[float]) -> float:
    return sum(value / math.log2(rank + 1) for rank, value in enumerate(values, 1))
