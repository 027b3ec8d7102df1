"""Feeds are read row by row, and what cannot be read is named by its line."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.catalog.feeds.feed import Feed
from tools.catalog.feeds.opening import feed_files, open_feeds
from tools.errors import CatalogError


def open_feed(path: Path) -> Feed:
    (opened,) = open_feeds(path)
    return opened


def feed(folder: Path, content: str | bytes, name: str = "feed.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    lines = ["id", "name", "price"], ["1", "A, B; C", "2"]
    path = feed(tmp_path, "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines))
    opened = open_feed(path)
    assert opened.columns == ("id", "name", "price")
    assert next(opened.rows).values == {"id": "1", "name": "A, B; C", "price": "2"}


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert open_feed(feed(tmp_path, b"\xef\xbb\xbfid,name\n1,x\n")).columns == ("id", "name")


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    content = b"id,name\n" + b"1,x\n" * 40 + b"2,caf\xe9\n"
    with pytest.raises(CatalogError, match=r"line 42: byte 0xe9 is not UTF-8"):
        list(open_feed(feed(tmp_path, content)).rows)


def test_a_row_is_named_by_the_line_it_begins_on(tmp_path: Path) -> None:
    rows = open_feed(feed(tmp_path, 'id,text\n1,"two\nlines"\n\n2,x\n')).rows
    assert [(row.line, row.values.get("id")) for row in rows] == [(2, "1"), (5, "2")]


def test_a_row_with_too_few_or_too_many_columns_is_a_problem_not_a_product(tmp_path: Path) -> None:
    rows = list(open_feed(feed(tmp_path, "id,name\n1\n2,x\n3,x,y\n")).rows)
    assert [bool(row.problem) for row in rows] == [True, False, True]
    assert "1 columns where the header has 2" in rows[0].problem


def test_a_quote_that_is_never_closed_stops_the_import(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"line 3: a quote is opened here and never closed"):
        list(open_feed(feed(tmp_path, 'id,name\n1,x\n2,"y\n3,z\n')).rows)


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "is empty"), ("id,id\n1,2\n", "'id' twice"), (",,\n1,2,3\n", "no column names")],
)
def test_a_feed_without_a_usable_header_is_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(CatalogError, match=message):
        open_feed(feed(tmp_path, content))


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"\.csv, \.tsv"):
        open_feed(feed(tmp_path, "x", "feed.docx"))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no feed file"):
        open_feed(tmp_path / "gone.csv")


def test_json_lines_keep_exact_numbers_and_name_bad_lines(tmp_path: Path) -> None:
    opened = open_feed(
        feed(tmp_path, '{"id": 1, "price": 4.10}\n\nnot json\n[1]\n{"id": 2, "brand": "B"}\n', "f.jsonl")
    )
    rows = list(opened.rows)
    assert opened.columns == ("id", "price", "brand")
    assert rows[0].values["price"] == Decimal("4.10")
    assert [(row.line, bool(row.problem)) for row in rows] == [(1, False), (3, True), (4, True), (5, False)]


def test_a_folder_means_the_feeds_in_it_by_name(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.csv", "readme.md"):
        feed(tmp_path, "x", name)
    assert [file.name for file in feed_files([tmp_path])] == ["a.csv", "b.jsonl"]


def test_a_folder_without_feeds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no feed in the folder"):
        feed_files([tmp_path])


cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\0"), max_size=30)


@settings(deadline=None)  # each example writes a file
@given(st.lists(st.tuples(cells, cells, cells), max_size=8))
def test_any_csv_python_writes_is_read_back_cell_by_cell(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "feed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("a", "b", "c"), *table])
    assert [tuple(row.values.values()) for row in open_feed(path).rows] == table
