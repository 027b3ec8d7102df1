"""By which check an error was caught, read off the turn's account and events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from google.adk.events import Event

from eval.spread.faults import Fault
from recsys_agent.speech import SAFE_REPLY
from tools.brief import Brief


def caught(fault: Fault, account: dict[str, Any], events: Sequence[Event]) -> str:
    """The check in a few words; of a turn whose output was spoilt."""
    warnings = " ".join(account["warnings"])
    if account["status"] == "error":
        return "turn ended honestly"
    if "could not be used" in warnings:
        return "stand-in took over"
    if "held back" in warnings:
        return "picks checked before the reply"
    if _refused(events):
        return "call refused by the tool"
    if SAFE_REPLY in account["reply"]:
        return "speech check"
    if fault.agent == "explainer":
        return "text check, rewritten"
    if fault.corruption == "late":
        return "nothing: it was waited for"
    if fault.agent == "gift_finder":
        return "budget checker looked again"
    if fault.agent == "budget_checker":
        return "nothing"
    return _heard(fault, Brief.model_validate(account["brief"]))


def _refused(events: Sequence[Event]) -> bool:
    responses = [response for event in events for response in event.get_function_responses()]
    return any((response.response or {}).get("status") == "error" for response in responses)


def _heard(fault: Fault, brief: Brief) -> str:
    """Of a talking agent whose call went through."""
    kept = {"dropped allergy": bool(brief.rules), "wrong age": brief.recipient.age_years is not None}
    if kept.get(fault.corruption) or fault.corruption == "wrong price":
        return "code reads the message, too"
    return "only an idea: the catalogue decides" if fault.corruption == "invented product" else "nothing"
