"""Raw values become clean ones, or nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.catalog.intake.cleaning import category_path, plain_text, rating_of_5, stock_pieces, text_list, whole_number


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("<p>One</p><p>Two <b>three</b></p>", "One Two three"),
        ("&lt;b&gt;bold&lt;/b&gt;", "bold"),
        ("a<script>alert(1)</script>b", "ab"),
        ("ages < 3 and > 1, I <3 it", "ages < 3 and > 1, I <3 it"),
        ("one \u00a0 \n two", "one two"),
        ("red\x1b[31m text\x00", "red[31m text"),
        ("nu\u200bts nu\u200dts \u202eabc", "nuts nuts abc"),
        ("Rabbitâ\x80\x99s hat, the world\x92s cafÃ©", "Rabbit’s hat, the world’s café"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("<\u200bb>hidden tag</b>", "hidden tag"),
    ],
)
def test_markup_entities_and_invisible_characters_are_removed(raw: str, clean: str) -> None:
    assert plain_text(raw) == clean


@given(st.text() | st.from_regex(r"(&(amp;)*(lt|gt|#60|#x3e);|</?[a-z]+>|[\u200b\x00 a]){0,8}"))
def test_clean_text_is_printable_and_stays_as_it_is(text: str) -> None:
    clean = plain_text(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") for c in clean)
    assert plain_text(clean) == clean


@pytest.mark.parametrize(
    ("raw", "pieces"),
    [
        ("7", 7),
        ("7 new", 7),
        ("10\u00a0used", 10),
        ("5 new, 2 used", 7),
        ("1,200 in stock", 1200),
        ("Only 3 left in stock", 3),
        ("In stock: 5", 5),
        ("100+", 100),
        ("3.0", 3),
        ("0", 0),
        ("-2", 0),
        ("Out of stock", 0),
        ("out_of_stock", 0),
        ("Currently unavailable", 0),
        ("preorder", 0),
        (False, 0),
        ("9" * 5000, None),
        ("", None),
        ("In stock", None),
        ("in_stock", None),
        ("Dispatched within 2 days", None),
        (True, None),
    ],
)
def test_stock_is_a_number_of_pieces_zero_when_gone_and_else_not_stated(raw: object, pieces: int | None) -> None:
    assert stock_pieces(raw) == pieces


@pytest.mark.parametrize(
    ("raw", "rating"),
    [
        ("4.5 out of 5 stars", 4.5),
        ("4,5", 4.5),
        ("9/10", 4.5),
        ("90%", 4.5),
        ("5", 5),
        ("0", None),
        ("7.5", None),
        ("-1", None),
        ("not rated", None),
        ("4/0", None),
    ],
)
def test_ratings_are_out_of_five_or_not_stated(raw: str, rating: float | None) -> None:
    assert rating_of_5(raw) == rating


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("1,234", 1234),
        ("(36)", 36),
        ("36 ratings", 36),
        ("3.0", 3),
        ("4.5", None),
        ("-3", None),
        ("many", None),
        ("", None),
    ],
)
def test_counts_are_one_whole_number_or_not_stated(raw: str, number: int | None) -> None:
    assert whole_number(raw) == number


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.none() | st.lists(st.text()))
def test_no_value_breaks_a_reader(value: object) -> None:
    stock, rating, number = stock_pieces(value), rating_of_5(value), whole_number(value)
    assert stock is None or stock >= 0
    assert rating is None or 0 < rating <= 5
    assert number is None or number >= 0


def test_the_category_path_leaves_out_steps_that_say_nothing() -> None:
    assert category_path(["Toys &gt; Games", "others", "Games", "Dice"]) == ["Toys", "Games", "Dice"]


def test_lists_are_split_at_their_own_separator() -> None:
    assert text_list(["milk, eggs", "a|b, c|a", ["x", " "]]) == ["milk", "eggs", "a", "b, c", "x"]
