"""The ledger of a turn: calls, tokens and cost, for each agent and the model that answered for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from recsys_agent.settings import OFFLINE

Prices = Mapping[str, tuple[Decimal, Decimal]]
"""US dollars for a million tokens of input and of output, by model name."""

TOKENS = ("prompt_tokens", "output_tokens")
PER_TOKENS = 1_000_000


def ledger(calls: Sequence[dict[str, Any]], prices: Prices) -> list[dict[str, Any]]:
    """One entry for each agent and model, in the order of their first call.

    ``cost_usd`` is exact, as text; it is null for a model whose price nobody stated, and 0 for the stand-in.
    """
    entries: dict[tuple[str, str], dict[str, Any]] = {}
    for call in calls:
        key = (call["agent"], call["model"])
        entry = entries.setdefault(key, {"agent": key[0], "model": key[1], "calls": 0} | dict.fromkeys(TOKENS, 0))
        entry["calls"] += 1
        for name in TOKENS:
            entry[name] += call[name]
    return [entry | {"cost_usd": _cost(entry, prices)} for entry in entries.values()]


def totals(calls: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Calls and tokens of the whole turn."""
    return {"llm_calls": len(calls)} | {name: sum(call[name] for call in calls) for name in TOKENS}


def _cost(entry: dict[str, Any], prices: Prices) -> str | None:
    if entry["model"] == OFFLINE:
        return "0"
    if (price := prices.get(entry["model"])) is None:
        return None
    spent = sum(entry[name] * per_million for name, per_million in zip(TOKENS, price, strict=True))
    return f"{Decimal(spent) / PER_TOKENS:f}"
