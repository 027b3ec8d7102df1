"""What a model may pass to the tools: wrong, invented, repeated or doubled calls end in a reply, never a trace."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from recsys_agent.models import REFUSED_CALLS
from recsys_agent.plugins.turn import IN_CIRCLES, MAX_LLM_CALLS
from recsys_agent.settings import DEFAULT_GEMINI
from recsys_agent.turns import FAILED
from tests.fakes.gemini import Reply, call, text
from tests.fakes.gemini_talk import Talk, truth
from tests.integration.test_gemini import DAD, RECOMMEND, TRUE_WORDS, within_budget

SORRY = "Could you tell me more?"


def told(talk: Talk) -> dict[str, Any]:
    """What the last request told its model about the call before."""
    parts = talk.fake.requests[-1].body["contents"][-1]["parts"]
    [answer] = [part["functionResponse"]["response"] for part in parts if "functionResponse" in part]
    return answer


async def test_budget_nobody_said_is_refused_and_may_be_corrected(talk: Talk) -> None:
    invented = call("recommend", {"relation": "father", "interests": ["gardening"], "budget_max": "500"})
    talk.says("coordinator", invented, call("recommend", {"interests": ["gardening"], "budget_max": "60"}))
    talk.says("explainer", truth)
    account = await talk.turn("My dad loves gardening, at most $60")
    assert "the shopper never said 500" in json.dumps(talk.fake.requests[1].body["contents"])
    assert talk.called() == ["coordinator", "coordinator", "explainer"]
    assert account["brief"]["budget"]["max"] == "60.00"
    assert within_budget(account, "0", "60")


@pytest.mark.parametrize(
    "amounts", [{"budget_max": "500"}, {"budget_min": "41"}, {"budget_max": "6000"}, {"budget_max": "0.6"}]
)
async def test_budget_nobody_said_never_binds(talk: Talk, amounts: dict[str, str]) -> None:
    talk.says("coordinator", call("recommend", {"interests": ["gardening"], **amounts}), text(SORRY))
    account = await talk.turn("My dad loves gardening, at most $60")
    assert account["brief"]["budget"] is None
    assert account["reply"].endswith(SORRY)
    assert account["picks"] == []


@pytest.mark.parametrize(
    "message",
    [
        "My dad loves gardening",
        "Ein Geschenk für meinen Vater, er gärtnert gern",
        "My dad turns 60 and loves gardening",
        "One gift for my dad, he has two gardens and often works in them",
    ],
)
async def test_no_budget_binds_where_none_was_said(talk: Talk, message: str) -> None:
    talk.says("coordinator", call("recommend", {"interests": ["gardening"], "budget_max": "500"}), text(SORRY))
    account = await talk.turn(message)
    assert account["brief"]["budget"] is None
    assert account["picks"] == []


@pytest.mark.parametrize(
    ("message", "amount"),
    [
        ("gardening, fifty bucks", "50"),
        ("gardening, a hundred at most", "100"),
        ("gardening, 1.2k", "1200"),
        ("gardening, 1,200.50", "1200.50"),
    ],
)
async def test_budget_said_in_words_or_another_spelling_binds(talk: Talk, message: str, amount: str) -> None:
    talk.says("coordinator", call("recommend", {"interests": ["gardening"], "budget_max": amount}))
    talk.says("explainer", truth)
    account = await talk.turn(message)
    assert Decimal(account["brief"]["budget"]["max"]) == Decimal(amount)
    assert within_budget(account, "0", amount)


async def test_budget_of_an_earlier_message_may_be_passed_again(talk: Talk) -> None:
    talk.says("coordinator", text("Hello! Who is it for?"), RECOMMEND)
    talk.says("explainer", truth)
    await talk.turn("hi, I can spend $40-60")
    account = await talk.turn("it is for my dad, gardening and jazz")
    assert within_budget(account, "40", "60")


WRONG = {
    "position as a word": ("explain_pick", {"position": "second"}),
    "no position": ("explain_pick", {}),
    "position that is not there": ("explain_pick", {"position": 99}),
    "position zero": ("choose_pick", {"position": 0}),
    "position below the first": ("choose_pick", {"position": -5}),
    "position as a fraction": ("choose_pick", {"position": 1.5}),
    "product id for a position": ("choose_pick", {"position": "forged-bypass-secateurs"}),
    "like a pick that is not there": ("recommend", {"critique": "like", "position": 9}),
    "unknown critique": ("recommend", {"critique": "nicer"}),
    "age in words": ("recommend", {"age_years": "sixty"}),
    "age of a tree": ("recommend", {"age_years": 900}),
    "date in words": ("recommend", {"date": "tomorrow"}),
    "budget in words": ("recommend", {"budget_max": "sixty bucks"}),
    "budget that is no number": ("recommend", {"budget_max": "NaN"}),
    "endless budget": ("recommend", {"budget_max": "Infinity"}),
    "negative budget": ("recommend", {"budget_max": "-60"}),
    "unknown currency": ("recommend", {"budget_max": "60", "budget_currency": "beads"}),
    "unknown need": ("recommend", {"needs": [{"kind": "pony", "quantity": 1}]}),
    "needs that are words": ("recommend", {"needs": ["cake"]}),
    "no cake": ("recommend", {"needs": [{"kind": "cake", "quantity": 0}]}),
    "too many options": ("recommend", {"options": 1000}),
    "no guests": ("recommend", {"guests": -3}),
    "interests as numbers in lists": ("recommend", {"interests": {"a": 1}}),
    "unknown price feel": ("recommend", {"price_feel": "absurd"}),
}


@pytest.mark.parametrize(("function", "arguments"), WRONG.values(), ids=WRONG)
async def test_wrong_arguments_are_told_to_the_model_and_change_nothing(
    talk: Talk, function: str, arguments: dict[str, Any]
) -> None:
    talk.says("coordinator", RECOMMEND, call(function, arguments), text(SORRY))
    talk.says("explainer", truth)
    before = await talk.turn(DAD)
    account = await talk.turn("and now something else, sixty bucks, 60")
    assert account["reply"] == SORRY
    assert account["status"] == "chat"
    assert account["brief"] == before["brief"]
    answer = told(talk)
    assert answer.get("status") == "error" or "error" in answer
    assert "Traceback" not in str(answer)
    assert len(str(answer)) < 600


ODD = {
    "interests as one word": {"interests": "gardening"},
    "numbers as texts": {"interests": ["gardening"], "age_years": "60", "options": "2"},
    "amount as a number": {"interests": ["gardening"], "budget_max": 60},
    "amount with cents": {"interests": ["gardening"], "budget_max": "60.00"},
    "nothing as empty texts": {"interests": ["gardening"], "relation": "", "budget_min": "", "needs": []},
    "nothing as nulls": {"interests": ["gardening"], "relation": None, "ideas": None, "start_over": None},
    "unknown argument": {"interests": ["gardening"], "product_ids": ["forged-bypass-secateurs", "x"]},
    "ideas that are no texts": {"interests": ["gardening"], "ideas": [5, None, "spade"]},
    "ideas as one text": {"interests": ["gardening"], "ideas": "spade"},
    "a hundred ideas": {"interests": ["gardening"], "ideas": [f"spade {i}" for i in range(100)]},
    "upper case": {"interests": ["GARDENING"], "budget_max": "60", "budget_currency": "usd"},
    "long words": {"interests": ["gardening", "x" * 5000], "relation": "father" * 500},
}


@pytest.mark.parametrize("arguments", ODD.values(), ids=ODD)
async def test_odd_arguments_that_can_be_understood_are(talk: Talk, arguments: dict[str, Any]) -> None:
    talk.says("coordinator", call("recommend", arguments))
    talk.says("explainer", truth)
    account = await talk.turn("gardening, 60")
    assert account["status"] == "recommended", account["warnings"]
    assert account["picks"]
    assert "gardening" in account["brief"]["interests"]


async def test_two_calls_in_one_answer_end_in_one_reply_within_each_budget(talk: Talk) -> None:
    dear = call("recommend", {"interests": ["gardening"], "budget_max": "80"})
    cheap = call("recommend", {"interests": ["jazz"], "budget_max": "50"})
    talk.says("coordinator", dear + cheap)
    talk.says("explainer", truth)
    account = await talk.turn("gardening up to $80 and jazz up to $50")
    assert account["reply"].count(TRUE_WORDS) == 1
    assert account["status"] == "recommended"
    assert account["brief"]["budget"]["max"] in ("50.00", "80.00")
    assert within_budget(account, "0", account["brief"]["budget"]["max"])
    assert all(Decimal(p["price"]["amount"]) <= 50 for p in account["picks"] if any("jazz" in r for r in p["reasons"]))
    assert talk.called() == ["coordinator", "explainer"]


@pytest.mark.parametrize("asking_first", [True, False])
async def test_call_that_asks_beside_one_that_recommends_ends_in_one_reply(talk: Talk, asking_first: bool) -> None:
    asking = call("recommend", {"relation": "father"})
    recommending = call("recommend", {"interests": ["gardening"], "budget_max": "60"})
    talk.says("coordinator", asking + recommending if asking_first else recommending + asking)
    talk.fake.responder = forgiving(talk)
    account = await talk.turn("a present for my father who gardens, $60")
    assert account["status"] in ("recommended", "asked")
    assert account["reply"] != FAILED
    assert account["reply"].count("(Answering with") == 1
    if account["picks"]:
        assert within_budget(account, "0", "60")


@pytest.mark.parametrize(
    "other",
    [
        call("explain_pick", {"position": 1}),
        call("choose_pick", {"position": 1}),
        call("explain_pick", {"position": 9}),
    ],
)
async def test_other_call_beside_a_recommendation_ends_in_one_reply(talk: Talk, other: Reply) -> None:
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", truth)
    await talk.turn(DAD)
    talk.says("coordinator", call("recommend", {"critique": "cheaper"}) + other)
    talk.fake.responder = forgiving(talk)
    account = await talk.turn("cheaper please, and why the first?")
    assert account["reply"] != FAILED
    assert account["status"] in ("recommended", "chat", "infeasible")


@pytest.mark.parametrize("agent", ["recommendation", "explainer", "nobody", "coordinator", "preference_elicitor"])
async def test_transfer_by_the_models_own_will_does_not_pass_over_the_budget(talk: Talk, agent: str) -> None:
    # ADK would offer it. The model is not even told of it, and where it tries, the stand-in reads the message.
    talk.says("coordinator", call("transfer_to_agent", {"agent_name": agent}))
    talk.says("explainer", truth)
    account = await talk.turn("My dad loves gardening, at most $20")
    assert within_budget(account, "0", "20")
    assert "transfer" not in str(talk.fake.requests[0].body)
    assert account["warnings"] == [
        f"{DEFAULT_GEMINI} could not be used (called the unknown function transfer_to_agent)"
    ]


async def test_tool_that_breaks_is_told_to_the_model(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("disk on fire\nTraceback …")

    monkeypatch.setattr("tools.shopper.carrying_out.settled_picks", broken)
    talk.says("coordinator", RECOMMEND, text(SORRY))
    account = await talk.turn(DAD)
    assert account["reply"].endswith(SORRY)
    assert told(talk)["status"] == "error"
    assert "Traceback" not in str(told(talk))


async def test_after_two_refused_calls_the_stand_in_finishes_the_turn(talk: Talk) -> None:
    talk.fake.responder = lambda _: call("choose_pick", {"position": 7})
    account = await talk.turn("My dad loves gardening, at most $20")
    assert len(talk.fake.requests) >= REFUSED_CALLS
    assert account["status"] == "recommended"
    assert within_budget(account, "0", "20")
    assert "none of its calls could be carried out" in account["warnings"][0]


async def test_model_that_goes_round_in_circles_is_stopped_with_a_reply(talk: Talk) -> None:
    talk.says("coordinator", RECOMMEND)
    talk.says("explainer", truth)
    await talk.turn(DAD)
    before = len(talk.fake.requests)
    talk.fake.responder = lambda _: call("choose_pick", {"position": 1})
    account = await talk.turn("I take the first")
    assert len(talk.fake.requests) - before == MAX_LLM_CALLS
    assert account["status"] == "error"
    assert account["reply"].endswith(IN_CIRCLES)
    assert account["usage"]["llm_calls"] == MAX_LLM_CALLS


def forgiving(talk: Talk) -> Any:
    """After the queued answers, every talking agent says a sentence and the explainer tells the truth."""
    scripted = talk.fake.responder
    assert scripted is not None

    def answer(body: dict[str, Any]) -> Reply:
        reply = scripted(body)
        if reply.status != 400:
            return reply
        return truth(body) if "<evidence>" in str(body["contents"]) else text(SORRY)

    return answer
