"""Feeds that change a catalogue: every row changes it, changes nothing, or is rejected with its reason."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.commands import called
from tests.fakes.products import a_catalog, a_product
from tools.catalog.__main__ import main
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.feed_changes import add_feed, update_feed
from tools.catalog.intake.mapping import parse_map
from tools.errors import CatalogError
from tools.money import Money

MUG = a_product("mug", "12.00", "EUR", description="A mug for ages 3 and up.", stock=4, tags=["a", "b"], rating=4.5)
SHOP = [MUG, a_product("pen", "3.00", "EUR"), a_product("vase", "80.00", "EUR")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_catalog(tmp_path, SHOP).folder


def feed(tmp_path: Path, text: str) -> list[Path]:
    (tmp_path / "feed.csv").write_text(text, "utf-8")
    return [tmp_path / "feed.csv"]


def test_an_update_changes_what_a_row_states_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    summary = update_feed(feed(tmp_path, "sku,price,stock\nmug,13.50,0\npen,,7\nvase,80,\n"), folder)
    assert (summary.rows, summary.changed, summary.unchanged, summary.rejected) == (3, 2, 1, 0)
    mug, pen, vase = FolderCatalog.open(folder)
    assert mug == MUG.model_copy(update={"price": Money.of("13.50", "EUR"), "stock": 0})
    assert pen == SHOP[1].model_copy(update={"stock": 7})
    assert vase == SHOP[2]


def test_a_row_that_cannot_be_applied_is_rejected_with_line_and_reason(folder: Path, tmp_path: Path) -> None:
    text = "id,price,rating\nmug,free,\nhat,5,\npen,4,\n,1,\nvase,-2,\nmug,1,great\n"
    summary = update_feed(feed(tmp_path, text), folder)
    assert (summary.rows, summary.changed, summary.rejected) == (6, 1, 5)
    with (folder / "rejected.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["line"], row["field"]) for row in csv.DictReader(file)]
    assert rows == [("2", "price"), ("3", "product_id"), ("5", "product_id"), ("6", "price"), ("7", "rating")]
    assert [str(p.price.amount) for p in FolderCatalog.open(folder)] == ["12.00", "4.00", "80.00"]


def test_rows_of_one_id_are_applied_one_after_the_other(folder: Path, tmp_path: Path) -> None:
    update_feed(feed(tmp_path, "id,price,stock\npen,4,\npen,,9\n"), folder)
    pen = FolderCatalog.open(folder).require(["pen"])[0]
    assert (str(pen.price.amount), pen.stock) == ("4.00", 9)


def test_a_price_in_another_currency_is_taken_when_the_row_or_the_caller_says_so(folder: Path, tmp_path: Path) -> None:
    update_feed(feed(tmp_path, "id,price\npen,£4.00\n"), folder)
    update_feed(feed(tmp_path, "id,price\nvase,5\n"), folder, currency="usd")
    update_feed(feed(tmp_path, "id,price,currency\nmug,6,CHF\n"), folder)
    assert [p.price.currency for p in FolderCatalog.open(folder)] == ["CHF", "GBP", "USD"]


def test_mapped_columns_update_too(folder: Path, tmp_path: Path) -> None:
    update_feed(feed(tmp_path, "id,left\npen,2\n"), folder, mapping=parse_map(["stock=left"]))
    assert FolderCatalog.open(folder).require(["pen"])[0].stock == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,colour_of_box\nmug,red\n", "no column but the id"),
        ("price\n1\n", "no column for product_id"),
        ("id,price\nhat,1\n", "None of the 1 rows changes .* is not in the catalogue; add brings it in"),
        ("id,price\n", "None of the 0 rows"),
    ],
)
def test_a_feed_that_changes_nothing_is_a_mistake(folder: Path, tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CatalogError, match=message):
        update_feed(feed(tmp_path, text), folder)
    assert list(FolderCatalog.open(folder)) == SHOP


def test_add_takes_new_products_and_rejects_known_ids(folder: Path, tmp_path: Path) -> None:
    summary = add_feed(feed(tmp_path, "id,title,price\nhat,Hat,€9\npen,Pen,€1\nhat,Hat,€8\n,x,€1\n"), folder)
    assert (summary.rows, summary.changed, summary.rejected) == (4, 1, 3)
    catalog = FolderCatalog.open(folder)
    assert [p.product_id for p in catalog] == ["mug", "pen", "vase", "hat"]
    assert catalog.require(["hat", "pen"])[1] == SHOP[1]


def test_the_command_line_adds_updates_and_removes(folder: Path, tmp_path: Path) -> None:
    def run(*arguments: object) -> tuple[int, str]:
        done = called(main, *arguments, "--catalog", folder)
        return done.returncode, done.stdout + done.stderr

    (path,) = feed(tmp_path, "id,title,price,stock\nhat,Hat,9,1\n")
    assert run("add", path, "--currency", "EUR") == (0, f"1 of 1 rows added in {folder}, 0 unchanged.\n")
    (path,) = feed(tmp_path, "id,stock\nhat,0\ncap,3\n")
    code, said = run("update", path)
    assert code == 0
    assert "1 of 2 rows updated" in said
    assert "the first: feed.csv, line 3, product_id: is not in the catalogue" in said
    assert run("remove", "mug", "cap") == (0, f"1 removed from {folder}.\nNot there: cap.\n")
    code, said = run("remove", "cap")
    assert (code, said.count("\n")) == (2, 1)
    assert [p.product_id for p in FolderCatalog.open(folder)] == ["pen", "vase", "hat"]
    assert run("show", "hat")[0] == 0
