"""What a model left out of its call, or got wrong, though the message says it plainly: code has heard it, too.

Only what must not be lost: what is refused, allergies, the age and the money. Whatever else a message says is the
model's to understand, and where the two readings differ about something that was said, the model is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tools.shopper.amounts import was_said

Hear = Callable[[str, Mapping[str, Any]], dict[str, Any]]
"""(the shopper's message, the session's state) -> the arguments of `recommend` that code hears in it."""

RULES = ("avoid", "allergies")
BUDGET = ("budget_min", "budget_max", "budget_currency", "budget_each")


def with_heard(arguments: dict[str, Any], heard: Mapping[str, Any], said: str) -> dict[str, Any]:
    """The model's arguments, completed by what code heard; ``said`` is all that the shopper wrote, in lower case."""
    completed = dict(arguments)
    for field in RULES:
        completed[field] = _united(arguments, field, heard.get(field) or []) or arguments[field]
    age = arguments["age_years"]
    if heard.get("age_years") is not None and (age is None or not was_said(age, said)):
        completed["age_years"] = heard["age_years"]
    amounts = [arguments[name] for name in BUDGET[:2] if arguments[name] not in (None, "")]
    if _has_amount(heard) and not amounts:  # one that was never said is refused, and the model told so
        completed |= {name: heard.get(name) for name in BUDGET} | {"budget_each": bool(heard.get("budget_each"))}
    return completed


def _united(arguments: Mapping[str, Any], field: str, heard: list[str]) -> list[str]:
    """The model's rules and those heard, without what the same call takes back or states as the other kind of rule."""
    given = arguments[field] if isinstance(arguments[field], list) else []
    settled = [value for name in (*RULES, "remove") for value in _listed(arguments[name])]
    return [*given, *(rule for rule in heard if rule not in settled)]


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _has_amount(heard: Mapping[str, Any]) -> bool:
    return any(heard.get(name) is not None for name in BUDGET[:2])
