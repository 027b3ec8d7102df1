"""The rungs with a real client in place of the fallible model: Gemini's, against the loopback fake."""

from __future__ import annotations

import json

import pytest

from eval.strategies.ladder import Conditions, build_strategies
from recsys_agent.settings import DEFAULT_GEMINI, load_settings
from tests.fakes.gemini import FakeGemini
from tests.fakes.gemini_replies import text
from tools.catalog.interface import Catalog

PICK = {"product_id": "jazz", "title": "The Jazz", "price": "12.00", "need": "gift", "quantity": 1}


@pytest.mark.usefixtures("fake")
async def test_a_prompted_rung_reads_what_gemini_answers(fake: FakeGemini, curated: Catalog):
    load_settings.cache_clear()
    fake.reply(text(f"```json\n{json.dumps({'picks': [PICK]})}\n```"))
    (rung,) = build_strategies(["single_prompt"], Conditions(model=DEFAULT_GEMINI), curated)
    said = await rung.open("s1").say("A gift for my dad, he loves jazz, under $40")
    assert [(one.title, str(one.price)) for one in said.shown] == [("The Jazz", "12.00")]
    assert (said.llm_calls, said.status) == (1, "recommended")


@pytest.mark.usefixtures("fake")
async def test_an_answer_that_is_no_json_is_a_turn_that_failed(fake: FakeGemini, curated: Catalog):
    load_settings.cache_clear()
    fake.reply(text("I would rather not."))
    (rung,) = build_strategies(["single_prompt"], Conditions(model=DEFAULT_GEMINI), curated)
    assert (await rung.open("s1").say("A gift for my dad, he loves jazz")).status == "error"
