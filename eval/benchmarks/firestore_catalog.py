"""`python -m eval.benchmarks.firestore_catalog`: what a catalogue in Firestore costs in reads.

Reads are counted as Firestore bills documents. Seconds are the emulator's, which has no indexes and looks at every
product for every word: they say nothing of Firestore. The larger catalogue is the shipped one several times over at
other prices, so that a shopper's words are as common in it; its queries are answered in memory (`firestore_stand_in`).
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.firestore_stand_in import Memory, in_memory
from eval.emulator import start_emulator
from tools.brief import Brief, Budget, Need, Recipient
from tools.catalog.curated import curated_catalog
from tools.catalog.firestore.address import Address
from tools.catalog.firestore.catalog import FirestoreCatalog
from tools.catalog.firestore.changing import change_firestore
from tools.catalog.firestore.writing import publish
from tools.catalog.folder import Manifest
from tools.catalog.search.index import Filters
from tools.catalog.versions.changes import upserts
from tools.lexicon.stems import stems
from tools.money import Money
from tools.planning import retrieval
from tools.planning.candidates import assess
from tools.planning.decision import decide, enough
from tools.product import Product
from tools.request import Request

SEARCHES = ("tea", "board game", "gardening gloves", "wooden puzzle", "jazz", "watercolor paint")
QUERIES = ("tea set under 40", "board game for a 7 year old", "gardening gloves", "wooden puzzle", "red running jacket")
BRIEFS = {
    "gardening, up to 60": Brief(
        interests=["gardening"], recipient=Recipient(relation="father"), budget=Budget(max=Decimal(60))
    ),
    "tea and yoga, no nuts": Brief(interests=["tea", "yoga"], allergies=["nuts"], budget=Budget(max=Decimal(50))),
    "nothing fits": Brief(interests=["jazz"], budget=Budget(max=Decimal(2))),
    "party for 8": Brief(
        theme="dinosaurs",
        recipient=Recipient(age_years=6),
        budget=Budget(max=Decimal(120)),
        needs=[Need(kind="cake"), Need(kind="decorations"), Need(kind="favours", quantity=8)],
    ),
}
Measured = dict[str, tuple[str, float]]
"""What was done -> its reads, and seconds."""


def main(
    size: Annotated[int, typer.Option(min=1000, help="Products of the larger catalogue.")] = 10_000,
) -> None:
    """Measures the shipped catalogue on the emulator, and counts the reads of a larger one."""
    console, found = Console(), dict[str, Measured]()
    with tempfile.TemporaryDirectory() as folder, Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("the shipped catalogue, on the emulator", total=3)
        shipped = curated_catalog(Path(folder))
        products = list(shipped)
        with start_emulator() as emulator:
            os.environ["FIRESTORE_EMULATOR_HOST"] = emulator
            found[f"{len(products):,}, emulator"] = _on_the_emulator(products, shipped.manifest)
        progress.update(task, advance=1, description="the same, counted in memory")
        for count in (len(products), size):
            memory = Memory(_many(products, count))
            found[f"{count:,}, counted"] = _searches(lambda memory=memory: in_memory(memory, shipped.manifest))
            progress.update(task, advance=1, description=f"{size:,} products, counted in memory")
    console.print(_table(found))


def _on_the_emulator(products: list[Product], manifest: Manifest) -> Measured:
    address = Address("benchmark", "shop")
    started = time.perf_counter()
    publish(address, products, manifest)
    found: Measured = {"import": ("", time.perf_counter() - started)}
    opened = FirestoreCatalog.open(address)
    found["open, and the words"] = _timed(opened, lambda: opened.index.words)

    def fresh() -> FirestoreCatalog:
        shop = FirestoreCatalog.open(address)
        _ = shop.index.words
        return shop

    found |= _searches(fresh)
    product = products[0].model_copy(update={"price": Money.of("3.33", opened.currency)})
    started = time.perf_counter()
    change_firestore(address, upserts([product]))
    found["a new price, until it serves"] = ("", time.perf_counter() - started)
    found["a look for changes"] = _timed(opened, opened.marker)
    return found


def _many(products: list[Product], size: int) -> Iterator[Product]:
    for number in range(size):
        round_, at = divmod(number, len(products))
        one = products[at]
        price = Money.of(round(one.price.amount * (Decimal(100 + 7 * round_) / 100), 2), one.price.currency)
        product_id = f"{one.product_id}-{round_}" if round_ else one.product_id
        yield one.model_copy(update={"product_id": product_id, "price": price})


def _searches(fresh: Callable[[], FirestoreCatalog]) -> Measured:
    """``fresh`` opens the catalogue as a process finds it that has read nothing but the words."""
    filters = Filters(currency=fresh().currency, need="gift", price_max=6000)
    found: Measured = {}
    found |= _each("a search of 24, first", fresh, SEARCHES, lambda shop, text: _searched(shop, text, filters))
    found |= _each("a free search of 10, first", fresh, QUERIES, _asked)
    found |= _each("the 8 cheapest, first", fresh, [""], lambda shop, _: shop.index.cheapest(filters, 8))
    server = fresh()
    for name, brief in BRIEFS.items():
        found[f"turn: {name}"] = _timed(server, lambda brief=brief: _recommended(server, brief))
    for name, brief in BRIEFS.items():
        found[f"again: {name}"] = _timed(server, lambda brief=brief: _recommended(server, brief))
    return found


def _each(
    name: str,
    fresh: Callable[[], FirestoreCatalog],
    texts: Sequence[str],
    act: Callable[[FirestoreCatalog, str], Any],
) -> Measured:
    """The median over the texts, and the most, each asked of a fresh catalogue."""
    measured = [_timed(shop, lambda shop=shop, text=text: act(shop, text)) for text in texts if (shop := fresh())]
    reads = [int(one) for one, _ in measured]
    told = f"{statistics.median(reads):.0f}" + (f" (most {max(reads)})" if len(reads) > 1 else "")
    return {name: (told, statistics.median(seconds for _, seconds in measured))}


def _timed(shop: FirestoreCatalog, act: Callable[[], Any]) -> tuple[str, float]:
    before, started = shop.reads.count, time.perf_counter()
    act()
    return f"{shop.reads.count - before}", time.perf_counter() - started


def _searched(shop: FirestoreCatalog, text: str, filters: Filters) -> None:
    shop.index.search([stems(text)], filters, retrieval.SHORTLIST_DEPTH)


def _asked(shop: FirestoreCatalog, text: str) -> None:
    shop.free_search().search(text, Filters(currency=shop.currency), 10)


def _recommended(shop: FirestoreCatalog, brief: Brief) -> None:
    """A recommendation as the agents make it: the sources, what they found, widened where it is too little, decided."""
    request = Request(brief=brief)
    while True:
        found: dict[Any, list[list[str]]] = {}
        for need in brief.wanted:
            texts = [retrieval.by_text(shop, request, need, wish) for wish in retrieval.wishes(request, need)]
            others = (retrieval.by_likeness, retrieval.by_occasion, retrieval.by_price)
            found[need.kind] = [retrieval.fuse(texts), *(source(shop, request, need) for source in others)]
        candidates = assess(shop, request, found)
        if enough(request, candidates):
            decide(shop, request, candidates)
            return
        request = request.model_copy(update={"widened": request.widened + 1})


def _table(found: dict[str, Measured]) -> Table:
    table = Table(title="A catalogue in Firestore: reads", box=SIMPLE, title_justify="left", pad_edge=False)
    table.add_column("")
    for name in found:
        table.add_column(name, justify="right")
    (first, measured), *_ = found.items()
    table.add_column(f"{first}, s", justify="right")
    for name, (_, seconds) in measured.items():
        told = [one[name][0] if name in one else "" for one in found.values()]
        table.add_row(name, *told, f"{seconds:.3f}")
    return table


if __name__ == "__main__":
    typer.run(main)
