"""What the rest of the project may ask of a catalogue, whichever store it lies in.

Two stores keep it: the folder of `tools.catalog.folder` and the Firestore of `tools.catalog.firestore`. The same
contract tests run against both (``tests/integration/test_catalog_contract.py``).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from tools.catalog.embedding.embedder import Embedder
from tools.catalog.search.index import Filters
from tools.product import NeedKind, Product

Hits = list[tuple[Product, float]]
"""Products and scores, best first. Scores order one answer and mean nothing between two."""


class Index(Protocol):
    """Searching. Whatever comes back passes every filter, prices to the cent; a store may bound how many it looks at,
    except in `cheapest` and `count`, on which proofs of absence rest."""

    def search(self, groups: Sequence[Sequence[str]], filters: Filters, limit: int) -> Hits:
        """Products that bear all stems of at least one group, by how well they do."""
        ...

    def best_rated(self, filters: Filters, limit: int) -> Hits:
        """The products of the highest shrunk rating."""
        ...

    def cheapest(self, filters: Filters, limit: int, groups: Sequence[Sequence[str]] = ()) -> Hits:
        """The cheapest products, optionally only those that match one of the groups. Complete: fewer than ``limit``
        are all there are."""
        ...

    def among(self, product_ids: Sequence[str], filters: Filters) -> list[str]:
        """Those of the ids that pass the filters, in the order given."""
        ...

    def count(self, filters: Filters) -> int:
        """How many products pass the filters, exactly."""
        ...


class FreeSearching(Protocol):
    """Searching by what a shopper writes; hits are `tools.catalog.search.free_search.Hit`."""

    def search(self, text: str, filters: Filters, limit: int) -> list[Any]:
        """The best products for a free query, best first."""
        ...


class Catalog(Protocol):
    """One state of a catalogue: later changes do not show in it."""

    @property
    def name(self) -> str:
        """Where it is, as a person would give it to ``--catalog``."""
        ...

    @property
    def folder(self) -> Path | None:
        """The folder in which other things of this catalogue may lie; None where there is none."""
        ...

    @property
    def manifest(self) -> Any:
        """`tools.catalog.folder.Manifest`, or more."""
        ...

    @property
    def currency(self) -> str:
        """The currency shoppers' amounts are compared in."""
        ...

    @property
    def index(self) -> Index:
        """Searching it by stems and filters."""
        ...

    def get(self, product_id: str) -> Product | None:
        """The product of this id, or None."""
        ...

    def require(self, product_ids: list[str]) -> list[Product]:
        """The products of these ids, in order; ids that have left the catalogue are left out."""
        ...

    def __iter__(self) -> Iterator[Product]:
        """Every product, in the feed's order."""
        ...

    def sells(self, need: NeedKind) -> bool:
        """Whether the shop has anything at all of this kind, in stock or not."""
        ...

    def free_search(self, embedder: Embedder | None = None) -> FreeSearching:
        """Searching it by what a shopper writes; a store may use the ``embedder``. Raises CatalogError."""
        ...

    def nearest(self, text: str, embedder: Embedder, filters: Filters, limit: int) -> Hits:
        """The products nearest in meaning that pass the filters, with their cosines. Raises CatalogError where the
        vectors are not this embedder's, EmbeddingError."""
        ...

    def marker(self) -> Hashable:
        """Differs from an earlier one when the catalogue has changed; costs one look. Raises OSError, CatalogError."""
        ...

    def newest(self) -> Catalog:
        """The catalogue as it is now; this very object where nothing has changed. Raises CatalogError."""
        ...
