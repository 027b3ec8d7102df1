"""Behaviour beside a catalogue: kept, updated as a whole, and a source only where it is."""

from __future__ import annotations

import csv
import gzip
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget, Need
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import import_feed
from tools.catalog.interactions import store
from tools.catalog.interactions.beside import behaviour_of
from tools.catalog.interactions.store import add_interactions
from tools.catalog.interface import Catalog
from tools.catalog.layout import INTERACTIONS, INTERACTIONS_LOCK
from tools.catalog.versions.generations import write_lock
from tools.errors import CatalogError
from tools.planning import retrieval
from tools.request import Request

GIFT = Need(kind="gift")
LOG = "user,item,time,kind\n" + "".join(f"u{n},kite,1,buy\nu{n},drum,2,buy\nu{n},gone,3,buy\n" for n in range(5))
MORE = "user,item,time,kind\n" + "".join(f"v{n},kite,5,buy\nv{n},lamp,6,buy\n" for n in range(20))


@pytest.fixture
def shop(tmp_path: Path) -> Catalog:
    products = [
        a_product("kite", title="Kite"),
        a_product("drum", title="Drum"),
        a_product("lamp", "300.00", title="Lamp"),
        *(a_product(f"other-{n}", title=f"Thing {n}", rating=5.0, rating_count=99) for n in range(3)),
    ]
    return a_catalog(tmp_path, products)


@pytest.fixture
def logs(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "log.csv", tmp_path / "more.csv"]
    for path, text in zip(paths, (LOG, MORE), strict=True):
        path.write_text(text, "utf-8")
    return paths


def asking(**brief: Any) -> Request:
    return Request(brief=Brief.model_validate(brief))


def learned(shop: Catalog) -> list[Any]:
    behaviour = behaviour_of(shop)
    assert behaviour is not None
    return [behaviour.next_items(["kite"]), behaviour.popular(), behaviour.bought_with("kite")]


def test_a_catalogue_without_events_has_no_behaviour(shop: Catalog) -> None:
    assert behaviour_of(shop) is None


def test_rows_are_accounted_for(shop: Catalog, logs: list[Path]) -> None:
    logs[0].write_text(f"{LOG}u9\n,kite,1,buy\nu0,kite,1,buy\n", "utf-8")
    summary = add_interactions(logs, shop)
    assert (summary.rows, summary.events, summary.rejected) == (58, 56, 2)
    assert (summary.added, summary.total, summary.unknown_items) == (55, 55, 1)
    assert [(name, bad.line) for name, bad in summary.bad_rows] == [("log.csv", 17), ("log.csv", 18)]


def test_what_is_added_later_is_as_if_it_had_been_there_and_is_noticed(shop: Catalog, logs: list[Path]) -> None:
    add_interactions(logs[:1], shop)
    before = learned(shop)
    add_interactions(logs[1:], shop)
    after = learned(shop)
    add_interactions(logs, shop, afresh=True)
    assert before != after == learned(shop)


def test_afresh_forgets(shop: Catalog, logs: list[Path]) -> None:
    add_interactions(logs, shop)
    assert add_interactions(logs[:1], shop, afresh=True).total == 15


def test_a_crash_leaves_what_was_there(shop: Catalog, logs: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    add_interactions(logs[:1], shop)
    before, entries = learned(shop), sorted(shop.folder.iterdir())

    def crash(file: Path, **arrays: object) -> None:
        file.write_bytes(b"half")
        raise MemoryError

    monkeypatch.setattr(store.np, "savez", crash)
    with pytest.raises(MemoryError):
        add_interactions(logs[1:], shop)
    assert (learned(shop), sorted(shop.folder.iterdir())) == (before, entries)


def test_a_log_without_events_changes_nothing(shop: Catalog, logs: list[Path]) -> None:
    logs[0].write_text("user,item\nu,\n", "utf-8")
    with pytest.raises(
        CatalogError, match=r"None of the 1 rows is an event; the first: log\.csv, line 2: item: is empty"
    ):
        add_interactions(logs[:1], shop)
    assert not (shop.folder / INTERACTIONS).exists()


def test_a_broken_file_is_named_with_what_to_do(shop: Catalog) -> None:
    (shop.folder / INTERACTIONS).write_bytes(b"PK broken")
    with pytest.raises(CatalogError, match="--afresh"):
        behaviour_of(shop)


def test_behaviour_outlives_a_new_import_of_the_feed(tmp_path: Path, logs: list[Path]) -> None:
    feed = tmp_path / "feed.csv"
    feed.write_text("id,name,price\nkite,Kite,5.00\ndrum,Drum,6.00\n", "utf-8")
    import_feed([feed], tmp_path / "shop", currency="USD")
    add_interactions(logs, FolderCatalog.open(tmp_path / "shop"))
    before = learned(FolderCatalog.open(tmp_path / "shop"))
    import_feed([feed], tmp_path / "shop", currency="USD")
    assert learned(FolderCatalog.open(tmp_path / "shop")) == before


def test_what_is_often_bought_with_a_liked_pick_is_found_within_the_filters(shop: Catalog, logs: list[Path]) -> None:
    request = asking(like="kite", budget=Budget(max="50"))
    assert "drum" not in retrieval.by_likeness(shop, request, GIFT)
    add_interactions(logs, shop)
    found = retrieval.by_likeness(shop, request, GIFT)
    assert found[0] == "drum"
    assert not {"kite", "lamp", "gone"} & set(found)


def test_what_is_popular_comes_with_the_best_rated(shop: Catalog, logs: list[Path]) -> None:
    before = retrieval.by_occasion(shop, asking(budget=Budget(max="12")), GIFT)
    add_interactions(logs, shop)
    after = retrieval.by_occasion(shop, asking(budget=Budget(max="12")), GIFT)
    assert before[0].startswith("other")
    assert after[0] == "kite"
    assert set(after) == set(before)


def test_each_rejected_row_is_listed_beside_the_log_with_line_and_reason(shop: Catalog, logs: list[Path]) -> None:
    logs[0].write_text("user,item,kind\nu,kite,buy\n=1+1,,buy\nu,kite,=cmd\n", "utf-8")
    summary = add_interactions(logs[:1], shop)
    with summary.rejected_file.open(encoding="utf-8", newline="") as file:
        rows = [(row["log"], row["line"], row["reason"].partition(":")[0]) for row in csv.DictReader(file)]
    assert summary.rejected_file == shop.folder / "interactions_rejected.csv"
    assert rows == [("log.csv", "3", "item"), ("log.csv", "4", "kind")]


def test_all_bytes_of_the_logs_are_told(shop: Catalog, logs: list[Path]) -> None:
    packed = logs[0].with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(LOG.encode()))
    read: list[int] = []
    add_interactions([packed, logs[1]], shop, on_bytes=read.append)
    assert sum(read) == packed.stat().st_size + logs[1].stat().st_size


def test_of_two_imports_at_once_none_is_lost(shop: Catalog, logs: list[Path]) -> None:
    first, second = (threading.Thread(target=add_interactions, args=([log], shop)) for log in logs)
    first.start()
    second.start()
    first.join()
    second.join()
    after = add_interactions(logs, shop)
    assert (after.added, after.total) == (0, 55)


def test_an_import_that_waits_too_long_is_refused(shop: Catalog, logs: list[Path]) -> None:
    refused: list[str] = []

    def late() -> None:
        try:
            add_interactions(logs, shop, wait_s=0.1)
        except CatalogError as error:
            refused.append(str(error))

    with write_lock(shop.folder, name=INTERACTIONS_LOCK):
        thread = threading.Thread(target=late)
        thread.start()
        thread.join()
        with write_lock(shop.folder, 0.1):  # the feed can be imported meanwhile
            pass
    assert len(refused) == 1
    assert not (shop.folder / INTERACTIONS).exists()
