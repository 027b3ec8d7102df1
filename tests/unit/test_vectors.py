"""Vectors are kept with the catalogue: they follow its products, and only new texts are embedded."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.embedder import HashEmbedder
from tests.fakes.products import a_product
from tools.catalog.curated import curated_catalog
from tools.catalog.embedding import vectors as vectors_module
from tools.catalog.embedding.keeping import write_vectors
from tools.catalog.embedding.text import embedded_text
from tools.catalog.embedding.vectors import BASE, GRAPH, Vectors
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.feed_changes import add_feed, update_feed
from tools.catalog.intake.importing import import_feed
from tools.catalog.layout import VECTORS
from tools.catalog.search.index import Filters
from tools.catalog.versions.changes import change_catalog, removals, upserts
from tools.catalog.versions.giving_vectors import embed_catalog
from tools.errors import CatalogError
from tools.product import Product

ROOT = Path(__file__).resolve().parents[2]
SHOP = [
    a_product("tea", "9.00", title="Green Tea"),
    a_product("jazz", "20.00", title="Jazz Record"),
    a_product("vase", "80.00", title="Glass Vase", age_min_years=18),
]


def a_feed(folder: Path, products: Sequence[Product]) -> Path:
    feed = folder / "feed.jsonl"
    feed.write_text("".join(product.model_dump_json() + "\n" for product in products), "utf-8")
    return feed


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def folder(tmp_path: Path, embedder: HashEmbedder) -> Path:
    import_feed([a_feed(tmp_path, SHOP)], tmp_path / "shop", embedder=embedder)
    embedder.embedded.clear()
    return tmp_path / "shop"


def nearest(folder: Path, text: str, filters: Filters | None = None, limit: int = 10) -> list[str]:
    vectors = FolderCatalog.open(folder).vectors
    assert vectors
    return [i for i, _ in vectors.nearest(HashEmbedder().embed_query(text), filters or Filters(), limit)]


def assert_true_to(folder: Path, products: Sequence[Product]) -> None:
    """Every product has the vector of its text, and nothing else has one."""
    vectors, embedder = FolderCatalog.open(folder).vectors, HashEmbedder()
    assert vectors
    for product in products:
        query = embedder.embed_query(embedded_text(product))
        assert vectors.cosines(query, [product.product_id]) == [pytest.approx(1, abs=2e-3)]
    everything = vectors.nearest(embedder.embed_query("tea"), Filters(available_only=False), 1000)
    assert {i for i, _ in everything} == {p.product_id for p in products}
    assert vectors.cosines(embedder.embed_query("tea"), ["no such product"]) == [0]


# -- what is embedded ----------------------------------------------------------


def test_an_import_embeds_every_product_and_says_by_what(folder: Path) -> None:
    manifest = FolderCatalog.open(folder).manifest
    assert (manifest.embedder, manifest.dimensions) == ("fake", 64)
    assert_true_to(folder, SHOP)
    assert nearest(folder, "green tea")[0] == "tea"


def test_without_an_embedder_there_are_no_vectors(tmp_path: Path) -> None:
    import_feed([a_feed(tmp_path, SHOP)], tmp_path / "shop")
    catalog = FolderCatalog.open(tmp_path / "shop")
    assert catalog.vectors is None
    assert not (catalog.snapshot / VECTORS).exists()


def test_a_new_version_of_the_feed_embeds_only_what_changed(
    folder: Path, tmp_path: Path, embedder: HashEmbedder
) -> None:
    products = [SHOP[0], a_product("jazz", "25.00", title="Jazz Record"), a_product("new", title="Blue Mug")]
    import_feed([a_feed(tmp_path, products)], folder, embedder=embedder)
    assert embedder.embedded == [embedded_text(products[2])]
    assert_true_to(folder, products)


def test_another_embedder_embeds_everything_anew(folder: Path, tmp_path: Path) -> None:
    other = HashEmbedder("other", 16)
    import_feed([a_feed(tmp_path, SHOP)], folder, embedder=other)
    assert len(other.embedded) == 3
    assert FolderCatalog.open(folder).manifest.dimensions == 16


def test_the_same_text_is_embedded_once(tmp_path: Path, embedder: HashEmbedder) -> None:
    twins = [a_product(i, title="Green Tea") for i in "abc"]
    import_feed([a_feed(tmp_path, twins)], tmp_path / "shop", embedder=embedder)
    assert embedder.embedded == ["Green Tea"]


def test_a_price_embeds_nothing_and_needs_no_embedder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text("id,price\ntea,300 USD\n", "utf-8")
    update_feed([tmp_path / "prices.csv"], folder)
    assert_true_to(folder, FolderCatalog.open(folder).require(["tea", "jazz", "vase"]))
    assert "tea" not in nearest(folder, "tea", Filters(price_max=10_000))


def test_added_and_updated_texts_are_embedded_and_removed_products_are_not_found(
    folder: Path, tmp_path: Path, embedder: HashEmbedder
) -> None:
    (tmp_path / "new.csv").write_text("id,title,price\nmug,Blue Mug,5 USD\n", "utf-8")
    (tmp_path / "titles.csv").write_text("id,title\njazz,Jazz Poster\n", "utf-8")
    add_feed([tmp_path / "new.csv"], folder, embedder=embedder)
    update_feed([tmp_path / "titles.csv"], folder, embedder=embedder)
    assert embedder.embedded == ["Blue Mug", "Jazz Poster"]
    change_catalog(folder, removals(["tea"]))
    assert_true_to(folder, list(FolderCatalog.open(folder)))
    assert nearest(folder, "blue mug")[0] == "mug"
    assert "tea" not in nearest(folder, "green tea")


def test_a_new_text_without_the_embedder_changes_nothing_and_says_why(folder: Path) -> None:
    with pytest.raises(CatalogError, match="say which embedder made them, with --embedder or RECSYS_EMBEDDER"):
        change_catalog(folder, upserts([a_product("mug", title="Blue Mug")]), rebuild_share=9)
    with pytest.raises(CatalogError, match="were made by 'fake', not by 'other'"):
        change_catalog(folder, upserts([a_product("mug", title="Blue Mug")]), embedder=HashEmbedder("other"))
    assert [product.title for product in FolderCatalog.open(folder)] == [product.title for product in SHOP]
    assert_true_to(folder, SHOP)


def test_files_of_a_generation_that_is_open_never_change(folder: Path, embedder: HashEmbedder) -> None:
    before = FolderCatalog.open(folder)
    files = {path: path.read_bytes() for path in (before.snapshot / VECTORS).iterdir()}
    change_catalog(folder, upserts([a_product("mug", title="Blue Mug")]), rebuild_share=9, embedder=embedder)
    change_catalog(folder, removals(["tea"]), rebuild_share=9, embedder=embedder)
    change_catalog(folder, removals(["jazz"]), rebuild_share=0, embedder=embedder)
    assert {path: path.read_bytes() for path in (before.snapshot / VECTORS).iterdir()} == files
    assert before.vectors
    assert [i for i, _ in before.vectors.nearest(embedder.embed_query("green tea"), Filters(), 1)] == ["tea"]


IDS = [f"p{n}" for n in range(5)]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "remove"]),
        st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True),
        st.sampled_from(["Green Tea", "Jazz", "Blue Mug"]),
        st.sampled_from(["1.00", "9.00"]),
    ),
    max_size=5,
)


@pytest.mark.parametrize("rebuild_share", [0.0, 1e9])
@settings(max_examples=12, deadline=None)  # each writes several catalogues
@given(steps=STEPS)
def test_after_any_changes_each_product_has_the_vector_of_its_text(
    tmp_path_factory: pytest.TempPathFactory, rebuild_share: float, steps: list[tuple]
) -> None:
    where, embedder = tmp_path_factory.mktemp("shop"), HashEmbedder()
    import_feed([a_feed(where, [a_product("p0", title="Green Tea")])], where / "shop", embedder=embedder)
    now = {"p0": a_product("p0", title="Green Tea")}
    for kind, ids, title, price in steps:
        if kind == "remove":
            if not set(ids) & set(now):
                continue
            now = {i: product for i, product in now.items() if i not in ids}
            plan = removals(ids)
        else:
            put = [a_product(i, price, title=title) for i in ids]
            now |= {product.product_id: product for product in put}
            plan = upserts(put)
        change_catalog(where / "shop", plan, rebuild_share=rebuild_share, embedder=embedder)
    assert_true_to(where / "shop", list(now.values()))


# -- embed, the command's work -------------------------------------------------


def test_a_catalogue_gets_its_vectors_later_and_can_lose_them(tmp_path: Path, embedder: HashEmbedder) -> None:
    import_feed([a_feed(tmp_path, SHOP)], tmp_path / "shop")
    change_catalog(tmp_path / "shop", removals(["jazz"]))
    with pytest.raises(CatalogError, match="has no vectors: make them with"):
        FolderCatalog.open(tmp_path / "shop").vectors_of("fake")
    embed_catalog(tmp_path / "shop", embedder)
    assert_true_to(tmp_path / "shop", [SHOP[0], SHOP[2]])
    embed_catalog(tmp_path / "shop", embedder)
    assert len(embedder.embedded) == 2
    embed_catalog(tmp_path / "shop", None)
    assert FolderCatalog.open(tmp_path / "shop").vectors is None


def test_vectors_of_another_embedder_are_refused_with_what_to_do(folder: Path) -> None:
    with pytest.raises(CatalogError, match="made by 'fake', not by 'other': set RECSYS_EMBEDDER"):
        FolderCatalog.open(folder).vectors_of("other")


def test_the_shipped_catalogue_is_embedded_at_first_use(tmp_path: Path, embedder: HashEmbedder) -> None:
    assert curated_catalog(tmp_path).vectors is None
    catalog = curated_catalog(tmp_path, embedder)
    assert catalog.vectors
    assert len(catalog.vectors) == catalog.manifest.products
    count = len(embedder.embedded)
    curated_catalog(tmp_path, embedder)
    assert len(embedder.embedded) == count


# -- crashes -------------------------------------------------------------------

STOPPED = """
import sys, time
from pathlib import Path
from tests.fakes.embedder import HashEmbedder
from tests.fakes.products import a_product
from tools.catalog.embedding import keeping
from tools.catalog.intake.importing import import_feed
from tools.catalog.versions.changes import change_catalog, upserts

class Stopping(HashEmbedder):
    def embed_documents(self, texts):
        print("there", flush=True)
        time.sleep(60)

folder, where = Path(sys.argv[1]), sys.argv[2]
if where == "import":
    import_feed([Path(sys.argv[3])], folder, embedder=Stopping())
change_catalog(folder, upserts([a_product("new")]), rebuild_share=9, embedder=Stopping())
"""


@pytest.mark.parametrize("where", ["import", "change"])
def test_killed_while_it_embeds_the_old_vectors_serve(folder: Path, tmp_path: Path, where: str) -> None:
    feed = a_feed(tmp_path, [a_product("x", title="Other")])
    command = [sys.executable, "-c", STOPPED, str(folder), where, str(feed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "there\n"
        os.kill(process.pid, signal.SIGKILL)
    assert_true_to(folder, SHOP)
    embed_catalog(folder, HashEmbedder())
    assert len(list((folder / "generations").iterdir())) == 1


# -- searching -----------------------------------------------------------------


def many(count: int) -> list[Product]:
    return [
        a_product(
            f"p{n}",
            f"{1 + n % 50}.00",
            "EUR" if n % 7 == 0 else "USD",
            title=f"Thing {n % 40} of kind {n % 11}",
            age_min_years=n % 20,
            need="cake" if n % 5 == 0 else "gift",
            stock=0 if n % 13 == 0 else None,
        )
        for n in range(count)
    ]


FILTERS = [
    Filters(),
    Filters(available_only=False),
    Filters(currency="EUR", price_min=500, price_max=2000),
    Filters(age_years=7),
    Filters(need="cake", price_max=300),
    Filters(exclude_ids=frozenset({"p3", "p43"})),
]


@pytest.mark.parametrize("filters", FILTERS)
def test_filters_hold_for_the_nearest_as_for_the_text_index(filters: Filters, tmp_path: Path) -> None:
    products = many(300)
    import_feed([a_feed(tmp_path, products)], tmp_path / "shop", embedder=HashEmbedder())
    catalog = FolderCatalog.open(tmp_path / "shop")
    by_text = {product.product_id for product, _ in catalog.index.search([("thing",)], filters, 300)}
    assert by_text
    assert set(nearest(tmp_path / "shop", "thing", filters, 300)) == by_text


@pytest.mark.parametrize("filters", FILTERS)
def test_the_approximate_index_finds_what_the_exact_comparison_finds(filters: Filters, tmp_path: Path) -> None:
    products, embedder = many(3000), HashEmbedder()
    write_vectors(tmp_path / "exact", products, 3000, embedder)
    write_vectors(tmp_path / "graph", products, 3000, embedder, exact_rows=100)
    assert (tmp_path / "graph" / GRAPH).exists()
    query = embedder.embed_query("thing 7 of kind 5")
    exact, approximate = (Vectors(tmp_path / f).nearest(query, filters, 20) for f in ("exact", "graph"))
    # Equal texts have equal cosines, in any order; what is approximate may miss one.
    assert [cosine for _, cosine in approximate] == pytest.approx([cosine for _, cosine in exact], abs=0.02)


def test_where_few_pass_the_filters_all_of_them_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors_module, "MOST_FETCHED", 50)
    products, embedder = [*many(2000), a_product("one", "77.00", title="Lone")], HashEmbedder()
    write_vectors(tmp_path / "graph", products, 2001, embedder, exact_rows=100)
    found = Vectors(tmp_path / "graph").nearest(embedder.embed_query("thing"), Filters(price_min=7000), 10)
    assert [i for i, _ in found] == ["one"]


def test_no_row_is_lost_when_ids_are_of_any_letters(tmp_path: Path) -> None:
    products = [a_product(i, title="Tea") for i in ("ä", "b\nc", "日本", "x" * 200)]
    write_vectors(tmp_path / "v", products, 4, HashEmbedder())
    found = Vectors(tmp_path / "v").nearest(HashEmbedder().embed_query("tea"), Filters(), 10)
    assert {i for i, _ in found} == {p.product_id for p in products}
    assert np.allclose([c for _, c in found], 1, atol=1e-3)


def test_vectors_that_lost_a_part_are_said_to_be_broken(tmp_path: Path) -> None:
    import_feed([a_feed(tmp_path, many(20))], tmp_path / "shop", embedder=HashEmbedder())
    (file,) = (tmp_path / "shop").rglob(BASE)
    with file.open("r+b") as numbers:
        numbers.truncate(file.stat().st_size - 2)
    with pytest.raises(CatalogError, match=r"vectors .* are broken .*; import the feed again"):
        _ = FolderCatalog.open(tmp_path / "shop").vectors


def test_a_manifest_of_before_there_were_vectors_opens(folder: Path) -> None:
    manifest = json.loads((folder / "catalog.json").read_text())
    del manifest["embedder"], manifest["dimensions"]
    (folder / "catalog.json").write_text(json.dumps(manifest))
    assert FolderCatalog.open(folder).vectors is None
