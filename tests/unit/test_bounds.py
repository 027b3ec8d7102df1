"""What may be spent: inclusive to the last minor unit, per head where it was said so, capped by "cheaper"."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.products import a_product
from tools.brief import Brief, Budget, Need
from tools.planning.bounds import Bounds, cost, need_bounds, plan_bounds

GIFT = Need(kind="gift")
FAVOURS = Need(kind="favours", quantity=12)
CAKE = Need(kind="cake")


def of(budget: Budget | None, need: Need = GIFT, currency: str = "USD", **fields: object) -> Bounds:
    return need_bounds(Brief.model_validate({"budget": budget, "needs": [need], **fields}), need, currency)


@pytest.mark.parametrize(
    ("cents", "admitted"), [(499, False), (500, True), (999, True), (1000, True), (1001, False), (13999, False)]
)
def test_five_to_ten_never_admits_a_cent_more_or_less(cents: int, admitted: bool) -> None:
    assert of(Budget(min="5", max="10")).admits(cents) is admitted


def test_no_budget_binds_nothing() -> None:
    assert of(None) == Bounds(0, None)
    assert of(None).admits(10**9)


def test_an_open_end_does_not_bind() -> None:
    assert of(Budget(min="50")).admits(10**9)
    assert of(Budget(max="50")).admits(0)


def test_a_budget_of_nothing_admits_only_what_is_free() -> None:
    assert of(Budget(max="0")).admits(0)
    assert not of(Budget(max="0")).admits(1)


@pytest.mark.parametrize(("currency", "high", "low"), [("JPY", 10, 6), ("USD", 1099, 501), ("KWD", 10999, 5001)])
def test_a_fraction_of_a_minor_unit_never_helps_the_shop(currency: str, high: int, low: int) -> None:
    assert of(Budget(min="5.0001", max="10.9999"), currency=currency) == Bounds(low, high)


def test_an_amount_each_counts_once_for_every_piece() -> None:
    assert of(Budget(min="1", max="2.50", per="each"), FAVOURS) == Bounds(1200, 3000)
    assert of(Budget(min="1", max="2.50"), FAVOURS) == Bounds(100, 250)


def test_an_amount_per_head_counts_once_for_every_guest_of_a_party() -> None:
    brief = Brief(needs=[CAKE, FAVOURS], guests=10, budget=Budget(max="5", per="each"))
    assert plan_bounds(brief, "USD") == Bounds(0, 5000)


def test_leaving_all_but_one_thing_out_of_a_party_leaves_its_guests() -> None:
    each = Budget(max="5", per="each")
    assert of(each, CAKE, guests=10) == Bounds(0, 5000)
    assert of(each, GIFT, guests=10) == Bounds(0, 500)  # a present is for whom it is for, not for the guests


def test_without_a_number_of_guests_the_largest_quantity_counts_the_heads() -> None:
    brief = Brief(needs=[CAKE, FAVOURS], budget=Budget(max="5", per="each"))
    assert plan_bounds(brief, "USD") == Bounds(0, 6000)


def test_cheaper_caps_the_cost_and_never_raises_it() -> None:
    assert of(None, price_cap="39.99") == Bounds(0, 3999)
    assert of(Budget(max="60"), price_cap="39.99") == Bounds(0, 3999)
    assert of(Budget(max="30"), price_cap="39.99") == Bounds(0, 3000)
    assert of(Budget(min="20", max="60"), price_cap="39.99") == Bounds(2000, 3999)


def test_a_cap_survives_the_session_in_a_currency_of_three_decimals() -> None:
    brief = Brief(price_cap=Decimal("4.999"))
    again = Brief.model_validate(brief.model_dump(mode="json"))
    assert need_bounds(again, GIFT, "KWD").high == 4999


def test_a_need_costs_whole_packs() -> None:
    assert cost(a_product(price="3.10", pack_size=5), FAVOURS) == 930
    assert cost(a_product(price="3.10"), FAVOURS) == 3720


@given(
    st.decimals(0, 10**5, places=3),
    st.decimals(0, 10**5, places=3),
    st.integers(1, 50),
    st.sampled_from(["total", "each"]),
    st.sampled_from([("JPY", 0), ("USD", 2), ("KWD", 3)]),
    st.integers(0, 10**8),
)
def test_every_cost_admitted_keeps_the_stated_amounts_for_every_piece(
    one: Decimal, other: Decimal, pieces: int, per: str, currency: tuple[str, int], minor: int
) -> None:
    budget = Budget.model_validate({"min": one, "max": other, "per": per})
    code, places = currency
    admitted = of(budget, Need(kind="gift", quantity=pieces), code)
    costs = {c for c in (minor, admitted.low, admitted.low - 1, admitted.high, (admitted.high or 0) + 1) if c}
    heads = pieces if per == "each" else 1
    for amount in costs:
        if admitted.admits(amount):
            assert min(one, other) * heads <= Decimal(amount).scaleb(-places) <= max(one, other) * heads
