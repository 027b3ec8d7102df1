"""The tools of the talking agents: they note what was said, ask or delegate, and let no model invent an amount."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from recsys_agent.hearing import build_hearing
from tests.fakes.products import a_catalog, a_product
from tests.fakes.tool_context import FakeToolContext
from tools import state
from tools.brief import Brief, Budget, Need
from tools.catalog.interface import Catalog
from tools.request import Outcome, Pick, Request
from tools.shopper.toolset import build_shopper_tools

SHOP = [a_product("a", "10.00"), a_product("b", "20.00"), a_product("c", "30.00"), a_product("sticker", "2.10")]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_catalog(tmp_path_factory.mktemp("shop"), SHOP)


class SessionState(dict[str, Any]):
    """A session's state, as ADK has it."""

    def to_dict(self) -> dict[str, Any]:
        return dict(self)


class Talk:
    """A shopper's conversation, turn by turn, as the tools see it."""

    def __init__(self, shop: Catalog) -> None:
        tools = {tool.__name__: tool for tool in build_shopper_tools(lambda: shop)}
        self.tools: dict[str, Callable[..., Any]] = tools
        self.context = FakeToolContext()

    async def turn(self, says: str, tool: str = "recommend", **arguments: Any) -> dict[str, Any]:
        self.context.says(says)
        return await self.tools[tool](tool_context=self.context, **arguments)

    def shown(self, *ids: str, quantity: int = 1) -> None:
        picks = [Pick(need="gift", product_id=i, quantity=quantity) for i in ids]
        outcome = Outcome(request=Request(brief=Brief()), status="recommended", picks=picks)
        self.context.state[state.SHOWN] = outcome.dump()

    @property
    def brief(self) -> Brief:
        return Brief.model_validate(self.context.state[state.BRIEF])

    @property
    def stored(self) -> dict[str, Any]:
        return {k: v for k, v in self.context.state.items() if not k.startswith("temp:")}

    @property
    def request(self) -> Request:
        return Request.model_validate(self.context.state[state.REQUEST])

    @property
    def goes_to(self) -> str | None:
        return self.context.actions.transfer_to_agent


@pytest.fixture
def talk(shop: Catalog) -> Talk:
    return Talk(shop)


# -- the brief ----------------------------------------------------------------


async def test_what_was_said_before_holds_when_something_is_added(talk: Talk) -> None:
    await talk.turn("tea, up to $40, no books", interests=["tea"], budget_max="40", avoid=["books"])
    assert await talk.turn("she is my aunt", relation="aunt") == {"status": "delegated"}
    assert (talk.goes_to, talk.request.brief) == ("recommendation", talk.brief)
    assert (talk.brief.interests, talk.brief.avoid, talk.brief.budget) == (["tea"], ["books"], Budget(max="40"))


async def test_starting_over_forgets_the_brief_the_questions_and_what_was_turned_down(talk: Talk) -> None:
    await talk.turn("tea", interests=["tea"])
    talk.context.state |= {state.SEEN: ["a"], state.ASKED: ["budget"]}
    await talk.turn("now for my boss, golf", start_over=True, relation="boss", interests=["golf"])
    assert talk.brief.interests == ["golf"]
    assert talk.request.seen == []
    assert talk.request.asked == []


async def test_a_request_is_never_stored_with_the_session(talk: Talk) -> None:
    await talk.turn("tea", interests=["tea"])
    assert state.REQUEST.startswith("temp:")
    assert state.CALLS.startswith("temp:")
    assert state.TOLD.startswith("temp:")
    stored = {state.BRIEF, state.ASKED, state.HISTORY}
    assert set(talk.stored) == stored
    assert set(talk.context.state) - stored == {state.REQUEST, state.CALLS, state.TOLD, state.STATED, state.STEPPED}


# -- amounts ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("about 39,90", "39.90"), ("$1,200 at most", "1200"), ("1.200 €", "1200"), ("40", "40.00"),
        ("my budget is 40-60", "60"), ("twelve dollars for a 5 year old", "12"), ("fifty bucks", "50"),
        ("a tenner", "10"),
    ],
)  # fmt: skip
async def test_an_amount_that_was_said_is_taken_however_it_was_written(talk: Talk, said: str, amount: str) -> None:
    assert (await talk.turn(said, budget_max=amount))["status"] == "delegated"


async def test_a_model_may_not_make_up_an_amount(talk: Talk) -> None:
    result = await talk.turn("something for my dad who turns 60", budget_max="50")
    assert result["status"] == "error"
    assert "never said 50" in result["message"]
    assert state.BRIEF not in talk.context.state


async def test_what_another_agent_wrote_is_not_what_the_shopper_said(talk: Talk) -> None:
    talk.context.says("How about $50?", author="coordinator")
    assert (await talk.turn("for dad who is 60", budget_max="50"))["status"] == "error"


@pytest.mark.parametrize("amount", ["forty", "40-60", "NaN", "-5"])
async def test_an_amount_that_is_no_number_is_an_error_a_model_can_act_on(talk: Talk, amount: str) -> None:
    result = await talk.turn("forty, 40-60, -5", budget_max=amount)
    assert result["status"] == "error"
    assert "\n" not in result["message"]


@pytest.mark.parametrize(
    ("field", "value"), [("age_years", 400), ("date", "soon"), ("price_feel", "cheap"), ("needs", [{"kind": "rent"}])]
)
async def test_an_impossible_argument_is_an_error_that_names_it_and_its_value(
    talk: Talk, field: str, value: Any
) -> None:
    result = await talk.turn("hello", **{field: value})
    assert result["status"] == "error"
    assert field in result["message"]


# -- questions ----------------------------------------------------------------


async def test_a_question_goes_to_the_elicitor_and_is_not_asked_again(talk: Talk) -> None:
    asked = await talk.turn("a gift for my dad", relation="father")
    assert asked["status"] == "ask"
    assert talk.goes_to == "preference_elicitor"
    assert (await talk.turn("no idea", relation="father"))["status"] == "delegated"


async def test_the_elicitor_asks_the_next_question_itself(talk: Talk) -> None:
    talk.context.agent_name = "preference_elicitor"
    assert (await talk.turn("a gift for my dad", relation="father"))["status"] == "ask"
    assert talk.goes_to is None


async def test_an_allergy_holds_although_the_model_passes_nothing(shop: Catalog) -> None:
    today = date(2026, 11, 23)
    hear = build_hearing(lambda: shop, lambda: today)
    recommend = build_shopper_tools(lambda: shop, today=lambda: today, hear=hear)[0]
    context = FakeToolContext(state=SessionState())
    context.says("I'm planning my niece's party, she can't have gluten, cake up to 40")
    await recommend(tool_context=context)
    assert Brief.model_validate(context.state[state.BRIEF]).allergies == ["gluten"]


async def test_how_much_more_to_spend_is_not_raised_again(talk: Talk) -> None:
    await talk.turn("tea, up to $40", interests=["tea"], budget_max="40")
    talk.shown("a")
    await talk.turn("10 more is fine", budget_max="50", critique="spend_more")
    assert talk.brief.budget == Budget.model_validate({"max": "50"})


async def test_another_currency_is_asked_about_and_a_bare_number_answers_in_the_shops(talk: Talk) -> None:
    asked = await talk.turn("tea, 50 euros", interests=["tea"], budget_max="50", budget_currency="EUR")
    assert "USD" in asked["question"]
    assert (await talk.turn("60", budget_max="60"))["status"] == "delegated"
    assert talk.brief.budget == Budget(max="60", currency="USD")


async def test_a_currency_alone_keeps_the_amounts(talk: Talk) -> None:
    await talk.turn("tea, 40 to 50 euros", interests=["tea"], budget_min="40", budget_max="50", budget_currency="EUR")
    assert (await talk.turn("dollars then", budget_currency="USD"))["status"] == "delegated"
    assert talk.brief.budget == Budget(min="40", max="50", currency="USD")


async def test_the_number_of_guests_answers_how_many_favours(talk: Talk) -> None:
    needs = [{"kind": "cake"}, {"kind": "favours"}]
    assert "guests" in (await talk.turn("cake and favours", needs=needs))["question"]
    await talk.turn("12", guests=12)
    assert talk.request.brief.needs == [Need(kind="cake"), Need(kind="favours", quantity=12)]


async def test_a_message_that_says_nothing_is_asked_about_once(talk: Talk) -> None:
    assert (await talk.turn("mrmpf"))["status"] == "ask"
    assert talk.context.state[state.ASKED] == ["clarify"]


# -- reactions to what is shown -----------------------------------------------


async def test_cheaper_is_below_the_cheapest_pick_by_at_least_a_cent(talk: Talk) -> None:
    talk.shown("b", "c")
    await talk.turn("cheaper please", critique="cheaper")
    assert str(talk.brief.price_cap) == "19.99"
    assert talk.request.seen == ["b", "c"]


async def test_where_one_pick_costs_next_to_nothing_cheaper_is_below_the_middle_one(talk: Talk) -> None:
    talk.shown("sticker", "c", "b")
    await talk.turn("cheaper please", critique="cheaper")
    assert str(talk.brief.price_cap) == "19.99"


async def test_cheaper_than_one_pick_is_below_that_one(talk: Talk) -> None:
    talk.shown("b", "c")
    await talk.turn("the second, but cheaper", critique="cheaper", position=2)
    assert str(talk.brief.price_cap) == "29.99"


async def test_several_of_a_pick_are_counted_and_what_is_above_the_budget_is_said(talk: Talk) -> None:
    await talk.turn("tea, up to $40", interests=["tea"], budget_max="40")
    talk.shown("b", "c")
    told = await talk.turn("three of the first", "choose_pick", position=1, packs=3)
    assert (told["packs"], told["price"]) == (3, "$60.00")
    assert told["over_budget"] == "Together that is $60.00, above your budget of $40.00."


async def test_a_pick_that_is_put_back_is_chosen_no_more_and_undo_takes_it_again(talk: Talk) -> None:
    talk.shown("b", "c")
    await talk.turn("both", "choose_pick", position=1, also=[2])
    await talk.turn("not the second", "choose_pick", position=2, put_back=True)
    assert talk.context.state[state.CHOSEN] == ["b"]
    await talk.turn("undo", "look_back", action="undo")
    assert talk.context.state[state.CHOSEN] == ["b", "c"]


async def test_what_was_said_and_shown_for_somebody_earlier_comes_back(talk: Talk) -> None:
    await talk.turn("tea for my husband", relation="husband", interests=["tea"])
    talk.shown("b", "c")
    await talk.turn("now my sister, golf", start_over=True, relation="sister", interests=["golf"])
    await talk.turn("back to my husband", "look_back", action="show", whom="husband")
    assert (talk.brief.recipient.relation, talk.brief.interests) == ("husband", ["tea"])
    told = await talk.turn("back to my uncle", "look_back", action="show", whom="uncle")
    assert told["status"] == "error"


async def test_a_question_about_a_pick_is_answered_and_changes_nothing(talk: Talk) -> None:
    talk.shown("b", "c")
    before = talk.brief if state.BRIEF in talk.context.state else None
    told = await talk.turn("is the second in stock?", "explain_pick", position=2, question="is the second in stock?")
    assert told["status"] == "done"
    assert "The c" in told["answer"]
    assert before is None
    assert state.REQUEST not in talk.context.state


async def test_cheaper_than_a_plan_is_below_its_total(talk: Talk) -> None:
    await talk.turn("a present and a cake", needs=[{"kind": "gift"}, {"kind": "cake"}])
    talk.shown("a", "b", quantity=2)
    await talk.turn("cheaper", critique="cheaper")
    assert str(talk.brief.price_cap) == "57.00"


async def test_dearer_lifts_the_cap_of_cheaper(talk: Talk) -> None:
    talk.shown("a", "b")
    await talk.turn("cheaper", critique="cheaper")
    await talk.turn("no, fancier", critique="dearer")
    assert (talk.brief.price_cap, talk.brief.price_feel) == (None, "high")


async def test_more_like_one_pick_resembles_that_one(talk: Talk) -> None:
    talk.shown("a", "b")
    await talk.turn("more like the second", critique="like", position=2)
    assert talk.brief.like == "b"


async def test_a_critique_that_cannot_be_meant_changes_nothing(talk: Talk) -> None:
    assert (await talk.turn("cheaper", critique="cheaper"))["status"] == "error"  # nothing was shown
    talk.shown("a", "b")
    before = talk.stored
    for arguments in ({"critique": "nicer"}, {"critique": "like", "position": 3}):
        assert (await talk.turn("hm", **arguments))["status"] == "error"
    assert talk.stored == before


@pytest.mark.parametrize(("position", "number"), [(1, 1), (2, 2), (-1, 2)])
async def test_a_shown_pick_is_explained_by_its_position(talk: Talk, position: int, number: int) -> None:
    talk.shown("a", "b")
    assert await talk.turn("why?", "explain_pick", position=position) == {"status": "delegated"}
    assert talk.context.state[state.REQUEST] == {"explain": number}


@pytest.mark.parametrize("tool", ["explain_pick", "choose_pick"])
@pytest.mark.parametrize("position", [0, 3, -2, 1.5, "x", None])
async def test_a_pick_that_was_not_shown_is_an_error(talk: Talk, tool: str, position: Any) -> None:
    assert (await talk.turn("why?", tool, position=position))["status"] == "error"
    talk.shown("a", "b")
    assert (await talk.turn("why?", tool, position=position))["status"] == "error"
    assert talk.goes_to is None


async def test_a_chosen_pick_is_noted_with_what_it_costs(talk: Talk) -> None:
    talk.shown("a", "b", quantity=3)
    result = await talk.turn("I take the first", "choose_pick", position=1)
    assert result == {"status": "chosen", "title": "The a", "price": "$30.00"}
    assert talk.context.state[state.CHOSEN] == ["a"]


async def test_every_argument_is_documented_for_the_model_with_an_example_or_a_choice(talk: Talk) -> None:
    for tool in talk.tools.values():
        arguments = set(tool.__code__.co_varnames[: tool.__code__.co_argcount]) - {"tool_context"}
        assert all(f"{argument}:" in (tool.__doc__ or "") for argument in arguments)
