"""Later turns of a plan, as the tool carries them out: what does not depend on a change stays, no yes is assumed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.fakes.products import a_catalog, a_product
from tests.fakes.tool_context import FakeToolContext
from tools import state
from tools.brief import Brief, Budget, Voucher
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.product import Product
from tools.request import Outcome, Pick, Relaxation, Request
from tools.shopper.toolset import build_shopper_tools

TODAY = date(2026, 11, 23)
SHOP: list[Product] = [
    a_product("kite", "40.00"),
    a_product("sponge", "30.00", need="cake", contains=["nuts"], delivery_days=9, brand="Crumb", seller="North"),
    a_product("bunting", "10.00", need="decorations", delivery_days=2),
    a_product("bags", "8.00", need="favours", pack_size=5, stock=3),
]  # fmt: skip
PARTY = [{"kind": kind} for kind in ("gift", "cake", "decorations", "favours")]
PICKS = {"gift": "kite", "cake": "sponge", "decorations": "bunting", "favours": "bags"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_catalog(tmp_path_factory.mktemp("shop"), SHOP)


class Talk:
    """A shopper with a plan for 12 on the table."""

    def __init__(self, shop: Catalog) -> None:
        tools = build_shopper_tools(lambda: shop, today=lambda: TODAY)
        self.recommend: Callable[..., Any] = next(tool for tool in tools if tool.__name__ == "recommend")
        self.context = FakeToolContext()
        picks = [Pick(need=kind, product_id=i, quantity=3 if kind == "favours" else 1) for kind, i in PICKS.items()]  # type: ignore[arg-type]
        shown = Outcome(request=Request(brief=Brief()), status="recommended", picks=picks, total=Money.of("104", "USD"))
        self.context.state[state.SHOWN] = shown.dump()

    @classmethod
    async def begin(cls, shop: Catalog) -> Talk:
        talk = cls(shop)
        await talk.says("a party for 12, 250", needs=PARTY, guests=12, budget_max="250")
        return talk

    async def says(self, message: str, **arguments: Any) -> dict[str, Any]:
        self.context.says(message)
        return await self.recommend(tool_context=self.context, **arguments)

    @property
    def request(self) -> Request:
        return Request.model_validate(self.context.state[state.REQUEST])

    @property
    def brief(self) -> Brief:
        return Brief.model_validate(self.context.state[state.BRIEF])

    @property
    def stays(self) -> list[str]:
        """The needs whose pick is to stay."""
        return [need.kind for need in self.request.brief.needs if need.keep]

    def offers(self, *offers: Relaxation) -> None:
        self.context.state[state.OFFERED] = [offer.model_dump(mode="json") for offer in offers]


# -- what stays ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "opened"),
    [
        ({"needs": [{"kind": "activity"}]}, []),
        ({"remove": ["cake"]}, []),
        ({"swap": ["decorations"]}, ["decorations"]),
        ({"needs": [{"kind": "cake", "max": "30"}]}, []),
        ({"needs": [{"kind": "cake", "max": "25"}]}, ["cake"]),
        ({"needs": [{"kind": "gift", "min": "50"}]}, ["gift"]),
        ({"needs": [{"kind": "gift", "max": "60", "soft": True}]}, ["gift"]),
        ({"needs": [{"kind": "favours", "max": "2", "each": True}]}, []),
        ({"needs": [{"kind": "favours", "max": "1", "each": True}]}, ["favours"]),
        ({"needs": [{"kind": "favours", "quantity": 15}]}, []),
        ({"needs": [{"kind": "favours", "quantity": 16}]}, ["favours"]),  # four packs, and there are three
        ({"guests": 8}, []),
        ({"avoid": ["nuts"]}, ["cake"]),
        ({"date": "2026-11-27"}, ["cake"]),
        ({"vouchers": [{"percent": "10"}]}, []),
        ({"budget_max": "200"}, list(PICKS)),
        ({"interests": ["trains"]}, list(PICKS)),
        ({"needs": [{"kind": "gift", "importance": 3}]}, list(PICKS)),
        ({"critique": "cheaper"}, list(PICKS)),
    ],
)
async def test_only_what_depends_on_a_change_is_chosen_anew(
    shop: Catalog, said: dict[str, Any], opened: list[str]
) -> None:
    talk = await Talk.begin(shop)
    await talk.says("no cake any more; 30 25 50 60 2 1 15 16 10 200", **said)
    kinds = [need.kind for need in talk.request.brief.needs if need.kind in PICKS]
    assert talk.stays == [kind for kind in kinds if kind not in opened]
    assert talk.request.settled == talk.stays
    assert not any(need.keep for need in talk.brief.needs)  # nothing of it is taken for the shopper's own word


async def test_what_the_shopper_keeps_stays_when_all_else_changes(shop: Catalog) -> None:
    talk = await Talk.begin(shop)
    await talk.says("the cake is fine, the rest cheaper", keep=["cake"], critique="cheaper")
    assert [need.keep for need in talk.request.brief.needs] == [None, "sponge", None, None]
    assert talk.request.settled == []
    assert talk.brief.price_cap is not None
    assert str(talk.brief.price_cap) == "98.80"  # noticeably less, of the whole plan's, not a need's
    await talk.says("make it 200", budget_max="200")
    assert talk.stays == ["cake"]


async def test_a_swapped_pick_is_not_offered_again_and_the_others_are_not_turned_down(shop: Catalog) -> None:
    talk = await Talk.begin(shop)
    await talk.says("another cake", swap=["cake"])
    assert talk.request.seen == ["sponge"]
    await talk.says("cheaper", critique="cheaper")
    assert talk.request.seen == ["sponge"]


async def test_a_cheaper_cake_bounds_the_cake_and_not_the_plan(shop: Catalog) -> None:
    talk = await Talk.begin(shop)
    await talk.says("a cheaper cake", swap=["cake"], critique="cheaper")
    assert {need.kind: need.max for need in talk.brief.needs if need.max} == {"cake": Money.of("29.99", "USD").amount}
    assert talk.brief.price_cap is None


async def test_another_person_gets_nothing_of_the_old_plan(shop: Catalog) -> None:
    talk = await Talk.begin(shop)
    await talk.says("now a party for my niece, 12 kids, 100", start_over=True, needs=PARTY, guests=12, budget_max="100")
    await talk.says("no cake", remove=["cake"])
    assert talk.stays == []


def test_picks_of_before_give_way_and_picks_that_are_kept_do_not() -> None:
    needs = [{"kind": "cake", "keep": "sponge"}, {"kind": "gift", "keep": "kite"}]
    request = Request(brief=Brief.model_validate({"needs": needs}), settled=["gift"]).unsettled()
    assert [need.keep for need in request.brief.needs] == ["sponge", None]


# -- consent ------------------------------------------------------------------

DEARER = Relaxation(change="raise the budget to $286.00", opens=1, sets={"budget": {"max": "286"}})
FEWER = Relaxation(change="8 favours instead of 12", opens=1, sets={"guests": 8})


async def test_a_yes_applies_exactly_the_change_that_was_offered(shop: Catalog) -> None:
    talk = await Talk.begin(shop)
    before = talk.brief
    talk.offers(DEARER, FEWER)
    assert (await talk.says("ok, 36 more is fine", accept=1))["status"] == "delegated"
    assert talk.brief == before.model_copy(update={"budget": Budget(max="286")})


async def test_nothing_is_relaxed_without_a_yes_nor_by_a_yes_to_an_older_offer(shop: Catalog) -> None:
    talk = await Talk.begin(shop)
    talk.offers(DEARER)
    await talk.says("no, but no cake then", remove=["cake"])
    assert talk.brief.budget == Budget(max="250")
    assert (await talk.says("yes", accept=1))["status"] == "error"
    assert talk.brief.budget == Budget(max="250")


@pytest.mark.parametrize("number", [0, 3, -1, "x", 1.5])
async def test_a_change_that_was_not_offered_is_an_error(shop: Catalog, number: Any) -> None:
    talk = await Talk.begin(shop)
    talk.offers(DEARER, FEWER)
    answer = await talk.says("yes", accept=number)
    assert answer["status"] == "error"
    assert "2 changes were offered" in answer["message"]
    assert talk.brief.budget == Budget(max="250")


# -- amounts and vouchers -----------------------------------------------------


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"needs": [{"kind": "cake", "max": "31"}]}, "needs.max"),
        ({"vouchers": [{"percent": "15"}]}, "vouchers.percent"),
        ({"vouchers": [{"amount": "10", "from_total": "70"}]}, "vouchers.from_total"),
        ({"vouchers": [{"label": "coupon"}]}, "vouchers"),
        ({"vouchers": "10%"}, "vouchers"),
        ({"needs": [{"kind": "cake", "importance": 9}]}, "importance"),
        ({"swap": ["rent"]}, "swap"),
    ],
)
async def test_an_amount_that_was_never_said_or_cannot_be_is_refused_by_name(
    shop: Catalog, said: dict[str, Any], named: str
) -> None:
    talk = await Talk.begin(shop)
    before = talk.brief
    answer = await talk.says("a coupon, 10 off from 60", **said)
    assert answer["status"] == "error"
    assert named in answer["message"]
    assert talk.brief == before


async def test_vouchers_reach_the_budget_check(shop: Catalog) -> None:
    talk = await Talk.begin(shop)
    held = {"label": "coupon", "amount": "10", "from_total": "60"}
    await talk.says("a coupon, 10 off from 60", vouchers=[held])
    assert talk.request.brief.vouchers == [Voucher.model_validate(held)]


async def test_a_needs_amount_in_another_currency_is_asked_about(shop: Catalog) -> None:
    talk = Talk(shop)
    said = {"needs": [{"kind": "cake", "max": "30"}, {"kind": "gift"}], "budget_currency": "EUR"}
    answer = await talk.says("a present and a cake, 30 euros at most", **said)
    assert "USD" in answer["question"]


# -- repeated calls -----------------------------------------------------------


async def test_the_same_call_twice_in_a_turn_is_carried_out_once(shop: Catalog) -> None:
    talk = await Talk.begin(shop)
    talk.context.says("another present")
    first = await talk.recommend(tool_context=talk.context, swap=["gift"])
    after = dict(talk.context.state)
    assert await talk.recommend(tool_context=talk.context, swap=["gift"]) == first
    assert talk.context.state == after


async def test_an_error_repeated_tells_the_model_to_change_the_call(shop: Catalog) -> None:
    talk = await Talk.begin(shop)
    talk.context.says("cheaper")
    await talk.recommend(tool_context=talk.context, budget_max="51")
    again = await talk.recommend(tool_context=talk.context, budget_max="51")
    assert again["status"] == "error"
    assert again["message"].startswith("The same call again")


@pytest.mark.parametrize(("elsewhere", "source"), [("brand", "crumb"), ("seller", "north")])
async def test_another_brand_or_seller_leaves_out_that_of_the_pick_shown(
    shop: Catalog, elsewhere: str, source: str
) -> None:
    talk = await Talk.begin(shop)
    await talk.says("the cake from another one", swap=["cake"], elsewhere=elsewhere)
    assert {need.kind: need.not_from for need in talk.request.brief.needs if need.not_from} == {"cake": [source]}
    assert "sponge" in talk.request.seen


async def test_a_thing_added_opens_its_need_and_leaves_the_other_picks(shop: Catalog) -> None:
    talk = await Talk.begin(shop)
    await talk.says("add balloons", needs=[{"kind": "decorations", "wishes": ["balloons"]}])
    kept = {need.kind: need.keep for need in talk.request.brief.needs}
    assert kept == {**PICKS, "decorations": None}
