"""Gemini through the whole app: how many calls a turn takes, and what of a model's words reaches the shopper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from recsys_agent.settings import DEFAULT_GEMINI
from recsys_agent.speech import SAFE_REPLY
from tests.fakes.gemini import call, text
from tests.fakes.gemini_talk import Talk, evidence_of, lie, truth
from tools.receipts.template import render
from tools.receipts.verifier import problems

DAD = "My dad turns 60, he loves gardening and jazz, $40-60"
RECOMMEND = call(
    "recommend",
    {
        "relation": "father",
        "age_years": 60,
        "interests": ["gardening", "jazz"],
        "budget_min": "40",
        "budget_max": "60",
        "budget_currency": "USD",
    },
)
TRUE_WORDS = "Here is what I found."
LIES = {
    "product": "The **Rocket Skates** would be nice as well.",
    "product set off by nothing": "You may also like the Acme Rocket Skates.",
    "price": "Together they cost $12.34.",
    "price in words": "Together they cost twelve dollars.",
    "rating": "All are rated 5 of 5.",
    "number": "There are 777 left.",
    "material": "All are made of platinum.",
    "link": "Order at https://evil.example now.",
}


def within_budget(account: dict[str, Any], low: str, high: str) -> bool:
    prices = [Decimal(pick["price"]["amount"]) * pick["quantity"] for pick in account["picks"]]
    return bool(prices) and all(Decimal(low) <= price <= Decimal(high) for price in prices)


async def test_recommendation_takes_two_calls_and_the_models_true_words_reach_the_shopper(talk: Talk) -> None:
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", truth)
    account = await talk.turn(DAD)
    assert talk.called() == ["coordinator", "explainer"]
    assert account["status"] == "recommended"
    assert account["reply"].startswith(f"(Answering with {DEFAULT_GEMINI}.)\n\n{TRUE_WORDS}")
    assert all(f"**{pick['title']}**" in account["reply"] for pick in account["picks"])
    assert within_budget(account, "40", "60")
    assert account["warnings"] == []


async def test_only_the_first_reply_says_which_model_speaks(talk: Talk) -> None:
    talk.says("coordinator", text("Hello! Who is the gift for?"), text("You're welcome!"))
    assert (await talk.turn("hi"))["reply"] == f"(Answering with {DEFAULT_GEMINI}.)\n\nHello! Who is the gift for?"
    assert (await talk.turn("thanks"))["reply"] == "You're welcome!"
    assert talk.called() == ["coordinator", "coordinator"]


async def test_answer_to_a_question_goes_straight_on(talk: Talk) -> None:
    talk.says("coordinator", call("recommend", {"relation": "father", "occasion": "birthday"}))
    talk.says("preference_elicitor", text("What does your father enjoy?"))
    asked = await talk.turn("A birthday present for my father")
    assert (asked["status"], asked["question"]) == ("asked", "interests")
    assert asked["reply"].endswith("What does your father enjoy?")
    assert talk.called() == ["coordinator", "preference_elicitor"]

    talk.says("preference_elicitor", call("recommend", {"interests": ["gardening"], "budget_max": "50"}))
    talk.says("explainer", truth)
    answered = await talk.turn("gardening, up to 50 dollars")
    assert talk.called(since=2) == ["preference_elicitor", "explainer"]
    assert answered["status"] == "recommended"
    assert answered["brief"]["recipient"]["relation"] == "father"
    assert within_budget(answered, "0", "50")


@pytest.mark.parametrize("claim", LIES.values(), ids=LIES)
async def test_untrue_explanation_is_repaired_by_one_more_call(talk: Talk, claim: str) -> None:
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", lie(claim), truth)
    account = await talk.turn(DAD)
    assert talk.called() == ["coordinator", "explainer", "explainer"]
    assert claim not in account["reply"]
    assert TRUE_WORDS in account["reply"]
    assert account["usage"]["llm_calls"] == 3
    # The model is told what was wrong with its words.
    first, second, third = (c["parts"][0]["text"] for c in talk.requests_of("explainer")[1].body["contents"])
    assert "<evidence>" in first
    assert claim in second
    assert "- " in third


@pytest.mark.parametrize("claim", LIES.values(), ids=LIES)
async def test_explanation_untrue_twice_is_replaced_by_the_template(talk: Talk, claim: str) -> None:
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", lie(claim), lie(claim))
    account = await talk.turn(DAD)
    assert talk.called() == ["coordinator", "explainer", "explainer"]
    evidence = evidence_of(talk.requests_of("explainer")[0].body)
    assert account["reply"].removeprefix(f"(Answering with {DEFAULT_GEMINI}.)\n\n") == render(evidence)
    assert problems(render(evidence), evidence) == []


async def test_price_of_another_pick_is_untrue(talk: Talk) -> None:
    def swapped(body: dict[str, Any]) -> Any:
        first, second, *_ = evidence_of(body).picks
        words = truth(body).parts[0]["text"]
        words = words.replace(str(first.cost), "?").replace(str(second.cost), str(first.cost))
        return text(words.replace("?", str(second.cost)))

    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", swapped, truth)
    account = await talk.turn(DAD)
    assert talk.called().count("explainer") == 2
    for pick in account["picks"]:
        assert f"**{pick['title']}** for ${pick['price']['amount']}" in account["reply"]


@pytest.mark.parametrize(
    "words",
    [
        "Get him the Rocket Skates for $19.99, they are great!",
        "Get him the **Rocket Skates**!",
        "Get him the Rocket Skates, they cost 20.",
        "Get him the Rocket Skates for twenty dollars.",
        "Order at https://evil.example/skates",
    ],
)
async def test_coordinators_own_invention_never_reaches_the_shopper(talk: Talk, words: str) -> None:
    talk.says("coordinator", text(words))
    account = await talk.turn("What would you give my dad?")
    assert account["reply"].endswith(SAFE_REPLY)
    assert "Skates" not in account["reply"]
    assert "evil" not in account["reply"]
    assert account["picks"] == []


async def test_elicitor_that_recommends_instead_of_asking_asks_codes_question(talk: Talk) -> None:
    talk.says("coordinator", call("recommend", {"relation": "father"}))
    talk.says("preference_elicitor", text("Take the Rocket Skates for $19.99!"))
    account = await talk.turn("A present for my father")
    assert "Skates" not in account["reply"]
    assert account["reply"].endswith(
        "What does your father enjoy: hobbies, favourite things? A rough budget helps too."
    )


async def test_text_beside_a_call_is_not_shown(talk: Talk) -> None:
    talk.says("coordinator", text("One moment, the Rocket Skates cost $5. ") + RECOMMEND)
    talk.says("explainer", truth)
    account = await talk.turn(DAD)
    assert "moment" not in account["reply"]
    assert "Skates" not in account["reply"]
    assert account["status"] == "recommended"


async def test_pick_is_explained_in_two_calls_and_chosen_in_two(talk: Talk) -> None:
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", truth)
    picks = (await talk.turn(DAD))["picks"]

    def why(body: dict[str, Any]) -> Any:
        evidence = evidence_of(body)
        assert evidence.explain == 2
        return text(f"**{evidence.picks[1].product.title}** because it suits him.")

    talk.says("coordinator", call("explain_pick", {"position": 2}))
    talk.says("explainer", why)
    explained = await talk.turn("why the second?")
    assert talk.called(since=2) == ["coordinator", "explainer"]
    assert explained["reply"] == f"**{picks[1]['title']}** because it suits him."

    confirmed = f"Good, **{picks[0]['title']}** for ${picks[0]['price']['amount']} it is."
    talk.says("coordinator", call("choose_pick", {"position": 1}), text(confirmed))
    chosen = await talk.turn("I take the first")
    assert talk.called(since=4) == ["coordinator", "coordinator"]
    assert chosen["reply"] == confirmed
    assert (await talk.state())["chosen"] == [picks[0]["product_id"]]


async def test_ideas_of_the_model_reach_retrieval_without_a_call_of_their_own(talk: Talk) -> None:
    found: dict[bool, set[str]] = {}
    for with_ideas in (False, True):
        ideas = {"ideas": ["bypass secateurs", "a thing no shop has"]} if with_ideas else {}
        arguments = {"relation": "father", "budget_max": "200", "start_over": True, "interests": ["jazz"], **ideas}
        talk.says("coordinator", call("recommend", arguments))
        talk.says("explainer", truth)
        before = len(talk.fake.requests)
        await talk.turn("something for my dad, jazz, up to 200")
        assert talk.called(since=before) == ["coordinator", "explainer"]
        found[with_ideas] = await talk.found_by("by_ideas")
    assert found[False] == set()
    assert "forged-bypass-secateurs" in found[True]


async def test_ideas_alone_are_enough_for_picks(talk: Talk) -> None:
    talk.says("coordinator", call("recommend", {"budget_max": "200", "ideas": ["bypass secateurs"]}))
    talk.says("explainer", truth)
    account = await talk.turn("something that cuts roses, up to 200")
    assert [pick["product_id"] for pick in account["picks"]] == ["forged-bypass-secateurs"]


async def test_ledger_is_the_sum_of_what_gemini_billed(talk: Talk) -> None:
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", lie("All are made of platinum."), truth)
    usage = (await talk.turn(DAD))["usage"]
    billed = talk.fake.usage
    assert len(billed) == 3
    assert usage == {
        "llm_calls": 3,
        "prompt_tokens": sum(one["promptTokenCount"] for one in billed),
        "output_tokens": sum(one["candidatesTokenCount"] for one in billed),
    }
    coordinator, explainer = (await talk.state())["turn"]["ledger"]
    assert (coordinator["agent"], coordinator["calls"]) == ("coordinator", 1)
    assert (explainer["agent"], explainer["calls"]) == ("explainer", 2)
    assert coordinator["prompt_tokens"] == billed[0]["promptTokenCount"]
    assert explainer["output_tokens"] == sum(one["candidatesTokenCount"] for one in billed[1:])
    assert coordinator["cost_usd"] is None  # nobody said what it costs


PARTY = call(
    "recommend",
    {
        "occasion": "birthday",
        "age_years": 6,
        "theme": "dinosaur",
        "needs": [{"kind": "cake"}, {"kind": "favours", "quantity": 12}],
        "budget_max": "120",
        "budget_currency": "USD",
    },
)


async def test_the_sums_of_a_plan_are_written_by_code_whatever_the_model_says(talk: Talk) -> None:
    talk.says("coordinator", PARTY)
    talk.says(
        "explainer", text("Here is a plan for twelve.\n\nAll of it costs $99.99."), text("Here is a plan.\n\nEnjoy!")
    )
    account = await talk.turn("A dinosaur birthday party for my 6 year old: cake and favours for 12, up to $120")
    assert talk.called() == ["coordinator", "explainer", "explainer"]
    _, opening, table, closing, *_ = account["reply"].split("\n\n")
    assert (opening, closing) == ("Here is a plan.", "Enjoy!")
    total = Decimal(account["total"]["amount"])
    assert f"**${total}**" in table
    assert f" ${120 - total} |" in table
    assert sum(Decimal(line["subtotal"]["amount"]) for line in account["plan"]["lines"]) == total
    assert account["plan"]["left"] == {"amount": str(120 - total), "currency": "USD"}
