"""The store that a place names: a folder, or ``firestore://PROJECT[/DATABASE]/NAME``.

What Firestore needs is imported only where it is named: gRPC takes a third of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tools.catalog.embedding.embedder import Embedder
from tools.catalog.firestore.address import Address, is_address
from tools.catalog.interface import Catalog
from tools.catalog.versions.changes import Plan
from tools.catalog.versions.store import Change

Place = Path | Address
"""Where a catalogue is."""


def place_of(text: str) -> Place:
    """The place a person named. Raises CatalogError for an address of another form."""
    return Address.parse(text) if is_address(text) else Path(text)


def open_catalog(place: Place) -> Catalog:
    """Opens the catalogue there. Raises CatalogError, saying what to do, where it is none."""
    if isinstance(place, Address):
        from tools.catalog.firestore.catalog import FirestoreCatalog

        return FirestoreCatalog.open(place)
    from tools.catalog.folder import FolderCatalog

    return FolderCatalog.open(place)


def change(
    place: Place, plan: Plan, also: Callable[[Path], None] | None = None, embedder: Embedder | None = None
) -> Sequence[Change]:
    """Applies what ``plan`` decides on to the catalogue there, atomically, and returns it.

    ``also`` writes further files of a folder's new generation, ``embedder`` makes the vectors of new texts. Raises
    CatalogError.
    """
    if isinstance(place, Address):
        from tools.catalog.firestore.changing import change_firestore

        return change_firestore(place, plan, embedder=embedder)
    from tools.catalog.versions.changes import change_catalog

    return change_catalog(place, plan, also=also, embedder=embedder)
