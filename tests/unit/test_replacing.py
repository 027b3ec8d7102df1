"""A shortlist of which some picks give way: the others keep their places, and the gaps are filled, or close."""

from __future__ import annotations

import pytest

from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget
from tools.catalog.interface import Catalog
from tools.planning.candidates import assess
from tools.planning.decision import decide
from tools.request import Outcome, Replacing, Request

PRICES = {"a": "10.00", "b": "20.00", "c": "30.00", "d": "15.00", "e": "25.00"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_catalog(tmp_path_factory.mktemp("shop"), [a_product(name, price) for name, price in PRICES.items()])


def decided(shop: Catalog, replacing: Replacing, seen: str, brief: Brief | None = None) -> Outcome:
    request = Request(brief=brief or Brief(), seen=list(seen), replacing=replacing, widened=1)
    return decide(shop, request, assess(shop, request, {"gift": [list("abcde")]}))


def ids(outcome: Outcome) -> str:
    return "".join(pick.product_id for pick in outcome.picks)


def test_the_others_keep_their_places(shop: Catalog) -> None:
    first, second, third = ids(decided(shop, Replacing(places=["a", "", "c"]), seen="b"))
    assert (first, third) == ("a", "c")
    assert second in "de"


def test_what_stays_need_not_be_found_again(shop: Catalog) -> None:
    request = Request(brief=Brief(), seen=["b"], replacing=Replacing(places=["a", "", "c"]), widened=1)
    assert ids(decide(shop, request, assess(shop, request, {"gift": [["d"]]}))) == "adc"


def test_a_cheaper_one_is_cheaper_and_a_dearer_one_dearer(shop: Catalog) -> None:
    assert ids(decided(shop, Replacing(places=["a", "", "c"], under="20"), seen="b")) == "adc"
    assert ids(decided(shop, Replacing(places=["a", "", "c"], over="20"), seen="b")) == "aec"


def test_where_nothing_fits_the_gap_closes_and_that_is_said(shop: Catalog) -> None:
    outcome = decided(shop, Replacing(places=["", "b", "c"], under="10"), seen="a")
    assert ids(outcome) == "bc"
    assert outcome.unheeded == ["below $10.00"]


def test_what_breaks_a_rule_said_since_gives_way_as_well(shop: Catalog) -> None:
    outcome = decided(shop, Replacing(places=["a", "", "c"]), seen="b", brief=Brief(budget=Budget(max="20")))
    assert ids(outcome) == "ad"
