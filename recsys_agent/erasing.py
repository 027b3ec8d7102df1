"""A shopper's conversations taken away whole: what was said, what the agent noted of it, and the receipts."""

from __future__ import annotations

from google.adk.artifacts import BaseArtifactService
from google.adk.sessions import BaseSessionService, InMemorySessionService

from recsys_agent.sessions.artifacts import erase_artifacts
from recsys_agent.sessions.turnwise import TurnwiseSessions


async def erase_conversations(
    sessions: BaseSessionService, artifacts: BaseArtifactService | None, *, app_name: str, user_id: str
) -> None:
    """Nothing of them is left in the raw stores. Turns that run now give their reply and keep nothing more."""
    listed = (await sessions.list_sessions(app_name=app_name, user_id=user_id)).sessions
    ids = [session.id for session in listed]
    for session_id in (None, *ids):
        await erase_artifacts(artifacts, app_name=app_name, user_id=user_id, session_id=session_id)
    if isinstance(sessions, TurnwiseSessions):
        await sessions.erase_shopper(app_name=app_name, user_id=user_id)
        return
    for session_id in ids:
        await sessions.delete_session(app_name=app_name, user_id=user_id, session_id=session_id)
    if isinstance(sessions, InMemorySessionService):
        sessions.user_state.get(app_name, {}).pop(user_id, None)
