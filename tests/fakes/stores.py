"""The stores a catalogue can lie in, alike for the tests of what both must keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fakes.products import a_catalog
from tools.catalog.firestore.address import Address
from tools.catalog.folder import Manifest
from tools.catalog.interface import Catalog
from tools.catalog.places import Place, open_catalog
from tools.product import Product


@dataclass(frozen=True)
class Store:
    """A folder, or with ``project`` a Firestore."""

    folder: Path
    project: str | None = None

    def make(self, products: Iterable[Product], currency: str = "USD") -> Place:
        """A new catalogue of exactly these products."""
        if self.project is None:
            return a_catalog(self.folder, products, currency).folder
        address = Address(self.project, f"shop-{uuid4().hex[:8]}")
        self.replace(address, products, currency)
        return address

    def open(self, products: Iterable[Product], currency: str = "USD") -> Catalog:
        """The same, opened."""
        return open_catalog(self.make(products, currency))

    def replace(self, place: Place, products: Iterable[Product], currency: str = "USD") -> None:
        """Writes these products in place of the ones in a Firestore."""
        from tools.catalog.firestore.writing import publish

        assert isinstance(place, Address)
        publish(place, products, Manifest(format=1, currency=currency, products=0, currencies={currency: 0}))


STORES = ("embedded", "firestore", "firestore_by_terms")
"""Firestore twice: small shelves read whole, as is, and every search made by terms, as in a large catalogue."""


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Each store in turn."""
    if request.param == "embedded":
        return Store(tmp_path)
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", request.getfixturevalue("firestore_emulator"))
    if request.param == "firestore_by_terms":
        monkeypatch.setattr("tools.catalog.firestore.index.WHOLE", 0)
    return Store(tmp_path, f"test-{uuid4().hex[:8]}")
