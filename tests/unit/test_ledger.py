"""The ledger adds up, to the last fraction of a cent."""

from __future__ import annotations

from decimal import Decimal

from recsys_agent.plugins.ledger import ledger, totals

PRICES = {"big": (Decimal("0.30"), Decimal("2.50"))}


def call(agent: str, model: str, prompt: int, output: int) -> dict[str, object]:
    return {"agent": agent, "model": model, "prompt_tokens": prompt, "output_tokens": output}


CALLS = [
    call("coordinator", "big", 1000, 100),
    call("explainer", "big", 2000, 200),
    call("explainer", "offline", 500, 50),
    call("explainer", "big", 1, 1),
]


def test_each_agent_and_model_has_one_entry_in_the_order_of_their_first_call() -> None:
    entries = ledger(CALLS, PRICES)
    assert [(e["agent"], e["model"], e["calls"]) for e in entries] == [
        ("coordinator", "big", 1),
        ("explainer", "big", 2),
        ("explainer", "offline", 1),
    ]


def test_cost_is_tokens_times_the_price_of_a_million() -> None:
    costs = [e["cost_usd"] for e in ledger(CALLS, PRICES)]
    assert [Decimal(c) for c in costs] == [Decimal("0.00055"), Decimal("0.0011028"), Decimal(0)]


def test_a_model_without_a_stated_price_has_no_cost_rather_than_a_wrong_one() -> None:
    assert [e["cost_usd"] for e in ledger(CALLS, {})] == [None, None, "0"]


def test_the_totals_are_those_of_the_entries() -> None:
    entries = ledger(CALLS, PRICES)
    assert totals(CALLS) == {
        "llm_calls": sum(e["calls"] for e in entries),
        "prompt_tokens": sum(e["prompt_tokens"] for e in entries),
        "output_tokens": sum(e["output_tokens"] for e in entries),
    }
