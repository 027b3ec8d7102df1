"""`python -m eval.benchmarks.firestore_catalog`: what a catalogue in Firestore costs in reads, on the emulator.

Reads are counted as Firestore bills documents, and would be the same there. Milliseconds are the emulator's, which has
no indexes and looks at every product for every word: they say nothing of Firestore. The larger catalogue is the shipped
one several times over at other prices, so that a shopper's words are as common in it as in the shipped one.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.emulator import start_emulator
from tools.brief import Brief, Budget, Need, Recipient
from tools.catalog.catalog import Catalog, Manifest
from tools.catalog.curated import curated_catalog
from tools.catalog.firestore import connection
from tools.catalog.firestore.address import Address
from tools.catalog.firestore.catalog import FirestoreCatalog
from tools.catalog.firestore.changing import change_firestore
from tools.catalog.firestore.writing import publish
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
EMULATOR_S = 300.0
"""How long one call may take here, instead of ten seconds."""

Measured = dict[str, tuple[str, str]]
"""What was done -> reads and seconds, as text."""


def main(
    size: Annotated[int, typer.Option(min=1000, help="Products of the larger catalogue.")] = 10_000,
    turns: Annotated[bool, typer.Option(help="Recommendations too; minutes each on the emulator at 10,000.")] = True,
) -> None:
    """Measures the shipped catalogue and a larger one."""
    console = Console()
    connection.CALL_S, connection.RETRY_FOR_S = EMULATOR_S, EMULATOR_S
    with tempfile.TemporaryDirectory() as folder, start_emulator() as emulator:
        os.environ["FIRESTORE_EMULATOR_HOST"] = emulator
        shipped = curated_catalog(Path(folder))
        count = len(list(shipped))
        for products, wanted in ((shipped, count), (_many(shipped, size), size)):
            with Progress(console=Console(stderr=True), transient=True) as progress:
                task = progress.add_task(f"{wanted:,} products", total=None)
                found = _measure(
                    products,
                    wanted,
                    shipped.manifest,
                    turns,
                    lambda doing, progress=progress, task=task: progress.update(task, description=doing),
                )
            console.print(_table(f"{wanted:,} products", found))


def _many(catalog: Catalog, size: int) -> Iterator[Product]:
    products = list(catalog)
    for number in range(size):
        round_, at = divmod(number, len(products))
        one = products[at]
        price = Money.of(round(one.price.amount * (Decimal(100 + 7 * round_) / 100), 2), one.price.currency)
        yield one.model_copy(update={"product_id": f"{one.product_id}-{round_}", "price": price})


def _measure(products: Any, size: int, manifest: Manifest, turns: bool, advance: Callable[[str], None]) -> Measured:
    address = Address("benchmark", f"shop-{size}")
    advance(f"{size:,}: writing")
    started = time.perf_counter()
    publish(address, products, manifest)
    found: Measured = {"import (writes)": (f"{size:,}", f"{time.perf_counter() - started:.1f}")}
    shop = FirestoreCatalog.open(address)
    found["open, and the words"] = _timed(shop, lambda: shop.index.words)
    filters = Filters(currency=shop.currency, need="gift", price_max=6000)
    advance(f"{size:,}: searching")
    found |= _each("search of 24, first", address, SEARCHES, lambda shop, text: _searched(shop, text, filters))
    found |= _each("free search of 10, first", address, QUERIES, lambda shop, text: _asked(shop, text))
    found |= _each("the 8 cheapest, first", address, [""], lambda shop, _: shop.index.cheapest(filters, 8))
    found |= _each("a product by id", address, [""], lambda shop, _: shop.get("nowhere"))
    if turns:
        server = FirestoreCatalog.open(address)
        _ = server.index.words
        for name, brief in BRIEFS.items():
            advance(f"{size:,}: {name}")
            found[f"turn: {name}"] = _timed(server, lambda brief=brief: _recommended(server, brief))
        brief = next(iter(BRIEFS.values()))
        found["turn: the first again"] = _timed(server, lambda: _recommended(server, brief))
    advance(f"{size:,}: a new price")
    (first,) = shop.index.cheapest(Filters(), 1)
    dearer = first[0].model_copy(update={"price": Money.of("3.33", shop.currency)})
    started = time.perf_counter()
    change_firestore(address, upserts([dearer]))
    found["a new price, until it serves"] = ("", f"{time.perf_counter() - started:.2f}")
    found["a look for changes"] = _timed(shop, shop.marker)
    return found


def _each(name: str, address: Address, texts: Any, act: Callable[[FirestoreCatalog, str], Any]) -> Measured:
    """The median and the most over the texts, each asked of a catalogue that has read nothing but the words."""
    reads, seconds = [], []
    for text in texts:
        shop = FirestoreCatalog.open(address)
        _ = shop.index.words
        before, started = shop.reads.count, time.perf_counter()
        act(shop, text)
        reads.append(shop.reads.count - before)
        seconds.append(time.perf_counter() - started)
    median = f"{statistics.median(reads):.0f}" + (f", most {max(reads)}" if len(reads) > 1 else "")
    return {name: (median, f"{statistics.median(seconds):.3f}")}


def _timed(shop: FirestoreCatalog, act: Callable[[], Any]) -> tuple[str, str]:
    before, started = shop.reads.count, time.perf_counter()
    act()
    return f"{shop.reads.count - before:,}", f"{time.perf_counter() - started:.3f}"


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
            texts = [retrieval.by_text(shop, request, need, wish) for wish in retrieval.wishes(request)]
            others = (retrieval.by_likeness, retrieval.by_occasion, retrieval.by_price)
            found[need.kind] = [retrieval.fuse(texts), *(source(shop, request, need) for source in others)]
        candidates = assess(shop, request, found)
        if enough(request, candidates):
            decide(shop, request, candidates)
            return
        request = request.model_copy(update={"widened": request.widened + 1})


def _table(title: str, found: Measured) -> Table:
    table = Table(title=title, box=SIMPLE, title_justify="left", pad_edge=False)
    for name in ("", "reads", "seconds on the emulator"):
        table.add_column(name, justify="right" if name else "left")
    for name, (reads, seconds) in found.items():
        table.add_row(name, reads, seconds)
    return table


if __name__ == "__main__":
    typer.run(main)
