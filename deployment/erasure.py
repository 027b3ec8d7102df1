"""All that the server holds of a shopper taken away: for `DELETE /v1/memory`, and at the word "forget everything"."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from google.adk.agents.invocation_context import InvocationContext
from google.adk.artifacts import BaseArtifactService
from google.adk.plugins import BasePlugin
from google.adk.sessions import BaseSessionService

from deployment.a2a.tasks import RecentTasks
from deployment.api.idempotency import answers
from deployment.documents import Documents
from deployment.triggers.records import Records
from recsys_agent.agent import APP_NAME
from recsys_agent.erasing import erase_conversations
from tools import state
from tools.memory.store import MemoryStore


class Erasure:
    """Over the stores of the server. What says only how much was used (no content), and the keys, stay."""

    def __init__(
        self,
        sessions: BaseSessionService,
        artifacts: BaseArtifactService,
        memory: MemoryStore,
        documents: Documents,
        tasks: RecentTasks,
    ) -> None:
        self._sessions = sessions
        self._artifacts = artifacts
        self._memory = memory
        self._documents = documents
        self._tasks = tasks

    async def everything(self, user: str) -> int:
        """Memory, conversations, receipts, messages, kept answers. Returns how many records of memory there were."""
        await asyncio.to_thread(self._shut_out, user)
        await erase_conversations(self._sessions, self._artifacts, app_name=APP_NAME, user_id=user)
        await self.records(user)
        return await asyncio.to_thread(self._memory.forget, user)

    def _shut_out(self, user: str) -> None:
        """Neither a turn nor a message that is being prepared keeps anything from here on."""
        self._memory.shut_out(user, datetime.now(UTC))
        self._memory.let_message(user, False)

    async def records(self, user: str) -> None:
        """What is kept beside memory and conversations."""
        await self._tasks.forget(user)
        await asyncio.to_thread(Records(self._documents).erase, user)
        await asyncio.to_thread(self._documents.clear, answers(user))


class ErasurePlugin(BasePlugin):
    """Memory and conversations are erased by the agent; this does the server's part of a spoken order."""

    def __init__(self, erasure: Erasure) -> None:
        super().__init__(name="erasure")
        self._erasure = erasure

    async def after_run_callback(self, *, invocation_context: InvocationContext) -> None:
        """Last, when the turn is over."""
        if invocation_context.session.state.get(state.FORGOTTEN):
            await self._erasure.records(invocation_context.user_id)
