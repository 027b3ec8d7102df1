"""Meaning beside words: it finds what shares no word, steps back where words are sure, and keeps every filter."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from tests.fakes.embedder import HashEmbedder
from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget, Need
from tools.catalog.__main__ import app
from tools.catalog.embedding import embedder as embedder_module
from tools.catalog.folder import FolderCatalog
from tools.catalog.interface import Catalog
from tools.catalog.search.free_search import FreeSearch
from tools.catalog.search.fusion import doubt
from tools.catalog.search.index import Filters
from tools.catalog.search.reading import read
from tools.catalog.search.tokens import Tokens, as_record
from tools.catalog.versions.giving_vectors import embed_catalog
from tools.errors import CatalogError
from tools.planning import retrieval
from tools.request import Request

SAME = {"davenport": "sofa", "divanette": "sofa"}
SHOP = [
    a_product("sofa", "500.00", title="Red Sofa", description="Seats three."),
    a_product("kids", "90.00", title="Little Sofa", age_max_years=6),
    a_product("gone", "80.00", title="Old Sofa", stock=0),
    a_product("lamp", "12.00", title="Desk Lamp"),
    a_product("cover", "30.00", title="Cover for a davenport"),
]


@pytest.fixture(scope="module")
def embedder() -> HashEmbedder:
    return HashEmbedder(same=SAME, dimensions=256)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, embedder: HashEmbedder) -> Catalog:
    folder = a_catalog(tmp_path_factory.mktemp("shop"), SHOP).folder
    embed_catalog(folder, embedder)
    return FolderCatalog.open(folder)


def found(shop: Catalog, embedder: HashEmbedder, query: str, filters: Filters | None = None) -> list[str]:
    return [h.product.product_id for h in shop.free_search(embedder).search(query, filters or Filters(), 10)]


def test_what_shares_no_word_with_the_query_is_found_by_meaning(shop: Catalog, embedder: HashEmbedder) -> None:
    assert shop.free_search().search("divanette", Filters(), 10) == []
    hits = shop.free_search(embedder).search("divanette", Filters(), 10)
    assert hits[0].product.product_id in {"sofa", "kids"}
    assert [(e.source, e.field, e.word) for e in hits[0].evidence] == [("dense", "similar meaning", "divanette")]
    assert hits[0].evidence[0].found.startswith("cosine 0.")


def test_a_hit_of_both_names_both(shop: Catalog, embedder: HashEmbedder) -> None:
    best = shop.free_search(embedder).search("red sofa", Filters(), 10)[0]
    assert best.product.product_id == "sofa"
    assert {one.source for one in best.evidence} == {"text", "dense"}


@pytest.mark.parametrize(
    ("filters", "absent"),
    [
        (Filters(price_max=10_000), {"sofa"}),
        (Filters(age_years=30), {"kids"}),
        (Filters(), {"gone"}),
        (Filters(exclude_stems=frozenset({"seat"})), {"sofa"}),
        (Filters(exclude_ids=frozenset({"sofa"})), {"sofa"}),
        (Filters(need="cake"), {p.product_id for p in SHOP}),
        (Filters(currency="EUR"), {p.product_id for p in SHOP}),
    ],
)
def test_filters_hold_for_dense_candidates(
    shop: Catalog, embedder: HashEmbedder, filters: Filters, absent: set[str]
) -> None:
    assert absent.isdisjoint(found(shop, embedder, "divanette", filters))


def test_a_price_in_the_query_holds_for_dense_candidates(shop: Catalog, embedder: HashEmbedder) -> None:
    assert "sofa" not in found(shop, embedder, "divanette under 100")


def test_words_that_name_the_thing_leave_no_doubt(shop: Catalog) -> None:
    query = FreeSearch(shop).understand("sofa")
    for top, unsure in ((["sofa", "kids"], 0), (["sofa", "lamp"], 0.5), ([], 1)):
        assert doubt(query, Tokens.of(as_record(read(product)) for product in shop.require(top))) == pytest.approx(
            unsure
        )


def test_what_is_made_for_the_thing_comes_after_what_means_the_thing(shop: Catalog, embedder: HashEmbedder) -> None:
    ids = found(shop, embedder, "davenport")
    assert ids.index("kids") < ids.index("cover")


def test_another_embedder_is_refused_with_what_to_do(shop: Catalog) -> None:
    with pytest.raises(CatalogError, match="made by 'fake', not by 'other'"):
        shop.free_search(HashEmbedder("other"))


def test_a_batch_uses_the_embedder(shop: Catalog, embedder: HashEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedder_module, "build_embedder", lambda choice: embedder if choice == "fake" else None)
    result = CliRunner().invoke(
        app,
        ["search", "--catalog", str(shop.folder), "--embedder", "fake", "--batch", "-"],
        input="divanette\n",
        catch_exceptions=False,
    )
    answer = json.loads(result.output)
    assert answer["results"][0]["evidence"][0]["source"] == "dense"


def test_the_gift_finder_looks_by_meaning_within_the_rules(shop: Catalog, embedder: HashEmbedder) -> None:
    brief = Brief(interests=["divanette"], budget=Budget(max=Decimal(100), currency="USD"))
    ids = retrieval.by_meaning(shop, Request(brief=brief), Need(kind="gift"), embedder)
    assert ids[0] == "kids"
    assert {"sofa", "gone"}.isdisjoint(ids)
    assert retrieval.by_meaning(shop, Request(brief=Brief()), Need(kind="gift"), embedder) == []
