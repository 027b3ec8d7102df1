"""What a plan comes to, by each rule of vouchers, shipping and tax; `test_optimiser` compares it with the judge's."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.fakes.products import a_product
from tools.brief import Brief, Need, Voucher
from tools.money import Money
from tools.planning.accounting import Line, Terms, account
from tools.planning.offers import dearest_goods, offers, terms
from tools.product import Variant


def percent(share: int, **fields: Any) -> Terms:
    return Terms("v", share=Fraction(share, 100), **fields)


def off(goods: int, *vouchers: Terms) -> int:
    return sum(amount for _, amount in account([Line("cake", goods)], vouchers).discounts)


def test_a_percentage_is_rounded_down_to_the_minor_unit() -> None:
    assert [off(goods, percent(10)) for goods in (99, 100, 109, 110)] == [9, 10, 10, 11]


@pytest.mark.parametrize(("goods", "taken"), [(5999, 0), (6000, 1000), (6001, 1000)])
def test_a_voucher_counts_from_its_threshold_on(goods: int, taken: int) -> None:
    assert off(goods, Terms("10 off from 60", amount=1000, from_total=6000)) == taken


def test_vouchers_never_take_off_more_than_the_goods_they_count_for() -> None:
    assert off(300, Terms("v", amount=1000)) == 300
    assert off(300, Terms("v", amount=200), Terms("v", amount=200)) == 300
    lines = [Line("cake", 300), Line("favours", 900)]
    two_for_the_cake = [Terms("v", amount=200, kind="cake"), Terms("w", amount=200, kind="cake")]
    assert account(lines, two_for_the_cake).total == 900


def test_a_voucher_for_one_kind_looks_at_the_goods_of_that_kind_only() -> None:
    lines = [Line("cake", 5000), Line("favours", 2000)]
    assert account(lines, [percent(20, kind="favours")]).total == 6600
    assert account(lines, [percent(20, kind="favours", from_total=2001)]).total == 7000


def test_percentages_are_both_taken_of_the_full_price() -> None:
    assert off(10_000, percent(10), percent(10)) == 2000


def test_of_vouchers_that_do_not_combine_the_better_use_is_found() -> None:
    together = (Terms("a", amount=300), Terms("b", amount=300))
    assert account([Line("cake", 5000)], (*together, percent(10, combinable=False))).discounts == ((0, 300), (1, 300))
    assert account([Line("cake", 9000)], (*together, percent(10, combinable=False))).discounts == ((2, 900),)


def test_a_seller_sends_one_parcel_and_charges_its_highest_rate_once() -> None:
    lines = [Line("cake", 100, seller="A", shipping=400), Line("favours", 100, seller="A", shipping=700)]
    assert account(lines).shipping == 700
    assert account([*lines, Line("gift", 100, seller="B", shipping=300)]).shipping == 1000


@pytest.mark.parametrize(("goods", "charged"), [(1999, 500), (2000, 0)])
def test_shipping_is_free_from_the_threshold_of_goods_at_that_seller(goods: int, charged: int) -> None:
    lines = [Line("cake", goods, seller="A", shipping=500, free_from=2000), Line("gift", 9000, seller="B")]
    assert account(lines).shipping == charged


def test_tax_is_rounded_half_up_for_each_purchase_and_owed_on_the_price_before_vouchers() -> None:
    product = a_product(price="1.50", tax_percent="7")
    (offer,) = offers(product, Need(kind="gift"))
    assert offer.line.tax == 11  # 10.5 cents
    assert account([offer.line], [percent(100)]).total == 11


def test_the_sums_add_up() -> None:
    lines = [Line("cake", 3333, 233, "A", 500, 4000), Line("gift", 1111, 0, "B", 250)]
    sums = account(lines, [percent(15), Terms("v", amount=100)])
    assert sums.subtotal - sum(o for _, o in sums.discounts) + sums.shipping + sums.tax == sums.total == 4661


def test_a_fraction_of_a_minor_unit_of_a_voucher_never_helps_the_shop_or_breaks_the_sum() -> None:
    (voucher,) = terms(Brief(vouchers=[Voucher(amount="5.999", from_total="20.001")]), "USD")
    assert (voucher.amount, voucher.from_total) == (599, 2001)


def test_goods_dearer_than_any_voucher_can_bring_within_the_budget_are_not_looked_at() -> None:
    assert dearest_goods(5000, ()) == 5000
    assert dearest_goods(5000, (Terms("v", amount=1000),)) == 6000
    assert dearest_goods(900, (percent(10),)) == 1000
    assert dearest_goods(900, (percent(100),)) is None


def test_the_cheapest_variant_with_enough_in_stock_is_offered_first() -> None:
    def variant(name: str, price: str, stock: int | None) -> Variant:
        return Variant(product_id=name, price=Money.of(price, "USD"), stock=stock)

    sizes = [variant("S", "4.00", 1), variant("M", "6.00", 9), variant("L", "5.00", None), variant("XL", "5.00", None)]
    found = offers(a_product(price="4.00", variants=sizes), Need(kind="favours", quantity=3))
    assert [(offer.option, offer.line.goods) for offer in found] == [("L", 1500), ("M", 1800)]


def test_free_shipping_takes_off_the_shipping_once_and_from_its_threshold_on() -> None:
    lines = [Line("cake", 3000, seller="a", shipping=500), Line("favours", 900, seller="b", shipping=300)]
    free = Terms("free shipping", free_shipping=True, from_total=3900)
    paid = account(lines, [free, free])
    assert (paid.shipping, paid.discounts, paid.total) == (800, ((0, 800),), 3900)
    assert account(lines[:1], [free]).total == 3500


def test_free_shipping_that_does_not_combine_is_used_where_it_takes_off_more() -> None:
    free = Terms("free shipping", free_shipping=True, combinable=False)
    for shipping, total in ((500, 3000), (200, 2900)):
        line = Line("cake", 3000, seller="a", shipping=shipping)
        assert account([line], [free, percent(10)]).total == total


def test_a_voucher_takes_off_one_thing() -> None:
    for worth in ({}, {"percent": 10, "free_shipping": True}, {"amount": 5, "percent": 10}):
        with pytest.raises(ValueError, match="percent 10, or amount 5, or the shipping"):
            Voucher.model_validate(worth)
