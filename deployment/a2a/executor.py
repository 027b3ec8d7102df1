"""One message of another agent is one turn of a shopper's conversation: the context is the conversation.

The same turn as everywhere else, so that its plan and receipt go with it and nothing of the inside (calls of tools, the
agents among themselves) is told.
"""

from __future__ import annotations

from a2a.helpers.proto_helpers import new_data_part, new_text_message, new_text_part
from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.tasks import TaskUpdater
from a2a.types import Message, Role, Task, TaskState, TaskStatus
from a2a.utils.errors import InvalidParamsError

from deployment.bodies import SESSION_ID
from deployment.parts import Parts
from deployment.refusals import as_refused

FAILED = ("error",)


class TurnExecutor(AgentExecutor):
    """Runs a turn for a task. The user is the credential's."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """See `AgentExecutor`. Raises InvalidParamsError for an unfit context id.

        A turn that is refused or fails ends its task with one sentence.
        """
        task_id, conversation_id = str(context.task_id), str(context.context_id)
        if not SESSION_ID.fullmatch(conversation_id):
            raise InvalidParamsError("A contextId takes 1 to 128 letters, digits and . _ - and begins with no sign")
        if context.current_task is None:
            await event_queue.enqueue_event(_begun(context, task_id, conversation_id))
        task = TaskUpdater(event_queue, task_id, conversation_id)
        await task.start_work()
        user = context.call_context.user.user_name
        try:
            async with self._parts.turns.admitted(user):
                turn = await self._parts.turn(user, conversation_id, context.get_user_input())
        except Exception as error:
            await task.failed(_said(as_refused(error).detail, task_id, conversation_id))
            return
        parts = [new_text_part(turn["reply"]), new_data_part(turn)]
        await task.add_artifact(parts, name="turn", last_chunk=True)
        reply = _said(turn["reply"], task_id, conversation_id)
        if turn["status"] == "asked":
            await task.requires_input(reply)
        elif turn["status"] in FAILED:
            await task.failed(reply)
        else:
            await task.complete(reply)

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """See `AgentExecutor`. What the shopper said stays in the conversation."""
        await TaskUpdater(event_queue, str(context.task_id), str(context.context_id)).cancel()


def _begun(context: RequestContext, task_id: str, conversation_id: str) -> Task:
    return Task(
        id=task_id,
        context_id=conversation_id,
        status=TaskStatus(state=TaskState.TASK_STATE_SUBMITTED),
        history=[context.message] if context.message else [],
    )


def _said(text: str, task_id: str, conversation_id: str) -> Message:
    return new_text_message(text, context_id=conversation_id, task_id=task_id, role=Role.ROLE_AGENT)
