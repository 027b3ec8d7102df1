"""A shortlist shows different things, and something for every wish."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_product
from tools.brief import Brief
from tools.planning.diversity import diversify
from tools.planning.ranking import Scored, Wishes, score


def scored(product_id: str, value: float, category: str, **fields: Any) -> Scored:
    return Scored(a_product(product_id, category=category, **fields), value, {})


def own_tags(number: int) -> list[str]:
    return [f"{tag} {number}" for tag in ("small", "blue", "round", "soft", "new", "warm")]


def ids(picks: list[Scored]) -> list[str]:
    return [pick.product.product_id for pick in picks]


def test_the_best_comes_first() -> None:
    assert ids(diversify([scored("b", 3.0, "B"), scored("a", 4.0, "A")], 2)) == ["a", "b"]


def test_equal_scores_are_taken_in_order_of_their_ids_every_time() -> None:
    found = [scored(i, 1.0, i) for i in "cab"]
    assert ids(diversify(found, 3)) == ids(diversify(found[::-1], 3)) == ["a", "b", "c"]


def test_of_one_thing_at_several_sellers_the_cheapest_offer_is_shown() -> None:
    offers = [scored(i, 3.0, "Mice", title="Acme MX 3S Mouse", price=price) for i, price in (("a", "9"), ("b", "7"))]
    better = scored("c", 4.0, "Mice", title="Acme MX 3S Mouse", price="8")
    pad = scored("pad", 1.0, "Pads", price="5")
    assert ids(diversify([*offers, pad], 2)) == ["b", "pad"]
    assert ids(diversify([*offers, better, pad], 2)) == ["c", "pad"]  # a worse offer is not the same, however cheap


def test_unknown_categories_and_brands_are_not_alike() -> None:
    plain = [scored(i, value, "") for i, value in (("a", 3.0), ("b", 2.9))]
    assert ids(diversify([*plain, scored("c", 2.5, "Garden", brand="Fern")], 2)) == ["a", "b"]


@settings(deadline=None)
@given(
    st.lists(st.floats(3.0, 3.3), min_size=3, max_size=8),
    st.lists(st.floats(2.8, 3.3), min_size=2, max_size=4),
)
def test_never_three_of_one_leaf_category_while_others_score_about_as_well(
    same: list[float], others: list[float]
) -> None:
    """Also where they have little but the category in common."""
    found = [scored(f"same{i}", value, "Kitchen > Tea", tags=own_tags(i)) for i, value in enumerate(same)]
    found += [scored(f"other{i}", value, f"Leaf {i}") for i, value in enumerate(others)]
    leaves = [pick.product.category for pick in diversify(found, 3)]
    assert leaves.count("Kitchen > Tea") < 3


def test_a_much_better_product_is_shown_though_it_is_of_the_same_category() -> None:
    found = [scored("a", 5.0, "Tea"), scored("b", 4.9, "Tea"), scored("c", 0.5, "Chess")]
    assert ids(diversify(found, 2)) == ["a", "b"]


@settings(deadline=None)
@given(st.permutations(["20", "20.50", "21", "39", "11"]))
def test_among_things_about_as_good_a_shortlist_is_a_choice_of_prices(prices: list[str]) -> None:
    found = [scored(f"p{price}", 3.0, f"Leaf {price}", price=price) for price in prices]
    found.append(scored("best", 3.1, "Leaf", price="20.25"))
    assert set(ids(diversify(found, 3))) == {"best", "p39", "p11"}


def test_another_price_is_no_reason_for_a_much_worse_product() -> None:
    found = [scored("a", 5.0, "A", price="20"), scored("b", 4.9, "B", price="21"), scored("c", 4.0, "C", price="99")]
    assert ids(diversify(found, 2)) == ["a", "b"]


def test_what_is_free_is_compared_too() -> None:
    assert len(diversify([scored(i, 1.0, i, price="0") for i in "abc"], 3)) == 3


@settings(deadline=None)
@given(st.integers(2, 8), st.floats(4.0, 5.0))
def test_two_interests_both_get_a_pick(gardening: int, rating: float) -> None:
    """Also where all that speaks for the second interest is that nothing else answers it."""
    brief = Brief(interests=["gardening", "jazz"])
    wishes = Wishes.of(brief, [], [])
    fields = {"interests": ["gardening"], "rating": rating, "rating_count": 500}
    garden = [a_product(f"g{i}", category=f"Leaf {i}", tags=own_tags(i), **fields) for i in range(gardening)]
    found = [score(product, brief, wishes, retrieval=1.0) for product in garden]
    found.append(score(a_product("j", interests=["jazz"], rating=3.8, rating_count=10), brief, wishes, retrieval=0.2))
    assert "j" in ids(diversify(found, 3))


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 9), st.sampled_from("ABC")), max_size=9), st.integers(0, 5))
def test_picks_are_among_the_candidates_each_once_and_as_many_as_wanted(
    found: list[tuple[float, str]], wanted: int
) -> None:
    all_scored = [scored(f"p{i}", value, category) for i, (value, category) in enumerate(found)]
    picks = ids(diversify(all_scored, wanted))
    assert len(picks) == len(set(picks)) == min(wanted, len(found))
    assert set(picks) <= set(ids(all_scored))
