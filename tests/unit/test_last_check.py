"""The last look at picks: whatever was decided, nothing wrong is put into words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.planning.candidates import assess
from tools.planning.decision import decide
from tools.receipts.last_check import checked
from tools.request import Outcome, Pick, Request


@pytest.fixture
def shop(tmp_path: Path) -> Catalog:
    cakes = [a_product(f"cake-{price}", price=f"{price}.00", need="cake") for price in (20, 45)]
    decorations = [a_product(f"garland-{price}", price=f"{price}.00", need="decorations") for price in (10, 15)]
    gifts = [a_product("fudge", price="12.00", contains=["almonds"]), a_product("kite", price="18.00", age_min_years=8)]
    return a_catalog(tmp_path, [*cakes, *decorations, *gifts, a_product("book", price="14.00")])


def shortlist(*product_ids: str, **brief: object) -> Outcome:
    picks = [Pick(need="gift", product_id=product_id) for product_id in product_ids]
    request = Request(brief=Brief.model_validate(brief))
    return Outcome(request=request, status="recommended", picks=picks)


def plan(shop: Catalog) -> Outcome:
    brief = {"needs": [{"kind": "cake"}, {"kind": "decorations"}], "budget": {"max": "40"}}
    request = Request(brief=Brief.model_validate(brief))
    ids = [product.product_id for product in shop]
    return decide(shop, request, assess(shop, request, {"cake": [ids], "decorations": [ids]}))


@pytest.mark.parametrize(
    ("brief", "kept"),
    [
        ({}, ["fudge", "kite", "book"]),
        ({"allergies": ["nuts"]}, ["kite", "book"]),
        ({"recipient": {"age_years": 5}}, ["fudge", "book"]),
        ({"budget": {"max": "13"}}, ["fudge"]),
    ],
)
def test_a_shortlist_loses_what_breaks_the_brief_and_says_so(shop: Catalog, brief: dict, kept: list[str]):
    outcome, wrong = checked(shortlist("fudge", "kite", "book", **brief), shop)
    assert [pick.product_id for pick in outcome.picks] == kept
    assert len(wrong) == 3 - len(kept)


def test_a_product_that_nobody_sells_is_not_shown(shop: Catalog):
    outcome, wrong = checked(shortlist("golden-spade", "book"), shop)
    assert [pick.product_id for pick in outcome.picks] == ["book"]
    assert "golden-spade" in wrong[0]


def test_a_plan_that_was_decided_stays_as_it_is(shop: Catalog):
    decided = plan(shop)
    assert checked(decided, shop) == (decided, [])


@pytest.mark.parametrize("field", ["total", "subtotal", "left"])
def test_a_plan_whose_sums_do_not_add_up_is_not_shown(shop: Catalog, field: str):
    decided = plan(shop)
    assert decided.sums is not None
    decided.sums = decided.sums.model_copy(update={field: Money.of("1.00", "USD")})
    outcome, wrong = checked(decided, shop)
    assert outcome.picks == []
    assert wrong


def test_a_plan_above_the_budget_is_not_shown(shop: Catalog):
    decided = plan(shop)
    brief = decided.request.brief.model_copy(update={"budget": Budget.model_validate({"max": "25"})})
    decided.request = decided.request.model_copy(update={"brief": brief})
    assert checked(decided, shop)[0].picks == []


def test_offers_that_do_not_add_up_go_and_the_plan_stays(shop: Catalog):
    decided = plan(shop)
    assert decided.alternatives
    decided.alternatives[0].total = Money.of("1.00", "USD")
    outcome, wrong = checked(decided, shop)
    assert outcome.picks == decided.picks
    assert outcome.alternatives == []
    assert wrong
