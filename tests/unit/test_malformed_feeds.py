"""Every malformed feed is refused with one clear sentence, or its bad rows are counted; nothing else is raised."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.importing import import_feed
from tools.errors import CatalogError

CSV = b"id,name,price\n1,Kite,2.50\n2,Ball,3.50\n"
JSON = b'[{"id": "1", "name": "Kite", "price": "2.50"}, {"id": "2", "name": "Ball", "price": 3.5}]'
YAML = b"- id: 1\n  name: Kite\n  price: 2.50\n- {id: 2, name: Ball, price: 3.5}\n"
RSS = (
    b'<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel>'
    b"<item><g:id>1</g:id><title>Kite</title><g:price>2.50</g:price></item>"
    b"<item><g:id>2</g:id><title>Ball</title><g:price>3.50</g:price></item></channel></rss>"
)
LAUGHS = b"<!DOCTYPE r [" + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 9)) + b"]>"
EXTERNAL = b'<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
PARAMETER = b'<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
LONG = b"x" * 1_000_000
BLANKS = (b" " * 999 + b"\n") * 60_000
DEEP = 100_000


def zipped(*members: tuple[str, bytes], mode: int = 0, flag: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    data = out.getvalue()
    if flag:  # the general purpose bits of the central directory, where passwords are announced
        at = data.index(b"PK\x01\x02") + 8
        data = data[:at] + bytes([flag]) + data[at + 1 :]
    return data


def lying(data: bytes, size: int = 10) -> bytes:
    """The archive with a small size in its headers, whatever its member unpacks to."""
    central, local = data.index(b"PK\x01\x02") + 24, 22
    for at in (central, local):
        data = data[:at] + size.to_bytes(4, "little") + data[at + 4 :]
    return data


REFUSED: dict[str, tuple[str, bytes, str]] = {
    # name: (file, content, what the sentence says)
    "empty csv": ("f.csv", b"", "is empty"),
    "empty json": ("f.json", b"", "no JSON object"),
    "empty yaml": ("f.yaml", b"", "no YAML mapping"),
    "empty xml": ("f.xml", b"", "not XML"),
    "only a byte order mark": ("f.csv", b"\xef\xbb\xbf", "no column names|is empty"),
    "a header and nothing else": ("f.csv", b"id,name,price\n", "None of the 0 rows"),
    "no header": ("f.csv", b"1,Kite,2.50\n2,Ball,3.50\n", "no column for product_id"),
    "a column twice": ("f.csv", b"id,name,price,price\n1,Kite,2,3\n", "'price' twice"),
    "an unknown delimiter": ("f.csv", CSV.replace(b",", b"^"), "no column for product_id"),
    "a delimiter that changes after the header": ("f.csv", b"id,name,price\n1;Kite;2.50\n", "None of the 1 rows"),
    "a quote never closed": ("f.csv", b'id,name,price\n1,Kite,2.50\n2,"Ball,3.50\n', "line 3: a quote is opened"),
    "a quote never closed in the header": ("f.csv", b'id,"name,price\n1,Kite,2.50\n', "line 1"),
    "latin-1": ("f.csv", CSV + b"3,Caf\xe9,1\n", "line 4: byte 0xe9 is not UTF-8"),
    "utf-8 and windows-1252 mixed": ("f.csv", CSV + "3,Café,1\n".encode() + b"4,\x93Q\x94,1\n", "line 5: byte 0x93"),
    "utf-16 without a mark": ("f.csv", CSV.decode().encode("utf-16-le"), "no column for|printable|None of"),
    "utf-16 cut in a character": ("f.csv", b"\xff\xfe" + CSV.decode().encode("utf-16-le")[:-1], "UTF-8|utf-16"),
    "binary": ("f.csv", bytes(range(128, 256)) * 50, "line 1: byte 0x80 is not UTF-8"),
    "html": ("f.csv", b"<!doctype html><html><body>404</body></html>", "refused|web page"),
    "an html page as xml": ("f.xml", b"<html><body>404</body></html>", "a web page"),
    "a json array cut off": ("f.json", JSON[:-20], "line 1: not readable as JSON"),
    "a json array without its end": ("f.json", JSON[:-1], "the file ends too early"),
    "a json array with a comma missing": ("f.json", JSON.replace(b"}, {", b"} {"), "',' is expected"),
    "two json arrays": ("f.json", JSON + JSON, "more after the end"),
    "json of numbers": ("f.json", b"[1, 2, 3]", "no JSON object"),
    "json of single quotes": ("f.json", b"[{'id': 1}]", "not readable as JSON"),
    "json nested without end": ("f.json", b"[" * DEEP, "not readable as JSON|no JSON object"),
    "json objects nested without end": ("f.json", b'{"a":' * DEEP, "nested|not readable"),
    "json lines nested without end": ("f.jsonl", b'{"a":' * DEEP, "no JSON object"),
    "a json value longer than any record": ("f.json", b'[{"id": "' + LONG * 11, "more than|Unterminated"),
    "a csv line longer than any record": ("f.csv", CSV + LONG * 11, "more than 10,000,000"),
    "a json number of a million digits": ("f.json", b'[{"id": ' + b"9" * 1_000_000 + b"}]", "not readable as JSON"),
    "yaml with a tag that runs code": ("f.yaml", b"- !!python/object/apply:os.system ['id']\n", "the tag|None of|no "),
    "a yaml bomb of aliases": (
        "f.yaml",
        b"- &a {id: 1}\n- &b [*a, *a, *a, *a]\n- &c [*b, *b, *b, *b]\n",
        "aliases .* are not read",
    ),
    "yaml with tabs": ("f.yaml", b"- id: 1\n\tname: x\n", "line 2: not readable as YAML"),
    "yaml cut off": ("f.yaml", YAML[:-2], "not readable as YAML"),
    "yaml nested without end": ("f.yaml", b"[" * 20_000, "nested deeper"),
    "yaml of one text": ("f.yaml", b"just a text", "no YAML mapping"),
    "yaml that is not utf-8": ("f.yaml", b"- id: 1\n  name: caf\xe9\n", "not readable as YAML"),
    "xml cut off": ("f.xml", RSS[:-30], "not readable as XML"),
    "xml with tags crossed": ("f.xml", RSS.replace(b"</g:id></title>", b""[:0]).replace(b"</item>", b""), "mismatched"),
    "xml with an unknown prefix": ("f.xml", RSS.replace(b"xmlns:g=", b"xmlns:h="), "unbound prefix"),
    "xml in an unknown encoding": ("f.xml", RSS.replace(b'"1.0"?', b'"1.0" encoding="x-none"?'), "XML"),
    "xml that is not utf-8": ("f.xml", RSS.replace(b"Kite", b"caf\xe9"), "not readable as XML"),
    "xml without items": ("f.xml", b"<rss><channel/></rss>", "no <item>"),
    "xml of another kind": ("f.xml", b"<products><product id='1'/></products>", "root <products>"),
    "a billion laughs": ("f.xml", LAUGHS + b"<rss>&l8;</rss>", "declares a document type"),
    "an external entity": ("f.xml", EXTERNAL + b"<rss><channel><item>&e;</item></channel></rss>", "document type"),
    "an external parameter entity": ("f.xml", PARAMETER + b"<rss/>", "declares a document type"),
    "gzip cut off": ("f.csv.gz", gzip.compress(CSV * 100)[:-12], "damaged or cut off"),
    "gzip with a wrong checksum": ("f.csv.gz", gzip.compress(CSV)[:-8] + b"\0" * 8, "damaged or cut off"),
    "gzip in gzip": ("f.csv.gz", gzip.compress(gzip.compress(CSV)), "archive in an archive"),
    "a gzip bomb": ("f.csv.gz", gzip.compress(CSV + BLANKS), "more than 200 times"),
    "bzip2": ("f.csv", bz2.compress(CSV), "is a bzip2 file"),
    "a zip cut off": ("f.zip", zipped(("f.csv", CSV))[:-30], "damaged zip"),
    "a zip of nothing": ("f.zip", zipped(), "no feed in f.zip"),
    "a zip without a feed": ("f.zip", zipped(("readme.md", b"x")), "holds 'readme.md'"),
    "a zip in a zip": ("f.zip", zipped(("f.csv", zipped(("f.csv", CSV)))), "archive in an archive"),
    "a workbook": ("f.csv", zipped(("[Content_Types].xml", b"<x/>")), "Office document"),
    "a zip that climbs out": ("f.zip", zipped(("../../f.csv", CSV)), "leads out"),
    "a zip that climbs out in Windows": ("f.zip", zipped(("..\\f.csv", CSV)), "leads out"),
    "a zip with an absolute path": ("f.zip", zipped(("/etc/f.csv", CSV)), "leads out"),
    "a zip with a drive": ("f.zip", zipped(("C:f.csv", CSV)), "leads out"),
    "a zip with a terminal's escapes": ("f.zip", zipped(("a\x1b[2J.csv", CSV)), "cannot be shown"),
    "a zip with a link": ("f.zip", zipped(("f.csv", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777), "a link in place"),
    "a zip with a password": ("f.zip", zipped(("f.csv", CSV), flag=1), "password"),
    "a zip bomb": ("f.zip", zipped(("f.csv", CSV + BLANKS)), "more than 200 times"),
    "a zip bomb that lies": ("f.zip", lying(zipped(("f.csv", CSV + BLANKS))), "damaged|refused"),
    "shopify without a currency": (
        "f.csv",
        b"Handle,Title,Option1 Value,Variant Price\na,A,S,3\n",
        "names no currency; say which one it is in with --currency",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_feed_that_cannot_be_read_is_refused_with_one_sentence(tmp_path: Path, case: str) -> None:
    name, content, message = REFUSED[case]
    (tmp_path / name).write_bytes(content)
    currency = None if "currency" in case else "EUR"
    with pytest.raises(CatalogError, match=message) as refused:
        import_feed([tmp_path / name], tmp_path / "shop", currency=currency)
    told = str(refused.value)
    assert name in told or "None of the" in told
    assert len(told) < 600
    assert told.isprintable()
    assert [path.name for path in tmp_path.iterdir()] == [name]


COUNTED: dict[str, tuple[str, bytes, dict[str, int]]] = {
    # name: (file, content after which two good rows are left, rejections by field)
    "rows cut short": ("f.csv", CSV + b"3\n4,x\n", {"row": 2}),
    "rows too long": ("f.csv", CSV + b"3,a,b,c\n", {"row": 1}),
    "a quote inside a field": ("f.csv", CSV + b'3,"a"b,2\n', {"row": 1}),
    "an id twice": ("f.csv", CSV + b"1,Kite again,2.50\n", {"product_id": 1}),
    "an id twice but for blanks": ("f.csv", CSV + b" 1 ,Kite again,2.50\n", {"product_id": 1}),
    "no ids and blank ones": ("f.csv", CSV + b",a,1\n  ,b,1\n", {"product_id": 2}),
    "an id with control characters": ("f.csv", CSV + b"a\x00b,x,1\na\x1b[2Jb,x,1\n", {"product_id": 2}),
    "an id of a million characters": ("f.csv", CSV + LONG + b",x,1\n", {"product_id": 1}),
    "a title of a million characters": ("f.csv", CSV + b"3," + LONG + b",1\n", {"title": 1}),
    "a price of a million digits": ("f.csv", CSV + b"3,x," + b"9" * 1_000_000 + b"\n", {"price": 1}),
    "no price": ("f.csv", CSV + b"3,x,\n4,x,free\n5,x,n/a\n", {"price": 3}),
    "a price of zero": ("f.csv", CSV + b"3,x,0\n4,x,0.00\n", {"price": 2}),
    "negative prices": ("f.csv", CSV + "3,x,-5\n4,x,−5\n5,x,(5)\n6,x,5-\n".encode(), {"price": 3}),
    "absurd prices": ("f.csv", CSV + b"3,x,99999999999\n4,x,1e400\n5,x,NaN\n6,x,Infinity\n", {"price": 4}),
    "a range of prices": ("f.csv", CSV + "3,x,$5–10\n4,x,5 to 10 EUR\n".encode(), {"price": 2}),
    "a price that is two amounts": ("f.csv", CSV + b"3,x,1.299\n", {"price": 1}),
    "a price of too many decimals": ("f.csv", CSV + b"3,x,1.2345\n", {"price": 1}),
    "an unknown currency": ("f.csv", CSV + b"3,x,5 Galleons\n", {"price": 1}),
    "only markup in the title": ("f.csv", CSV + b"3,<b></b>,5\n", {"title": 1}),
    "json lines with garbage between": (
        "f.jsonl",
        JSON[1:-1].replace(b"}, {", b"}\n{") + b'\nnot json\n[1]\n"x"\n{"id": 3\n{}\n',
        {"row": 4, "product_id": 1},
    ),
    "json with values of other kinds": (
        "f.json",
        JSON[:-1] + b', 7, null, [], {"id": {"a": 1}, "name": ["x"], "price": true}, {"id": 5, "name": "x"}]',
        {"row": 3, "price": 2},
    ),
    "json with numbers no float holds": (
        "f.json",
        JSON[:-1] + b', {"id": 3, "name": "x", "price": 1e999}, {"id": 4, "name": "x", "price": NaN}]',
        {"price": 2},
    ),
    "json with half a character": (
        "f.json",
        JSON[:-1] + b', {"id": "\\ud800", "name": "x", "price": 1}]',
        {"product_id": 1},
    ),
    "yaml with other kinds": ("f.yaml", YAML + b"- 7\n- [a]\n- id: 3\n", {"row": 2, "price": 1}),
    "xml items without what it takes": (
        "f.xml",
        RSS.replace(b"</channel>", b"<item/><item><g:id>3</g:id></item></channel>"),
        {"product_id": 1, "price": 1},
    ),
    "an xml title of a million characters": (
        "f.xml",
        RSS.replace(b"</channel>", b"<item><g:id>3</g:id><title>" + LONG + b"</title></item></channel>"),
        {"title": 1},
    ),
    "a group that never ends": (
        "f.csv",
        b"id,name,price,item_group_id\nA,Kite,2.50,\n" + b"".join(b"%d,x,9,G\n" % n for n in range(5011)),
        {"group_id": 11},
    ),
    "ids longer than any shop's": (
        "f.jsonl",
        b'{"id": "1", "name": "x", "price": 1}\n{"id": "2", "name": "x", "price": 1}\n'
        b'{"id": "3", "name": "x", "price": 1, "group_id": "%s"}\n{"id": "%s", "name": "x", "price": 1}'
        % (b"g" * 201, b"i" * 201),
        {"group_id": 1, "product_id": 1},
    ),
    "mac files and hidden ones in a zip": (
        "f.zip",
        zipped(("__MACOSX/._f.csv", b"\0"), (".DS_Store", b"\0"), ("f.csv", CSV + b"3,x,\n")),
        {"price": 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", COUNTED)
def test_bad_rows_are_counted_and_the_others_are_products(tmp_path: Path, case: str) -> None:
    name, content, reasons = COUNTED[case]
    (tmp_path / name).write_bytes(content)
    summary = import_feed([tmp_path / name], tmp_path / "shop", currency="EUR")
    assert summary.rows == summary.accepted + summary.merged + summary.rejected
    assert summary.reasons == reasons
    assert summary.accepted == (3 if case == "negative prices" else 2)
    assert len(list(FolderCatalog.open(tmp_path / "shop"))) == summary.accepted
    with (tmp_path / "shop" / "rejected.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert len(listed) == summary.rejected
    assert all(row["reason"] and row["line"].isdigit() and len(row["reason"]) <= 200 for row in listed)


def test_the_corpus_is_large_enough() -> None:
    assert len(REFUSED) + len(COUNTED) >= 40


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("name", "content"), [("f.csv", CSV), ("f.json", JSON), ("f.yaml", YAML), ("f.xml", RSS)])
@pytest.mark.parametrize("packing", ["", ".gz", ".zip"])
def test_every_format_is_read_in_every_packing_and_announced_encoding(
    tmp_path: Path, name: str, content: bytes, encoding: str, packing: str
) -> None:
    data = content.decode().encode(encoding)
    packed = {"": data, ".gz": gzip.compress(data), ".zip": zipped((name, data))}[packing]
    (tmp_path / (name + packing)).write_bytes(packed)
    summary = import_feed([tmp_path / (name + packing)], tmp_path / "shop", currency="EUR")
    assert (summary.rows, summary.accepted) == (2, 2)
    assert [str(p.price.amount) for p in FolderCatalog.open(tmp_path / "shop")] == ["2.50", "3.50"]


def accepted_or_refused(folder: Path, name: str, content: bytes) -> None:
    """What every feed must do, whatever it is made of."""
    (folder / name).write_bytes(content)
    try:
        summary = import_feed([folder / name], folder / "shop", currency="EUR")
    except CatalogError as refused:
        told = str(refused)
    else:
        told = ""
        assert summary.rows == summary.accepted + summary.merged + summary.rejected
    assert told.isprintable()


NAMES = ["f.csv", "f.tsv", "f.txt", "f.json", "f.jsonl", "f.yaml", "f.xml", "f.zip", "f.csv.gz"]
SEEDS = {
    "f.csv": CSV,
    "f.json": JSON,
    "f.jsonl": JSON[1:-1].replace(b"}, {", b"}\n{"),
    "f.yaml": YAML,
    "f.xml": RSS,
    "f.zip": zipped(("a.csv", CSV), ("b.json", JSON)),
    "f.csv.gz": gzip.compress(CSV),
    "shopify.csv": b"Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\na,A,Size,S,1,3\na,,,M,2,4\n",
    "woo.csv": b"ID,Type,SKU,Name,Regular price,Sale price,Parent\n1,variable,P,A,,,\n2,variation,V,A,\"3,5\",2,P\n",
    "ld.json": b'{"@type": "Product", "sku": 1, "name": "A", "offers": {"price": 3}, "brand": {"name": "B"}}',
}  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(name=st.sampled_from(NAMES), content=st.binary(max_size=200))
def test_any_bytes_are_a_feed_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    accepted_or_refused(tmp_path_factory.mktemp("fuzz"), name, content)


pieces = st.sampled_from(
    [
        b"",
        b"\0",
        b"\xff",
        b'"',
        b"'",
        b",",
        b"\n",
        b"{",
        b"}",
        b"[",
        b"]",
        b"<",
        b"</",
        b"&",
        b"&x;",
        b"]]>",
        b"<!--",
        b"*",
        b"&a",
        b"!!",
        b": ",
        b"- ",
        b"\t",
        b"null",
        b"1e9",
        b"-1",
        b"\xf0\x9f\x8e\x81",
        b"\\ud800",
        b"PK\x03\x04",
    ]
)


@settings(deadline=None, max_examples=300)
@given(
    name=st.sampled_from(sorted(SEEDS)),
    at=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), pieces | st.binary(max_size=4)), min_size=1, max_size=4),
)
def test_a_damaged_feed_is_a_feed_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, name: str, at: list[tuple[float, int, bytes]]
) -> None:
    content = SEEDS[name]
    for where, cut, piece in at:
        start = int(where * len(content))
        content = content[:start] + piece + content[start + cut :]
    accepted_or_refused(tmp_path_factory.mktemp("fuzz"), name, content)


KEYS = [
    *("@type", "@graph", "@id", "name", "sku", "price", "offers", "hasVariant", "isVariantOf", "productGroupID"),
    *("priceCurrency", "lowPrice", "priceSpecification", "aggregateRating", "ratingValue", "brand", "audience"),
]
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["£2", "S", "1/2"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
kinds = st.sampled_from(["Product", "ProductGroup", "ItemList", ["Product", "Thing"], "https://schema.org/Product"])


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(kinds, st.dictionaries(st.sampled_from(KEYS), values)), max_size=4))
def test_any_json_ld_is_a_feed_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, nodes: list[tuple[object, dict[str, object]]]
) -> None:
    content = json.dumps([{**node, "@type": kind} for kind, node in nodes])
    accepted_or_refused(tmp_path_factory.mktemp("fuzz"), "f.json", content.encode())
