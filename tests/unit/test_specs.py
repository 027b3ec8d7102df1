"""A feed's other attributes are kept under their names, searched, shown and judged; what is no attribute is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_product
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.cleaning import plain_text
from tools.catalog.intake.importing import import_feed
from tools.catalog.intake.specs import MAX_CHARS, MAX_NAME_CHARS, MAX_SPECS, MAX_VALUE_CHARS, specs_of
from tools.catalog.search.free_search import FreeSearch
from tools.catalog.search.index import Filters
from tools.planning.matching import match
from tools.planning.rules import mentions
from tools.product import Product


def imported(tmp_path: Path, name: str, content: str, **options: Any) -> list[Product]:
    (tmp_path / name).write_text(content, "utf-8")
    import_feed([tmp_path / name], tmp_path / "shop", **({"currency": "USD"} | options))
    return list(FolderCatalog.open(tmp_path / "shop"))


def specs(**columns: Any) -> dict[str, str]:
    return specs_of(columns.items())


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("Screen Size", "27 inch", {"Screen Size": "27 inch"}),
        ("attr_t_product_family", "Deskjet", {"product family": "Deskjet"}),
        ("attr_n_ports", 4.0, {"ports": "4"}),
        ("attr_t_type", "Desk", {"type": "Desk"}),
        ("attr_b_dimmable", True, {"dimmable": "yes"}),
        ("usb", "USB 2.0", {"usb": "USB 2.0"}),
        ("nut_free", False, {"nut free": "no"}),
        ("fit", ["<b>Slim</b>", "&amp; long"], {"fit": "Slim, & long"}),
        ("attributes", {"Cut": "A", "x": {"name": "Lining", "value": "Silk"}}, {"Cut": "A", "Lining": "Silk"}),
        ("specs", [{"name": "RAM", "value": "16 GB"}, {"name": "RAM", "value": "DDR5"}], {"RAM": "16 GB, DDR5"}),
        ("height", {"value": 12, "unit": "cm"}, {"height": "12 cm"}),
    ],
)  # fmt: skip
def test_an_attribute_is_kept_under_its_own_name(column: str, value: Any, expected: dict[str, str]) -> None:
    assert specs_of([(column, value)]) == expected


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("manual", "https://shop.example/a.pdf"),
        ("image_3", "b"),
        ("picture", "c.jpg"),
        ("legacy_id", "77"),
        ("updated_at", "now"),
        ("first_sold", "2024-01-02T10:00:00Z"),
        ("status", "live"),
        ("is_active", "true"),
        ("where_visible", "UI"),
        ("promoted", True),
        ("internal_note", "call Bob"),
        ("package_weight", "3"),
        ("cost_price", "1.20"),
        ("waterproof", False),
        ("waterproof", "no"),
        ("fit", "N/A"),
        ("fit", " - "),
        ("long", f"<div>{'word ' * 300}</div>"),
        ("long", "x" * 1_000_000),
        ("nested", [[["a"]]]),
        ("prices", {"usd": "3", "eur": "4"}),
        ("\u200b", "x"),
        ("123", "x"),
    ],
)
def test_what_is_no_attribute_is_not_kept(column: str, value: Any) -> None:
    assert specs_of([(column, value)]) == {}


LEAF = st.none() | st.booleans() | st.integers() | st.text(max_size=600)
INNER = LEAF | st.lists(LEAF, max_size=4) | st.dictionaries(st.text(max_size=90), LEAF, max_size=4)
JSON = INNER | st.lists(INNER, max_size=4) | st.dictionaries(st.text(max_size=90), INNER, max_size=4)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(max_size=90) | st.sampled_from(["attr_t_x", "name", "specs"]), JSON, max_size=8))
def test_whatever_a_feed_holds_the_specs_are_bounded_printable_and_read_again_the_same(columns: dict[str, Any]) -> None:
    found = specs_of(columns.items())
    assert all(0 < len(n) <= MAX_NAME_CHARS and plain_text(n) == n for n in found)
    assert all(0 < len(v) <= MAX_VALUE_CHARS and plain_text(v) == v for v in found.values())
    assert specs_of([("specs", found)]) == found


def test_a_thousand_long_attributes_are_cut_to_the_bounds() -> None:
    found = specs_of((f"name {n}", "word " * 300) for n in range(1000))
    assert sum(len(n) + len(v) for n, v in found.items()) <= MAX_CHARS
    assert len(specs_of((f"name {n}", "word") for n in range(1000))) == MAX_SPECS


def test_columns_that_no_field_takes_are_kept_and_exported_ones_import_again(tmp_path: Path) -> None:
    header = "id,name,price,sku,Screen Size,attr_material,attr_b_colour,attr_t_product_colour,link"
    feed = f"{header}\n1,Tab,9,A1,10 inch,Steel,true,Navy,http://x\n"
    (tab,) = imported(tmp_path, "f.csv", feed)
    assert (tab.specs, tab.materials) == ({"Screen Size": "10 inch"}, ["Steel"])
    assert "Navy" in tab.colors
    (again,) = imported(tmp_path, "again.jsonl", tab.model_dump_json())
    assert again == tab


def test_mapping_specs_takes_these_columns_only_or_none(tmp_path: Path) -> None:
    feed = "id,name,price,fit,cut\n1,Tee,9,Slim,V\n"
    assert imported(tmp_path, "f.csv", feed, mapping={"specs": ("fit",)})[0].specs == {"fit": "Slim"}
    assert imported(tmp_path, "f.csv", feed, mapping={"specs": ()})[0].specs == {}


def test_a_product_is_found_by_its_specs_and_says_so(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "name": "Tablet One", "price": "9", "connectivity": "Bluetooth"},
        {"id": "b", "name": "Tablet Two", "price": "9", "connectivity": "Cable"},
    ]
    imported(tmp_path, "f.json", json.dumps(rows))
    hits = FreeSearch(FolderCatalog.open(tmp_path / "shop")).search("bluetooth tablet", Filters(), 5)
    assert hits[0].product.product_id == "a"
    assert ("specs", "bluetooth") in {(one.field, one.word) for one in hits[0].evidence}


def test_avoided_things_are_found_in_names_and_values_of_specs() -> None:
    assert mentions(a_product(specs={"filling": "hazelnut cream"}), "nuts")
    assert mentions(a_product(specs={"nut free": "no"}), "nuts")
    assert mentions(a_product(specs={"glitter": "yes"}), "glitter")
    assert not mentions(a_product(specs={"filling": "wool"}), "nuts")


def test_a_wish_is_met_by_specs_less_surely_than_by_the_title() -> None:
    found = match(a_product(specs={"motif": "dinosaurs"}), "dinosaurs")
    assert found
    assert found.field == "specs"
    by_title = match(a_product(title="Dinosaurs"), "dinosaurs")
    assert by_title
    assert found.strength < by_title.strength


GOOGLE = """<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>1</g:id><g:title>Lamp</g:title>
<g:price>20 EUR</g:price><g:availability>in stock</g:availability><g:image_link>http://x/i.jpg</g:image_link>
<g:pattern>Striped</g:pattern><g:gender>unisex</g:gender><g:custom_label_0>top</g:custom_label_0>
<g:product_detail><g:section_name>Light</g:section_name><g:attribute_name>Bulb</g:attribute_name>
<g:attribute_value>LED</g:attribute_value></g:product_detail>
<g:product_detail><g:attribute_name>Dimmable</g:attribute_name><g:attribute_value>Yes</g:attribute_value>
</g:product_detail><g:product_highlight>Warm light</g:product_highlight><g:product_highlight>Quiet</g:product_highlight>
</item></channel></rss>"""


def test_details_and_highlights_of_google_are_specs(tmp_path: Path) -> None:
    (lamp,) = imported(tmp_path, "f.xml", GOOGLE)
    assert lamp.specs == {
        "pattern": "Striped",
        "gender": "unisex",
        "Bulb": "LED",
        "Dimmable": "Yes",
        "product highlight": "Warm light, Quiet",
    }
    header = "id\ttitle\tprice\tavailability\tmpn\tproduct detail\n1\tLamp\t20 EUR\tin stock\t\t"
    (lamp,) = imported(tmp_path, "f.tsv", f"{header}Light:Bulb:LED,:Note:warm, soft\n")
    assert lamp.specs == {"Bulb": "LED", "Note": "warm, soft"}


def test_metafields_of_shopify_are_specs(tmp_path: Path) -> None:
    header = "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Grams,"
    header += "Fabric (product.metafields.custom.fabric),Metafield: custom.care_label [text]"
    rows = "tee,Tee,Loud,Size,S,T-S,20,100,Cotton,Wash cold\ntee,,,,M,T-M,20,100,,"
    (tee,) = imported(tmp_path, "f.csv", f"{header}\n{rows}\n")
    assert tee.specs == {"Fabric": "Cotton", "care label": "Wash cold"}


def test_attributes_of_woocommerce_are_specs(tmp_path: Path) -> None:
    header = "ID,Type,SKU,Name,Regular price,Attribute 1 name,Attribute 1 value(s),Meta: origin_story,Meta: _edit_lock"
    (cup,) = imported(tmp_path, "f.csv", f"{header}\n1,simple,C,Cup,9,Glaze,Celadon,Hand thrown,17:1\n")
    assert cup.specs == {"Glaze": "Celadon", "origin story": "Hand thrown"}


def test_additional_properties_of_schema_org_are_specs(tmp_path: Path) -> None:
    node = {
        **{"@context": "https://schema.org", "@type": "Product", "sku": "1", "name": "Screen"},
        "width": {"value": 60, "unitCode": "CMT"},
        "additionalProperty": [{"name": "Panel", "value": "IPS"}, {"name": "HDR", "value": True}],
        "offers": {"price": "99", "priceCurrency": "USD", "url": "https://x"},
    }
    (screen,) = imported(tmp_path, "f.json", json.dumps(node))
    assert screen.specs == {"Panel": "IPS", "HDR": "yes", "width": "60 cm"}


def test_variants_join_their_specs(tmp_path: Path) -> None:
    (sock,) = imported(
        tmp_path, "f.csv", "id,name,price,item_group_id,toe,heel\n1,S,3,G,flat,soft\n2,S,3,G,round,soft\n"
    )
    assert sock.specs == {"toe": "flat, round", "heel": "soft"}
