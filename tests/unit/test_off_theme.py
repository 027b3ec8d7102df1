"""A plan that gives up the theme for a need says so, with the reason: none, stock, a rule, its bound, or the budget."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.fakes.products import a_catalog, a_product
from tests.fakes.shops import recommend
from tools.brief import Brief, Budget, Need
from tools.planning import retrieval
from tools.product import Product
from tools.receipts.evidence import gather_evidence
from tools.receipts.template import render
from tools.request import Request

PLAIN = [
    a_product("plain-cake", "10.00", need="cake", title="Sponge Cake"),
    a_product("plates", "5.00", need="tableware", title="Pirate Plates", themes=["pirate"]),
]


def pirate_cake(price: str = "30.00", **fields: Any) -> Product:
    return a_product("pirate-cake", price, need="cake", title="Pirate Cake", themes=["pirate"], **fields)


def why(folder: Path, *products: Product, **brief: Any) -> dict[str, str]:
    asked = Brief.model_validate({"theme": "pirate", "needs": [Need(kind="cake"), Need(kind="tableware")], **brief})
    catalog = a_catalog(folder, [*PLAIN, *products])
    outcome = recommend(catalog, Request(brief=asked))
    assert outcome.status == "recommended"
    said = render(gather_evidence(catalog, outcome))
    for given_up in outcome.off_theme:
        assert f"{given_up.need} ({given_up.why})" in said
    assert bool(outcome.off_theme) == ("Not of the pirate theme" in said)
    return {given_up.need: given_up.why for given_up in outcome.off_theme}


def test_nothing_is_said_where_all_is_of_the_theme(tmp_path: Path) -> None:
    assert why(tmp_path, pirate_cake(), budget=Budget(max="60")) == {}


@pytest.mark.parametrize(
    ("products", "brief", "reason"),
    [
        ([], {}, "the catalogue has none"),
        ([pirate_cake(stock=0)], {}, "what there is is out of stock"),
        ([pirate_cake(contains=["nuts"])], {"allergies": ["nuts"]}, 'what there is is ruled out by "nuts"'),
        ([pirate_cake()], {"budget": Budget(max="34")}, "with one, the cheapest plan comes to $35.00"),
        (
            [pirate_cake()],
            {"needs": [Need(kind="cake", max="20"), Need(kind="tableware")]},
            "the cheapest costs $30.00, more than this need may",
        ),
        (
            [pirate_cake()],
            {"needs": [Need(kind="cake", keep="plain-cake"), Need(kind="tableware")]},
            "you keep this one",
        ),
    ],
)
def test_what_gave_up_the_theme_is_named_with_the_reason(
    tmp_path: Path, products: list[Product], brief: dict[str, Any], reason: str
) -> None:
    assert why(tmp_path, *products, **brief) == {"cake": reason}


def test_the_theme_of_a_need_is_looked_for_in_place_of_the_partys(tmp_path: Path) -> None:
    shop = [a_product(f"cake-{i}", "10.00", need="cake", rating=5.0, rating_count=900) for i in range(40)]
    shop.append(a_product("owl", "19.00", need="cake", title="Owl Cake", rating=2.0))
    catalog = a_catalog(tmp_path, [*PLAIN, *shop])
    needs = [Need(kind="cake", theme="owl"), Need(kind="tableware")]
    request = Request(brief=Brief(needs=needs, theme="pirate", budget=Budget(max="60")))
    assert "owl" in retrieval.wishes(request, needs[0])
    outcome = recommend(catalog, request)
    assert [pick.product_id for pick in outcome.picks] == ["owl", "plates"]
    assert outcome.off_theme == []
