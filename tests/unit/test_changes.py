"""A catalogue that changes while it serves: every reader sees one version of it, whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recsys_agent.agent import catalog_provider
from recsys_agent.settings import Settings
from tests.fakes.products import a_catalog, a_product
from tests.processes import ROOT
from tests.waiting import until
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import import_feed
from tools.catalog.layout import GENERATIONS
from tools.catalog.search.index import Filters
from tools.catalog.versions import changes
from tools.catalog.versions.changes import change_catalog, removals, upserts
from tools.catalog.versions.generations import write_lock
from tools.catalog.versions.live import LiveCatalog
from tools.errors import CatalogError
from tools.lexicon.stems import stems
from tools.planning.matching import match
from tools.product import Product

START = [a_product("mug", "12.00"), a_product("pen", "3.00"), a_product("vase", "80.00")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_catalog(tmp_path, START).folder


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / GENERATIONS).iterdir())


# -- what a change does --------------------------------------------------------


def test_the_shops_currency_follows_most_of_its_products_and_stays_on_a_tie(folder: Path) -> None:
    euros = [a_product(f"e{n}", "1.00", "EUR") for n in range(4)]
    change_catalog(folder, upserts(euros[:3]))
    assert FolderCatalog.open(folder).currency == "USD"
    change_catalog(folder, upserts(euros[3:]))
    assert FolderCatalog.open(folder).currency == "EUR"
    change_catalog(folder, removals([p.product_id for p in [*START, *euros]]))
    assert (FolderCatalog.open(folder).currency, list(FolderCatalog.open(folder))) == ("EUR", [])


def test_a_catalogue_is_changed_only_where_there_is_one(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="There is no catalogue folder"):
        change_catalog(tmp_path / "none", upserts(START))
    assert list(tmp_path.iterdir()) == []


IDS = [f"p{n}" for n in range(6)]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "remove"]),
        st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True),
        st.integers(1, 40),
        st.sampled_from(["Green Tea", "Jazz", "Jazz Tea"]),
        st.sampled_from([None, 0, 5]),
    ),
    max_size=6,
)


def expected(products: Sequence[Product], step: tuple) -> list[Product]:
    kind, ids, price, title, stock = step
    now = {p.product_id: p for p in products}
    for one in ids:
        if kind == "remove":
            now.pop(one, None)
        else:
            now[one] = a_product(one, str(price), title=title, stock=stock)
    return list(now.values())


@pytest.mark.parametrize("rebuild_share", [0.0, 1e9])
@settings(max_examples=12, deadline=None)  # each writes up to eight catalogues
@given(steps=STEPS)
def test_any_changes_one_after_the_other_equal_a_rebuild_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, rebuild_share: float, steps: list[tuple]
) -> None:
    """In products, their order, and what searches find; a rewritten index in its scores too."""
    where = tmp_path_factory.mktemp("shop")
    products = [a_product("p0", title="Green Tea"), a_product("p1", title="Jazz")]
    folder = a_catalog(where, products).folder
    for step in steps:
        after = expected(products, step)
        if step[0] == "put":
            plan = upserts([p for p in after if p.product_id in step[1]])
        elif after == products:
            continue
        else:
            plan = removals(step[1])
        change_catalog(folder, plan, rebuild_share=rebuild_share)
        products = after
    changed, scratch = FolderCatalog.open(folder), a_catalog(where, products)
    assert list(changed) == list(scratch) == products
    assert changed.manifest.products == len(products)
    assert [changed.get(i) for i in IDS] == [scratch.get(i) for i in IDS]
    for filters in (Filters(), Filters(price_max=2000), Filters(available_only=False)):
        assert changed.index.count(filters) == scratch.index.count(filters)
        for mine, other in (
            (changed.index.cheapest(filters, 9), scratch.index.cheapest(filters, 9)),
            (changed.index.search([stems("tea")], filters, 9), scratch.index.search([stems("tea")], filters, 9)),
        ):
            assert {p.product_id: p for p, _ in mine} == {p.product_id: p for p, _ in other}
            if not rebuild_share:
                assert mine == other


# -- readers and writers at the same time --------------------------------------


def test_who_has_it_open_keeps_the_whole_old_catalogue_and_it_is_removed_when_nobody_does(folder: Path) -> None:
    change_catalog(folder, removals(["vase"]))
    before = FolderCatalog.open(folder)
    change_catalog(folder, upserts([a_product("pen", "9.00")]))
    change_catalog(folder, upserts([a_product("pen", "10.00")]))
    assert [p.product_id for p in before] == ["mug", "pen"]
    assert before.require(["pen", "vase"]) == [START[1]]
    assert len(generations(folder)) == 2
    del before
    change_catalog(folder, removals(["mug"]))
    assert len(generations(folder)) == 1


def version(number: int) -> list[Product]:
    """The whole shop at one version: price and title of every product tell which."""
    return [a_product(f"p{n}", f"{number}.00", title=f"Tea of version {number}") for n in range(20)]


def is_whole(products: Sequence[Product]) -> bool:
    return len(products) == 20 and len({(p.price.amount, p.title) for p in products}) == 1


def test_a_reader_never_sees_a_half_while_updates_run(tmp_path: Path) -> None:
    folder = a_catalog(tmp_path, version(1)).folder
    shop = LiveCatalog(lambda: FolderCatalog.open(folder), check_every_s=0)
    wrong, seen, done = list[object](), set[str](), threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                catalog = shop()
                hits = catalog.index.search([stems("tea")], Filters(), 50)
                views = [
                    [p for p, _ in hits],
                    [p for n in range(20) if (p := catalog.get(f"p{n}"))],
                    list(catalog),
                    list(FolderCatalog.open(folder)),
                ]
                seen.add(views[0][0].title)
                wrong.extend(view for view in views if not is_whole(view))
        except Exception as error:
            wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(2, 14):
        change_catalog(folder, upserts(version(number)), rebuild_share=0 if number % 2 else 1e9)
        if number % 4 == 0:
            until(lambda title=f"Tea of version {number}": wrong or title in seen)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(seen) >= 3


def test_two_writers_do_not_lose_each_others_changes(folder: Path) -> None:
    def put(name: str) -> None:
        for number in range(4):
            change_catalog(folder, upserts([a_product(f"{name}{number}")]), wait_s=60)

    writers = [threading.Thread(target=put, args=(name,)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert {f"{name}{number}" for name in "abc" for number in range(4)} <= {
        p.product_id for p in FolderCatalog.open(folder)
    }


def test_a_writer_that_waits_too_long_is_refused_in_one_sentence(folder: Path) -> None:
    refused: list[str] = []

    def late() -> None:
        try:
            change_catalog(folder, removals(["mug"]), wait_s=0.1)
        except CatalogError as error:
            refused.append(str(error))

    with write_lock(folder):
        thread = threading.Thread(target=late)
        thread.start()
        thread.join()
    assert refused == [f"Another import or update is changing the catalogue {folder}; try again when it is done"]
    assert list(FolderCatalog.open(folder)) == START


# -- crashes -------------------------------------------------------------------

STOPPED_IN = """
import sys, time
from pathlib import Path
from tools.catalog.intake import importing
from tools.catalog.versions import changes, generations
from tools.money import Money
from tools.product import Product

def stop(*args, **kwargs):
    print("there", flush=True)
    time.sleep(60)

folder, where = Path(sys.argv[1]), sys.argv[2]
if where == "publish":
    generations._publish = stop
elif where == "import":
    importing.build_index = stop
    importing.import_feed([Path(sys.argv[3])], folder)
else:
    setattr(changes, where, stop)
pen = Product(product_id="pen", title="Other", price=Money.of("7.00", "USD"))
changes.change_catalog(folder, changes.upserts([pen]), rebuild_share=0 if where == "build_index" else 9)
"""


@pytest.mark.parametrize("where", ["update_index", "build_index", "write_manifest", "publish", "import"])
def test_killed_in_the_middle_the_old_catalogue_serves_and_the_next_writer_clears_up(folder: Path, where: str) -> None:
    (folder.parent / "feed.jsonl").write_text('{"id": "x", "title": "X", "price": "$5.00"}\n', "utf-8")
    command = [sys.executable, "-c", STOPPED_IN, str(folder), where, str(folder.parent / "feed.jsonl")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "there\n"
        os.kill(process.pid, signal.SIGKILL)
    assert list(FolderCatalog.open(folder)) == START
    assert len(generations(folder)) == 1
    import_feed([folder.parent / "feed.jsonl"], folder)
    assert [p.product_id for p in FolderCatalog.open(folder)] == ["x"]
    assert len(generations(folder)) == 1
    assert sorted(p.name for p in folder.iterdir()) == [".lock", "catalog.json", "generations", "rejected.csv"]


UPDATING = """
import sys
from pathlib import Path
from itertools import count
from tests.fakes.products import a_product
from tools.catalog.versions.changes import change_catalog, upserts
print("there", flush=True)
for number in count(2):
    version = [a_product(f"p{n}", f"{number}.00", title=f"Tea of version {number}") for n in range(20)]
    change_catalog(Path(sys.argv[1]), upserts(version), rebuild_share=number % 2)
"""


def test_killed_at_any_moment_the_catalogue_is_one_whole_version(tmp_path: Path) -> None:
    folder = a_catalog(tmp_path, version(1)).folder
    command = [sys.executable, "-c", UPDATING, str(folder)]
    for moment in range(4):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert process.stdout.readline() == "there\n"
            time.sleep(0.1 + 0.037 * moment)
            os.kill(process.pid, signal.SIGKILL)
        assert is_whole(list(FolderCatalog.open(folder)))
        assert is_whole([p for p, _ in FolderCatalog.open(folder).index.cheapest(Filters(), 50)])


def test_an_error_in_the_middle_leaves_no_trace(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: object) -> None:
        raise MemoryError

    monkeypatch.setattr(changes, "write_manifest", crash)
    with pytest.raises(MemoryError):
        change_catalog(folder, removals(["mug"]))
    assert list(FolderCatalog.open(folder)) == START
    assert generations(folder) == []


# -- a running server ----------------------------------------------------------


def test_a_running_server_notices_within_seconds(folder: Path) -> None:
    shop = catalog_provider(Settings(catalog=folder))
    assert shop().get("pen") == START[1]
    change_catalog(folder, upserts([a_product("pen", "4.00")]))
    until(lambda: shop().get("pen") != START[1])
    assert shop().require(["pen"])[0] == a_product("pen", "4.00")


def test_a_change_is_noticed_where_a_file_gets_the_number_and_the_time_of_the_one_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = LiveCatalog(lambda: FolderCatalog.open(folder), check_every_s=0)
    assert shop().get("mug")
    same = (folder / "catalog.json").stat()
    monkeypatch.setattr(Path, "stat", lambda path, **_: same if path.name == "catalog.json" else os.stat(path))
    assert shop().get("mug")
    change_catalog(folder, removals(["mug"]))
    assert shop().get("mug") is None


def test_it_looks_at_most_once_in_the_interval_and_reopens_only_what_changed(folder: Path) -> None:
    change_catalog(folder, removals(["vase"]))
    now = [0.0]
    shop = LiveCatalog(lambda: FolderCatalog.open(folder), check_every_s=1, clock=lambda: now[0])
    first = shop()
    now[0] = 5
    assert shop() is first
    change_catalog(folder, removals(["mug"]))
    now[0] = 5.9
    assert shop() is first
    now[0] = 6.1
    assert shop().get("mug") is None


def test_a_turn_in_progress_keeps_its_catalogue(folder: Path) -> None:
    shop = LiveCatalog(lambda: FolderCatalog.open(folder), check_every_s=0)
    shop.pin()
    change_catalog(folder, removals(["mug"]))
    assert shop().get("mug")
    assert shop.newest().get("mug") is None
    shop.pin()
    assert shop().get("mug") is None


def test_a_catalogue_that_breaks_is_served_on_from_what_is_open(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    shop = LiveCatalog(lambda: FolderCatalog.open(folder), check_every_s=0)
    assert shop().get("pen")
    (folder / "catalog.json").write_text("{")
    assert shop().get("pen")
    assert "could not be reopened" in caplog.text


def test_what_is_kept_about_products_never_outlives_a_change(folder: Path) -> None:
    """Matches and parsed products are kept in memory; a product of the same id and another text is another one."""
    change_catalog(folder, upserts([a_product("pen", title="Tea strainer", description="For loose tea.")]))
    before = FolderCatalog.open(folder).require(["pen"])[0]
    assert match(before, "tea")
    assert "tea" in before.field_stems["title"]
    change_catalog(folder, upserts([a_product("pen", title="Jazz print")]))
    after = FolderCatalog.open(folder).require(["pen"])[0]
    assert not match(after, "tea")
    assert "tea" not in after.rule_stems
