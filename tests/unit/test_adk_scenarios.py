"""Simulated shoppers as ADK's user simulation plays them: the same persona, the same words."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.simulation.reading import read_reply
from eval.simulation.running import converse
from eval.simulation.scenarios import (
    HIDDEN,
    eval_set_of,
    next_message,
    persona_in,
    plan_of,
    played,
    register,
    replies_in,
)
from eval.simulation.shopper import Shopper
from eval.strategies.ladder import Conditions, build_strategies
from tests.fakes.personas import a_gift_shop, a_persona
from tools.catalog.interface import Catalog


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_gift_shop(tmp_path_factory.mktemp("shop"))


def test_a_plan_holds_the_persona_but_not_what_it_was_made_from():
    persona = a_persona(target="tea-1", avoid=["plastic"], style="terse", budget_max="12.50")
    assert "tea-1" not in plan_of(persona)
    assert persona_in(plan_of(persona)) == persona.model_copy(update={"target": HIDDEN})


def test_every_persona_is_a_scenario_that_begins_with_its_own_words():
    people = [a_persona(persona_id="a"), a_persona(persona_id="b", style="chatty")]
    cases = eval_set_of(people).eval_cases
    assert [case.eval_id for case in cases] == ["a", "b"]
    starts = [case.conversation_scenario.starting_prompt for case in cases if case.conversation_scenario]
    assert starts == [Shopper(persona, lambda _: None).open() for persona in people]


def test_a_talk_is_told_apart_by_who_speaks_and_not_by_empty_lines():
    talk = "user: A gift: please\n\ncoordinator: Hello.\n\nTwo paragraphs: one reply.\n\nuser: tea\n\nexplainer: Here."
    assert replies_in(talk) == ["Hello.\n\nTwo paragraphs: one reply.", "Here."]


async def test_what_is_read_from_a_reply_makes_the_shopper_say_the_same(shop: Catalog):
    register(shop)
    (agents,) = build_strategies(["multi_agent_errorless"], Conditions(str(shop.folder)), shop)
    for style in ("plain", "terse", "chatty", "changing"):
        persona = a_persona(style=style, openness=0.2, interests=["jazz"], taste="blue", taste_kind="color", target="x")
        dialogue = await converse(persona, agents, shop.get)
        replies = [exchange.reply.text for exchange in dialogue.exchanges]
        for told, exchange in enumerate(dialogue.exchanges):
            assert next_message(persona, replies[:told]) == exchange.message
        assert played(persona, replies)[0].outcome == dialogue.outcome


def test_a_reply_is_read_without_its_totals_and_its_other_plans(shop: Catalog):
    titles = {product.title: product for product in shop}
    first, second, third = list(titles)[:3]
    text = (
        f"Here is the plan:\n| Cake | **{first}** | 2 × $10.00 | $20.00 |\n| Total | | | **$20.00** |\n"
        f"1. **{second}** by X: $14.00\n\nOther plans that keep all you asked for:\n- **{third}** $9.00\n\nHow old?"
    )
    reply = read_reply(text, titles.get)
    assert [(one.title, one.quantity) for one in reply.shown] == [(first, 2), (second, 1)]
    assert read_reply("Take the **Golden Spade** for $2.00", titles.get).shown[0].product_id is None
    assert read_reply("What do they enjoy?", titles.get).asked == "interests"


async def test_adks_own_simulator_drives_the_rule_based_shopper(shop: Catalog, tmp_path: Path):
    pytest.importorskip("jinja2")
    from eval.simulation.adk import simulate

    people = [a_persona(persona_id="a", openness=0.2), a_persona(persona_id="b", budget_max="5", patience=2)]
    talks = {talk.persona_id: talk async for talk in simulate(people, Conditions(str(shop.folder)), shop)}
    assert (talks["a"].served, talks["b"].served) == (True, False)
    assert talks["a"].turns[0][0] == Shopper(people[0], lambda _: None).open()
