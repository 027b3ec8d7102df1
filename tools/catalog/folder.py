"""An opened catalogue folder: its manifest, its products and its search. `layout` names what it holds."""

from __future__ import annotations

import json
import os
import weakref
from collections import Counter
from collections.abc import Hashable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ValidationError

from tools.catalog.layout import INDEX, MANIFEST, VECTORS
from tools.catalog.search.index import Filters, TextIndex
from tools.catalog.versions.generations import hold, marker
from tools.catalog.versions.store import stored_products
from tools.errors import CatalogError
from tools.product import NeedKind, Product

if TYPE_CHECKING:
    from tools.catalog.embedding.embedder import Embedder
    from tools.catalog.embedding.vectors import Vectors
    from tools.catalog.search.free_search import FreeSearch

FORMAT = 3
"""Version of the folder layout and the index schema."""


class Manifest(BaseModel):
    """What ``catalog.json`` says. ``currency`` is the one most products are priced in, ``currencies`` counts them.

    ``aspects`` is who reads from texts what the feed leaves unsaid, when products are added or changed, too.
    ``generation`` is the folder of the products and the index, relative to that of the manifest. ``embedder`` names
    what made the vectors, of ``dimensions`` numbers each; it is empty where there are none.
    """

    format: int
    currency: str
    products: int
    source: list[str] = []
    rejected: int = 0
    created: str = ""
    currencies: dict[str, int] = {}
    aspects: Literal["none", "rules"] = "none"
    generation: str = ""
    embedder: str = ""
    dimensions: int = 0


class FolderCatalog:
    """A catalogue that is open for reading; later changes do not show in it. Use `FolderCatalog.open`.

    ``folder`` is the catalogue's, ``snapshot`` that of the generation that is open.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self.snapshot = folder / manifest.generation
        descriptor = hold(self.snapshot)
        if descriptor is not None:
            weakref.finalize(self, os.close, descriptor)
        elif manifest.generation:
            raise FileNotFoundError(f"{self.snapshot} is gone")
        self.index = TextIndex(self.snapshot / INDEX)

    @classmethod
    def open(cls, folder: Path | str) -> FolderCatalog:
        """Opens a catalogue folder. Raises CatalogError, saying what to do, when it is none or is broken."""
        folder = Path(folder)
        hint = f"make one with: python -m tools.catalog import FEED --to {folder}"
        manifest = _read_manifest(folder, hint)
        while True:
            try:
                return cls(folder, manifest)
            except (OSError, ValueError) as error:
                # Writers may have replaced and removed the generation since its name was read.
                newer = _read_manifest(folder, hint)
                if newer.generation == manifest.generation:
                    raise CatalogError(f"The index in {folder} is broken ({error}); {hint}") from error
                manifest = newer

    @property
    def currency(self) -> str:
        """The catalogue's currency; shoppers' amounts are compared in this one only."""
        return self.manifest.currency

    @property
    def name(self) -> str:
        """The folder, as text."""
        return str(self.folder)

    @cached_property
    def vectors(self) -> Vectors | None:
        """The vectors of the products; None where the catalogue was made without an embedder."""
        if not self.manifest.embedder:
            return None
        from tools.catalog.embedding.vectors import Vectors  # numpy is imported only where there are vectors

        try:
            return Vectors(self.snapshot / VECTORS)
        except (OSError, ValueError) as error:
            raise CatalogError(f"The vectors in {self.folder} are broken ({error}); import the feed again") from error

    def vectors_of(self, embedder_name: str) -> Vectors:
        """The vectors, which must be of this embedder. Raises CatalogError, saying what to do, where they are not."""
        vectors, made_by = self.vectors, self.manifest.embedder
        if vectors is None:
            raise CatalogError(
                f"The catalogue {self.folder} has no vectors: make them with `python -m tools.catalog embed`, or set "
                f"RECSYS_EMBEDDER to none"
            )
        if made_by != embedder_name:
            raise CatalogError(
                f"The vectors of {self.folder} were made by {made_by!r}, not by {embedder_name!r}: set RECSYS_EMBEDDER "
                "to that one, or make them anew with `python -m tools.catalog embed`"
            )
        return vectors

    def get(self, product_id: str) -> Product | None:
        """The product of this id, else the product with a variant of this id, or None."""
        return self.index.product(product_id)

    def require(self, product_ids: list[str]) -> list[Product]:
        """The products of these ids, in order; ids that have left the catalogue are left out."""
        return [product for i in product_ids if (product := self.get(i)) is not None]

    def __iter__(self) -> Iterator[Product]:
        """Every product, in the feed's order."""
        return stored_products(self.snapshot)

    def sells(self, need: NeedKind) -> bool:
        """Whether the shop has anything at all of this kind, in stock or not."""
        return self.index.count(Filters(currency=self.currency, need=need, available_only=False)) > 0

    def free_search(self, embedder: Embedder | None = None) -> FreeSearch:
        """Searching it by what a shopper writes; with an ``embedder``, by its meaning, too. Raises CatalogError."""
        if embedder is None:
            return self._free_search
        from tools.catalog.search.free_search import FreeSearch
        from tools.catalog.search.fusion import DenseSource

        return FreeSearch(self, DenseSource(self.index, self.vectors_of(embedder.name), embedder))

    @cached_property
    def _free_search(self) -> FreeSearch:
        """The search by words. Kept: what it has learned of words serves every turn."""
        from tools.catalog.search.free_search import FreeSearch

        return FreeSearch(self)

    def nearest(self, text: str, embedder: Embedder, filters: Filters, limit: int) -> list[tuple[Product, float]]:
        """The products nearest in meaning, with their cosines, best first. Raises CatalogError, EmbeddingError."""
        from tools.catalog.search.nearest import nearest_places

        vectors, query = self.vectors_of(embedder.name), embedder.embed_query(text)
        found = nearest_places(self.index, vectors, query, filters, limit)
        return [(self.index.product_at(place), cosine) for place, cosine in found]

    def marker(self) -> Hashable:
        """Changes with every change of the folder. Raises OSError where it is gone."""
        return marker(self.folder)

    def newest(self) -> FolderCatalog:
        """The catalogue as the folder has it now; this one where it is the same. Raises CatalogError."""
        opened = FolderCatalog.open(self.folder)
        return self if opened.manifest == self.manifest and opened.manifest.generation else opened


def _read_manifest(folder: Path, hint: str) -> Manifest:
    if not folder.is_dir():
        raise CatalogError(f"There is no catalogue folder {folder}; {hint}")
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValidationError, ValueError) as error:
        raise CatalogError(f"{folder} is not a catalogue ({MANIFEST} is missing or unreadable); {hint}") from error
    if manifest.format != FORMAT:
        raise CatalogError(f"{folder} has catalogue format {manifest.format}, this version reads {FORMAT}; {hint}")
    return manifest


def main_currency(counts: Counter[str]) -> str:
    """The currency most products are priced in."""
    if not counts:
        raise CatalogError("The feed has no product that could be accepted; see rejected.csv for the reasons")
    return counts.most_common(1)[0][0]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes ``catalog.json``."""
    (folder / MANIFEST).write_text(json.dumps(manifest.model_dump(), indent=2) + "\n", "utf-8")
