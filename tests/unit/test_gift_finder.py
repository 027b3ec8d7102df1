"""Sources look side by side; one that fails or is slow is left out with a warning, and the others still answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from sub_agents.gift_finder.agent import KEPT_FOR_PLAN, KEPT_FOR_SHORTLIST, SOURCES, Source, build_gift_finder
from tests.fakes.nodes import last_output, run_node
from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget, Need
from tools.catalog.interface import Catalog
from tools.request import Request

SHOP = [
    a_product("teapot", "29.00", interests=["tea"]),
    a_product("mug", "9.00"),
    a_product("shears", "19.00", title="Pruning Shears"),
    a_product("book", "9.00", title="A Book of Tea"),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_catalog(tmp_path_factory.mktemp("shop"), SHOP)


def answering(*ids: str) -> Source:
    return lambda catalog, request, need: list(ids)


def raising(catalog: Catalog, request: Request, need: Need) -> list[str]:
    raise ConnectionError("the vector store is down")


def sleeping(until: threading.Event, waited: threading.Event) -> Source:
    def source(catalog: Catalog, request: Request, need: Need) -> list[str]:
        until.wait(60)
        waited.set()
        return ["mug"]

    return source


async def find(
    shop: Catalog,
    request: Request,
    sources: Mapping[str, Source] = SOURCES,
    *,
    timeout_s: float = 60.0,
    catalog: Callable[[], Catalog] | None = None,
) -> dict[str, Any]:
    finder = build_gift_finder(catalog or (lambda: shop), sources=sources, timeout_s=timeout_s)
    return last_output(await run_node(finder, request.dump()))


async def test_a_source_that_raises_becomes_a_warning_and_the_others_answer(shop: Catalog) -> None:
    found = await find(shop, Request(brief=Brief()), {"broken": raising, "sound": answering("mug")})
    assert found["candidates"] == {"gift": ["mug"]}
    assert found["warnings"] == ["broken failed and was left out: the vector store is down"]


async def test_a_slow_source_becomes_a_warning_and_delays_nobody(shop: Catalog) -> None:
    done, waited = threading.Event(), threading.Event()
    sources = {"slow": sleeping(done, waited), "sound": answering("teapot")}
    found = await find(shop, Request(brief=Brief()), sources, timeout_s=1.0)
    assert not waited.is_set()
    done.set()
    assert found["candidates"] == {"gift": ["teapot"]}
    assert found["warnings"] == ["slow took longer than 1 s and was left out"]


async def test_sources_look_at_the_same_time(shop: Catalog) -> None:
    """Each waits for the other; one after the other, both would run out of time."""
    both = threading.Barrier(2, timeout=60)

    def waiting(catalog: Catalog, request: Request, need: Need) -> list[str]:
        both.wait()
        return ["mug"]

    found = await find(shop, Request(brief=Brief()), {"one": waiting, "other": waiting})
    assert found["warnings"] == []


async def test_all_sources_broken_is_nothing_found_and_no_crash(shop: Catalog) -> None:
    found = await find(shop, Request(brief=Brief()), {"one": raising, "other": raising})
    assert found["candidates"] == {"gift": []}
    assert len(found["warnings"]) == 2


async def test_ideas_of_the_model_are_searched(shop: Catalog) -> None:
    found = await find(shop, Request(brief=Brief(), ideas=["pruning shears", "a kite"]), {})
    assert found["candidates"] == {"gift": ["shears"]}


async def test_what_a_source_returns_against_the_rules_is_removed_and_counted(shop: Catalog) -> None:
    request = Request(brief=Brief(avoid=["books"], budget=Budget(max="10")), seen=["mug"])
    found = await find(shop, request, {"careless": answering("book", "teapot", "mug", "sold-last-week")})
    assert found["candidates"] == {"gift": []}
    assert found["removed"] == {"rule: books": 1, "outside the budget": 1, "turned down or shown before": 1}


async def test_the_request_is_handed_on_unchanged(shop: Catalog) -> None:
    request = Request(brief=Brief(interests=["tea"], budget=Budget(max="30")), ideas=["kite"], seen=["mug"])
    assert (await find(shop, request))["request"] == request.dump()


async def test_the_shipped_sources_find_what_answers_the_wish_first(shop: Catalog) -> None:
    found = await find(shop, Request(brief=Brief(interests=["tea"])))
    assert found["candidates"]["gift"][0] == "teapot"
    assert found["warnings"] == []


async def test_the_catalogue_in_use_is_asked_for_at_every_turn(shop: Catalog) -> None:
    asked: list[int] = []

    def present() -> Catalog:
        asked.append(1)
        return shop

    await find(shop, Request(brief=Brief()), {"one": answering("mug")}, catalog=present)
    assert asked


@pytest.mark.parametrize(
    ("needs", "kept"),
    [([Need(kind="gift")], KEPT_FOR_SHORTLIST), ([Need(kind="gift"), Need(kind="cake")], KEPT_FOR_PLAN)],
)
async def test_no_more_candidates_are_stored_than_can_matter_and_the_cheapest_are_among_them(
    tmp_path_factory: pytest.TempPathFactory, needs: list[Need], kept: int
) -> None:
    """The cheapest for the quantity: a pack of many may have the highest price."""
    needs = [need.model_copy(update={"quantity": 12}) if need.kind == "gift" else need for need in needs]
    products = [a_product(f"p{i:02}", "2.00", rating=5, rating_count=500, interests=["tea"]) for i in range(40)]
    products.append(a_product("pack", "6.00", pack_size=12))
    shop = a_catalog(tmp_path_factory.mktemp("shop"), products)
    ids = [product.product_id for product in products]
    found = await find(shop, Request(brief=Brief(needs=needs, interests=["tea"])), {"all": answering(*ids)})
    assert found["counts"]["gift"] == 41
    assert kept <= len(found["candidates"]["gift"]) <= kept + 3
    assert "pack" in found["candidates"]["gift"]
