"""A receipt is true as it was made, and refused when anything in it was changed."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from eval.benchmarks.asking import Asking
from eval.faithfulness.tampering import UNTOUCHED, judge
from eval.faithfulness.tampers import TAMPERS
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog
from tools.receipts.checking import check_receipt

GIFT = "A gift for my dad who loves jazz and gardening, no leather, up to $60"
PARTY = "A birthday party for 8 kids with a cake, decorations and a gift, $150 altogether"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return curated_catalog(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def receipts(shop: Catalog, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    asking = Asking(shop, tmp_path_factory.mktemp("data"))
    return [asyncio.run(asking.answers(text))[0]["receipt"] for text in (GIFT, PARTY)]


def test_only_the_untouched_receipt_is_true(receipts: list[dict[str, Any]], shop: Catalog) -> None:
    judged = [one for receipt in receipts for one in judge(receipt, shop, list(shop), random.Random(1))]
    assert len({kind for kind, _, _ in judged}) >= 45
    assert [kind for kind, _, found in judged if bool(found) == (kind == UNTOUCHED)] == []


def test_there_are_forty_ways_to_tamper() -> None:
    assert len(TAMPERS) >= 40


def test_what_came_from_memory_is_a_claim_of_memory(receipts: list[dict[str, Any]], shop: Catalog) -> None:
    from_memory = {"use": "interest", "text": "likes jazz"}
    receipt = {**receipts[0], "memory": [from_memory], "claims": []}
    assert check_receipt(receipt, shop) == []
    claim = {"text": "Fits jazz", "evidence": {"kind": "memory", "field": "interest", "value": "likes jazz"}}
    assert check_receipt({**receipt, "claims": [claim]}, shop) != []  # no sentence of the text says just this
    assert check_receipt({**receipt, "memory": [{"use": "interest", "text": "likes falconry"}]}, shop) != []
