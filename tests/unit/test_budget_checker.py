"""The budget checker trusts nobody: ids come in, and price, stock, age and rules are looked up and checked again."""

from __future__ import annotations

from typing import Any

import pytest

from sub_agents.budget_checker.agent import build_budget_checker
from tests.fakes.nodes import last_output, run_node
from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget
from tools.catalog.interface import Catalog
from tools.request import Outcome, Request

SHOP = [
    a_product("teapot", "9.99", interests=["tea"]),
    a_product("dear", "10.01", interests=["tea"]),
    a_product("book", "5.00", title="Book of Tea"),
    a_product("gone", "5.00", interests=["tea"], stock=0),
    a_product("mug", "8.00"),
    a_product("toy", "7.00", title="Toy Tea Set", age_max_years=6),
]
BRIEF = Brief(interests=["tea"], avoid=["books"], budget=Budget(min="5", max="10"), recipient={"relation": "uncle"})


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_catalog(tmp_path_factory.mktemp("shop"), SHOP)


async def checked(shop: Catalog, request: Request, *ids: str, **found: Any) -> dict[str, Any]:
    given = {"request": request.dump(), "candidates": {"gift": list(ids)}, **found}
    return last_output(await run_node(build_budget_checker(lambda: shop), given))


async def test_a_candidate_that_breaks_a_rule_is_not_shown_whoever_found_it(shop: Catalog) -> None:
    request = Request(brief=BRIEF, widened=1)
    outcome = Outcome.model_validate(await checked(shop, request, "dear", "book", "gone", "toy", "unknown", "teapot"))
    assert [pick.product_id for pick in outcome.picks] == ["teapot"]
    assert outcome.status == "recommended"


async def test_too_little_found_widens_the_search_and_nothing_else(shop: Catalog) -> None:
    request = Request(brief=BRIEF, ideas=["kite"], seen=["mug"])
    wider = Request.model_validate(await checked(shop, request, "teapot"))
    assert wider == request.model_copy(update={"widened": 1})


async def test_a_search_is_widened_only_once(shop: Catalog) -> None:
    assert (await checked(shop, Request(brief=BRIEF, widened=1), "teapot"))["status"] == "recommended"


async def test_as_many_as_will_be_shown_are_enough(shop: Catalog) -> None:
    request = Request(brief=BRIEF.model_copy(update={"options": 1}))
    assert (await checked(shop, request, "teapot"))["status"] == "recommended"


async def test_a_finder_that_found_nothing_is_no_proof_that_nothing_fits(shop: Catalog) -> None:
    outcome = Outcome.model_validate(await checked(shop, Request(brief=BRIEF, widened=1)))
    assert [pick.product_id for pick in outcome.picks] == ["teapot"]


async def test_warnings_and_counts_of_the_search_are_handed_on(shop: Catalog) -> None:
    request = Request(brief=BRIEF, widened=1)
    outcome = await checked(shop, request, "teapot", removed={"out of stock": 7}, warnings=["by_text failed"])
    assert (outcome["removed"], outcome["warnings"]) == ({"out of stock": 7}, ["by_text failed"])


async def test_nothing_fits_comes_with_the_closest_and_its_exact_price(shop: Catalog) -> None:
    brief = BRIEF.model_copy(update={"budget": Budget(max="4")})
    outcome = Outcome.model_validate(await checked(shop, Request(brief=brief, widened=1), "teapot", "dear"))
    assert (outcome.status, outcome.picks) == ("infeasible", [])
    assert outcome.closest is not None
    assert (outcome.closest.product_id, str(outcome.closest_cost)) == ("teapot", "$9.99")
