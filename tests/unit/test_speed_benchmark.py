"""The speed benchmark's shop is the same in every run, and both searches answer the same question."""

from __future__ import annotations

from pathlib import Path

from eval.benchmarks.speed_measures import building_raw, changing, comparing, importing
from eval.benchmarks.speed_shop import VOCABULARY, queries, word, write_feed
from tools.catalog.folder import FolderCatalog


def test_no_two_ranks_have_one_word() -> None:
    assert len({word(rank) for rank in range(VOCABULARY)}) == VOCABULARY


def test_the_shop_and_the_queries_are_the_same_in_every_run(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_feed(tmp_path / name, 50)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert list(queries(20)) == list(queries(20))


def test_each_cost_is_measured(tmp_path: Path) -> None:
    write_feed(tmp_path / "feed.jsonl", 300)
    imported = importing(tmp_path / "feed.jsonl", tmp_path / "shop")
    assert FolderCatalog.open(tmp_path / "shop").manifest.products == 300
    building_raw(tmp_path / "shop", tmp_path / "raw")
    compared, changed = comparing(tmp_path / "shop", tmp_path / "raw"), changing(tmp_path / "shop")
    assert all(value > 0 for value in (imported | compared | changed).values())
    assert all(compared[f"{name}_p50"] <= compared[f"{name}_p95"] for name in ("ours", "index", "raw"))
    price = FolderCatalog.open(tmp_path / "shop").require(["p0"])[0].price
    assert str(price.amount) == "104.00"
