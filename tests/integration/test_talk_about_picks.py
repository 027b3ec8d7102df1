"""Whole conversations about picks: each critique is stated, obeyed and can be taken back; nothing refused returns."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from google.adk.sessions import InMemorySessionService

from recsys_agent.agent import build_app
from recsys_agent.services import NO_MEMORY
from recsys_agent.settings import OFFLINE, Settings
from recsys_agent.turns import Conversation
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog
from tools.receipts.checking import check_receipt

TEA = "a gift for my sister, she loves tea, under $40"
PARTY = "pirate party for 8 kids turning 6: cake, decorations and favours, under $120"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return curated_catalog(tmp_path_factory.mktemp("shop"))


class Talk:
    """One conversation with the stand-in; keeps its turns."""

    def __init__(self, shop: Catalog, folder: Path) -> None:
        settings = Settings(model=OFFLINE, data_dir=folder, memory_uri=NO_MEMORY)
        app = build_app(settings, catalog=lambda: shop)
        self.shop = shop
        self.conversation = Conversation(app, InMemorySessionService(), lambda: shop, "ann", "s")

    async def says(self, *messages: str) -> dict[str, Any]:
        for message in messages:
            turn = await self.conversation.answer(message)
        if turn["receipt"]:
            assert check_receipt(turn["receipt"], self.shop) == []
        return turn


@pytest.fixture
def talk(shop: Catalog, tmp_path: Path) -> Talk:
    return Talk(shop, tmp_path)


def ids(turn: dict[str, Any]) -> list[str]:
    return [pick["product_id"] for pick in turn["picks"]]


def prices(turn: dict[str, Any]) -> list[Decimal]:
    return [Decimal(pick["price"]["amount"]) for pick in turn["picks"]]


@pytest.mark.parametrize("critique", ["cheaper", "something else", "less boring", "more personal", "classier"])
async def test_a_critique_is_stated_and_what_it_turned_down_does_not_return(talk: Talk, critique: str) -> None:
    first = await talk.says(TEA)
    second = await talk.says(critique)
    third = await talk.says("other ideas please")
    assert "Noted: " in second["reply"]
    assert set(ids(first)).isdisjoint(ids(second))
    assert (set(ids(first)) | set(ids(second))).isdisjoint(ids(third))


@pytest.mark.parametrize("change", ["cheaper", "less boring", "no books please", "under $20", "more like the first"])
@pytest.mark.parametrize("opening", [TEA, PARTY])
async def test_undo_restores_the_brief_and_the_picks_exactly(talk: Talk, opening: str, change: str) -> None:
    before = await talk.says(opening)
    await talk.says(change)
    after = await talk.says("undo")
    for field in ("brief", "picks", "total", "plan", "status"):
        assert after[field] == before[field], field


async def test_changes_are_taken_back_one_by_one_until_there_is_none(talk: Talk) -> None:
    turns = [await talk.says(message) for message in (TEA, "cheaper", "something else")]
    assert ids(await talk.says("undo")) == ids(turns[1])
    assert ids(await talk.says("undo, please")) == ids(turns[0])
    await talk.says("undo")
    assert "nothing to take back" in (await talk.says("undo"))["reply"]


async def test_what_was_remembered_of_a_turn_goes_with_it(shop: Catalog, tmp_path: Path) -> None:
    settings = Settings(model=OFFLINE, data_dir=tmp_path, memory_uri=f"sqlite:///{tmp_path / 'memory.db'}")
    app = build_app(settings, catalog=lambda: shop)
    conversation = Conversation(app, InMemorySessionService(), lambda: shop, "eve", "s")
    for message in (
        "gift for my dad, he loves cooking",
        "I'll take the first",
        "undo",
        "what do you know about my dad?",
    ):
        turn = await conversation.answer(message)
    assert "cooking" in turn["reply"]
    assert "took" not in turn["reply"]
    assert "chose" not in turn["reply"]


@pytest.mark.parametrize(
    "critique", ["the second is too big", "swap only the second", "cheaper alternative to number 2"]
)
async def test_one_pick_gives_way_and_the_others_keep_their_places(talk: Talk, critique: str) -> None:
    before = await talk.says(TEA)
    after = await talk.says(critique)
    assert [ids(after)[0], ids(after)[2]] == [ids(before)[0], ids(before)[2]]
    assert ids(after)[1] not in ids(before)
    assert "the others stay" in after["reply"]
    assert "cheaper" not in critique or prices(after)[1] < prices(before)[1]
    assert ids(await talk.says("undo")) == ids(before)


async def test_of_a_plan_only_the_line_that_is_turned_down_changes(talk: Talk) -> None:
    before = await talk.says(PARTY)
    after = await talk.says("the second is ugly")
    assert [old == new for old, new in zip(ids(before), ids(after), strict=True)] == [True, False, True]
    again = await talk.says("swap only the cake")
    assert ids(again)[1:] == ids(after)[1:]
    assert ids(again)[0] != ids(after)[0]


async def test_what_was_turned_down_returns_only_when_it_is_called_back(talk: Talk) -> None:
    first = await talk.says(TEA)
    title = first["picks"][1]["title"].split(",")[0]
    turned_down = ids(first)[1]
    for critique in ("the second is too big", "not the last one", "something else"):
        assert turned_down not in ids(await talk.says(critique))
    back = await talk.says(f"actually the {title} was fine")
    assert ids(back)[0] == turned_down
    assert f'"{back["picks"][0]["title"]}" is back' in back["reply"]


async def test_an_undone_change_is_done_again_until_something_else_is_said(talk: Talk) -> None:
    await talk.says(TEA)
    changed = await talk.says("cheaper, and no books")
    await talk.says("undo")
    again = await talk.says("redo")
    assert (again["brief"], ids(again)) == (changed["brief"], ids(changed))
    await talk.says("undo", "less boring")
    assert "nothing to do again" in (await talk.says("redo"))["reply"]


async def test_a_pick_is_taken_by_what_it_is_and_where_several_are_it_is_asked_which(talk: Talk) -> None:
    turn = await talk.says(TEA)
    title = next(pick["title"] for pick in turn["picks"] if "Tin" in pick["title"])
    assert f"Good choice: **{title}**" in (await talk.says("the tin please"))["reply"]
    reply = (await talk.says("I'll take the tea one"))["reply"]
    assert "Which of them do you mean: 1 " in reply
    assert 'is "wooden"' in (await talk.says("the wooden one please"))["reply"]


async def test_what_is_asked_of_the_picks_is_answered_first(talk: Talk) -> None:
    turn = await talk.says(TEA)
    cheapest = min(turn["picks"], key=lambda pick: Decimal(pick["price"]["amount"]))
    reply = (await talk.says("which of them is the cheapest?"))["reply"]
    assert f'"{cheapest["title"]}", is the cheapest: ${cheapest["price"]["amount"]}.' in reply


async def test_what_was_asked_about_can_be_taken_though_it_was_not_shown(talk: Talk) -> None:
    await talk.says(TEA)
    await talk.says("why not the tea strainer?")
    assert "Good choice: **Tea Strainer" in (await talk.says("go with the tea strainer"))["reply"]


async def test_several_critiques_at_once_all_hold(talk: Talk) -> None:
    before = await talk.says(TEA)
    after = await talk.says("cheaper and not plastic, and for outdoors")
    assert after["brief"]["avoid"] == ["plastic"]
    assert after["brief"]["must"] == ["outdoor"]
    assert max(prices(after)) < min(prices(before))


async def test_another_brand_is_another_brand(talk: Talk) -> None:
    before = await talk.says(TEA)
    after = await talk.says("from another brand please")
    brands = [{talk.shop.require(ids(turn))[at].brand for at in range(len(ids(turn)))} for turn in (before, after)]
    assert brands[0].isdisjoint(brands[1])


async def test_undo_takes_no_rule_back_that_was_said_before(talk: Talk) -> None:
    await talk.says("gift for my dad, he loves cooking, no nuts", "cheaper")
    assert (await talk.says("undo"))["brief"]["avoid"] == ["nuts"]


async def test_like_the_second_but_blue_is_blue(talk: Talk) -> None:
    await talk.says("a gift for my dad, he loves gardening, under $60")
    turn = await talk.says("more like the second but blue")
    assert '"blue"' in turn["reply"]
    for product_id in ids(turn):
        product = talk.shop.get(product_id)
        assert product is not None
        assert "blue" in f"{product.colors} {product.title} {product.description}".lower()


async def test_less_childish_shows_nothing_that_is_made_for_children(talk: Talk) -> None:
    await talk.says("a gift for my brother, he likes animals and games, under $60")
    turn = await talk.says("not so childish")
    assert "less childish" in turn["reply"]
    for product_id in ids(turn):
        product = talk.shop.get(product_id)
        assert product is not None
        assert product.age_max_years is None or product.age_max_years >= 16


async def test_leave_to_spend_more_raises_the_budget_by_a_stated_amount(talk: Talk) -> None:
    await talk.says(TEA)
    turn = await talk.says("a bit more expensive is ok")
    assert turn["brief"]["budget"]["max"] == "48.00"
    assert "up to $48.00" in turn["reply"]
    assert max(prices(turn)) <= 48


async def test_cheaper_is_lifted_by_leave_to_spend_more_and_the_budget_stands(talk: Talk) -> None:
    await talk.says(TEA, "cheaper")
    turn = await talk.says("slightly more expensive is fine")
    assert (turn["brief"]["price_cap"], turn["brief"]["budget"]["max"]) == (None, "40.00")


async def test_a_comparison_holds_the_facts_of_both_and_of_no_other(talk: Talk) -> None:
    first = await talk.says(TEA)
    turn = await talk.says("compare 1 and 3")
    titles = [pick["title"] for pick in first["picks"]]
    assert [title in turn["reply"] for title in titles] == [True, False, True]
    assert str(prices(first)[0]) in turn["reply"]
    chosen = await talk.says("both")
    assert [title in chosen["reply"] for title in titles] == [True, False, True]


async def test_why_not_names_the_reason(talk: Talk) -> None:
    await talk.says("a gift for my dad, he loves jazz and reading, under $30, no books")
    assert "ruled out" in (await talk.says("why didn't you show any books?"))["reply"]
    assert "outside your budget" in (await talk.says("why not the chef's knife?"))["reply"]
    assert "made for children" in (await talk.says("what about the castle?"))["reply"]
    assert "nothing that is called" in (await talk.says("why no zeppelins?"))["reply"]


async def test_earlier_picks_come_back_as_far_as_they_keep_what_was_said_since(talk: Talk) -> None:
    first = await talk.says(TEA)
    await talk.says("something else")
    assert ids(await talk.says("show me the first ones again")) == ids(first)
    await talk.says("under $20", "other ideas please")
    again = await talk.says("show me the original ones again")
    assert 0 < len(ids(again)) < len(ids(first))
    assert max(prices(again)) <= 20


async def test_a_rule_said_since_holds_for_earlier_picks(talk: Talk) -> None:
    await talk.says("a gift for my dad, he loves cooking", "no knives please")
    again = await talk.says("show me the first ones again")
    assert "knife" not in again["reply"].lower()


async def test_the_other_two_are_shown_without_the_one_spoken_of(talk: Talk) -> None:
    first = await talk.says(TEA)
    await talk.says("why the second?")
    assert ids(await talk.says("show me the other two again")) == [ids(first)[0], ids(first)[2]]


async def test_a_pick_of_the_list_before_can_be_taken(talk: Talk) -> None:
    first = await talk.says(TEA)
    await talk.says("something else")
    assert first["picks"][1]["title"] in (await talk.says("I'd rather have the second from before"))["reply"]


@pytest.mark.parametrize("answer", ["I don't know", "whatever", "no", "ugh, stop asking, I had a bad day"])
async def test_a_question_that_is_not_answered_is_not_asked_again_and_what_is_assumed_is_said(
    talk: Talk, answer: str
) -> None:
    first = await talk.says("gift for my wife")
    second = await talk.says(answer)
    assert (first["status"], first["question"]) == ("asked", "interests")
    assert second["status"] == "recommended"
    assert "Without a hobby to go by" in second["reply"]
    third = await talk.says("something else")
    assert "interests" not in (second["question"], third["question"])


async def test_surprise_me_brings_others(talk: Talk) -> None:
    first = await talk.says("gift for my wife", "whatever")
    assert set(ids(first)).isdisjoint(ids(await talk.says("surprise me")))


async def test_choices_are_offered_with_the_numbers_of_products(talk: Talk) -> None:
    assert "Among what fits best here: " in (await talk.says("gift for my wife"))["reply"]


@pytest.mark.parametrize(
    "messages",
    [
        ["a reading birthday party for my 9 year old niece, 4 guests, 40 dollars"],
        ["a magic party for 4 for my daughter, she turns 4: party bags and a present, up to 220 dollars"],
        ["a space birthday party for my boss, 4 guests, 40 dollars"],
        ["a dinosaur birthday party for my sister, 20 guests, 25 dollars. loves space and hiking"],
        ["party for 10 kids: balloons, plates and hats, up to $40"],
        ["a reading party for 12 for my boss: candles, a pinata and a cake, up to 40 dollars", "swap the cake"],
    ],
    ids=["reading", "magic", "space", "other themes", "things left out", "nothing fits after a swap"],
)
async def test_what_the_template_says_of_themes_and_things_holds_before_the_verifier(
    talk: Talk, messages: list[str]
) -> None:
    assert (await talk.says(*messages))["receipt"]
