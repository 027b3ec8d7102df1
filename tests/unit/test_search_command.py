"""`python -m tools.catalog search`, one query or a file of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.fakes.products import a_catalog, a_product
from tools.catalog.__main__ import app
from tools.errors import CatalogError

SHOP = [
    a_product("lamp", "12.00", title="Red Desk Lamp"),
    a_product("oak", "80.00", title="Oak Desk"),
    a_product("desk", "20.00", "EUR", title="Folding Desk"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_catalog(tmp_path_factory.mktemp("command"), SHOP).folder


def search(folder: Path, *arguments: str, said: str = "") -> Result:
    return CliRunner().invoke(app, ["search", "--catalog", str(folder), *arguments], input=said)


def found(result: Result) -> list[str]:
    return [json.loads(line)["product_id"] for line in result.output.splitlines()]


def test_options_narrow_what_is_found(folder: Path) -> None:
    assert set(found(search(folder, "desk", "--json"))) == {"lamp", "oak"}
    assert found(search(folder, "desk", "--json", "--max-price", "15")) == ["lamp"]
    assert found(search(folder, "desk", "--json", "--exclude", "lamps")) == ["oak"]
    assert found(search(folder, "desk", "--json", "--currency", "eur")) == ["desk"]
    assert len(found(search(folder, "desk", "--json", "--limit", "1"))) == 1


def test_a_batch_answers_each_line_with_a_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "queries.txt").write_text("red lamp\n\nnothing of that kind\ndesk under 15\n")
    answers = [
        json.loads(line) for line in search(folder, "--batch", str(tmp_path / "queries.txt")).output.splitlines()
    ]
    assert [answer["query"] for answer in answers] == ["red lamp", "nothing of that kind", "desk under 15"]
    assert [[one["product_id"] for one in answer["results"]] for answer in answers] == [["lamp"], [], ["lamp"]]
    assert set(answers[0]["results"][0]) == {"product_id", "score", "title", "price", "evidence"}
    assert answers[0]["results"][0]["price"] == {"amount": "12.00", "currency": "USD"}


def test_a_batch_may_come_from_the_standard_input(folder: Path) -> None:
    assert json.loads(search(folder, "--batch", "-", said="oak\n").output)["results"][0]["product_id"] == "oak"


def test_a_batch_minds_no_mark_no_carriage_return_and_no_blank_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "queries.txt").write_bytes("\ufeffoak\r\n\r\n   \r\n🎁\r\n".encode())
    answers = [
        json.loads(line) for line in search(folder, "--batch", str(tmp_path / "queries.txt")).output.splitlines()
    ]
    assert [(answer["query"], len(answer["results"])) for answer in answers] == [("oak", 1), ("🎁", 0)]


@pytest.mark.parametrize("query", ["oak " * 2500, "🎁 oak", "дуб oak", "the for with oak"])
def test_whatever_stands_around_a_word_of_the_shop_it_is_found(folder: Path, query: str) -> None:
    assert found(search(folder, query, "--json"))[0] == "oak"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("",), "the query has no words to look for"),
        (("🎁🎁",), "the query has no words to look for"),
        (("подарок",), "Nothing found."),
    ],
)
def test_where_nothing_is_found_it_is_said_why(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in search(folder, *arguments).output


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("desk", "--batch", "file.txt"),
        ("desk", "--currency", "dollars"),
        ("desk", "--max-price", "-5"),
        ("desk", "--need", "yacht"),
    ],
)
def test_what_cannot_be_meant_is_said(folder: Path, arguments: tuple[str, ...]) -> None:
    assert isinstance(search(folder, *arguments).exception, CatalogError)
