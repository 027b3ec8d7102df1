"""Variants are found, changed, added and removed by their own ids; the product's price and stock follow."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.commands import called
from tools.catalog.__main__ import main
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.feed_changes import add_feed, update_feed
from tools.catalog.intake.importing import import_feed
from tools.catalog.search.index import Filters
from tools.catalog.versions.changes import change_catalog, removals
from tools.errors import CatalogError
from tools.product import Product

FEED = """\
id,name,price,stock,item_group_id,size
TEE-S,Tee,20,3,TEE,S
TEE-M,Tee,22,5,TEE,M
TEE-L,Tee,22,0,TEE,L
MUG,Mug,9,4,,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "feed.csv").write_text(FEED, "utf-8")
    import_feed([tmp_path / "feed.csv"], tmp_path / "shop", currency="EUR", mapping={"options": ("size",)})
    return tmp_path / "shop"


def feed(folder: Path, text: str) -> list[Path]:
    (folder.parent / "change.csv").write_text(text, "utf-8")
    return [folder.parent / "change.csv"]


def tee(folder: Path) -> Product:
    product = FolderCatalog.open(folder).get("TEE")
    assert product
    return product


def offered(folder: Path) -> tuple[str, int | None, dict[str, tuple[str, int | None]]]:
    """Price and stock of the product, and those of its variants."""
    product = tee(folder)
    variants = {v.product_id: (str(v.price.amount), v.stock) for v in product.variants}
    return str(product.price.amount), product.stock, variants


def rejected(folder: Path) -> list[tuple[str, str]]:
    with (folder / "rejected.csv").open(encoding="utf-8", newline="") as file:
        return [(row["line"], row["field"]) for row in csv.DictReader(file)]


def test_a_variants_id_finds_its_product(folder: Path) -> None:
    catalog = FolderCatalog.open(folder)
    assert catalog.get("TEE-M") == catalog.get("TEE") == tee(folder)
    assert catalog.get("TEE-XL") is None
    assert catalog.manifest.products == 2


def test_show_finds_a_variant_and_says_which(folder: Path) -> None:
    def shown(*options: str) -> str:
        return called(main, "show", "TEE-M", "--catalog", folder, *options).stdout

    assert shown().startswith("asked for       TEE-M, a variant of TEE\n")
    told = json.loads(shown("--json"))
    assert (told["product_id"], told["variant"]["product_id"], told["variant"]["options"]) == (
        "TEE",
        "TEE-M",
        {"size": "M"},
    )


def test_an_update_by_a_variants_id_changes_it_and_the_product_follows_the_cheapest(folder: Path) -> None:
    summary = update_feed(feed(folder, "id,price,stock\nTEE-M,18,\nMUG,8,\nTEE-S,20,3\n"), folder)
    assert (summary.rows, summary.changed, summary.unchanged) == (3, 2, 1)
    assert offered(folder) == ("18.00", 5, {"TEE-S": ("20.00", 3), "TEE-M": ("18.00", 5), "TEE-L": ("22.00", 0)})
    update_feed(feed(folder, "id,stock\nTEE-M,0\n"), folder)
    assert offered(folder)[:2] == ("20.00", 3)
    update_feed(feed(folder, "id,stock\nTEE-S,0\n"), folder)
    assert (tee(folder).available, offered(folder)[:2]) == (False, ("18.00", 0))
    assert len(FolderCatalog.open(folder).index.cheapest(Filters(), 9)) == 1


def test_rows_of_several_variants_of_a_product_add_up(folder: Path) -> None:
    update_feed(feed(folder, "id,price,stock\nTEE-S,17,1\nTEE-M,17,2\nTEE,,\n"), folder)
    assert offered(folder)[:2] == ("17.00", 3)


def test_what_is_the_products_is_not_changed_by_a_variants_id(folder: Path) -> None:
    summary = update_feed(feed(folder, "id,title,price\nTEE-M,Other,19\nTEE-S,Other,\nTEE,Shirt,\n"), folder)
    assert (summary.changed, summary.rejected) == (2, 1)
    assert rejected(folder) == [("3", "product_id")]
    assert (tee(folder).title, offered(folder)[0]) == ("Shirt", "19.00")


def test_a_price_by_the_products_id_is_that_of_all_its_variants(folder: Path) -> None:
    update_feed(feed(folder, "id,price\nTEE,15\n"), folder)
    assert offered(folder) == ("15.00", 8, {"TEE-S": ("15.00", 3), "TEE-M": ("15.00", 5), "TEE-L": ("15.00", 0)})
    with pytest.raises(CatalogError, match="is counted for each variant"):
        update_feed(feed(folder, "id,stock\nTEE,7\n"), folder)
    update_feed(feed(folder, "id,stock\nTEE,0\n"), folder)
    assert {stock for _, stock in offered(folder)[2].values()} == {0}


def test_a_variant_in_another_currency_than_the_others_is_rejected(folder: Path) -> None:
    with pytest.raises(CatalogError, match="the other variants in EUR"):
        update_feed(feed(folder, "id,price\nTEE-M,£18\n"), folder)


def test_a_new_variant_joins_its_product_and_a_new_group_is_a_new_product(folder: Path) -> None:
    header = "id,name,price,stock,item_group_id,size,color"
    text = f"{header}\nTEE-XL,Tee,19,1,TEE,XL,Red\nCAP-1,Cap,7,,CAP,S,\nCAP-2,Cap,6,,CAP,M,\n"
    mapping = {"options": ("size",)}
    summary = add_feed(feed(folder, text), folder, mapping=mapping, currency="EUR")
    assert (summary.rows, summary.changed, summary.rejected) == (3, 3, 0)
    assert offered(folder)[:2] == ("19.00", 1)
    assert (tee(folder).variants[-1].options, tee(folder).colors, tee(folder).title) == ({"size": "XL"}, ["Red"], "Tee")
    cap = FolderCatalog.open(folder).get("CAP-2")
    assert cap
    assert (cap.product_id, str(cap.price.amount), len(cap.variants)) == ("CAP", "6.00", 2)
    assert [p.product_id for p in FolderCatalog.open(folder)] == ["TEE", "MUG", "CAP"]


def test_what_cannot_be_added_is_rejected_with_its_reason(folder: Path) -> None:
    text = """\
id,name,price,item_group_id
TEE-M,Tee,5,TEE
TEE-M,Tee,5,
N1,New,5,MUG
N2,New,5,TEE-S
N3,New,£5,TEE
N4,New,5,NEW
N4,New,5,NEW
NEW,New,5,
TEE,New,5,
"""
    summary = add_feed(feed(folder, text), folder, currency="EUR")
    assert (summary.rows, summary.changed, summary.rejected) == (9, 1, 8)
    assert [line for line, _ in rejected(folder)] == ["2", "3", "4", "5", "6", "8", "9", "10"]
    assert len(tee(folder).variants) == 3


def test_a_shopify_export_can_be_added(folder: Path) -> None:
    header = "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src"
    text = f"{header}\nhat,Hat,Loud,Size,S,HAT-S,5,a\nhat,,,,M,HAT-M,6,b\nhat,,,,,,,c\nlone,Lone,Loud,,,,,d\n"
    summary = add_feed(feed(folder, text), folder, currency="EUR")
    assert (summary.rows, summary.changed, summary.rejected) == (4, 3, 1)
    hat = FolderCatalog.open(folder).get("HAT-M")
    assert hat
    assert (hat.product_id, hat.brand, len(hat.variants)) == ("hat", "Loud", 2)


def test_removing_a_variant_leaves_the_others_and_the_last_one_takes_the_product(folder: Path) -> None:
    plan = removals(["TEE-S", "TEE-L", "nothing"])
    change_catalog(folder, plan)
    assert plan.unknown == ["nothing"]
    assert offered(folder) == ("22.00", 5, {"TEE-M": ("22.00", 5)})
    assert FolderCatalog.open(folder).get("TEE-S") is None
    change_catalog(folder, removals(["TEE-M"]))
    assert [p.product_id for p in FolderCatalog.open(folder)] == ["MUG"]


def test_a_product_and_its_variant_are_removed_once(folder: Path) -> None:
    change_catalog(folder, removals(["TEE-S", "TEE"]))
    assert [p.product_id for p in FolderCatalog.open(folder)] == ["MUG"]
    assert FolderCatalog.open(folder).get("TEE-M") is None


@pytest.mark.parametrize("share", [0.0, 9.0])
def test_a_removed_variants_id_can_be_used_again(folder: Path, share: float) -> None:
    change_catalog(folder, removals(["TEE-S"]), rebuild_share=share)
    add_feed(feed(folder, "id,name,price\nTEE-S,Single tee,5\n"), folder, currency="EUR")
    single = FolderCatalog.open(folder).get("TEE-S")
    assert single
    assert (single.product_id, single.title) == ("TEE-S", "Single tee")
    assert len(tee(folder).variants) == 2


def test_an_update_that_fails_midway_changes_no_variant(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise MemoryError

    before = offered(folder)
    monkeypatch.setattr("tools.catalog.versions.changes.write_manifest", crash)
    with pytest.raises(MemoryError):
        update_feed(feed(folder, "id,price\nTEE-S,1\nTEE-M,2\n"), folder)
    assert offered(folder) == before
