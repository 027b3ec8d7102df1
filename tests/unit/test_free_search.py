"""Free search finds the thing itself first, says where it met the words, and never leaves the filters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_catalog, a_product
from tools.catalog.search.free_search import FreeSearch
from tools.catalog.search.index import Filters
from tools.catalog.search.spelling import edits
from tools.money import Money
from tools.product import Variant

SHOP = [
    a_product("bag", "39.00", title="Acme Laptop Bag", description="Padded laptop bag."),
    a_product("lock", "19.00", title="Lock for Laptop", description="Laptop lock."),
    a_product("laptop", "799.00", title="Acme A15 Laptop 15 inch Grey", description="Fast and light laptop."),
    a_product("notebook", "899.00", title="Zeta gaming notebook 17 inch", description="For play."),
    a_product("headset", "25.00", title="Zeta Stereo Headset", description="Soft cushions."),
    a_product("blocks", "15.00", title="Wooden Blocks", age_min_years=2, age_max_years=5),
    a_product("puzzle", "12.00", title="Wooden Puzzle", age_min_years=6),
    a_product("euro", "10.00", "EUR", title="Wooden Spoon"),
    a_product("gone", "10.00", title="Wooden Train", stock=0),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> FreeSearch:
    return FreeSearch(a_catalog(tmp_path_factory.mktemp("free"), SHOP))


def ids(shop: FreeSearch, text: str, **filters: Any) -> list[str]:
    return [hit.product.product_id for hit in shop.search(text, Filters(**filters), 10)]


def test_a_laptop_is_not_a_laptop_bag(shop: FreeSearch) -> None:
    assert ids(shop, "laptop")[0] == "laptop"
    assert ids(shop, "laptop bag")[0] == "bag"


def test_ink_for_a_printer_is_ink_and_what_a_model_is_stands_behind_its_number(tmp_path: Path) -> None:
    products = [
        a_product("printer", title="Acme Pixel TS3350 Printer", brand="Acme"),
        a_product("ink", title="Acme PG-545 Black Ink Cartridge", description="For Pixel TS3350 and others."),
        a_product("mouse", title="Acme MX 3S Mouse"),
        a_product("pad", title="Mouse Pad for Acme MX 3S"),
    ]
    shop = FreeSearch(a_catalog(tmp_path, products))
    assert ids(shop, "ink for an acme pixel ts3350")[:2] == ["ink", "printer"]
    assert ids(shop, "acme mx 3s")[0] == "mouse"


@pytest.mark.parametrize("refusal", ["not acme", "but not from Acme", "except acme", "without 15 inch laptop acme"])
def test_what_the_query_refuses_is_not_found(shop: FreeSearch, refusal: str) -> None:
    found = ids(shop, f"laptop {refusal}")
    assert "notebook" in found
    assert ("laptop" in found) == ("15" in refusal)  # only a word, and no number, is refused


def test_a_thing_is_found_by_its_other_name(shop: FreeSearch) -> None:
    assert ids(shop, "gaming laptop")[0] == "notebook"
    assert "headset" in ids(shop, "earphones")


def test_a_typo_and_a_split_compound_are_found(shop: FreeSearch) -> None:
    assert ids(shop, "woden puzle")[0] == "puzzle"
    assert ids(shop, "head set")[0] == "headset"


def test_whom_it_is_for_is_no_word_to_look_for(tmp_path: Path) -> None:
    shop = [
        a_product("paper", "5.00", title="Brother Thermal Paper", brand="Brother"),
        a_product("charger", "50.00", title="Acme USB-C Wall Charger"),
    ]
    found = FreeSearch(a_catalog(tmp_path / "shop", shop))
    assert ids(found, "usb c charger for my little brother")[0] == "charger"
    assert ids(found, "paper by brother")[0] == "paper"


def test_limits_in_the_query_hold(shop: FreeSearch) -> None:
    assert set(ids(shop, "wooden toy under 13")) == {"puzzle"}
    assert set(ids(shop, "wooden for a 3 year old", currency="USD")) == {"blocks"}


def test_a_limit_in_the_query_never_widens_a_filter(shop: FreeSearch) -> None:
    assert ids(shop, "laptop under 1000", price_max=1000) == []


def test_each_hit_says_where_the_words_were_met(shop: FreeSearch) -> None:
    hit = shop.search("grey notebook", Filters(), 10)[0]
    met = {(one.word, one.field, one.found) for one in hit.evidence}
    assert met == {("grey", "title", "grey"), ("notebook", "title", "laptop")}


def test_nothing_to_look_for_finds_nothing(shop: FreeSearch) -> None:
    assert ids(shop, "") == ids(shop, "?!") == ids(shop, "under 50") == ids(shop, "xylophone") == []


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=40), limit=st.integers(1, 5))
def test_whatever_is_asked_the_filters_hold_and_the_best_comes_first(shop: FreeSearch, text: str, limit: int) -> None:
    hits = shop.search(f"wooden {text}", Filters(currency="USD"), limit)
    assert len(hits) <= limit
    assert all(hit.product.available and hit.product.price.currency == "USD" for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("one", "other", "count"), [("", "", 0), ("toy", "toy", 0), ("toy", "tyo", 1), ("toy", "boys", 2), ("ab", "", 2)]
)
def test_edits_are_counted_by_letter(one: str, other: str, count: int) -> None:
    assert edits(one, other) == edits(other, one) == count


# -- what a query says of attributes -------------------------------------------

GREEN = Variant(product_id="g", options={"Colour": "green"}, price=Money.of("9", "USD"))
ATTRIBUTES = [
    a_product("plain-shirt", title="Shirt", description="Comes in a red box."),
    a_product("red-shirt", title="Shirt", colors=["red"]),
    a_product("navy-shirt", title="Shirt", colors=["navy"]),
    a_product("green-shirt", title="Shirt", variants=[GREEN]),
    a_product("loud-amp", title="Guitar amp", brand="Loud Works", description="An amp."),
    a_product("other-amp", title="Guitar amp like Loud Works", brand="Humble", description="A loud amp that works."),
    a_product("mouse", title="Mouse MK-850"),
    a_product("headphones", title="Headphones WH1000XM4"),
    a_product("disk", title="Disk 2TB"),
    a_product("big-screen", title='Screen 27" flat'),
    a_product("small-screen", title="Screen 24 inch flat"),
]  # fmt: skip


@pytest.fixture(scope="module")
def attributes(tmp_path_factory: pytest.TempPathFactory) -> FreeSearch:
    return FreeSearch(a_catalog(tmp_path_factory.mktemp("attributes"), ATTRIBUTES))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("red shirt", "red-shirt"),
        ("blue shirt", "navy-shirt"),
        ("navy shirt", "navy-shirt"),
        ("green shirt", "green-shirt"),
        ("loud works amp", "loud-amp"),
        ("mk850", "mouse"),
        ("MK 850", "mouse"),
        ("wh-1000xm4", "headphones"),
        ("wh 1000xm4", "headphones"),
        ("2 tb disk", "disk"),
        ("27 inch screen", "big-screen"),
        ('27" screen', "big-screen"),
        ("27in screen", "big-screen"),
    ],
)
def test_a_colour_brand_model_or_size_in_the_query_comes_first(attributes: FreeSearch, query: str, first: str) -> None:
    assert ids(attributes, query)[0] == first


def test_a_colour_is_a_preference_and_no_filter(attributes: FreeSearch) -> None:
    assert {"plain-shirt", "green-shirt"} <= set(ids(attributes, "red shirt"))


def test_where_a_colour_was_met_is_said(attributes: FreeSearch) -> None:
    hit = attributes.search("blue shirt", Filters(), 1)[0]
    assert ("blue", "colors", "navi") in {(one.word, one.field, one.found) for one in hit.evidence}


def test_a_brand_that_is_called_like_a_thing_is_no_brand_in_a_query(tmp_path: Path) -> None:
    things = [a_product(f"d{n}", title="Desk", brand="Acme") for n in range(20)]
    shop = FreeSearch(a_catalog(tmp_path, [*things, a_product("x", title="Lamp", brand="Desk")]))
    assert shop.understand("desk").brand == ()
    assert shop.understand("acme desk").brand == ("acm",)
