from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from google.adk.agents import BaseAgent
from google.adk.apps import App

from eval.simulation.dialogue import Dialogue, Reply
from eval.simulation.generating import personas
from eval.simulation.running import run
from eval.simulation.workers import Workers
from eval.strategies.ablations import ABLATIONS, Models, build_ablation
from eval.strategies.choosing import brief_of, choose
from eval.strategies.fallible import INVENTED, NEVER, FallibleModel, Rates, misread
from eval.strategies.ladder import BASELINES, LADDER, PROMPTED, Conditions, build_strategies
from eval.strategies.rungs import Rung
from sub_agents.gift_finder.agent import Source
from tests.fakes.personas import a_gift_shop, gifts
from tests.fakes.products import a_catalog, a_product
from tools.asking.policy import BY_VALUE, Asking
from tools.catalog.interface import Catalog
from tools.errors import UsageError

MESSAGE = "A gift for my friend, she loves tea, under $40"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_gift_shop(tmp_path_factory.mktemp("shop"))


def conditions(shop: Catalog, **fields: float) -> Conditions:
    return Conditions(str(shop.folder), **fields)  # type: ignore[arg-type]


async def reply(shop: Catalog, name: str, *messages: str, faults: float = 0) -> Reply:
    (strategy,) = build_strategies([name], conditions(shop, faults=faults), shop)
    talk = strategy.open("s1")
    for message in messages[:-1]:
        await talk.say(message)
    return await talk.say(messages[-1])


@pytest.mark.parametrize("name", LADDER)
async def test_every_rung_shows_products_within_what_was_said(shop: Catalog, name: str):
    said = await reply(shop, name, MESSAGE)
    assert said.status == "recommended"
    for shown in said.shown:
        product = shop.get(shown.product_id or "")
        assert product is not None
        assert shown.price == product.price.amount <= 40


@pytest.mark.parametrize("name", [*BASELINES, *PROMPTED])
async def test_what_was_shown_is_not_shown_again(shop: Catalog, name: str):
    (strategy,) = build_strategies([name], conditions(shop, faults=0), shop)
    talk = strategy.open("s1")
    first, second = await talk.say(MESSAGE), await talk.say("Something else, please.")
    assert not {one.product_id for one in first.shown} & {one.product_id for one in second.shown}


@pytest.mark.parametrize(
    ("name", "calls"),
    [
        *(("single_prompt", 1), ("chain_of_thought", 1), ("self_refine", 2), ("single_agent", 2), ("prompt_chain", 3)),
        *(("bm25", 0), ("multi_agent", 2), ("reflection", 2), *((name, 2) for name in ABLATIONS)),
    ],
)
async def test_a_structure_costs_its_calls(shop: Catalog, name: str, calls: int):
    said = await reply(shop, name, MESSAGE)
    assert said.llm_calls == calls
    assert (said.tokens > 0) == (calls > 0)


def test_the_same_conditions_give_the_same_conversations(shop: Catalog):
    people = list(personas(gifts(), "USD", 6, 3))
    names = ["single_prompt", "multi_agent", "random"]

    def transcript() -> list[tuple[str, str]]:
        found = run(people, names, conditions(shop, seed=3))
        return [(e.message, e.reply.text) for talks in found.values() for d in talks for e in d.exchanges]

    assert transcript() == transcript()


def test_how_many_processes_there_are_changes_nothing(shop: Catalog):
    people = list(personas(gifts(), "USD", 20, 3))

    def outcomes(workers: int) -> list[tuple[str, str, int]]:
        with Workers(workers) as processes:
            found: list[Dialogue] = run(people, ["bm25"], conditions(shop), processes)["bm25"]
        return [(d.persona.persona_id, d.outcome, len(d.exchanges)) for d in found]

    assert outcomes(1) == outcomes(2)


async def picks(shop: Catalog, rates: Rates) -> list[tuple[str, Decimal]]:
    model = FallibleModel(rates=rates, seed=1, currency="USD", find=shop.get)
    said = (
        await Rung("single_prompt", model, lambda messages: list(shop), "USD")
        .open("s")
        .say("She loves jazz, under $25")
    )
    return [(one.title, one.price) for one in said.shown]


async def test_each_error_shows_in_what_is_said(shop: Catalog):
    honest = await picks(shop, NEVER)
    assert all("Jazz" in title and price <= 25 for title, price in honest)
    assert {title for title, _ in await picks(shop, Rates(0, 0, 1, 0))} == {INVENTED}
    misread_prices = [Decimal(misread(str(price))) for _, price in honest]
    assert [price for _, price in await picks(shop, Rates(0, 0, 0, 1))] == misread_prices
    assert await picks(shop, Rates(1, 0, 0, 0)) != honest


async def test_no_invention_of_a_fallible_model_reaches_the_shopper_through_our_agents(shop: Catalog):
    said = await reply(shop, "multi_agent", MESSAGE, faults=20)  # every pick is invented or misread
    assert said.status != "error"
    assert INVENTED not in said.text


async def test_a_model_that_answers_no_json_is_an_error_and_not_a_crash(shop: Catalog):
    model = FallibleModel(rates=NEVER, seed=1, currency="USD", find=shop.get)
    rung = Rung("single_prompt", model, lambda messages: list(shop), "USD")
    talk = rung.open("s")
    talk._task = "write"  # a task without picks in it
    assert (await talk.say(MESSAGE)).status == "error"


@pytest.mark.parametrize(("price", "read"), [("40.00", "04.00"), ("39.90", "93.90"), ("44.00", "39.60")])
def test_a_misread_price_differs(price: str, read: str):
    assert misread(price) == read


def test_an_unknown_strategy_is_said(shop: Catalog):
    with pytest.raises(UsageError, match="no strategy 'magic'"):
        build_strategies(["magic"], conditions(shop), shop)


def test_a_plan_keeps_its_budget_and_has_every_need_once():
    kinds, prices = ("cake", "decorations"), (9, 30)
    products = [a_product(f"{kind}-{price}", price=f"{price}.00", need=kind) for kind in kinds for price in prices]
    brief = brief_of(("A birthday party: a cake and decorations, $40 in all",))
    needs = Counter(one.need.kind for one in choose(brief, products, "USD"))
    assert needs["cake"] == needs["decorations"] == 1


async def test_picks_that_were_not_taken_are_criticised_and_reflected_on(shop: Catalog):
    said = await reply(shop, "reflection", MESSAGE, "Something else, please.")
    assert said.llm_calls == 3  # critic, reflector, choice


async def test_without_the_elicitor_nothing_is_asked(shop: Catalog):
    message = "A gift for my friend."
    assert (await reply(shop, "multi_agent", message)).status == "asked"
    silent = await reply(shop, "without_preference_elicitor", message)
    assert (silent.status, silent.asked) == ("recommended", None)


async def test_without_its_check_the_explainer_says_what_its_model_invents(shop: Catalog):
    assert INVENTED in (await reply(shop, "without_explainer", MESSAGE, faults=20)).text


def test_without_the_gift_finder_there_is_one_text_search(shop: Catalog):
    built: list[set[str]] = []

    def build(models: Models, sources: Mapping[str, Source], asking: Asking = BY_VALUE) -> App:
        built.append(set(sources))
        return App(name="none", root_agent=BaseAgent(name="none"))

    build_ablation("without_gift_finder", build, {}, shop)
    assert built == [{"by_text"}]


async def test_without_the_budget_checker_no_plan_is_worked_out(tmp_path: Path):
    kinds = ("cake", "decorations")
    products = [a_product(f"{kind}-{price}", price=f"{price}.00", need=kind) for kind in kinds for price in (9, 30)]
    shop = a_catalog(tmp_path, products)
    party = "A birthday party for my friend: a cake and decorations, $40 in all"
    exact = await reply(shop, "multi_agent_errorless", party)
    assert sum(one.price for one in exact.shown) <= 40
    assert (await reply(shop, "without_budget_checker", party)).shown == ()  # whatever comes first does not add up
