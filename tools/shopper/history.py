"""What "undo" goes back to: the session before each change, the last few of them; and what "redo" brings back."""

from __future__ import annotations

from typing import Any

from google.adk.tools import ToolContext

from tools import state

STEPS = 5
"""Changes that can be taken back. A step is a few kilobytes, and the session carries them all."""

KEPT = (state.BRIEF, state.SHOWN, state.SEEN, state.OFFERED, state.CHOSEN, state.LEFT_OUT, state.REMEMBERED)
"""What a step restores. Questions are not among it: what was asked once stays asked."""

TURN = "turn"
"""Where a step names the turn that made the change."""


def take_down(context: ToolContext) -> None:
    """Keeps the session as it is before the change that the caller is about to make; once a turn."""
    if context.state.get(state.STEPPED):
        return
    _push(state.HISTORY, _now(context, context.invocation_id), context)
    if context.state.get(state.UNDONE):
        context.state[state.UNDONE] = []
    context.state[state.STEPPED] = True


def changed_by_last_turn(context: ToolContext) -> bool:
    """Whether the turn before this one made the last change that can be taken back."""
    steps, earlier = context.state.get(state.HISTORY) or [], (event.invocation_id for event in context.session.events)
    turns = [turn for turn in earlier if turn != context.invocation_id]
    return bool(steps and turns and steps[-1][TURN] == turns[-1])


def step_back(context: ToolContext) -> str | None:
    """Restores the session before the last change; the id of the turn that made it, None where there is none."""
    return _move(state.HISTORY, state.UNDONE, context)


def step_forward(context: ToolContext) -> str | None:
    """Restores the session before the last "undo"; the id of the turn whose change is back, None for none."""
    return _move(state.UNDONE, state.HISTORY, context)


def _move(taken_from: str, kept_in: str, context: ToolContext) -> str | None:
    steps: list[dict[str, Any]] = list(context.state.get(taken_from) or [])
    if not steps:
        return None
    step = steps.pop()
    _push(kept_in, _now(context, step[TURN]), context)
    for key in KEPT:
        if (value := step.get(key)) != context.state.get(key):
            context.state[key] = value
    context.state[taken_from] = steps
    return step[TURN]


def _now(context: ToolContext, turn: str) -> dict[str, Any]:
    """The session as it is, and the turn that is about to change it, or that had changed it."""
    return {key: value for key in KEPT if (value := context.state.get(key))} | {TURN: turn}


def _push(key: str, step: dict[str, Any], context: ToolContext) -> None:
    context.state[key] = [*(context.state.get(key) or []), step][-STEPS:]


def shown_before(context: ToolContext) -> list[dict[str, Any]]:
    """The outcomes that were on the table before the present one, the latest first, as JSON."""
    now = _ids(context.state.get(state.SHOWN))
    earlier = [step[state.SHOWN] for step in reversed(context.state.get(state.HISTORY) or []) if step.get(state.SHOWN)]
    return [outcome for outcome in earlier if _ids(outcome) != now]


def step_about(relation: str, context: ToolContext) -> dict[str, Any] | None:
    """The latest step whose brief was for this recipient; None where there is none that can still be gone back to."""
    for step in reversed(context.state.get(state.HISTORY) or []):
        if ((step.get(state.BRIEF) or {}).get("recipient") or {}).get("relation") == relation:
            return step
    return None


def _ids(outcome: dict[str, Any] | None) -> list[str]:
    return [pick["product_id"] for pick in (outcome or {}).get("picks", [])]
