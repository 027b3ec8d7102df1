"""Columns reach fields by what the user says, else by their names."""

from __future__ import annotations

import pytest

from tools.catalog.intake.mapping import map_columns, parse_map
from tools.errors import CatalogError

COLUMNS = ("sku", "name", "price")


def test_columns_with_well_known_names_need_no_mapping() -> None:
    columns = ("uniq_id", "Product Name", "manufacturer", "price", "number_of_reviews", "average_review_rating")
    assert map_columns("f.csv", columns, {}).columns == {
        "product_id": ("uniq_id",),
        "title": ("Product Name",),
        "price": ("price",),
        "brand": ("manufacturer",),
        "rating": ("average_review_rating",),
        "rating_count": ("number_of_reviews",),
    }


def test_a_fields_own_name_wins_over_its_synonyms() -> None:
    assert map_columns("f.csv", ("id", "product_id", "name", "price"), {}).columns["product_id"] == ("product_id",)


def test_numbered_subcategories_follow_the_category() -> None:
    columns = (*COLUMNS, "subcategory_2", "subcategory_1", "category")
    assert map_columns("f.csv", columns, {}).columns["category"] == ("category", "subcategory_1", "subcategory_2")


def test_a_repeated_field_takes_its_columns_in_the_order_given() -> None:
    chosen = parse_map(["category=name", "category=sku"])
    assert map_columns("f.csv", COLUMNS, chosen).columns["category"] == ("name", "sku")


def test_what_the_user_maps_replaces_the_guess() -> None:
    assert map_columns("f.csv", (*COLUMNS, "ref"), parse_map(["product_id=ref"])).columns["product_id"] == ("ref",)


def test_a_field_mapped_to_nothing_stays_empty() -> None:
    assert "brand" not in map_columns("f.csv", (*COLUMNS, "brand"), parse_map(["brand="])).columns


def test_empty_cells_are_no_values() -> None:
    columns = map_columns("f.csv", (*COLUMNS, "a", "b"), parse_map(["description=a", "description=b"]))
    assert columns.values({"a": " ", "b": "text"}, "description") == ["text"]


@pytest.mark.parametrize(
    ("option", "message"),
    [("title", "has no '='"), ("titel=name", "did you mean title"), ("colour=name", "fields are: product_id")],
)
def test_an_unknown_field_is_refused_with_the_known_ones(option: str, message: str) -> None:
    with pytest.raises(CatalogError, match=message):
        parse_map([option])


def test_an_unknown_column_is_refused_with_the_feeds_columns() -> None:
    with pytest.raises(CatalogError, match=r"no column 'nam'; did you mean name\? .*sku, name, price"):
        map_columns("f.csv", COLUMNS, parse_map(["title=nam"]))


@pytest.mark.parametrize("missing", COLUMNS)
def test_a_feed_without_id_title_or_price_is_refused(missing: str) -> None:
    with pytest.raises(CatalogError, match="has no column for"):
        map_columns("f.csv", [c for c in COLUMNS if c != missing], {})


def test_columns_that_no_field_takes_are_named() -> None:
    columns = (*COLUMNS, "Long Text", "title", "Dept")
    assert map_columns("f.csv", columns, {}).unmapped(columns) == ["Long Text", "Dept"]
    chosen = parse_map(["specs=Dept"])
    assert map_columns("f.csv", columns, chosen).unmapped(columns) == []  # who chose has seen them
