"""A language model in the shopper's place, in ADK's own user simulation: Gemini's client against the loopback fake."""

from __future__ import annotations

import pytest

from eval.simulation.scenarios import STOP
from eval.strategies.ladder import Conditions
from recsys_agent.settings import DEFAULT_GEMINI, load_settings
from tests.fakes.gemini import FakeGemini
from tests.fakes.gemini_replies import text
from tests.fakes.personas import a_persona
from tools.catalog.interface import Catalog

pytest.importorskip("jinja2")


async def test_a_model_plays_the_persona_and_ends_the_talk(fake: FakeGemini, curated: Catalog):
    from eval.simulation.adk import simulate

    load_settings.cache_clear()
    fake.reply(text("She loves tea, at most $40."), text(STOP))
    people = [a_persona(interests=["tea"], target="a-secret", patience=4)]
    (talk,) = [talk async for talk in simulate(people, Conditions(), curated, shopper=DEFAULT_GEMINI)]
    assert [message for message, _ in talk.turns][1:] == ["She loves tea, at most $40."]
    prompt = str(fake.requests[0].body)
    assert "tea" in prompt
    assert "a-secret" not in prompt
