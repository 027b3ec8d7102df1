"""A receipt can be checked by someone who trusts nobody: what is altered or added in it is refused."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands import called
from tests.fakes.products import a_catalog, a_product
from tests.fakes.shops import recommend
from tools.brief import Brief, Budget, Need, Recipient
from tools.catalog.interface import Catalog
from tools.errors import UsageError
from tools.receipts.__main__ import main
from tools.receipts.checking import check_receipt, read_receipt
from tools.receipts.evidence import gather_evidence
from tools.receipts.receipt import is_said, make_receipt
from tools.receipts.template import render
from tools.request import Request

GIFTS = [
    a_product("can", "42.50", title="Copper Watering Can", interests=["gardening"], brand="Fern", category="Garden"),
    a_product("poster", "19.00", title="Blue Note Poster", interests=["jazz"], rating=4.1, rating_count=38),
    a_product("cake", "36.20", title="Fossil Cake", need="cake", themes=["dinosaur"]),
    a_product("egg", "9.95", title="Dino Eggs", need="favours", pack_size=5, themes=["dinosaur"]),
]
GIFT = Brief(interests=["gardening", "jazz"], budget=Budget(max="60"), recipient=Recipient(relation="father"))
PARTY = Brief(needs=[Need(kind="cake"), Need(kind="favours", quantity=12)], theme="dinosaur", budget=Budget(max="70"))
NOTHING = Brief(interests=["jazz"], budget=Budget(max="5"))


@pytest.fixture
def shop(tmp_path: Path) -> Catalog:
    return a_catalog(tmp_path, GIFTS)


def receipt(shop: Catalog, brief: Brief) -> dict[str, Any]:
    evidence = gather_evidence(shop, recommend(shop, Request(brief=brief)))
    return json.loads(json.dumps(make_receipt(render(evidence), evidence).dump()))


@pytest.mark.parametrize("brief", [GIFT, PARTY, NOTHING], ids=["shortlist", "plan", "nothing fits"])
def test_a_receipt_as_it_was_written_is_true(shop: Catalog, brief: Brief) -> None:
    written = receipt(shop, brief)
    assert check_receipt(written, shop) == []
    assert check_receipt({"reply": "…", "receipt": written}, shop) == []
    assert {claim["evidence"]["kind"] for claim in written["claims"]} <= {"catalogue", "brief", "memory", "sum"}
    assert written["claims"]


@pytest.mark.parametrize(
    "added",
    [
        "It is made of oak.",
        "A nice pen too.",
        "Your niece will love it.",
        "The Blue Note Poster is dearer than the Copper Watering Can.",
        "The Copper Watering Can is the cheapest.",
        "It contains no nuts.",
        "Delivery takes 2 days.",
        "Only three are left.",
        "Rated by thousands.",
        "Happy Christmas!",
        "It fits fishing.",
        "Last year you gave a book.",
        "These four are what I found.",
        "All of them stay under $40.",
        "It should squeak when squeezed.",
        "The watering can should glow at night.",
        "You should know that the watering can squeaks.",
        "You will need its built-in compass.",
        "You'll need a charger for its battery.",
        "As long as the compass in the handle works, he finds the way.",
        "If it rains, its motor stops.",
        "You might tuck its compass into a pocket.",
        "The watering can would rather be a compass.",
        "Instead of a spring it has a motor.",
        "It cannot say more than its speaker tells.",
        "Nothing is known against its motor.",
        "The watering can has two rooms and a balcony.",
        "The watering can lives in its own cupboard.",
    ],
)
def test_a_sentence_that_is_added_needs_evidence_too(shop: Catalog, added: str) -> None:
    written = receipt(shop, GIFT)
    assert check_receipt(written | {"text": f"{written['text']}\n\n{added}"}, shop)


@pytest.mark.parametrize(
    "added",
    [
        "I hope your father will love it.",
        "The Blue Note Poster is the cheapest of these.",
        "The Copper Watering Can costs more than the Blue Note Poster.",
        "Both stay within $60.00.",
        "Shall I look for something else?",
    ],
)
def test_a_true_or_empty_sentence_may_be_added(shop: Catalog, added: str) -> None:
    written = receipt(shop, GIFT)
    assert check_receipt(written | {"text": f"{written['text']}\n\n{added}"}, shop) == []


def test_what_is_altered_is_refused(shop: Catalog) -> None:
    written = receipt(shop, PARTY)
    for where, value in (("title", "Fossil Tart"), ("quantity", 2), ("product_id", "nothing")):
        altered = copy.deepcopy(written)
        altered["lines"][0][where] = value
        assert check_receipt(altered, shop), where
    assert check_receipt(written | {"total": {"amount": "60.00", "currency": "USD"}}, shop)
    altered = copy.deepcopy(written)
    altered["claims"][0]["evidence"]["value"] = "oak"
    assert check_receipt(altered, shop)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("$42.50", "$41.50"),
        ("4.1", "4.9"),
        ("Blue Note Poster", "Golden Note Poster"),
        ("For your father", "For your niece"),
        ("Noted: up to $60.00.", "Noted: up to $50.00."),
        ("Noted: up to $60.00.", "Noted: up to $60.00. It is waterproof."),
        ("Noted: up to $60.00.", "Noted: a bestseller, delivered tomorrow."),
        ("(4)", "(4), all made of oak"),
    ],
)
def test_what_is_altered_in_the_reply_beside_a_receipt_is_refused(shop: Catalog, said: str, instead: str) -> None:
    written = receipt(shop, GIFT)
    reply = f"Noted: up to $60.00.\n\n{written['text']}\n\nAmong what fits best here: reading (9), music (4)."
    assert said in reply
    assert check_receipt({"reply": reply, "receipt": written}, shop) == []
    assert check_receipt({"reply": reply.replace(said, instead), "receipt": written}, shop)


def test_picks_that_are_not_the_receipts_are_refused(shop: Catalog) -> None:
    written = receipt(shop, PARTY)
    turn = {"picks": copy.deepcopy(written["lines"]), "total": written["total"], "receipt": written}
    assert check_receipt(turn, shop) == []
    assert check_receipt(turn | {"total": {"amount": "1.00", "currency": "USD"}}, shop)
    turn["picks"][0]["price"]["amount"] = "1.00"
    assert check_receipt(turn, shop)


def test_a_price_that_has_changed_since_is_said(shop: Catalog, tmp_path: Path) -> None:
    written = receipt(shop, GIFT)
    (tmp_path / "later").mkdir()
    later = a_catalog(tmp_path / "later", [GIFTS[0], a_product("poster", "21.00", title="Blue Note Poster")])
    found = check_receipt(written, later)
    assert any("$19.00 here and $21.00 in the catalogue" in problem for problem in found)


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"receipt": None}, {"text": "x"}, {"text": 1, "lines": 2, "claims": [], "brief": {}, "total": None}],
)
def test_what_is_no_receipt_is_said_to_be_none(data: Any) -> None:
    with pytest.raises(UsageError, match="No receipt"):
        read_receipt(data)


@pytest.mark.parametrize(
    "changed", [{"text": "a" * 20_001}, {"text": "\ud800"}, {"quantity": 10**30}, {"lines": 5_000}]
)
def test_what_would_only_keep_us_busy_is_no_receipt(shop: Catalog, changed: dict[str, Any]) -> None:
    written = receipt(shop, GIFT)
    (line, *_) = written["lines"]
    match changed:
        case {"quantity": quantity}:
            changed = {"lines": [line | {"quantity": quantity}]}
        case {"lines": count}:
            changed = {"lines": [line] * count}
    with pytest.raises(UsageError, match="No receipt"):
        check_receipt(written | changed, shop)


def test_the_command_tells_true_refused_and_unreadable_by_its_status(shop: Catalog, tmp_path: Path) -> None:
    written = receipt(shop, GIFT)
    files = {"true": json.dumps(written), "false": json.dumps(written | {"text": "Take the oak chair."}), "broken": "{"}
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    status = {}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        status[name] = called(main, "verify", tmp_path / name, "--catalog", folder).returncode
    assert status == {"true": 0, "false": 1, "broken": 2}
    command = [sys.executable, "-m", "tools.receipts", "verify", str(tmp_path / "false"), "--catalog", str(folder)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == status["false"]


def test_a_receipt_shows_what_was_neutralised_in_a_sellers_text(tmp_path: Path) -> None:
    can = GIFTS[0].model_copy(update={"neutralised": ["description: link, order"]})
    shop = a_catalog(tmp_path, [can, *GIFTS[1:]])
    written = receipt(shop, GIFT)
    assert written["neutralised"] == {"can": ["description: link, order"]}
    assert check_receipt(written, shop) == []
    assert check_receipt({**written, "neutralised": {}}, shop) != []


@pytest.mark.parametrize(
    ("surface", "text", "said"),
    [
        ("of 5", "rated 4.5 of 5 by 68", True),
        ("of 5", "a set of 50", False),
        ("of 5", "out of 5.5 litres", False),
        ("of 5", "a set of 50, rated 4 of 5.", True),
        ("jazz", "jazzy", False),
        ("4.5", "14.5", False),
        ("tea", "_tea_", False),
    ],
)
def test_a_claim_is_made_by_whole_words_and_whole_numbers_only(surface: str, text: str, said: bool) -> None:
    assert is_said(surface, text) is said
