"""Changing a catalogue that serves: products added, updated and removed by id, all of a call's or none.

A small change is written into a copy of the index, whose files are hard links to the old ones, so a price among a
million products costs no more than the log of changes. Beyond a tenth of the catalogue it is written anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tools.catalog.folder import FolderCatalog, Manifest, main_currency, write_manifest
from tools.catalog.intake.variants import with_variants
from tools.catalog.interface import Catalog
from tools.catalog.layout import CHANGES, INDEX, VECTORS
from tools.catalog.search.index import build_index, update_index
from tools.catalog.versions.generations import WAIT_S, link_files, new_generation, write_lock
from tools.catalog.versions.store import Change, append_changes, stored_products, write_products
from tools.errors import CatalogError
from tools.product import Product

if TYPE_CHECKING:
    from tools.catalog.embedding.embedder import Embedder

REBUILD_SHARE = 0.1
"""Share of the catalogue that may stand in the log. Deleted products count in an index's statistics until then."""

Plan = Callable[[Catalog], Sequence[Change]]
"""Decides on the changes when it has seen the catalogue that nobody else can change meanwhile."""


def change_catalog(
    folder: Path,
    plan: Plan,
    *,
    wait_s: float = WAIT_S,
    rebuild_share: float = REBUILD_SHARE,
    also: Callable[[Path], None] | None = None,
    embedder: Embedder | None = None,
) -> Sequence[Change]:
    """Applies what ``plan`` decides on, atomically, and returns it. An empty plan changes nothing.

    ``also`` may write further files of the new generation. Where the catalogue has vectors, ``embedder`` makes those of
    new texts.

    Raises CatalogError: no catalogue there, another writer at work for ``wait_s`` seconds, an id that is added twice,
    or updated or removed without being there; new texts without the embedder that made the vectors.
    """
    FolderCatalog.open(folder)  # a lock would make the folder
    with write_lock(folder, wait_s):
        current = FolderCatalog.open(folder)
        changes = plan(current)
        if not changes:
            return changes
        manifest = counted(current, changes)
        with new_generation(folder) as new:
            link_files(current.snapshot, new)
            logged = append_changes(current.snapshot, new, changes)
            rewrites = logged > rebuild_share * manifest.products
            if rewrites:
                _rewrite(new)
            else:
                update_index(new / INDEX, *_net(changes))
            if manifest.embedder:
                _follow(current, new, manifest.products if rewrites else 0, _net(changes), embedder)
            write_manifest(new, manifest)
            if also:
                also(new)
            del current  # else the old generation would count as in use and stay until the next change
    return changes


def upserts(products: Iterable[Product]) -> Plan:
    """Adds what is not there and replaces what is."""

    def plan(catalog: Catalog) -> list[Change]:
        return [
            Change(kind="update" if _own(catalog, p.product_id) else "add", product_id=p.product_id, product=p)
            for p in products
        ]

    return plan


class removals:
    """Removes these ids, of products or of variants; with its last variant a product goes, too.

    Those that are not there are no error, unless none of them is; ``unknown`` lists them afterwards.
    """

    def __init__(self, product_ids: Iterable[str]) -> None:
        self.wanted = list(dict.fromkeys(product_ids))
        self.unknown: list[str] = []

    def __call__(self, catalog: Catalog) -> list[Change]:
        """The changes of the products concerned."""
        found = {i: product for i in self.wanted if (product := catalog.get(i))}
        self.unknown = [i for i in self.wanted if i not in found]
        if self.wanted and not found:
            raise CatalogError(f"There is no product {self.wanted[0]!r} in {catalog.name}; nothing was removed")
        return [self._change(product, found) for product in dict.fromkeys(found.values())]

    @staticmethod
    def _change(product: Product, found: Mapping[str, Product]) -> Change:
        left = [] if product.product_id in found else [v for v in product.variants if v.product_id not in found]
        if not left:
            return Change(kind="remove", product_id=product.product_id)
        return Change(kind="update", product_id=product.product_id, product=with_variants(product, left))


def counted(current: Catalog, changes: Sequence[Change]) -> Manifest:
    """The manifest after the changes, each of which must fit what the ones before it left. Raises CatalogError."""
    manifest = current.manifest
    currencies = Counter(manifest.currencies or Counter(product.price.currency for product in current))
    now: dict[str, Product | None] = {}
    for change in changes:
        before = now[change.product_id] if change.product_id in now else _own(current, change.product_id)
        if (before is None) != (change.kind == "add"):
            state = "not in the catalogue" if before is None else "already in the catalogue"
            raise CatalogError(f"Cannot {change.kind} {change.product_id!r}: it is {state}")
        currencies.subtract([before.price.currency] if before else [])
        currencies.update([change.product.price.currency] if change.product else [])
        now[change.product_id] = change.product
    currencies = +currencies
    most = max(currencies.values(), default=0)
    keeps = currencies[manifest.currency] == most  # on a tie, and when all is sold, the shop's currency stays
    update = {
        "products": currencies.total(),
        "currencies": dict(currencies),
        "currency": manifest.currency if keeps else main_currency(currencies),
    }
    return manifest.model_copy(update=update)


def _own(catalog: Catalog, product_id: str) -> Product | None:
    """The product whose own id it is, not that of a variant."""
    found = catalog.get(product_id)
    return found if found and found.product_id == product_id else None


def _net(changes: Sequence[Change]) -> tuple[list[Product], list[str]]:
    """What the index must hold in the end, and all ids whose former text must leave it."""
    last = {change.product_id: change.product for change in changes}
    return [product for product in last.values() if product], list(last)


def _follow(
    current: FolderCatalog, new: Path, rewritten: int, net: tuple[list[Product], list[str]], embedder: Embedder | None
) -> None:
    """The vectors of the new generation: those of ``rewritten`` products in one piece, or a few changed ones."""
    from tools.catalog.embedding.keeping import change_vectors, write_vectors

    old = current.vectors_of(embedder.name if embedder else current.manifest.embedder)
    if rewritten:
        write_vectors(new / VECTORS, stored_products(new), rewritten, embedder, earlier=old)
    else:
        change_vectors(old, new / VECTORS, *net, embedder)


def _rewrite(new: Path) -> None:
    """Products and index as an import would write them. The linked files belong to the old generation as well."""
    products = new / "products.new"
    products.mkdir()
    write_products(products, stored_products(new))
    for file in (new / INDEX).iterdir():
        file.unlink()
    for file in products.iterdir():
        file.replace(new / file.name)
    products.rmdir()
    (new / CHANGES).unlink()
    build_index(stored_products(new), new / INDEX)
