"""What is Firestore's own: its indexes, its reads, its writers, its vectors, and its failures."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from google.api_core.exceptions import ServiceUnavailable
from google.api_core.retry import Retry
from google.cloud.firestore_v1.collection import CollectionReference
from google.cloud.firestore_v1.services.firestore import FirestoreClient

from eval.benchmarks.firestore_stand_in import Memory, in_memory
from tests.commands import called
from tests.fakes.products import a_product
from tests.processes import OURS, free_port, run
from tools.catalog.__main__ import main as catalog_main
from tools.catalog.firestore import changing, documents, index, lease, writing
from tools.catalog.firestore.address import Address
from tools.catalog.firestore.catalog import FirestoreCatalog
from tools.catalog.firestore.changing import change_firestore
from tools.catalog.firestore.connection import Connection
from tools.catalog.firestore.dense import MOST_DIMENSIONS, nearest
from tools.catalog.firestore.head import read_head
from tools.catalog.firestore.writing import publish
from tools.catalog.folder import Manifest
from tools.catalog.search.index import Filters
from tools.catalog.versions.changes import removals, upserts
from tools.errors import CatalogError
from tools.lexicon.stems import stems
from tools.product import Product, Variant

INDEXES = json.loads((Path(__file__).parents[2] / "deployment" / "firestore.indexes.json").read_text("utf-8"))
SHOP = [a_product(f"p{i}", f"{10 + i}.00", title="Green Tea" if i % 2 else "Jazz Print") for i in range(12)]


@pytest.fixture
def address(firestore_emulator: str) -> Address:
    return Address(f"test-{uuid4().hex[:8]}", "shop")


def put(address: Address, products: list[Product], **options: Any) -> FirestoreCatalog:
    publish(address, products, Manifest(format=1, currency="USD", products=0), **options)
    return FirestoreCatalog.open(address)


# -- indexes -------------------------------------------------------------------


def needed_index(query: Any) -> tuple[tuple[str, str], ...]:
    """The composite index a query needs: equalities, then arrays, then the order with every limited field in it."""
    query = query._query() if isinstance(query, CollectionReference) else query
    asked = query._to_protobuf()
    composite = asked.where.composite_filter.filters if asked.where.composite_filter.filters else [asked.where]
    operators = [(one.field_filter.field.field_path, one.field_filter.op.name) for one in composite if one.field_filter]
    equal = [(name, "ASCENDING") for name, operator in operators if operator in ("EQUAL", "IN")]
    arrays = [(name, "CONTAINS") for name, operator in operators if operator.startswith("ARRAY")]
    order = [(one.field.field_path, one.direction.name) for one in asked.order_by if one.field.field_path != "__name__"]
    limited = {name for name, operator in operators if operator.endswith("OR_EQUAL")}
    assert limited <= {name for name, _ in order}
    if asked.find_nearest.vector_field.field_path:
        order.append((asked.find_nearest.vector_field.field_path, "VECTOR"))
    return tuple(equal + arrays + order)


def defined() -> set[tuple[tuple[str, str], ...]]:
    """The indexes of the file."""
    return {
        tuple(
            (field["fieldPath"], field.get("order") or field.get("arrayConfig") or "VECTOR") for field in one["fields"]
        )
        for one in INDEXES["indexes"]
    }


@pytest.mark.parametrize("whole", [0, 1000])
def test_every_query_has_its_index_and_every_index_its_query(
    address: Address, monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    monkeypatch.setattr(index, "WHOLE", whole)
    asked: list[Any] = []
    real = {name: getattr(Connection, name) for name in ("run", "count")}
    for name, method in real.items():
        monkeypatch.setattr(
            Connection, name, lambda self, query, *at, method=method: asked.append(query) or method(self, query, *at)
        )
    shop = put(address, [*SHOP, a_product("zebra")], embedder=Letters())
    for filters in (Filters(), Filters(currency="USD", need="gift", price_max=1500, age_years=9, price_min=1)):
        shop.index.search([stems("tea"), stems("jazz")], filters, 30)
        shop.index.best_rated(filters, 3)
        shop.index.cheapest(filters, 3)
        shop.index.cheapest(filters, 3, [stems("zebra")])
        shop.index.count(filters)
        shop.free_search().search("green tea under 20", filters, 3)
        nearest(shop, Letters(), "tea", filters, 2)
    list(shop)
    change_firestore(address, upserts([a_product("new", title="Quite New")]))
    made = {needed_index(query) for query in asked}
    composite = {one for one in made if len(one) > 1}
    assert composite <= defined()
    assert whole or composite == defined()


# -- reads ---------------------------------------------------------------------


def test_a_search_reads_no_more_than_its_bound(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "WHOLE", 0)
    shop = put(address, [a_product(f"p{i}", title="Tea", description="Jazz") for i in range(400)])
    assert shop.index.words.products == 400
    for words, limit in (("tea", 1), ("jazz", 24), ("tea", 200)):
        before = shop.reads.count
        shop.index.search([stems(words)], Filters(currency="USD"), limit)
        assert shop.reads.count - before <= 2 * index.MOST
    before = shop.reads.count
    shop.index.search([stems("tea")], Filters(currency="USD"), 1)
    assert shop.reads.count == before, "what was read once is kept"


def test_small_shelves_are_read_once_and_words_that_are_not_there_never(address: Address) -> None:
    shop = put(address, SHOP)
    assert shop.reads.count == 1
    assert shop.index.search([stems("falconry")], Filters(), 9) == []
    assert shop.sells("gift")
    assert shop.reads.count == 2, "the head and the words"
    for _ in range(3):
        shop.index.search([stems("tea")], Filters(price_max=1500), 9)
        shop.index.cheapest(Filters(need="gift"), 9)
        shop.require(["p0", "p1"])
    assert shop.reads.count <= 2 + len(SHOP) + 1


def test_looking_for_a_change_is_one_read(address: Address) -> None:
    shop = put(address, SHOP)
    before = shop.reads.count
    assert shop.marker() == shop.marker()
    assert shop.reads.count == before + 2
    assert shop.newest() is shop


def test_a_change_between_looking_the_head_up_and_stamping_the_answer_is_not_seen(address: Address) -> None:
    connection = put(address, SHOP).connection
    head, looked_up = read_head(connection)
    change_firestore(address, upserts([a_product("p1", "9.99"), a_product("new")]))
    changed = read_head(connection)[1].update_time
    stamped = SimpleNamespace(update_time=looked_up.update_time, read_time=changed)
    assert list(FirestoreCatalog(connection, head, stamped)) == SHOP


def test_the_moment_that_is_read_is_renewed_before_firestore_forgets_it(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = put(address, SHOP)
    shop.index.cheapest(Filters(), 99)
    before, marker = shop.reads.count, shop.marker()
    monkeypatch.setattr("tools.catalog.firestore.catalog.RENEWED_AFTER_S", -1.0)
    assert shop.marker() != marker
    newest = shop.newest()
    assert newest is not shop
    assert len(newest.index.cheapest(Filters(), 99)) == len(SHOP)
    assert shop.reads.count == before + 3, "what was read is still true"


def test_reads_counted_in_memory_are_those_of_firestore(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "WHOLE", 0)
    products = [a_product(f"p{i}", f"{1 + i * 7 % 60}", title="Tea" if i % 2 else "Zebra Mug") for i in range(130)]
    shops = [put(address, products)]
    _ = shops[0].index.words
    shops.append(in_memory(Memory(products), shops[0].manifest))
    answers: list[list[Any]] = []
    for shop in shops:
        before, answer = shop.reads.count, []
        for filters in (Filters(), Filters(currency="USD", need="gift", price_max=3000, price_min=500)):
            for hits in (
                shop.index.search([stems("zebra mug")], filters, 10),
                shop.index.cheapest(filters, 20),
                shop.index.cheapest(filters, 20, [stems("zebra")]),
                shop.index.best_rated(filters, 30),
            ):
                answer.append([product.product_id for product, _ in hits])
        shop.require(["p1", "p2", "nowhere"])
        answers.append([*answer, shop.reads.count - before])
    assert answers[0] == answers[1]


# -- documents -----------------------------------------------------------------


def test_a_product_with_more_words_than_are_kept_is_still_found(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "WHOLE", 0)
    monkeypatch.setattr(documents, "MOST_STEMS", 5)
    shop = put(address, [*SHOP, a_product("long", description="one two three four five six seven eight nine")])
    assert [p.product_id for p, _ in shop.index.cheapest(Filters(), 9, [stems("nine")])] == ["long"]
    assert [p.product_id for p, _ in shop.index.search([stems("eight")], Filters(), 9)] == ["long"]


def test_the_largest_product_a_feed_can_hold_fits_a_document(address: Address) -> None:
    price = SHOP[0].price
    variants = [
        Variant(product_id=f"v{i}", options={"size": str(i), "colour": "red"}, price=price) for i in range(5000)
    ]
    large = a_product("large", variants=variants, description="word " * 20_000)
    assert put(address, [large]).get("large") == large


# -- writers -------------------------------------------------------------------


def test_an_import_that_fails_midway_leaves_the_old_catalogue(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_DOCUMENTS", 2)
    monkeypatch.setattr("tools.catalog.firestore.connection.MOST_DOCUMENTS", 2)
    put(address, SHOP)

    def broken() -> Iterator[Product]:
        yield from (a_product(f"x{i}") for i in range(7))
        raise CatalogError("the feed ended in the middle")

    with pytest.raises(CatalogError, match="in the middle"):
        publish(address, broken(), Manifest(format=1, currency="USD", products=0))
    assert list(FirestoreCatalog.open(address)) == SHOP
    half = generations(address)
    assert len(half) == 2
    assert list(put(address, SHOP[:3])) == SHOP[:3]
    assert len(generations(address)) == 2, "the half one is swept, the replaced one kept for who reads it"


def test_a_replaced_generation_is_deleted_once_nobody_can_read_it(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    for count in (1, 2, 3):
        put(address, SHOP[:count])
    assert len(generations(address)) == 3
    monkeypatch.setattr(writing, "READERS_HAVE_S", -1.0)
    shop = put(address, SHOP)
    assert len(generations(address)) == 2
    assert list(shop) == SHOP


@pytest.mark.parametrize("at_once", [200, 1])
def test_a_large_change_is_a_new_generation_and_a_small_one_a_commit(
    address: Address, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(changing, "MOST_AT_ONCE", at_once)
    put(address, SHOP, embedder=Letters())
    change_firestore(address, upserts([a_product("p1", "1.00", title="Green Tea"), a_product("new", title="Zeppelin")]))
    change_firestore(address, removals(["p0"]))
    shop = FirestoreCatalog.open(address)
    assert [p.product_id for p in shop] == [*(f"p{i}" for i in range(1, 12)), "new"]
    assert shop.index.words.products == shop.manifest.products == 12
    assert "zeppelin" in shop.index.words.bearing
    assert len(nearest(shop, Letters(), "Green Tea", Filters(), 99)) == 11, "the vectors were kept"


def test_the_words_of_a_small_change_are_read_again_only_if_they_changed(address: Address) -> None:
    shop = put(address, SHOP)
    change_firestore(address, upserts([SHOP[0].model_copy(update={"stock": 3})]))
    restocked = shop.newest()
    assert restocked.manifest.words == shop.manifest.words
    change_firestore(address, upserts([a_product("p0", title="Zeppelin")]))
    assert restocked.newest().manifest.words != shop.manifest.words


def test_a_second_writer_is_refused_and_a_dead_one_is_not_waited_for(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(address, SHOP)
    first = lease.Lease(Connection.open(address))
    first.take(0)
    with pytest.raises(CatalogError, match="Another import or update is changing the catalogue"):
        change_firestore(address, removals(["p0"]), wait_s=0)
    monkeypatch.setattr(lease, "EXPIRES_S", -1.0)
    change_firestore(address, removals(["p0"]), wait_s=0)
    with pytest.raises(CatalogError, match="Another writer took over"):
        first.commit(lambda transaction: None)
    assert len(list(FirestoreCatalog.open(address))) == len(SHOP) - 1


def test_a_write_is_tried_again_while_firestore_is_overloaded(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures, real = [ServiceUnavailable("busy")] * 3, FirestoreClient.commit

    def flaky(self: FirestoreClient, *args: Any, retry: Any = None, **kwargs: Any) -> Any:
        def once() -> Any:
            if failures:
                raise failures.pop()
            return real(self, *args, **kwargs)

        return retry(once)() if isinstance(retry, Retry) else once()

    monkeypatch.setattr(FirestoreClient, "commit", flaky)
    assert list(put(address, SHOP)) == SHOP
    assert not failures


def test_a_catalogue_that_is_not_there_is_named_with_the_command_that_makes_one(address: Address) -> None:
    for use in (FirestoreCatalog.open, lambda there: change_firestore(there, removals(["x"]))):
        with pytest.raises(
            CatalogError, match=rf"no catalogue {address}; make one with: python -m tools\.catalog import"
        ):
            use(address)


def test_a_firestore_that_does_not_answer_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", f"127.0.0.1:{free_port()}")
    monkeypatch.setattr("tools.catalog.firestore.connection.RETRY_FOR_S", 0.5)
    with pytest.raises(CatalogError, match="firestore://test-x/shop cannot be reached"):
        FirestoreCatalog.open("firestore://test-x/shop")


# -- vectors -------------------------------------------------------------------


class Letters:
    """An embedder: how often each letter occurs."""

    name = "letters"

    def embed_documents(self, texts: list[str]) -> np.ndarray:
        rows = np.array([[1.0 + text.lower().count(chr(97 + i)) for i in range(26)] for text in texts], dtype="float32")
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed_documents([text])[0]


def test_the_nearest_in_meaning_pass_the_filters_best_first(address: Address) -> None:
    shop = put(address, [*SHOP, a_product("cake", title="Green Tea", need="cake")], embedder=Letters())
    hits = nearest(shop, Letters(), "Green Tea", Filters(need="gift", price_max=1700), 3)
    assert [p.product_id for p, _ in hits] == ["p1", "p3", "p5"]
    assert all(-1.0 <= score <= 1.001 for _, score in hits)
    change_firestore(address, upserts([a_product("p1", "99.00", title="Green Tea")]))
    assert "p1" in [p.product_id for p, _ in nearest(shop, Letters(), "Green Tea", Filters(need="gift"), 9)]


def test_vectors_of_another_model_or_of_too_many_dimensions_are_refused(address: Address) -> None:
    shop = put(address, SHOP)
    with pytest.raises(CatalogError, match="made by no model, not by letters"):
        nearest(shop, Letters(), "tea", Filters(), 1)

    class Wide(Letters):
        def embed_documents(self, texts: list[str]) -> np.ndarray:
            return np.ones((len(texts), MOST_DIMENSIONS + 1), dtype="float32")

    with pytest.raises(CatalogError, match=str(MOST_DIMENSIONS)):
        put(address, SHOP, embedder=Wide())


# -- the command line ----------------------------------------------------------


def test_the_commands_take_an_address_wherever_they_take_a_folder(
    address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where the rejected rows of a feed for an address are written
    place, emulator = str(address), {"FIRESTORE_EMULATOR_HOST": os.environ["FIRESTORE_EMULATOR_HOST"]}

    def command(*arguments: str) -> str:
        done = called(catalog_main, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    feed, more = tmp_path / "feed.csv", tmp_path / "more.csv"
    feed.write_text("id,title,price\na,Green Tea,12.50 USD\nb,Jazz Print,20 USD\nc,No Price,\n", "utf-8")
    more.write_text("id,title,price\nd,Tea Pot,30 USD\n", "utf-8")
    assert f"2 of 3 rows are products of {place}" in command("import", str(feed), "--to", place)
    assert "price" in (tmp_path / "shop.rejected.csv").read_text("utf-8")
    assert "1 of 1 rows added" in command("add", str(more), "--catalog", place)
    (tmp_path / "prices.csv").write_text("id,price\na,13\n", "utf-8")
    assert "1 of 1 rows updated" in command("update", str(tmp_path / "prices.csv"), "--catalog", place)
    assert "1 removed" in command("remove", "b", "--catalog", place)
    assert [json.loads(line)["product_id"] for line in command("export", "--catalog", place).splitlines()] == ["a", "d"]
    assert "13.00" in command("show", "a", "--catalog", place)
    assert command("search", "tea pot", "--catalog", place).count("[") == 2
    assert "2 products, 2 available" in command("stats", "--catalog", place)
    told = run(
        [*OURS, "ask", "--json", "--catalog", place, "a gift for my sister who loves tea, under $20"],
        tmp_path,
        emulator,
    )
    assert [pick["product_id"] for pick in json.loads(told.stdout)["picks"]] == ["a"], told.stderr


@pytest.mark.parametrize(
    "text", ["firestore://", "firestore://p", "firestore://p/a/b/c", "firestore://p/__x__", "firestore://p/a b"]
)
def test_an_address_firestore_cannot_have_is_refused_with_its_form(text: str) -> None:
    with pytest.raises(CatalogError, match=r"firestore://PROJECT\[/DATABASE\]/NAME"):
        Address.parse(text)


@pytest.mark.parametrize(
    "text", ["firestore://p/shop", "firestore://p/(default)/shop", "firestore://my-project/gifts/shop_1"]
)
def test_an_address_is_written_as_it_was_given(text: str) -> None:
    assert str(Address.parse(text)) == text


def generations(address: Address) -> list[str]:
    """Those that are stored."""
    connection = Connection.open(address)
    return [one.id for one in connection.run(connection.head.collection("generations"))]
