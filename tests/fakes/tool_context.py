"""What a tool sees of ADK's ToolContext: a session's state and words, and where the turn goes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from google.adk.events import Event
from google.genai import types


@dataclass
class FakeToolContext:
    """A session with one shopper; ``says`` adds their next message."""

    agent_name: str = "coordinator"
    invocation_id: str = "turn-1"
    state: dict[str, Any] = field(default_factory=dict)
    session: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(events=[]))
    actions: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(transfer_to_agent=None))

    def says(self, text: str, author: str = "user") -> None:
        """A message, after which the turn goes nowhere yet."""
        content = types.Content(role="user", parts=[types.Part(text=text)])
        self.session.events.append(Event(author=author, content=content))
        self.actions.transfer_to_agent = None
        for key in [key for key in self.state if key.startswith("temp:")]:
            del self.state[key]
