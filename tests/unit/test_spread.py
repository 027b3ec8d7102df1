"""Errors that spread: what spoils an agent's output does spoil it, and what shoppers see of it is seen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from decimal import Decimal

import pytest

from eval.metrics.unsupported_claims import prices_by_title
from eval.simulation.dialogue import Exchange, Reply, Shown
from eval.spread import measuring, playing
from eval.spread.agents import spoil_output
from eval.spread.faults import AGENTS, INVENTED_ID, UNHEARD_OF, Fault
from eval.spread.measuring import measure, to_be_hit
from eval.spread.models import spoil_call, spoil_text
from eval.spread.playing import play
from eval.spread.seeing import seen
from eval.strategies.fallible import INVENTED
from eval.strategies.ladder import Conditions
from recsys_agent.turn_json import blank
from sub_agents.explainer import agent as explainer
from tests.fakes.personas import a_gift_shop, a_persona
from tools.catalog.interface import Catalog
from tools.request import Outcome

PEOPLE = [
    a_persona(persona_id="a", openness=1.0, interests=["jazz"], budget_max="30", age_years=10),
    a_persona(persona_id="b", openness=1.0, interests=["tea"], budget_max="20", allergies=["latex"]),
]
REPLY = "For your friend:\n\n1. **Tea Marvel Number 1** by Somebody: $12.00\n   Fits tea.\n2. **Other**: $14.00"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_gift_shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """Nodes that fail are tried here; ADK logs each."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def fault(corruption: str, agent: str = "explainer") -> Fault:
    return Fault(agent, corruption, rate=1.0, seed=1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("corruption", "spoilt"),
    [
        ("wrong price", {"budget_max": "04", "age_years": 6, "allergies": ["nuts"]}),
        ("wrong age", {"budget_max": "40", "age_years": 71, "allergies": ["nuts"]}),
        ("dropped allergy", {"budget_max": "40", "age_years": 6}),
        ("invented product", {"budget_max": "40", "age_years": 6, "allergies": ["nuts"], "ideas": [INVENTED]}),
    ],
)
def test_a_call_is_spoilt_in_one_way_only(corruption: str, spoilt: dict[str, object]):
    assert spoil_call(fault(corruption), {"budget_max": "40", "age_years": 6, "allergies": ["nuts"]}) == spoilt


def test_a_call_without_an_amount_gets_one_that_nobody_said():
    assert spoil_call(fault("wrong price"), {})["budget_max"] == UNHEARD_OF


@pytest.mark.parametrize("corruption", ["wrong price", "wrong age", "dropped allergy", "invented product"])
def test_a_text_is_spoilt_in_its_first_line_about_a_product(corruption: str):
    lines = spoil_text(fault(corruption), REPLY).split("\n")
    assert [now == before for now, before in zip(lines, REPLY.split("\n"), strict=True)].count(False) == 1
    assert lines[2] != REPLY.split("\n")[2]


def test_an_output_that_has_nothing_of_the_kind_stays_as_it_is(shop: Catalog):
    output = {"request": {"brief": {}}, "candidates": {"gift": ["tea-1"]}}
    assert spoil_output(output, fault("wrong age"), shop) is output
    assert spoil_output(output, fault("invented product"), shop)["candidates"] == {"gift": [INVENTED_ID]}


def looked_at(shop: Catalog, reply: Reply, **told: bool) -> set[str]:
    persona = a_persona(age_years=10, budget_max="30")
    exchange = Exchange("hi", reply, frozenset(fact for fact, is_so in told.items() if is_so))  # type: ignore[arg-type]
    return set(seen(persona, exchange, blank(reply.status, reply.text), shop.get, prices_by_title(shop)))


def test_what_a_shopper_sees_is_told_by_kind(shop: Catalog):
    tea = shop.require(["tea-1"])[0]
    adult = next(p for p in shop if p.age_min_years == 18)
    dear = next(p for p in shop if p.price.amount > 30 and p.suits_age(10))

    def showing(*products: object, text: str = "") -> Reply:
        return Reply(text, "recommended", tuple(Shown(p.product_id, p.title, p.price.amount) for p in products))  # type: ignore[attr-defined]

    assert looked_at(shop, showing(tea, text=f"**{tea.title}**: {tea.price.amount}")) == set()
    assert looked_at(shop, showing(tea, text=f"**{tea.title}**: 1.11")) == {"money"}
    assert looked_at(shop, showing(dear), budget=True) == {"money"}
    assert looked_at(shop, showing(dear)) == set()
    assert looked_at(shop, showing(adult), age=True) == {"rules"}
    nobody_sells = Reply("", "recommended", (Shown(INVENTED_ID, INVENTED, Decimal(1)),))
    assert looked_at(shop, nobody_sells) == {"products"}
    assert looked_at(shop, Reply("Safe with every allergy.", "asked")) == {"rules"}


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize("corruption", ["wrong price", "wrong age", "dropped allergy", "invented product", "empty"])
def test_whatever_an_agent_gets_wrong_no_shopper_sees_it(shop: Catalog, agent: str, corruption: str):
    talks = play(PEOPLE, fault(corruption, agent), Conditions(str(shop.folder)), shop)
    assert [talk.seen for talk in talks] == [frozenset(), frozenset()]


def test_without_the_last_check_a_shopper_would_see_it(shop: Catalog, monkeypatch: pytest.MonkeyPatch):
    def unchecked(outcome: Outcome, catalog: Catalog) -> tuple[Outcome, list[str]]:
        return outcome, []

    monkeypatch.setattr(explainer, "checked", unchecked)
    talks = play(PEOPLE, fault("wrong age", "budget_checker"), Conditions(str(shop.folder)), shop)
    assert "rules" in talks[0].seen


def test_without_hearing_a_dropped_allergy_is_lost(shop: Catalog, monkeypatch: pytest.MonkeyPatch):
    def kept(fault: Fault) -> bool:
        app = playing._app(fault, Conditions(str(shop.folder)), shop)
        watched = playing._Watched(app, shop, fault).open("b")
        asyncio.run(watched.say("A gift for my friend who loves tea, allergic to latex, up to $20"))
        return watched.turns[0][1]["brief"]["allergies"] == ["latex"]

    assert kept(fault("dropped allergy", "coordinator"))
    monkeypatch.setattr("recsys_agent.agent.build_hearing", lambda *_: lambda *_: {})
    assert not kept(fault("dropped allergy", "coordinator"))


def test_errors_are_tried_on_those_with_the_most_to_lose_and_every_second_of_them_says_nothing_at_first():
    safe, child, allergic = a_persona(age_years=40), a_persona(age_years=8), a_persona(age_years=8, allergies=["nuts"])
    chosen = to_be_hit([safe, child, allergic], 2)
    assert [one.allergies for one in chosen] == [["nuts"], []]
    assert [one.openness for one in chosen] == [allergic.openness, 0.0]


def test_a_shopper_who_sees_the_same_where_nothing_is_spoilt_does_not_count(
    shop: Catalog, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(measuring, "CELLS", measuring.CELLS[::10])
    conditions = Conditions(str(shop.folder))
    rows = measure(PEOPLE, conditions, rate=0.0)
    assert all(row["hit"] == 0 and row["extra_calls"] is None for row in rows)
