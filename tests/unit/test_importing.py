"""An import accounts for every row, and a catalogue is whole or as it was before."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands import called
from tools.catalog.__main__ import main
from tools.catalog.folder import FORMAT, FolderCatalog
from tools.catalog.intake import importing
from tools.catalog.intake.importing import ImportSummary, import_feed
from tools.catalog.intake.mapping import parse_map
from tools.errors import CatalogError
from tools.money import Money
from tools.product import Product

FEED = """\
id,name,price,stock,age
1,Kite,£4.99,7 new,Ages 8+
2,Ball,"1,299.00",In stock,
3,Free thing,,,
1,Kite again,5.00,,
,No id,5.00,,
4,,5.00,,
5,Range,£5.99 - £9.99,,
6,Dollars,$3.00,,
7,Short row
"""


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.csv"
    path.write_text(FEED, "utf-8")
    return path


def rejected(folder: Path) -> list[dict[str, str]]:
    with (folder / "rejected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def products(folder: Path) -> dict[str, Product]:
    return {product.product_id: product for product in FolderCatalog.open(folder)}


def test_every_row_is_accepted_or_rejected_with_line_field_and_reason(feed: Path, tmp_path: Path) -> None:
    summary = import_feed([feed], tmp_path / "shop", currency="GBP")
    assert (summary.rows, summary.accepted, summary.rejected) == (9, 3, 6)
    assert [(row["line"], row["product_id"], row["field"]) for row in rejected(tmp_path / "shop")] == [
        ("4", "3", "price"),
        ("5", "1", "product_id"),
        ("6", "", "product_id"),
        ("7", "4", "title"),
        ("8", "5", "price"),
        ("10", "", "row"),
    ]
    assert rejected(tmp_path / "shop")[1]["reason"] == "is already taken by feed.csv, line 2"


def test_accepted_products_are_clean_and_searchable(feed: Path, tmp_path: Path) -> None:
    import_feed([feed], tmp_path / "shop", currency="GBP")
    found = products(tmp_path / "shop")
    assert found["1"].price == Money.of("4.99", "GBP")
    assert (found["1"].stock, found["1"].age_min_years) == (7, 8)
    assert found["2"].price == Money.of("1299.00", "GBP")
    assert found["2"].stock is None
    assert FolderCatalog.open(tmp_path / "shop").get("1") == found["1"]


def test_prices_in_another_currency_are_kept_and_counted(feed: Path, tmp_path: Path) -> None:
    summary = import_feed([feed], tmp_path / "shop", currency="GBP")
    assert summary.currencies == {"GBP": 2, "USD": 1}
    assert FolderCatalog.open(tmp_path / "shop").currency == "GBP"


def test_the_manifest_says_what_was_imported(feed: Path, tmp_path: Path) -> None:
    import_feed([feed], tmp_path / "shop", currency="GBP")
    manifest = json.loads((tmp_path / "shop" / "catalog.json").read_text("utf-8"))
    assert manifest.pop("created")
    assert (tmp_path / "shop" / manifest.pop("generation") / "products.jsonl").is_file()
    assert manifest == {
        "format": FORMAT,
        "currency": "GBP",
        "products": 3,
        "source": ["feed.csv"],
        "rejected": 6,
        "currencies": {"GBP": 2, "USD": 1},
        "aspects": "rules",
        "embedder": "",
        "dimensions": 0,
    }


def test_without_a_currency_bare_prices_are_rejected(feed: Path, tmp_path: Path) -> None:
    assert import_feed([feed], tmp_path / "shop").currencies == {"GBP": 1, "USD": 1}


def test_ids_are_unique_over_all_feeds(feed: Path, tmp_path: Path) -> None:
    second = tmp_path / "more.csv"
    second.write_text("id,name,price\n1,Other kite,3.00\n8,Hoop,3.00\n", "utf-8")
    summary = import_feed([feed, second], tmp_path / "shop", currency="GBP")
    assert (summary.accepted, summary.reasons["product_id"]) == (4, 3)


def test_a_new_import_replaces_the_old_catalogue(feed: Path, tmp_path: Path) -> None:
    import_feed([feed], tmp_path / "shop", currency="GBP")
    feed.write_text("id,name,price\n9,Drum,2.00\n", "utf-8")
    import_feed([feed], tmp_path / "shop", currency="GBP")
    assert list(products(tmp_path / "shop")) == ["9"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feed.csv", "shop"]


def test_a_crash_in_the_middle_leaves_the_old_catalogue(
    feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_feed([feed], tmp_path / "shop", currency="GBP")

    def crash(*args: object) -> None:
        raise MemoryError

    monkeypatch.setattr(importing, "build_index", crash)
    with pytest.raises(MemoryError):
        import_feed([feed], tmp_path / "shop", currency="EUR")
    assert FolderCatalog.open(tmp_path / "shop").currency == "GBP"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feed.csv", "shop"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,name,price\n", "None of the 0 rows"),
        ("id,name,price\n1,x,free\n", "None of the 1 rows .* line 2, price: 'free' states no amount"),
        ("id,name,price\n1,x,1.00\n2,caf\udce9,1.00\n", "line 3: byte 0xe9"),
    ],
)
def test_a_feed_without_products_leaves_the_old_catalogue(
    feed: Path, tmp_path: Path, content: str, message: str
) -> None:
    import_feed([feed], tmp_path / "shop", currency="GBP")
    feed.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CatalogError, match=message):
        import_feed([feed], tmp_path / "shop", currency="GBP")
    assert len(products(tmp_path / "shop")) == 3


def test_a_folder_that_holds_other_files_is_not_replaced(feed: Path, tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"holds 'feed\.csv', which no import wrote"):
        import_feed([feed], tmp_path, currency="GBP")
    assert feed.read_text("utf-8") == FEED


def test_an_unknown_currency_is_refused(feed: Path, tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="'POUND' is not an ISO 4217"):
        import_feed([feed], tmp_path / "shop", currency="POUND")


def test_ids_stay_the_feeds_own(tmp_path: Path) -> None:
    (tmp_path / "f.jsonl").write_text('{"id": 7, "name": "x", "price": 1.5}\n{"id": "007", "name": "y", "price": 2}')
    import_feed([tmp_path / "f.jsonl"], tmp_path / "shop", currency="GBP")
    assert list(products(tmp_path / "shop")) == ["7", "007"]


def test_the_list_of_the_rejected_holds_no_spreadsheet_formula(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text('id,name,price\n"=cmd()",x,\n1,y,1.00\n', "utf-8")
    import_feed([tmp_path / "f.csv"], tmp_path / "shop", currency="GBP")
    assert rejected(tmp_path / "shop")[0]["product_id"] == "'=cmd()"


texts = st.text(max_size=20)
rows = st.dictionaries(
    st.sampled_from(
        [
            *("product_id", "title", "price", "description", "category", "need", "tags", "age_min_years"),
            *("age_max_years", "rating", "stock", "pack_size", "contains", "delivery_days", "currency"),
        ]
    ),
    texts | st.integers(-5, 500) | st.none() | st.lists(texts, max_size=2) | st.sampled_from(["£2.50", "cake", "3+"]),
)


@settings(deadline=None)  # each example writes two catalogues
@given(st.lists(rows, max_size=6))
def test_any_rows_are_accounted_for_and_an_exported_catalogue_imports_as_itself(
    tmp_path_factory: pytest.TempPathFactory, table: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("import")
    sure = {"product_id": "sure", "title": "Sure thing", "price": "1.00"}
    (folder / "f.jsonl").write_text("\n".join(json.dumps(row) for row in [sure, *table]), "utf-8")
    summary = import_feed([folder / "f.jsonl"], folder / "shop", currency="GBP")
    assert summary.rows == summary.accepted + summary.rejected == len(table) + 1
    assert len(rejected(folder / "shop")) == summary.rejected
    again = import_feed([FolderCatalog.open(folder / "shop").snapshot / "products.jsonl"], folder / "again")
    assert again.rejected == 0
    assert products(folder / "again") == products(folder / "shop")


@pytest.fixture
def toys(shared_data: Path, tmp_path: Path) -> tuple[ImportSummary, dict[str, Product], list[dict[str, str]]]:
    summary = import_feed([shared_data / "data" / "toys.csv"], tmp_path / "toys", currency="GBP")
    with (shared_data / "data" / "toys.csv").open(encoding="utf-8-sig", newline="") as file:
        return summary, products(tmp_path / "toys"), list(csv.DictReader(file))


Toys = tuple[ImportSummary, dict[str, Product], list[dict[str, str]]]


def test_of_a_real_feed_exactly_the_rows_without_a_price_are_rejected(toys: Toys) -> None:
    summary, found, source = toys
    assert summary.rows == summary.accepted + summary.rejected == len(source) == 863
    assert set(found) == {row["product_id"] for row in source if row["price"].strip()}
    assert summary.reasons == {"price": 145}


def test_of_a_real_feed_prices_and_stock_are_exact(toys: Toys) -> None:
    _, found, source = toys
    for row in source:
        if product := found.get(row["product_id"]):
            assert product.price == Money.of(row["price"], "GBP")
            assert product.stock == (
                int(row["number_available_in_stock"]) if row["number_available_in_stock"] else None
            )


def test_of_a_real_feed_every_stated_age_is_found_and_none_is_too_low(toys: Toys) -> None:
    _, found, source = toys
    for row in source:
        _, stated, rest = row["product_information"].partition("recommended age:")
        product = found.get(row["product_id"])
        if stated and product:
            number, unit = int(rest.split()[0]), rest.split()[1]
            years = number / 12 if unit.startswith("month") else number
            assert product.age_min_years is not None
            assert product.age_min_years >= years


def test_of_a_real_feed_adult_shelves_are_for_adults(toys: Toys) -> None:
    _, found, _ = toys
    adult = [p for p in found.values() if "Adults" in p.category or "Erotic" in p.category or "French Maid" in p.title]
    assert adult
    assert all(product.age_min_years == 18 for product in adult)


def test_of_a_real_feed_stated_columns_and_guessed_ones_agree(toys: Toys, shared_data: Path, tmp_path: Path) -> None:
    options = ["product_id=product_id", "title=product_name", "brand=manufacturer", "price=price"]
    options += ["category=category", *(f"category=subcategory_{n}" for n in range(1, 5))]
    mapping = parse_map(options)
    import_feed([shared_data / "data" / "toys.csv"], tmp_path / "mapped", mapping=mapping, currency="GBP")
    assert products(tmp_path / "mapped") == toys[1]


def test_the_command_line_imports_exports_and_shows(feed: Path, tmp_path: Path) -> None:
    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tools.catalog", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    shop = tmp_path / "shop"
    imported = run("import", feed, "--to", shop, "--currency", "GBP", "--map", "title=name")
    assert imported.returncode == 0, imported.stderr
    assert "3 of 9 rows" in imported.stdout
    exported = run("export", "--jsonl", "--catalog", shop)
    first, *others = map(json.loads, exported.stdout.splitlines())
    assert first["price"] == {"amount": "4.99", "currency": "GBP"}
    assert len(others) == 2
    assert "Kite" in run("show", "1", "--catalog", shop).stdout
    assert "3 products" in run("stats", "--catalog", shop).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "gone.csv", "--to", "{tmp}/x"),
        ("import", "{feed}", "--to", "{tmp}/x", "--map", "titel=name"),
        ("import", "{feed}", "--to", "{tmp}/x", "--currency", "POUND"),
        ("import", "{feed}", "--to", "{feed}"),
        ("import", "{feed}", "--to", "{feed}/x"),
        ("show", "1", "--catalog", "{tmp}/none"),
    ],
)
def test_a_mistake_is_one_sentence_and_leaves_nothing_behind(
    feed: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = called(main, *(argument.format(feed=feed, tmp=tmp_path) for argument in arguments))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["feed.csv"]
