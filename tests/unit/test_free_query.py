"""A free query is understood in general: limits, spellings and other names."""

from __future__ import annotations

import pytest

from tools.catalog.search.query import MOST_WORDS, FreeQuery, understand
from tools.lexicon.stems import stems

SHOP = [stems(text) for text in ("head phones", "headset", "laptop", "notebook", "power bank", "keyboard", "red shoes")]


def known(phrase: tuple[str, ...]) -> int:
    size = len(phrase)
    return sum(any(text[at : at + size] == phrase for at in range(len(text))) for text in SHOP)


def read(text: str, corrected: dict[str, str] | None = None) -> FreeQuery:
    return understand(text, "USD", known, (corrected or {}).get)


def spellings(text: str, corrected: dict[str, str] | None = None) -> list[set[str]]:
    return [{" ".join(s.stems) for s in term.spellings} for term in read(text, corrected).terms]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("shoes under 50", 5000),
        ("shoes below $49.90", 4990),
        ("shoes up to 30 euros", 3000),
        ("shoes less than 12,50", 1250),
    ],
)
def test_a_price_limit_is_a_limit_and_no_word(text: str, cents: int) -> None:
    assert read(text).price_max == cents
    assert [term.written for term in read(text).terms] == ["shoes"]


@pytest.mark.parametrize("text", ["tablet under 10 inch", "shelf below 50 cm", "desk 50", "under 3 years", "over 50"])
def test_other_numbers_are_no_price(text: str) -> None:
    query = read(text)
    assert query.price_max is None
    assert query.price_min == 0


def test_a_lower_price_limit_needs_a_currency() -> None:
    assert read("laptop over $500").price_min == 50000


@pytest.mark.parametrize("text", ["toy for a 3 year old", "toy 3-year-old", "toy age 3", "toys for 3 years old"])
def test_an_age_is_a_filter_and_no_word(text: str) -> None:
    assert read(text).age_years == 3
    assert len(read(text).terms) == 1


def test_two_words_that_the_shop_writes_as_one_are_one() -> None:
    assert "headset" in spellings("head sets")[0]


def test_a_compound_that_the_shop_splits_is_split() -> None:
    assert "power bank" in spellings("powerbank")[0]


def test_another_name_counts_less_than_the_word_itself() -> None:
    own, other = read("laptop").terms[0].spellings
    assert (own.stems, other.stems) == (("laptop",), ("notebook",))
    assert other.weight < own.weight


def test_a_typo_is_mended_only_where_the_shop_knows_no_such_word() -> None:
    mend = {"keybord": "keyboard", "laptop": "notebook"}
    assert "keyboard" in spellings("keybord", mend)[0]
    assert read("laptop", {"laptop": "shoe"}).terms[0].spellings[-1].stems == ("notebook",)


def test_small_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert [term.written for term in read("shoes for the laptop").terms] == ["shoes", "laptop"]
    assert [term.written for term in read("the for").terms] == ["the", "for"]


def test_an_empty_query_asks_for_nothing() -> None:
    assert read(" ?! ").terms == ()


def test_a_document_is_no_query() -> None:
    assert len(read("red shoes " * 1000).terms) <= MOST_WORDS
