"""A catalogue folder opens whole or says what to do."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.fakes.products import a_catalog, a_product
from tools.catalog.folder import FORMAT, FolderCatalog, main_currency
from tools.catalog.layout import INDEX, MANIFEST
from tools.errors import CatalogError

PRODUCTS = [
    a_product("mug", "12.00"),
    a_product("pen", "3.00"),
    a_product("vase", "80.00"),
    a_product("out", "1", stock=0),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_catalog(tmp_path, PRODUCTS).folder


def test_products_are_found_by_id_and_kept_in_the_feeds_order(folder: Path) -> None:
    catalog = FolderCatalog.open(folder)
    assert list(catalog) == PRODUCTS
    assert catalog.get("pen") == PRODUCTS[1]
    assert catalog.get("PEN") is None


def test_an_id_that_has_left_the_catalogue_is_left_out(folder: Path) -> None:
    assert [p.product_id for p in FolderCatalog.open(folder).require(["vase", "sold", "mug"])] == ["vase", "mug"]


def test_a_kind_is_sold_also_while_it_is_out_of_stock_but_not_in_another_currency(tmp_path: Path) -> None:
    other = [a_product("cake", need="cake", stock=0), a_product("euro", "1", "EUR", need="activity")]
    catalog = a_catalog(tmp_path, [*PRODUCTS, *other])
    assert catalog.sells("cake")
    assert not catalog.sells("activity")
    assert not catalog.sells("favours")


def test_the_catalogues_currency_is_that_of_most_products() -> None:
    assert main_currency(Counter(EUR=2, USD=3)) == "USD"
    with pytest.raises(CatalogError, match=r"rejected\.csv"):
        main_currency(Counter())


def test_a_missing_folder_is_named_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"python -m tools\.catalog import") as error:
        FolderCatalog.open(tmp_path / "nowhere")
    assert "nowhere" in str(error.value)


@pytest.mark.parametrize("manifest", ["", "{", "[]", "{}", '{"format": "x"}'])
def test_a_folder_without_a_readable_manifest_is_no_catalogue(folder: Path, manifest: str) -> None:
    (folder / MANIFEST).write_text(manifest)
    with pytest.raises(CatalogError, match="is not a catalogue"):
        FolderCatalog.open(folder)


def test_another_format_is_refused_with_both_numbers(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(manifest | {"format": FORMAT + 1}))
    with pytest.raises(CatalogError, match=f"format {FORMAT + 1}, this version reads {FORMAT}"):
        FolderCatalog.open(folder)


@pytest.mark.parametrize("damage", [shutil.rmtree, lambda index: (index / "meta.json").write_text("{")])
def test_a_broken_index_is_a_catalogue_error(folder: Path, damage: object) -> None:
    damage(folder / INDEX)
    with pytest.raises(CatalogError, match="index"):
        FolderCatalog.open(folder)
