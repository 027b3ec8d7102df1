"""Sellers, shipping, tax and delivery times are read as feeds write them; what is unreadable is not stated."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.delivery import days_in_all, longest_days, read_tax_percent
from tools.catalog.intake.importing import ImportSummary, import_feed
from tools.money import Money
from tools.product import Product


def imported(tmp_path: Path, name: str, content: str, **options: Any) -> tuple[ImportSummary, Product]:
    (tmp_path / name).write_text(content, "utf-8")
    summary = import_feed([tmp_path / name], tmp_path / "shop", **({"currency": "EUR"} | options))
    return summary, next(iter(FolderCatalog.open(tmp_path / "shop")))


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


@pytest.mark.parametrize(
    ("text", "charge"),
    [
        ("4.90 EUR", eur("4.90")),
        ("4,90 €", eur("4.90")),
        ("4.9", eur("4.90")),
        ("0", eur("0")),
        ("0.00 EUR", eur("0")),
        ("Free shipping", eur("0")),
        ("DE:::4.90 EUR", eur("4.90")),
        ("DE:::4.90 EUR,DE::Express:9.90 EUR,AT:::1.00 EUR", eur("4.90")),
        ("DE::Standard:4,90 EUR:0:1:2:3", eur("4.90")),
        ("DE:6.00 EUR", eur("6")),
        ("4.90 USD", None),
        ("-3", None),
        ("see terms", None),
        ("4 - 9 EUR", None),
    ],
)
def test_a_shipping_charge_is_read_or_not_stated(tmp_path: Path, text: str, charge: Money | None) -> None:
    summary, mug = imported(tmp_path, "f.tsv", f"id\tname\tprice\tshipping_cost\n1\tMug\t9\t{text}\n")
    assert mug.shipping == charge
    assert summary.ignored == ({} if charge else {"shipping": 1})


def test_well_known_columns_fill_seller_threshold_tax_and_days(tmp_path: Path) -> None:
    header = "id\tname\tprice\tseller_name\tfree_shipping_threshold\tsales_tax\tdelivery_time"
    _, mug = imported(tmp_path, "f.tsv", f"{header}\n1\tMug\t9\t<b>Ann's</b> pots\tDE:50 EUR\t8.25%\t2-3 days\n")
    assert (mug.seller, mug.free_shipping_from, mug.tax_percent) == ("Ann's pots", eur("50"), Decimal("8.25"))
    assert mug.delivery_days == 3


def test_cents_are_cents_for_shipping_too(tmp_path: Path) -> None:
    _, mug = imported(tmp_path, "f.csv", "id,name,price,shipping\n1,Mug,900,490\n", price_unit="minor")
    assert mug.shipping == eur("4.90")


GOOGLE = """<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>1</g:id><g:title>Lamp</g:title>
<g:price>20 EUR</g:price><g:availability>in stock</g:availability><g:condition>new</g:condition>
<g:shipping><g:country>DE</g:country><g:service>Express</g:service><g:price>9.90 EUR</g:price></g:shipping>
<g:shipping><g:country>DE</g:country><g:service>Standard</g:service><g:price>4.90 EUR</g:price></g:shipping>
<g:shipping><g:country>AT</g:country><g:price>1.90 EUR</g:price></g:shipping>
<g:tax><g:country>US</g:country><g:region>CA</g:region><g:rate>7.25</g:rate></g:tax>
<g:tax><g:country>US</g:country><g:region>NY</g:region><g:rate>8.875</g:rate></g:tax>
<g:free_shipping_threshold><g:country>DE</g:country><g:price_threshold>39 EUR</g:price_threshold>
</g:free_shipping_threshold><g:external_seller_id>ann</g:external_seller_id>
<g:min_handling_time>1</g:min_handling_time><g:max_handling_time>2</g:max_handling_time>
<g:max_transit_time>5</g:max_transit_time></item></channel></rss>"""


def test_googles_nested_elements_are_read(tmp_path: Path) -> None:
    _, lamp = imported(tmp_path, "f.xml", GOOGLE)
    assert (lamp.shipping, lamp.free_shipping_from) == (eur("4.90"), eur("39"))
    assert (lamp.tax_percent, lamp.seller, lamp.delivery_days) == (Decimal("8.875"), "ann", 7)
    assert lamp.specs == {}


def test_googles_texts_are_read(tmp_path: Path) -> None:
    header = "id\ttitle\tprice\tavailability\tcondition\tshipping(country:region:service:price)\ttax\tmax handling time"
    row = "1\tLamp\t20 EUR\tin stock\tnew\tDE:::4.90 EUR\tUS:CA:7.25:y,US:NY:8.875:n\t2"
    _, lamp = imported(tmp_path, "f.tsv", f"{header}\n{row}\n")
    assert (lamp.shipping, lamp.tax_percent, lamp.delivery_days) == (eur("4.90"), Decimal("8.875"), None)


def test_the_times_beside_a_shipping_price_count(tmp_path: Path) -> None:
    row = "1\tLamp\t20 EUR\tin stock\tnew\tDE::Slow:4 EUR:0:1:4:9,DE::Fast:8 EUR:0:1:1:2"
    _, lamp = imported(tmp_path, "f.tsv", f"id\ttitle\tprice\tavailability\tcondition\tshipping\n{row}\n")
    assert lamp.delivery_days == 3


def test_schema_org_offers_name_seller_and_shipping(tmp_path: Path) -> None:
    days = {"handlingTime": {"minValue": 0, "maxValue": 1, "unitCode": "DAY"}, "transitTime": {"maxValue": 4}}
    details = {
        "@type": "OfferShippingDetails",
        "shippingRate": {"value": 3.49, "currency": "EUR"},
        "deliveryTime": days,
    }
    offer = {"price": "9", "priceCurrency": "EUR", "seller": {"name": "Ann"}, "shippingDetails": [details]}
    node = {"@context": "https://schema.org", "@type": "Product", "sku": "1", "name": "Mug", "offers": offer}
    _, mug = imported(tmp_path, "f.json", json.dumps(node))
    assert (mug.seller, mug.shipping, mug.delivery_days) == ("Ann", eur("3.49"), 5)


def test_what_is_exported_imports_again(tmp_path: Path) -> None:
    _, lamp = imported(tmp_path, "f.xml", GOOGLE)
    free = lamp.model_copy(update={"shipping": eur("0")})
    assert imported(tmp_path, "g.jsonl", free.model_dump_json())[1] == free


def test_a_merged_product_has_the_charges_of_the_cheapest(tmp_path: Path) -> None:
    feed = "id,name,price,item_group_id,shipping,seller\n1,Mug,9,G,4,Ann\n2,Mug,8,G,5,Bob\n"
    _, mug = imported(tmp_path, "f.csv", feed)
    assert (mug.shipping, mug.seller) == (eur("5"), "Bob")


@pytest.mark.parametrize(
    ("text", "days"),
    [("2-3 days", 3), ("1 week", 7), (5, 5), ("24 hours", None), ("soon", None), ("-2", None), (True, None)],
)
def test_days_are_the_most_that_is_said(text: object, days: int | None) -> None:
    assert longest_days(text) == days


def test_without_the_transit_no_days_are_known() -> None:
    assert (days_in_all(2, 3), days_in_all("", 3), days_in_all(2, "")) == (5, 3, None)


@pytest.mark.parametrize("value", ["lots", -1, 101, "NaN", "", [], {}, None])
def test_a_rate_outside_of_0_to_100_is_no_tax(value: Any) -> None:
    assert read_tax_percent(value) is None
