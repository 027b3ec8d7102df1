"""The model's tier: a model reads texts in batches, each product once for each content, and the catalogue is changed.

A model is whatever answers `AspectModel`; what it says is tested as if a stranger had said it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter

from tools.catalog.aspects.admission import admitted, field_texts, limited
from tools.catalog.aspects.vocabulary import names
from tools.catalog.folder import FolderCatalog
from tools.catalog.interface import Catalog
from tools.catalog.versions.changes import change_catalog
from tools.catalog.versions.store import Change
from tools.product import Derived, Product

BATCH = 20
"""Products a call: some 3,000 tokens of texts of usual length."""

GIVE_UP_AFTER = 3
"""Failed calls in a row after which the model counts as down, and the rest waits for the next run."""

_ITEMS = TypeAdapter(list[Derived])

Findings = Mapping[str, Sequence[Derived]]
"""What a model says of products, by their ids."""


class AspectModel(Protocol):
    """Reads product texts. ``name`` tells models and their instructions apart: a new one reads everything anew."""

    @property
    def name(self) -> str:
        """The model, and the version of what it is told."""
        ...

    def read(self, products: Sequence[Product]) -> Findings:
        """What the texts support. A product left out was not read. Raises AspectModelError when nothing came of it."""
        ...


class AspectModelError(Exception):
    """A call gave nothing usable; the message says why in a few words."""


@dataclass(slots=True)
class EnrichSummary:
    """``products == known + read + unread``; ``refused`` counts items by reason, ``failed`` the calls by cause."""

    products: int = 0
    known: int = 0
    read: int = 0
    calls: int = 0
    changed: int = 0
    items: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def unread(self) -> int:
        """Products the model has not been asked about, or not with success."""
        return self.products - self.known - self.read


def content_key(product: Product, reader: str) -> str:
    """Changes with the texts that are read, with who reads them and with the names there are to choose from."""
    told = [reader, sorted(names().items()), list(field_texts(product))]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def enrich(
    folder: Path, model: AspectModel, cache: Path, *, max_calls: int, on_product: Callable[[int], None] = lambda _: None
) -> EnrichSummary:
    """Adds what the model reads to the products of a catalogue, atomically, beside what the rules found.

    ``cache`` is a file of all answers by `content_key`: what did not change is never asked again, and what a run that
    was stopped had learned is kept. ``on_product`` is told of progress. Raises CatalogError as `change_catalog` does.
    """
    summary = EnrichSummary()
    cache.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(cache, isolation_level=None)) as answers:
        answers.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, items TEXT) WITHOUT ROWID")
        unknown = _unknown(FolderCatalog.open(folder), model, answers, summary, on_product)
        _ask(unknown, model, answers, summary, max_calls, on_product)
        changes = change_catalog(folder, lambda catalog: list(_changes(catalog, model, answers, summary)))
    summary.changed = len(changes)
    return summary


def _unknown(
    products: Iterable[Product],
    model: AspectModel,
    answers: sqlite3.Connection,
    summary: EnrichSummary,
    on_product: Callable[[int], None],
) -> Iterator[Product]:
    for product in products:
        summary.products += 1
        if _answer(product, model, answers) is None:
            yield product
        else:
            summary.known += 1
            on_product(1)


def _ask(
    products: Iterator[Product],
    model: AspectModel,
    answers: sqlite3.Connection,
    summary: EnrichSummary,
    max_calls: int,
    on_product: Callable[[int], None],
) -> None:
    in_a_row = 0
    batches = iter(lambda: list(islice(products, BATCH)), [])
    for batch in islice(batches, max_calls):
        summary.calls += 1
        try:
            found = model.read(batch)
            in_a_row = 0
        except AspectModelError as error:
            summary.failed[str(error)] += 1
            in_a_row += 1
            if in_a_row == GIVE_UP_AFTER:
                break
            continue
        for product in batch:
            if product.product_id in found:
                summary.read += 1
                items = _ITEMS.dump_json(list(found[product.product_id])).decode()
                key = content_key(product, model.name)
                answers.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, items))
        on_product(len(batch))
    for rest in batches:  # counted, not read
        on_product(len(rest))


def _answer(product: Product, model: AspectModel, answers: sqlite3.Connection) -> list[Derived] | None:
    row = answers.execute("SELECT items FROM answers WHERE key = ?", (content_key(product, model.name),)).fetchone()
    return _ITEMS.validate_json(row[0]) if row else None


def _changes(
    catalog: Catalog, model: AspectModel, answers: sqlite3.Connection, summary: EnrichSummary
) -> Iterator[Change]:
    """Looks every product up again: its text may have changed while the model read."""
    for product in catalog:
        if items := _answer(product, model, answers):
            kept = admitted(product, items, summary.refused)
            summary.items += len(kept)
            derived = limited([*product.derived, *kept])
            if derived != product.derived:
                after = product.model_copy(update={"derived": derived})
                yield Change(kind="update", product_id=product.product_id, product=after)
