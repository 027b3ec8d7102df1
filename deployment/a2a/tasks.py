"""The tasks that can still be asked for: the latest, in this process. Conversations are in the session store."""

from __future__ import annotations

from collections import OrderedDict

from a2a.auth.user import User
from a2a.server.context import ServerCallContext
from a2a.server.tasks import InMemoryTaskStore
from a2a.types import Task

KEPT = 1_000


class RecentTasks(InMemoryTaskStore):
    """The SDK's store keeps every task, with its turn, until the process ends; this one the last ``kept``."""

    def __init__(self, kept: int = KEPT) -> None:
        super().__init__()
        self._kept = kept
        self._saved: OrderedDict[str, User] = OrderedDict()

    async def save(self, task: Task, context: ServerCallContext) -> None:
        """See `TaskStore`."""
        await super().save(task, context)
        self._saved[task.id] = context.user
        self._saved.move_to_end(task.id)
        if len(self._saved) > self._kept:
            oldest, user = self._saved.popitem(last=False)
            await self.delete(oldest, ServerCallContext(user=user))

    async def forget(self, user_id: str) -> None:
        """Takes away all tasks of a shopper."""
        for task_id, user in list(self._saved.items()):
            if user.user_name == user_id:
                del self._saved[task_id]
                await self.delete(task_id, ServerCallContext(user=user))
