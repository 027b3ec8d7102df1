"""What happened in a turn, as one JSON object: time, tokens, brief, question, sources, rules, scores, plan, checks."""

from __future__ import annotations

from typing import Any

from recsys_agent.explaining.recorded import Json, RecordedTurn
from tools import state
from tools.brief import Brief
from tools.request import Outcome

PARALLEL = "gift_finder"
"""The agent whose sources run at the same time: each one's time counts from their common start."""


def account_of(turn: RecordedTurn) -> Json:
    """The account of a turn; parts that did not happen are null or empty."""
    kept = turn.after.get(state.TURN) or {}
    kept = kept if kept != turn.before.get(state.TURN) or turn.reply else {}
    outcome = _outcome(turn)
    return {
        "turn": turn.number,
        "message": turn.message,
        "status": kept.get("status", "unfinished") if turn.reply else "unfinished",
        "elapsed_ms": _between(turn.events[0].timestamp, turn.events[-1].timestamp),
        "steps": _steps(turn),
        "usage": kept.get("ledger", []),
        "calls": turn.calls,
        "brief_changes": _changes(turn.before.get(state.BRIEF) or {}, turn.after.get(state.BRIEF) or {}),
        "rules": _rules(turn),
        "asking": {"question": kept.get("question"), **(kept.get("asking") or {})},
        "sources": _sources(turn),
        "widened": outcome.request.widened if outcome else 0,
        "candidates": _joined(turn).get("counts", {}),
        "removed": outcome.removed if outcome else {},
        "unmatched": outcome.unmatched if outcome else [],
        "picks": _picks(outcome),
        "plan": _plan(outcome),
        "closest": outcome.closest.product_id if outcome and outcome.closest else None,
        "clash": outcome.clash if outcome else [],
        "relaxations": [{"change": way.change, "opens": way.opens} for way in outcome.relaxations] if outcome else [],
        "checked": kept.get("checked"),
        "memory": kept.get("memory"),
        "warnings": kept.get("warnings", []),
    }


def _outcome(turn: RecordedTurn) -> Outcome | None:
    outputs = [output for _, output in turn.outputs("budget_checker") if "status" in output]
    return Outcome.model_validate(outputs[-1]) if outputs else None


def _joined(turn: RecordedTurn) -> Json:
    """What the finder handed on, the last time where the search was widened."""
    return next((o for _, o in reversed(list(turn.outputs(PARALLEL))) if "candidates" in o), {})


def _sources(turn: RecordedTurn) -> list[Json]:
    """Each source with how many products it found for each need; the last search where it was widened."""
    found: dict[str, Json] = {}
    for _, output in turn.outputs(PARALLEL):
        if "source" in output:
            counts = {need: len(ids) for need, ids in output["found"].items()}
            found[output["source"]] = {"source": output["source"], "found": counts, "warning": output.get("warning")}
    return list(found.values())


def _steps(turn: RecordedTurn) -> list[Json]:
    """What took how long. A step ends with its event and begins with the one before, parallel sources together."""
    steps: list[Json] = []
    last = started = turn.events[0].timestamp
    for event in turn.events[1:]:
        output = getattr(event, "output", None)
        is_source = isinstance(output, dict) and "source" in output
        steps.append({"agent": event.author, "step": _named(event, output), "ms": _between(started, event.timestamp)})
        last = max(last, event.timestamp)
        if not is_source:
            started = last
    return steps


def _named(event: Any, output: Any) -> str:
    if calls := event.get_function_calls():
        return f"model: calls {', '.join(call.name for call in calls)}"
    if answers := event.get_function_responses():
        return f"tool: {', '.join(answer.name for answer in answers)}"
    if isinstance(output, dict):
        if "source" in output:
            return f"source: {output['source']}"
        if "candidates" in output:
            return "joins, applies rules, scores"
        if event.author == "budget_checker":
            return "decides" if "status" in output else "asks for a wider search"
        return "starts"
    return "model: speaks" if event.content else "state"


def _changes(before: Json, after: Json) -> list[Json]:
    """The fields of the brief that this turn changed, as they were and as they are."""
    flat = [_flat(Brief.model_validate(brief).model_dump(mode="json")) for brief in (before, after)]
    return [
        {"field": name, "before": flat[0][name], "after": flat[1][name]}
        for name in flat[0]
        if flat[0][name] != flat[1][name]
    ]


def _rules(turn: RecordedTurn) -> list[str]:
    """What the search itself leaves out, so that it is never among the candidates that rules remove."""
    brief = Brief.model_validate(turn.after.get(state.BRIEF) or {})
    age = brief.recipient.age_years
    bounds = [*(["the budget"] if brief.budget or brief.price_cap else []), *([] if age is None else [f"age {age}"])]
    return [*bounds, *(f"no {rule}" for rule in brief.rules)]


def _flat(brief: Json) -> Json:
    recipient = {f"recipient.{name}": value for name, value in brief.pop("recipient").items()}
    return recipient | brief


def _picks(outcome: Outcome | None) -> list[Json]:
    picks = outcome.picks if outcome else []
    return [
        {
            "position": position,
            "need": pick.need,
            "product_id": pick.product_id,
            "quantity": pick.quantity,
            "score": round(sum(pick.added.values()), 3),
            "parts": pick.added,
            "matched": [match.model_dump() for match in pick.matched],
        }
        for position, pick in enumerate(picks, 1)
    ]


def _plan(outcome: Outcome | None) -> Json | None:
    if outcome is None or outcome.sums is None:
        return None
    sums = outcome.sums
    told = {name: str(value) for name in ("subtotal", "total", "left") if (value := getattr(sums, name)) is not None}
    offers = [{"label": other.label, "total": str(other.total)} for other in outcome.alternatives]
    return {**told, "gap": sums.gap, "alternatives": offers, "unmet": outcome.unmet}


def _between(start: float, end: float) -> float:
    return round(max(end - start, 0.0) * 1000, 1)
