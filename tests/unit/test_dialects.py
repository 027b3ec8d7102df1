"""Shops' own exports import without any mapping, with variants under one product."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import ImportSummary, import_feed
from tools.money import Money
from tools.product import Product

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


def imported(tmp_path: Path, name: str, content: str, **options: Any) -> tuple[ImportSummary, dict[str, Product]]:
    (tmp_path / name).write_text(content, "utf-8")
    summary = import_feed([tmp_path / name], tmp_path / "shop", now=NOW, **options)
    assert summary.rows == summary.accepted + summary.merged + summary.rejected
    return summary, {product.product_id: product for product in FolderCatalog.open(tmp_path / "shop")}


def rejections(tmp_path: Path) -> list[tuple[str, str, str]]:
    with (tmp_path / "shop" / "rejected.csv").open(encoding="utf-8", newline="") as file:
        return [(row["line"], row["product_id"], row["field"]) for row in csv.DictReader(file)]


GOOGLE_ITEMS = """
<item><title>RSS title</title><link>https://shop.example/1</link><g:id>TDDY-1</g:id><g:title>Teddy &amp; Bow</g:title>
<description>&lt;p&gt;Soft &amp;amp; brown&lt;/p&gt;</description><g:price>29.90 EUR</g:price>
<g:sale_price>19.90 EUR</g:sale_price><g:sale_price_effective_date>{dates}</g:sale_price_effective_date>
<g:availability>in stock</g:availability><g:age_group>toddler</g:age_group>
<g:product_type>Toys &gt; Plush</g:product_type><g:google_product_category>1259</g:google_product_category>
<g:shipping><g:country>DE</g:country><g:price>4.90 EUR</g:price></g:shipping></item>
<item><g:id>S-RED</g:id><g:title>Scarf red</g:title><g:price>15 EUR</g:price><g:item_group_id>SCARF</g:item_group_id>
<g:availability>out_of_stock</g:availability><g:color>Red</g:color><g:size>S</g:size></item>
<item><g:id>MUG</g:id><g:title>Mug</g:title><g:price>9.00 EUR</g:price><g:availability>preorder</g:availability></item>
<item><g:id>S-BLUE</g:id><g:title>Scarf blue</g:title><g:price>18 EUR</g:price>
<g:item_group_id>SCARF</g:item_group_id><g:availability>in_stock</g:availability><g:color>Blue</g:color></item>
"""
ON = "2026-06-01T00:00+0200/2026-06-30T23:59+0200"
RSS = '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>{}</feed>'


@pytest.mark.parametrize("frame", [RSS, ATOM])
def test_a_google_feed_gives_products_with_prices_ages_and_stock(tmp_path: Path, frame: str) -> None:
    items = GOOGLE_ITEMS.format(dates=ON)
    items = items.replace("item>", "entry>") if frame == ATOM else items
    summary, found = imported(tmp_path, "feed.xml", frame.format(items))
    kind = "Atom" if frame == ATOM else "RSS"
    assert summary.formats == {"feed.xml": f"Google Merchant Center ({kind})"}
    assert list(found) == ["TDDY-1", "SCARF", "MUG"]
    teddy = found["TDDY-1"]
    assert (teddy.title, teddy.description, teddy.category) == ("Teddy & Bow", "Soft & brown", "Toys > Plush")
    assert (teddy.price, teddy.age_min_years, teddy.age_max_years) == (Money.of("19.90", "EUR"), 1, 5)
    assert teddy.available
    assert not found["MUG"].available


def test_google_variants_are_one_product_at_the_price_of_the_cheapest_that_is_there(tmp_path: Path) -> None:
    summary, found = imported(tmp_path, "feed.xml", RSS.format(GOOGLE_ITEMS.format(dates=ON)))
    scarf = found["SCARF"]
    assert (summary.rows, summary.accepted, summary.merged) == (4, 3, 1)
    assert [(v.product_id, v.options, v.available) for v in scarf.variants] == [
        ("S-RED", {"color": "Red", "size": "S"}, False),
        ("S-BLUE", {"color": "Blue"}, True),
    ]
    assert (scarf.price, scarf.available, scarf.colors) == (Money.of("18", "EUR"), True, ["Red", "Blue"])


@pytest.mark.parametrize("dates", ["2026-07-01/2026-07-31", "2026-05-01T00:00Z/2026-06-14T23:59Z", "next week"])
def test_a_sale_price_outside_its_dates_or_with_unreadable_ones_does_not_hold(tmp_path: Path, dates: str) -> None:
    _, found = imported(tmp_path, "feed.xml", RSS.format(GOOGLE_ITEMS.format(dates=dates)))
    assert found["TDDY-1"].price == Money.of("29.90", "EUR")


def test_a_google_tsv_needs_no_mapping(tmp_path: Path) -> None:
    header = (
        "id\ttitle\tdescription\tavailability\tprice\timage link\titem group id\tage group\tgoogle product category"
    )
    line = "A1\tKite\tFlies\tin stock\t12.50 USD\thttps://x.example/i.jpg\t\tkids\tToys & Games > Kites"
    summary, found = imported(tmp_path, "feed.txt", f"{header}\n{line}\n")
    assert summary.formats == {"feed.txt": "Google Merchant Center (TSV)"}
    assert (found["A1"].price, found["A1"].age_min_years) == (Money.of("12.50", "USD"), 5)
    assert found["A1"].category == "Toys & Games > Kites"


def test_columns_of_a_known_shop_can_still_be_mapped(tmp_path: Path) -> None:
    content = "id\ttitle\tprice\tavailability\tcustom label 0\tgtin\nA\tKite\t2 USD\tin stock\tAcme\t1\nB\tx\n"
    summary, found = imported(tmp_path, "f.tsv", content, mapping={"brand": ("custom label 0",)})
    assert found["A"].brand == "Acme"
    assert summary.reasons == {"row": 1}


SHOPIFY = """\
Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,\
Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Image Src,Status
tee,Band Tee,"<p>Soft<br>cotton</p>",Loud,Shirts,"band, music",true,Size,S,Colour,Black,TEE-S,shopify,0,deny,20,a,active
tee,,,,,,,,M,,Black,TEE-M,shopify,3,deny,22.00,b.jpg,
tee,,,,,,,,L,,Black,,shopify,0,continue,22.00,,
tee,,,,,,,,,,,,,,,,c.jpg,
mug,Mug,Nice,Loud,Mugs,,true,Title,Default Title,,,MUG-1,,,deny,9.50,m.jpg,active
old,Old Tee,Gone,Loud,Shirts,,true,Title,Default Title,,,OLD,,,deny,9.50,,draft
free,Free thing,x,Loud,Shirts,,true,Title,Default Title,,,FREE,,,deny,,,active
free,,,,,,,,,,,,,,,,f.jpg,
"""


def test_a_shopify_export_gives_one_product_a_handle_with_its_variants(tmp_path: Path) -> None:
    summary, found = imported(tmp_path, "products_export.csv", SHOPIFY, currency="USD")
    assert summary.formats == {"products_export.csv": "Shopify product export (CSV)"}
    assert (summary.rows, summary.accepted, summary.merged, summary.rejected) == (8, 2, 3, 3)
    tee = found["tee"]
    assert (tee.title, tee.description, tee.brand, tee.tags) == ("Band Tee", "Soft cotton", "Loud", ["band", "music"])
    assert (tee.price, tee.stock) == (Money.of("22", "USD"), None)
    assert [(v.product_id, v.options, v.stock) for v in tee.variants] == [
        ("TEE-S", {"Size": "S", "Colour": "Black"}, 0),
        ("TEE-M", {"Size": "M", "Colour": "Black"}, 3),
        ("tee/L/Black", {"Size": "L", "Colour": "Black"}, None),
    ]
    assert [(v.product_id, v.options) for v in found["mug"].variants] == [("MUG-1", {})]
    assert rejections(tmp_path) == [("7", "", "row"), ("8", "FREE", "price"), ("9", "free", "price")]


WOO = """\
ID,Type,SKU,Name,Published,Short description,Description,Date sale price starts,Date sale price ends,In stock?,Stock,\
Sale price,Regular price,Categories,Tags,Parent,Attribute 1 name,Attribute 1 value(s)
10,simple,CUP,Cup,1,Short,"Line\\nbreak",,,1,5,,"1.234,50","Home > Cups, Sale",gift,,Colour,White
11,variable,HOOD,Hoodie,1,,Warm,,,1,,,,Clothing > Hoodies,,,Size,"S, M"
12,variation,HOOD-S,Hoodie - S,1,,,2026-06-01,2026-06-15,1,2,"39,90","45,00",,,HOOD,Size,S
13,variation,,Hoodie - M,1,,,2026-01-01,2026-02-01,0,,"39,90","45,00",,,HOOD,Size,M
14,simple,,Sticker,1,,,,,1,,,"0,99",,,,,
15,variable,,Cap,1,,,,,1,,,,,,,Size,S
16,variation,CAP-S,Cap - S,1,,,,,1,,,"12,00",,,id:15,Size,S
17,simple,HID,Hidden,-1,,,,,1,,,"1,00",,,,,
18,variable,LONE,Lonely,1,,,,,1,,,,,,,Size,S
"""


def test_a_woocommerce_export_reads_decimal_commas_sales_and_variations(tmp_path: Path) -> None:
    summary, found = imported(tmp_path, "wc-export.csv", WOO, currency="EUR")
    assert summary.formats == {"wc-export.csv": "WooCommerce export (CSV)"}
    assert (summary.rows, summary.accepted, summary.merged, summary.rejected) == (9, 4, 3, 2)
    assert list(found) == ["CUP", "HOOD", "14", "15"]
    assert found["CUP"].price == Money.of("1234.50", "EUR")
    assert (found["CUP"].category, found["CUP"].stock) == ("Home > Cups", 5)
    assert found["CUP"].description == "Short Line break"
    hood = found["HOOD"]
    assert (hood.title, hood.description, hood.category) == ("Hoodie", "Warm", "Clothing > Hoodies")
    assert [(v.product_id, v.options, v.price.amount, v.available) for v in hood.variants] == [
        ("HOOD-S", {"Size": "S"}, Money.of("39.90", "EUR").amount, True),
        ("13", {"Size": "M"}, Money.of("45", "EUR").amount, False),
    ]
    assert (hood.price, hood.stock) == (Money.of("39.90", "EUR"), 2)
    assert [v.product_id for v in found["15"].variants] == ["CAP-S"]
    assert rejections(tmp_path) == [("9", "", "row"), ("10", "LONE", "price")]


LD: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "Product",
    "sku": "LD-1",
    "name": "Telescope",
    "brand": {"@type": "Brand", "name": "Orbita"},
    "category": "Science > Optics",
    "aggregateRating": {"@type": "AggregateRating", "ratingValue": "8.8", "bestRating": 10, "reviewCount": 89},
    "audience": {"@type": "PeopleAudience", "suggestedMinAge": 8},
    "offers": [
        {"@type": "Offer", "price": 139.5, "priceCurrency": "USD", "availability": "https://schema.org/InStock"},
        {"@type": "Offer", "price": "99.00", "priceCurrency": "USD", "availability": "https://schema.org/OutOfStock"},
    ],
}
OTHERS: list[Any] = [
    {"@type": "BreadcrumbList", "itemListElement": []},
    {"@type": "ProductGroup", "productGroupID": "G", "name": "Coat", "hasVariant": [
        {"@type": "Product", "sku": "G-1", "name": "S", "size": "S", "offers": {"price": 50, "priceCurrency": "USD"}},
        {"@type": "Product", "sku": "G-2", "name": "M", "size": "M", "offers": {"price": 45, "priceCurrency": "USD"}},
    ]},
    {"@type": "Product", "sku": "R", "name": "Range",
     "offers": {"@type": "AggregateOffer", "lowPrice": 5, "highPrice": 10, "priceCurrency": "USD"}},
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("graph.json", json.dumps({"@context": "https://schema.org", "@graph": [LD, *OTHERS]}, indent=1)),
        ("list.jsonld", json.dumps([LD, *OTHERS])),
        ("lines.jsonl", "\n".join(map(json.dumps, [LD, *OTHERS]))),
    ],
)
def test_json_ld_products_are_found_in_files_graphs_and_lines(tmp_path: Path, name: str, content: str) -> None:
    summary, found = imported(tmp_path, name, content)
    assert summary.formats[name].startswith("schema.org JSON-LD (JSON")
    assert list(found) == ["LD-1", "G"]
    product = found["LD-1"]
    assert (product.price, product.brand, product.rating, product.rating_count) == (
        Money.of("139.50", "USD"),
        "Orbita",
        4.4,
        89,
    )
    assert (product.age_min_years, product.category, product.available) == (8, "Science > Optics", True)
    assert found["G"].price == Money.of("45", "USD")
    assert [v.options for v in found["G"].variants] == [{"size": "S"}, {"size": "M"}]
    assert (summary.rows, summary.merged, summary.reasons) == (5, 2, {"price": 1})


def test_rows_merge_on_a_declared_group_only_also_apart_and_over_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name,price,group,size\n1,Sock,3,G,S\n2,Sock,3,,\n3,Sock,4,G,M\n", "utf-8")
    (tmp_path / "b.jsonl").write_text('{"id": "4", "name": "Sock", "price": 5, "group": "G", "size": "L"}\n', "utf-8")
    mapping = {"group_id": ("group",), "options": ("size",)}
    summary = import_feed([tmp_path], tmp_path / "shop", mapping=mapping, currency="EUR")
    first, second = FolderCatalog.open(tmp_path / "shop")
    assert (first.product_id, second.product_id) == ("G", "2")
    assert [(v.product_id, v.options) for v in first.variants] == [
        ("1", {"size": "S"}),
        ("3", {"size": "M"}),
        ("4", {"size": "L"}),
    ]
    assert (summary.rows, summary.accepted, summary.merged) == (4, 2, 2)


def test_an_exported_product_with_variants_imports_as_itself(tmp_path: Path) -> None:
    _, found = imported(tmp_path, "feed.xml", RSS.format(GOOGLE_ITEMS.format(dates=ON)))
    import_feed([FolderCatalog.open(tmp_path / "shop").snapshot / "products.jsonl"], tmp_path / "again")
    assert list(FolderCatalog.open(tmp_path / "again")) == list(found.values())


def test_a_variant_in_another_currency_or_with_a_taken_id_is_rejected(tmp_path: Path) -> None:
    content = "id,name,price,item_group_id\n1,A,£3,G\n2,B,$4,G\n1,C,£5,G\nG,D,£5,\n5,E,£1,6\n6,F,£1,\n"
    summary, found = imported(tmp_path, "f.csv", content)
    assert list(found) == ["G", "6"]
    assert rejections(tmp_path) == [
        ("4", "1", "product_id"),
        ("5", "G", "product_id"),
        ("7", "6", "product_id"),
        ("3", "2", "price"),
    ]
    assert summary.accepted == 2


def test_avoided_things_are_found_in_the_options_too(tmp_path: Path) -> None:
    content = "id,name,price,item_group_id,color\n1,Box,£3,G,Hazelnut\n2,Box,£3,G,Plain\n"
    (tmp_path / "f.csv").write_text(content, "utf-8")
    import_feed([tmp_path / "f.csv"], tmp_path / "shop", mapping={"options": ("color",)})
    (box,) = FolderCatalog.open(tmp_path / "shop")
    assert "Hazelnut" in box.rule_text


def test_cents_are_cents(tmp_path: Path) -> None:
    content = '[{"id": 1, "name": "A", "price": 4995}, {"id": 2, "name": "B", "price": 49.95}, {"id": 3, "name": "C",'
    summary, found = imported(tmp_path, "f.json", f'{content} "price": "7.0"}}]', currency="USD", price_unit="minor")
    assert {i: p.price.amount for i, p in found.items()} == {
        "1": Money.of("49.95", "USD").amount,
        "3": Money.of("0.07", "USD").amount,
    }
    assert summary.reasons == {"price": 1}
