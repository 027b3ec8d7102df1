"""What the tools read of a session: the brief, what is shown, what was asked and said; and how they delegate."""

from __future__ import annotations

from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.brief import Brief
from tools.request import Outcome, Relaxation, Request
from tools.shopper.continuity import with_picks

RECOMMENDATION = "recommendation"


def brief_of(tool_context: ToolContext) -> Brief:
    """The brief so far."""
    return Brief.model_validate(tool_context.state.get(state.BRIEF) or {})


def as_said(request: Request, stored: dict[str, Any] | None) -> Request:
    """The request with the session's brief in place of the one that came with it: only the session's is the shopper's.

    Which picks of the last plan carry on is no word of theirs, and stays the request's.
    """
    if not stored:
        return request
    kept = {need.name: need.keep for need in request.brief.needs if need.keep}
    return request.model_copy(update={"brief": with_picks(Brief.model_validate(stored), kept)})


def shown_in(tool_context: ToolContext) -> Outcome:
    """The last recommendation; without one, an outcome without picks."""
    stored = tool_context.state.get(state.SHOWN)
    return Outcome.model_validate(stored) if stored else Outcome(request=Request(brief=Brief()), status="asked")


def offered_in(tool_context: ToolContext) -> list[Relaxation]:
    """The changes that the last turn offered because nothing fitted."""
    return [Relaxation.model_validate(offer) for offer in tool_context.state.get(state.OFFERED) or []]


def asked_in(tool_context: ToolContext) -> list[str]:
    """The slots asked for so far, the last one last."""
    return list(tool_context.state.get(state.ASKED) or [])


def said_by_shopper(tool_context: ToolContext) -> str:
    """All messages of the shopper, in lower case."""
    return "\n".join(_messages(tool_context)).lower()


def last_message(tool_context: ToolContext) -> str:
    """What the shopper said last; empty before they have said anything."""
    return next(reversed(_messages(tool_context)), "")


def _messages(tool_context: ToolContext) -> list[str]:
    events = (event.content for event in tool_context.session.events if event.author == "user")
    contents = [content for content in events if content and any(part.text for part in content.parts or [])]
    return ["\n".join(part.text or "" for part in content.parts or []) for content in contents]


def said_last(tool_context: ToolContext) -> str:
    """The shopper's last message, in lower case."""
    messages = [event.content for event in tool_context.session.events if event.author == "user" and event.content]
    return "".join(part.text or "" for part in messages[-1].parts or []).lower() if messages else ""


def position_among(position: Any, count: int) -> int | None:
    """The 1-based position of a pick; -1 is the last. None when there is no such pick, whatever a model passed."""
    try:
        number = int(str(position).removesuffix(".0"))
    except ValueError:
        return None
    number = count if number == -1 else number
    return number if 1 <= number <= count else None


def listed(value: Any) -> list[Any]:
    """What a model passed where a list was asked for: a list as it is, nothing as none, anything else as one."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def delegate(request: dict[str, Any], tool_context: ToolContext) -> dict[str, Any]:
    """Sends the turn on to the recommendation flow."""
    tool_context.state[state.REQUEST] = request
    tool_context.actions.transfer_to_agent = RECOMMENDATION
    return {"status": "delegated"}
