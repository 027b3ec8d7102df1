"""What every catalogue keeps, in a folder as in Firestore: exact filters, whole walks, and one state at a time."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_product
from tests.fakes.shelves import FILTERS, PRODUCTS, passes
from tests.fakes.shops import recommend
from tests.fakes.stores import Store
from tests.waiting import until
from tools.brief import Brief, Budget, Need
from tools.catalog.places import change, open_catalog
from tools.catalog.search.index import FIELD_WEIGHTS, Filters, searched_text
from tools.catalog.versions.changes import removals, upserts
from tools.catalog.versions.live import LiveCatalog
from tools.catalog.versions.store import Change
from tools.errors import CatalogError
from tools.lexicon.stems import stems
from tools.money import Money
from tools.planning.exhaustive import by_price
from tools.planning.rules import Rules
from tools.product import Product
from tools.request import Request

SHOP = [
    a_product("pot", "29.40", title="Glass Teapot", description="For loose tea.", rating=4.6, rating_count=300),
    a_product("tin", "8.75", title="Tin of Green Tea", tags=["tea"], rating=4.9, rating_count=1),
    a_product("print", "12.00", title="Jazz Print", description="Café at night.", interests=["jazz"]),
    a_product("gone", "5.00", title="Tea Cosy", stock=0),
    a_product("euro", "5.00", "EUR", title="Tea Strainer"),
    a_product("cake", "30.00", title="Tea Cake", need="cake", age_min_years=3, age_max_years=6, contains=["almonds"]),
]
GIFT = Need(kind="gift")


def found(hits: list[tuple[Product, float]]) -> list[str]:
    return [product.product_id for product, _ in hits]


# -- products ------------------------------------------------------------------


def test_every_product_comes_back_as_it_went_in_and_in_the_feeds_order(store: Store) -> None:
    ids = ["b", "a/b c", "..", "__id__", "Ünïcode", "a", "x" * 200]
    products = [a_product(i, "1.50", title=f"T {i}", tags=["x"], stock=2, rating=4.25) for i in ids]
    catalog = store.open(products)
    assert list(catalog) == products
    assert [catalog.get(i) for i in ids] == products
    assert catalog.get("B") is None
    assert catalog.require(["a", "sold", "b", "a"]) == [products[5], products[0], products[5]]


def test_a_kind_is_sold_also_while_it_is_out_of_stock_but_not_in_another_currency(store: Store) -> None:
    other = [a_product("hat", need="favours", stock=0), a_product("euros", "1", "EUR", need="activity")]
    catalog = store.open([*SHOP, *other])
    assert catalog.sells("favours")
    assert not catalog.sells("activity")
    assert not catalog.sells("tableware")


def test_every_searched_field_is_searched(store: Store) -> None:
    fields = {"title": "zebra", "description": "quagga", "brand": "okapi", "category": "tapir", "tags": ["gnu"]}
    catalog = store.open([*SHOP, a_product("zoo", **fields)])
    assert set(searched_text(SHOP[0])) == set(FIELD_WEIGHTS)
    for word in ("zebra", "quagga", "okapi", "tapir", "gnu"):
        assert found(catalog.index.search([stems(word)], Filters(), 5)) == ["zoo"]


# -- searching -----------------------------------------------------------------


def test_words_are_found_inflected_and_all_of_a_group_must_occur(store: Store) -> None:
    index = store.open(SHOP).index

    def search(*phrases: str, **filters: Any) -> set[str]:
        return set(found(index.search([stems(phrase) for phrase in phrases], Filters(**filters), 10)))

    assert search("TEAPOTS") == {"pot"}
    assert search("cafe") == search("Café") == {"print"}
    assert search("green tea") == {"tin"}
    assert search("green tea", "jazz") == {"tin", "print"}
    assert search("unheard of") == search() == search("") == set()
    assert search("tea") == {"pot", "tin", "euro", "cake"}
    assert search("tea", available_only=False) == {"pot", "tin", "euro", "cake", "gone"}


def test_the_title_counts_more_than_the_description(store: Store) -> None:
    assert found(store.open(SHOP).index.search([stems("tea")], Filters(currency="USD", need="gift"), 10))[0] == "tin"


def test_a_price_is_compared_to_the_cent(store: Store) -> None:
    index = store.open(SHOP).index
    for low, high, ids in ((875, 1200, ["tin", "print"]), (876, 1200, ["print"]), (875, 1199, ["tin"])):
        filters = Filters(currency="USD", need="gift", price_min=low, price_max=high)
        assert found(index.cheapest(filters, 9)) == ids
        assert set(found(index.best_rated(filters, 9))) == set(ids)
        assert index.count(filters) == len(ids)


def test_an_age_is_compared_with_both_ends_included(store: Store) -> None:
    index = store.open(SHOP).index
    suited = {years: found(index.cheapest(Filters(need="cake", age_years=years), 9)) for years in (2, 3, 6, 7)}
    assert suited == {2: [], 3: ["cake"], 6: ["cake"], 7: []}


def test_an_excluded_word_counts_wherever_a_rule_would_read_it(store: Store) -> None:
    index = store.open(SHOP).index
    no_almonds = Filters(currency="USD", exclude_stems=frozenset(stems("almond")))
    for hits in (index.search([stems("tea")], no_almonds, 9), index.cheapest(no_almonds, 9)):
        assert "cake" not in found(hits)
    assert index.count(no_almonds) == 3
    assert index.count(Filters(currency="USD", exclude_ids=frozenset({"tin", "euro"}))) == 3


def test_among_keeps_the_order_and_what_passes(store: Store) -> None:
    index = store.open(SHOP).index
    assert index.among(["print", "gone", "tin", "nowhere", "euro"], Filters(currency="USD")) == ["print", "tin"]
    assert index.among([], Filters()) == []


def test_the_cheapest_come_in_order_of_price_also_across_kinds(store: Store) -> None:
    index = store.open(SHOP).index
    assert found(index.cheapest(Filters(currency="USD"), 10)) == ["tin", "print", "pot", "cake"]
    assert found(index.cheapest(Filters(currency="USD"), 2)) == ["tin", "print"]
    assert found(index.cheapest(Filters(currency="USD"), 10, [stems("tea")])) == ["tin", "pot", "cake"]
    assert found(index.best_rated(Filters(currency="USD"), 2)) == ["pot", "tin"]


def test_a_free_query_is_read_and_mended(store: Store) -> None:
    search = store.open(SHOP).free_search()

    def ids(text: str) -> list[str]:
        return [hit.product.product_id for hit in search.search(text, Filters(currency="USD", need="gift"), 5)]

    assert ids("tea under 9") == ["tin"]
    assert ids("glass teapto") == ids("glass teapot") == ["pot"]
    assert search.search("green tea", Filters(), 1)[0].as_json()["evidence"]


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PRODUCTS, st.lists(FILTERS, min_size=4, max_size=4))
def test_found_is_exactly_what_passes_every_filter(
    store: Store, fields: list[dict[str, Any]], all_filters: list[Filters]
) -> None:
    products = [a_product(f"p{i}", **one) for i, one in enumerate(fields)]
    index = store.open(products).index
    for filters in all_filters:
        allowed = {p.product_id for p in products if passes(p, filters)}
        with_tea = {p.product_id for p in products if "Tea" in p.title}
        assert set(found(index.best_rated(filters, 50))) == allowed
        assert set(found(index.cheapest(filters, 50))) == allowed
        assert set(found(index.search([stems("tea")], filters, 50))) == allowed & with_tea
        assert set(found(index.cheapest(filters, 50, [stems("tea")]))) == allowed & with_tea
        assert index.count(filters) == len(allowed)


# -- proofs --------------------------------------------------------------------


def test_a_walk_by_price_meets_every_product_once(store: Store) -> None:
    products = [a_product(f"p{i}", str(1 + i * 37 % 500), title="Tea" if i % 3 else "Mug") for i in range(450)]
    catalog = store.open(products)
    rules = Rules.of(Brief(), "USD")
    walked = list(by_price(catalog, rules, GIFT))
    assert sorted(p.product_id for p in walked) == sorted(p.product_id for p in products)
    assert [p.price.minor for p in walked] == sorted(p.price.minor for p in products)
    assert len(list(by_price(catalog, rules, GIFT, ["tea"]))) == 300


def test_nothing_fits_is_a_proof_with_the_smallest_change_that_would_help(store: Store) -> None:
    catalog = store.open([a_product(f"p{i}", f"{40 + i}.99", title="Jazz Print") for i in range(30)])
    outcome = recommend(catalog, Request(brief=Brief(interests=["jazz"], budget=Budget(max="40"))))
    assert outcome.status == "infeasible"
    assert outcome.closest is not None
    assert outcome.closest.product_id == "p0"


# -- changes -------------------------------------------------------------------


def test_updated_keeps_its_place_added_comes_last_removed_is_gone(store: Store) -> None:
    place = store.make([a_product("mug", "12.00"), a_product("pen", "3.00"), a_product("vase", "80.00")])
    change(place, upserts([a_product("pen", "4.00", title="Zeppelin"), a_product("hat", "9.00", need="favours")]))
    change(place, removals(["mug", "unknown"]))
    catalog = open_catalog(place)
    assert [(p.product_id, str(p.price.amount)) for p in catalog] == [
        ("pen", "4.00"),
        ("vase", "80.00"),
        ("hat", "9.00"),
    ]
    assert catalog.manifest.products == 3
    assert catalog.get("mug") is None
    assert found(catalog.index.search([stems("zeppelin")], Filters(), 5)) == ["pen"]
    assert catalog.index.search([stems("mug")], Filters(), 5) == []
    assert catalog.sells("favours")
    assert found(catalog.index.cheapest(Filters(currency="USD", need="gift"), 5)) == ["pen", "vase"]


def test_a_change_that_does_not_fit_changes_nothing(store: Store) -> None:
    place, product = store.make(SHOP), a_product("tin", "1.00")
    for made in (
        [Change(kind="add", product_id="tin", product=product)],
        [Change(kind="remove", product_id="pot"), Change(kind="remove", product_id="pot")],
        [Change(kind="remove", product_id="pot"), Change(kind="update", product_id="hat", product=product)],
    ):
        with pytest.raises(CatalogError, match=r"Cannot (add|remove|update) '(tin|pot|hat)'"):
            change(place, lambda catalog, made=made: made)
    with pytest.raises(CatalogError, match="There is no product 'hat'"):
        change(place, removals(["hat"]))
    assert list(open_catalog(place)) == SHOP


def test_who_has_opened_a_catalogue_reads_on_in_the_old_state(store: Store) -> None:
    place = store.make(SHOP)
    before = open_catalog(place)
    change(place, upserts([a_product("tin", "99.00", title="Jazz Tin")]))
    change(place, removals(["pot"]))
    assert before.get("pot") == SHOP[0]
    assert found(before.index.cheapest(Filters(currency="USD"), 10)) == ["tin", "print", "pot", "cake"]
    assert set(found(before.index.search([stems("jazz")], Filters(), 9))) == {"print"}
    assert list(before) == SHOP
    assert found(before.newest().index.cheapest(Filters(currency="USD"), 9)) == ["print", "cake", "tin"]


def test_a_reader_sees_the_old_or_the_new_and_never_a_half(store: Store) -> None:
    place = store.make([a_product(f"p{i}", "10.00") for i in range(8)])
    ended, seen, wrong = threading.Event(), set[int](), list[set[int]]()

    def read() -> None:
        while not ended.is_set():
            catalog = open_catalog(place)
            listed = {product.price.minor for product in catalog}
            prices = listed | {p.price.minor for p, _ in catalog.index.cheapest(Filters(currency="USD"), 9)}
            prices |= {p.price.minor for p in catalog.require([f"p{i}" for i in range(8)])}
            seen.update(prices)
            wrong.extend([prices] if len(prices) != 1 else [])

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for price in range(11, 17):
            change(place, upserts([a_product(f"p{i}", f"{price}.00") for i in range(8)]))
            if price in (13, 16):
                until(lambda minor=100 * price: wrong or minor in seen)
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert not wrong


def test_a_server_notices_a_change_and_a_turn_keeps_what_it_began_with(store: Store) -> None:
    place = store.make(SHOP)
    live = LiveCatalog(lambda: open_catalog(place), check_every_s=0)
    began = live.newest()
    assert list(live.newest()) == SHOP
    change(place, upserts([a_product("tin", "9.99")]))
    assert str(live.newest().require(["tin"])[0].price.amount) == "9.99"
    assert str(began.require(["tin"])[0].price.amount) == "8.75"


def test_a_server_notices_a_change_of_nothing_but_a_price(store: Store) -> None:
    place = store.make(SHOP)
    live = LiveCatalog(lambda: open_catalog(place), check_every_s=0)
    assert found(live.newest().index.cheapest(Filters(currency="USD"), 1)) == ["tin"]
    change(place, upserts([SHOP[0].model_copy(update={"price": Money.of("1.00", "USD")})]))
    assert found(live.newest().index.cheapest(Filters(currency="USD"), 1)) == ["pot"]
    assert live.newest().require(["pot"])[0].price == Money.of("1.00", "USD")
