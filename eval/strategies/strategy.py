"""What every rung of the ladder is to the simulator: something that opens a talk and answers messages."""

from __future__ import annotations

from typing import Protocol

from eval.simulation.dialogue import Reply


class Talk(Protocol):
    """One conversation."""

    async def say(self, message: str) -> Reply:
        """The reply to the shopper's next message. A failure is a reply of status "error"."""
        ...


class Strategy(Protocol):
    """A way to recommend. ``name`` is its row in the report."""

    name: str

    def open(self, shopper_id: str) -> Talk:
        """A conversation with a shopper who has not been here before."""
        ...
