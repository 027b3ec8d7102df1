"""The artifacts of a conversation, such as its receipts: ADK leaves them where they are when the session goes."""

from __future__ import annotations

from google.adk.artifacts import BaseArtifactService


async def erase_artifacts(
    artifacts: BaseArtifactService | None, *, app_name: str, user_id: str, session_id: str | None
) -> None:
    """Takes away those of a session; without one, those that a shopper has in all sessions."""
    if artifacts is None:
        return
    for name in await artifacts.list_artifact_keys(app_name=app_name, user_id=user_id, session_id=session_id):
        await artifacts.delete_artifact(app_name=app_name, user_id=user_id, session_id=session_id, filename=name)
