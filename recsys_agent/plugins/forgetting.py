"""A turn in which the shopper said "forget everything" ends with all their conversations erased, its own too."""

from __future__ import annotations

from google.adk.agents.invocation_context import InvocationContext
from google.adk.plugins import BasePlugin

from recsys_agent.erasing import erase_conversations
from tools import state

OURS = frozenset(value for name, value in vars(state).items() if name.isupper() and not value.startswith("temp:"))


class ForgettingPlugin(BasePlugin):
    """Stands behind `StoredTurnPlugin`, which has stored the turn and closed it."""

    def __init__(self) -> None:
        super().__init__(name="forgetting")

    async def after_run_callback(self, *, invocation_context: InvocationContext) -> None:
        """What this turn came to after the order is kept, so that the talk can go on."""
        session = invocation_context.session
        if not session.state.get(state.FORGOTTEN):
            return
        sessions, whose = invocation_context.session_service, {"app_name": session.app_name, "user_id": session.user_id}
        artifacts = invocation_context.artifact_service or getattr(sessions, "artifacts", None)
        await erase_conversations(sessions, artifacts, **whose)
        left = {key: value for key, value in session.state.items() if key in OURS}
        await sessions.create_session(**whose, session_id=session.id, state=left)
