"""A session's events as turns: what was said, what each step handed on and when, and the state before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from google.adk.events import Event

Json = dict[str, Any]


@dataclass
class RecordedTurn:
    """One turn. ``before`` and ``after`` are the session's state around it, as far as the events tell."""

    number: int
    invocation_id: str
    events: list[Event] = field(default_factory=list)
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What the shopper wrote."""
        return next((_text(event) for event in self.events if event.author == "user"), "")

    @property
    def reply(self) -> str:
        """What was answered; empty where the turn broke off."""
        return next((said for event in reversed(self.events) if event.author != "user" and (said := _text(event))), "")

    @property
    def calls(self) -> list[Json]:
        """The model's calls of tools, with what each answered."""
        answers = {part.id: part.response or {} for event in self.events for part in event.get_function_responses()}
        made = [part for event in self.events for part in event.get_function_calls()]
        return [{"tool": part.name, "arguments": part.args or {}, "answer": answers.get(part.id, {})} for part in made]

    def outputs(self, author: str) -> Iterator[tuple[Event, Json]]:
        """What the agent's nodes handed on, in order."""
        for event in self.events:
            output = getattr(event, "output", None)
            if event.author == author and isinstance(output, dict):
                yield event, output


def recorded_turns(events: Sequence[Event]) -> list[RecordedTurn]:
    """The turns of a session, oldest first."""
    turns: dict[str, RecordedTurn] = {}
    state: Json = {}
    latest: RecordedTurn | None = None
    for event in events:
        # Answers of tools may come without an invocation id; they belong to the turn that runs.
        turn = turns.get(event.invocation_id) if event.invocation_id else latest
        if turn is None:
            turn = RecordedTurn(len(turns) + 1, event.invocation_id, before=dict(state))
            turns[event.invocation_id] = turn
        latest = turn
        turn.events.append(event)
        state.update(event.actions.state_delta or {})
        turn.after = dict(state)
    return list(turns.values())


def _text(event: Event) -> str:
    parts = event.content.parts if event.content else None
    return "".join(part.text or "" for part in parts or [] if not part.thought)
