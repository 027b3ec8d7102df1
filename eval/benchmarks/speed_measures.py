"""What is measured of one size of catalogue, each thing in a process of its own, so that its memory is its own."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from eval.benchmarks.speed_shop import queries
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import import_feed
from tools.catalog.interface import Catalog
from tools.catalog.search.free_search import FreeSearch, Hit
from tools.catalog.search.index import ANALYZER, Filters, register_analyzer
from tools.catalog.versions.changes import change_catalog
from tools.catalog.versions.store import Change
from tools.lexicon.stems import stems
from tools.money import Money

CURRENCY = "USD"
LIMIT = 50
QUERIES = 400
CLOCKS = ("", "cpu_")

Measures = dict[str, float]
Search = Callable[[str, int], Sequence[Any]]


def measured(work: Callable[..., Measures], *arguments: Any) -> Measures:
    """Runs the work in a new process; adds its peak memory as ``peak_mib``."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_with_memory, (work, arguments))


def _with_memory(work: Callable[..., Measures], arguments: tuple[Any, ...]) -> Measures:
    return work(*arguments) | {"peak_mib": _peak_bytes() / 2**20}


def _peak_bytes() -> int:
    """Peak resident memory. Linux hands the parent's down in ru_maxrss; VmHWM is this process's alone."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def importing(feed: Path, folder: Path) -> Measures:
    """Seconds to import the feed, rows a second, and MiB on disk."""
    started = time.perf_counter()
    rows = import_feed([feed], folder, currency=CURRENCY).rows
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "rows_per_s": rows / seconds, "disk_mib": _disk_bytes(folder) / 2**20}


def searching(folder: Path) -> Measures:
    """A server's process that searches; only its memory is of interest."""
    for search in _searches(FolderCatalog.open(folder)).values():
        for query, cents in queries(QUERIES):
            search(query, cents)
    return {}


def comparing(folder: Path, raw: Path) -> Measures:
    """Milliseconds of a search in ours and in the raw index, by turns: what else runs on the machine slows all.

    Processor time (``cpu_``) beside what the clock says: on a busy machine the latter counts waiting for others.
    """
    searches = _searches(FolderCatalog.open(folder)) | {"raw": _raw_search(raw)}
    asked = list(queries(2 * QUERIES))
    for query, cents in asked[QUERIES:]:  # the files are in memory then, as a server's are
        for search in searches.values():
            search(query, cents)
    taken: dict[str, list[float]] = {f"{clock}{name}": [] for clock in CLOCKS for name in searches}
    for query, cents in asked[:QUERIES]:
        for name, search in searches.items():
            seconds, processor = time.perf_counter(), time.process_time()
            search(query, cents)
            taken[f"cpu_{name}"].append(1000 * (time.process_time() - processor))
            taken[name].append(1000 * (time.perf_counter() - seconds))
    measures = ends(taken)
    return measures | {
        f"{clock}{name}_ratio_{p}": measures[f"{clock}{name}_{p}"] / measures[f"{clock}raw_{p}"]
        for clock in CLOCKS
        for name in ("ours", "products", "index")
        for p in ("p50", "p95")
    }


def ends(taken: dict[str, list[float]]) -> Measures:
    """The median and the 95th percentile of each."""
    cuts = {name: statistics.quantiles(values, n=20) for name, values in taken.items()}
    return {f"{name}_{p}": cut[at] for name, cut in cuts.items() for p, at in (("p50", 9), ("p95", 18))}


def _searches(catalog: FolderCatalog) -> dict[str, Search]:
    """The 50 best products below a price that are in stock, as `python -m tools.catalog search` finds them.

    Of each hit "ours" reads the id and the score, as every caller does, "products" the whole product; "index" is the
    text index alone, with the products, as each of the gift finder's sources asks it.
    """
    free = FreeSearch(catalog)

    def hits(query: str, cents: int) -> list[Hit]:
        return free.search(query, Filters(currency=CURRENCY, price_max=cents), LIMIT)

    def by_words(query: str, cents: int) -> Sequence[Any]:
        return catalog.index.search([stems(query)], Filters(currency=CURRENCY, price_max=cents), LIMIT)

    return {
        "ours": lambda query, cents: [(hit.product_id, hit.score) for hit in hits(query, cents)],
        "products": lambda query, cents: [(hit.product, hit.score) for hit in hits(query, cents)],
        "index": by_words,
    }


def _raw_search(raw: Path) -> Search:
    """The same in plain tantivy: the text, the price, and the stored products as they are."""
    index = tantivy.Index.open(str(raw))
    register_analyzer(index)
    searcher, schema = index.searcher(), _raw_schema()

    def search(query: str, cents: int) -> list[str]:
        words = [(Occur.Must, Query.term_query(schema, "text", stem)) for stem in stems(query)]
        below = Query.range_query(schema, "price", FieldType.Integer, 0, cents)
        hits = searcher.search(Query.boolean_query([*words, (Occur.Must, below)]), LIMIT, count=False).hits
        return [searcher.doc(address)["product"][0] for _, address in hits]

    return search


def building_raw(folder: Path, raw: Path) -> Measures:
    """Seconds to put the same products into a tantivy index of one text field and the price."""
    started = time.perf_counter()
    raw.mkdir()
    index = tantivy.Index(_raw_schema(), path=str(raw))
    register_analyzer(index)
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    for product in FolderCatalog.open(folder):
        text = " ".join((product.title, product.description, product.category, product.brand, *product.tags))
        stored = product.model_dump_json(exclude_defaults=True)
        document = tantivy.Document(product=stored, text=text, price=product.price.minor)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    return {"seconds": time.perf_counter() - started, "disk_mib": _disk_bytes(raw) / 2**20}


def changing(folder: Path) -> Measures:
    """Median milliseconds until a new price serves, and until a server has it open."""
    changes, openings = [], []
    for cents in range(100, 105):
        price = Money.of(f"{cents}.00", CURRENCY)
        started = time.perf_counter()
        change_catalog(folder, lambda catalog, price=price: _repriced(catalog, price))
        changed = time.perf_counter()
        FolderCatalog.open(folder)
        changes.append(1000 * (changed - started))
        openings.append(1000 * (time.perf_counter() - changed))
    return {"change_ms": statistics.median(changes), "open_ms": statistics.median(openings)}


def _repriced(catalog: Catalog, price: Money) -> list[Change]:
    (product,) = catalog.require(["p0"])
    return [Change(kind="update", product_id="p0", product=product.model_copy(update={"price": price}))]


def _raw_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("product", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name=ANALYZER)
    builder.add_integer_field("price", indexed=True, fast=True)
    return builder.build()


def _disk_bytes(folder: Path) -> int:
    files = {stat.st_ino: stat.st_size for path in folder.rglob("*") if path.is_file() and (stat := path.stat())}
    return sum(files.values())
