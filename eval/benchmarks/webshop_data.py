"""The WebShop sample (princeton-nlp/WebShop, MIT): our feed of its products, its goals, and its reward.

Goals are made as WebShop makes them: the product's instruction, one choice of its options, and a price limit a little
above its price (Yao et al., "WebShop: Towards Scalable Real-World Web Interaction with Grounded Language Agents",
2022).
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import import_feed
from tools.catalog.interface import Catalog
from tools.lexicon.stems import stems

CURRENCY = "USD"
DEFAULT_PRICE = 100.0
"""What WebShop states where the price is not known: such goals have no price limit, and no filter finds out more."""

LIMITS = [10.0 * step for step in range(1, 100)]
"""WebShop's price limits; of the first four above the price two are drawn, and the higher one counts."""

FILE = "webshop1k.json.gz"
SEED = 7

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted. ``price_max`` is in dollars, infinite where the goal states none."""

    asin: str
    instruction: str
    attributes: tuple[str, ...]
    options: tuple[str, ...]
    price_max: float


def read_records(folder: Path) -> list[dict[str, Any]]:
    """The products with their goals, as they are."""
    return json.loads(gzip.decompress((folder / FILE).read_bytes()))


def price_of(record: Record) -> float:
    """The price in dollars, of a range the lower end."""
    return min(record["price"])


def read_goals(records: Iterable[Record]) -> list[Goal]:
    """All goals, the same at every call: one of each product that has an instruction, and those people wrote."""
    draw = random.Random(SEED)
    goals = []
    for record in records:
        if record["goal"]:
            chosen = {name: draw.choice(record["options"][name]) for name in sorted(record["options"])}
            told = ", and ".join(f"{name}: {value}" for name, value in chosen.items())
            text = record["goal"].strip(".") + (f" with {told}" if told else "")
            goals.append(_priced(record, text, record["goal_attributes"], chosen.values(), draw))
        for one in record["human_goals"] or ():
            text = one["instruction"].strip(".")
            goals.append(_priced(record, text, one["instruction_attributes"], one["instruction_options"], draw))
    return goals


def _priced(record: Record, text: str, attributes: Iterable[str], options: Iterable[str], draw: random.Random) -> Goal:
    price, limit = price_of(record), float("inf")
    above = [step for step in LIMITS if step > price][:4]
    if price != DEFAULT_PRICE and len(above) > 1:
        limit = max(draw.sample(above, 2))
        text += f", and price lower than {limit:.2f} dollars"
    return Goal(record["asin"], text, tuple(attributes), tuple(filter(None, options)), limit)


def as_feed_row(record: Record) -> dict[str, Any]:
    """One product as a row of our own feed format; neither its annotated attributes nor the query that found it."""
    options = [f"{name}: {', '.join(values)}" for name, values in record["options"].items()]
    return {
        "product_id": record["asin"],
        "title": record["title"],
        "description": ". ".join([record["description"], *record["bullets"], *options]),
        "category": " > ".join(step.strip() for step in record["path"].split("›")),
        "colors": record["options"].get("color", []),
        "price": f"{price_of(record):.2f}",
        "currency": CURRENCY,
        "rating": record["rating"],
    }


def plain_text(record: Record) -> str:
    """What the plain baseline reads: the same words."""
    row = as_feed_row(record)
    return " ".join((row["title"], row["description"], row["category"]))


def import_webshop(records: Iterable[Record], to: Path) -> Catalog:
    """Makes ``to`` a catalogue of the products, through the same import as any shop's feed."""
    feed = to.with_name(f"{to.name}-feed.jsonl")
    with feed.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(as_feed_row(record)) + "\n" for record in records)
    import_feed([feed], to)
    return FolderCatalog.open(to)


def reward(goal: Goal, wanted: Record, bought: Record) -> float:
    """WebShop's reward for buying ``bought``, with its best options chosen, 0 to 1.

    The share of attributes, options and the price limit that are met, times how far the type is right. In two places
    simpler than the original: for two texts to match, the words of one must be among those of the other (it takes a
    fuzzy ratio above 85, which is 100 then), and all words of a title count (it takes the nouns that spaCy finds).
    """
    texts = " ".join((bought["title"], bought["description"], *bought["bullets"])).lower()
    met = sum(
        any(_alike(attribute, other) for other in bought["attributes"]) or attribute.lower() in texts
        for attribute in goal.attributes
    )
    offered = [value for values in bought["options"].values() for value in values]
    met += sum(any(_alike(option, value) for value in offered) for option in goal.options)
    met += price_of(bought) <= goal.price_max
    return _right_type(wanted, bought) * met / (len(goal.attributes) + len(goal.options) + 1)


def _right_type(wanted: Record, bought: Record) -> float:
    asked, title = set(stems(wanted["title"])), set(stems(bought["title"]))
    shared = len(asked & title) / len(asked) if asked else 0.2
    if shared == 0:
        return 0.0
    if shared < 0.1:
        return 0.1
    paths = [{step.strip() for step in record["path"].split("›")} for record in (wanted, bought)]
    return 1.0 if wanted["query"] == bought["query"] or len(paths[0] & paths[1]) >= 2 else 0.5


def _alike(one: str, other: str) -> bool:
    first, second = set(stems(one)), set(stems(other))
    return bool(first and second) and (first <= second or second <= first)
