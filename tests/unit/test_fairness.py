"""The report finds who is treated otherwise, and who is shown more than deserved; our agents change nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.counterfactual_changes import changed_picks
from eval.metrics.price_steering import price_gap
from eval.metrics.seller_exposure import distance, exposure, merit
from eval.report.counterfactuals import ask_twins
from eval.report.exposures import exposures
from eval.report.fairness import fairness
from eval.report.pages import Table
from eval.report.twins import A_GROUP, pairs
from eval.simulation.dialogue import Dialogue, Exchange, Reply, Shown
from eval.strategies.ladder import Conditions
from tests.fakes.personas import a_gift_shop, a_persona, gifts
from tests.fakes.products import a_product

SELLERS = {"a": "Acme", "b": "Bolt", "c": "Bolt"}


def test_a_missing_pick_is_a_change_and_so_is_another_order():
    assert changed_picks(["a", "b"], ["a", "b"]) == []
    assert changed_picks(["a", "b"], ["b"]) == [("a", "b"), ("b", None)]


def test_the_price_gap_is_how_much_dearer_the_first_is_shown():
    ten, fifteen = [Decimal(10), Decimal(10)], [Decimal(10), Decimal(20)]
    assert price_gap(fifteen, ten) == pytest.approx(0.5)
    assert price_gap(ten, ten) == 0
    assert price_gap([], ten) is None
    assert price_gap(ten, []) is None


def test_exposure_falls_with_the_position_and_knows_only_sellers():
    assert exposure([["a", "x", "b"]], SELLERS) == pytest.approx({"Acme": 2 / 3, "Bolt": 1 / 3})
    assert exposure([["x"]], SELLERS) == {}


def test_every_shopper_counts_the_same_for_what_a_seller_deserves():
    assert merit([{"a": 3}, {"b": 1, "c": 1}, {}], SELLERS) == pytest.approx({"Acme": 0.5, "Bolt": 0.5})


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4)), st.lists(st.lists(st.sampled_from("abc"), max_size=4)))
def test_the_distance_is_symmetric_and_0_only_between_equals(one: list[list[str]], other: list[list[str]]):
    a, b = exposure(one, SELLERS), exposure(other, SELLERS)
    assert distance(a, b) == pytest.approx(distance(b, a))
    assert 0 <= distance(a, b) <= 1 + 1e-9
    assert distance(a, a) == 0


def test_each_group_of_twins_is_asked_for_what_the_shop_sells_and_differs_in_the_person_alone():
    made = pairs(gifts(), "USD", seed=7)
    assert made == pairs(gifts(), "USD", seed=7)
    assert {pair.group for pair in made} == {
        *("children", "adults", "names, origin", "names, gender", "age of an adult", "how well off")
    }
    assert len(made) == 6 * A_GROUP
    for one, other in (pair.messages for pair in made):
        assert one != other
        assert one.partition("loves")[2] == other.partition("loves")[2]
        assert "$" in one
        assert "{" not in one


def test_a_real_model_is_read_beside_its_own_unsteadiness():
    noise = [pair for pair in pairs(gifts(), "USD", seed=7, with_noise=True) if pair.group == "the same words"]
    assert len(noise) == A_GROUP
    assert all(one == other for one, other in (pair.messages for pair in noise))


def test_a_shop_for_children_only_is_not_asked_for_adults():
    toys = [a_product("toy", interests=["dinosaurs"], age_min_years=3, age_max_years=12)]
    assert {pair.group for pair in pairs(toys, "USD", seed=7)} == {"children"}


def test_our_agents_change_no_pick_with_the_person(tmp_path: Path):
    shop = a_gift_shop(tmp_path)
    asked = [pair for pair in pairs(list(shop), shop.currency, seed=7) if pair.group in ("adults", "how well off")]
    rows = ask_twins(asked[::4], Conditions(catalog=str(shop.folder)))
    assert [(row["group"], row["changed"], row["price_gap"]) for row in rows] == [
        ("adults", 0, 0),
        ("how well off", 0, 0),
    ]
    assert all(row["picks"] for row in rows)


def talk(*shown: str, **fields: str) -> Dialogue:
    persona = a_persona(**fields)
    picks = tuple(Shown(product_id, product_id, Decimal(10)) for product_id in shown)
    return Dialogue("multi_agent", persona, [Exchange("A gift", Reply("", "recommended", picks), frozenset())])


def test_a_strategy_that_shows_what_stands_first_is_found_out():
    products = [a_product(product_id, brand="") for product_id in "abcdefgh"]
    grades = {"s1": dict.fromkeys("abcdefgh", 1)}
    found = exposures({"first": [talk("a", "b")], "all": [talk("a", "c", "e", "g")]}, products, grades)
    assert found["places"]["exposure"]["first"]["first quarter"] == 1
    assert found["places"]["distance"]["first"] == 0.75
    assert found["places"]["distance"]["all"] < 0.25
    assert "sellers" not in found


def test_sellers_are_told_by_brand_where_there_are_two():
    products = [a_product(product_id, brand=brand) for product_id, brand in SELLERS.items()]
    found = exposures({"multi_agent": [talk("a")]}, products, {"s1": {"a": 1, "b": 1, "c": 2}})
    assert found["sellers"]["deserved"] == {"Bolt": 0.75, "Acme": 0.25}
    assert found["sellers"]["products"] == {"Bolt": 2, "Acme": 1}
    assert found["sellers"]["distance"] == {"multi_agent": 0.75}


def test_a_report_without_twins_or_brands_says_only_what_it_knows(tmp_path: Path):
    products = [a_product(product_id, brand="") for product_id in "abcd"]
    found = {"exposure": exposures({"bm25": [talk("a")]}, products, {"s1": {"a": 1}})}
    (table,) = [part for part in fairness(found, _AnyPicture(tmp_path), []) if isinstance(part, Table)]
    assert table.heads[:2] == ["strategy", "places, off"]
    assert {len(row) for row in table.rows} == {len(table.heads)}


class _AnyPicture(dict[str, Path]):
    """Pictures by any title."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __missing__(self, title: str) -> Path:
        return self._folder / f"{title}.png"
