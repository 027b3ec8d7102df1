"""An ADK agent whose work is a Workflow: visible in the agent tree, reachable by transfer, usable as a node."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

from google.adk.agents import BaseAgent, Context
from google.adk.workflow import BaseNode, Workflow
from pydantic import PrivateAttr

from tools.state import BRIEF, REQUEST


class WorkflowAgent(BaseAgent):
    """Runs its workflow on the node input, or on the request of the invocation when it was transferred to.

    A Workflow itself cannot be a sub-agent; a BaseAgent that overrides `_run_impl` (not `_run_async_impl`) gets the
    node context and may run nodes, for which it must be rerun on resume. The workflow bears the agent's own name (else
    its events come "from an unknown agent") and is private (as a field, its functions break the dev UI's graph).
    """

    rerun_on_resume: bool = True
    _workflow: Workflow = PrivateAttr()

    def __init__(self, *, edges: list[Any], **fields: Any) -> None:
        super().__init__(**fields)
        self._workflow = Workflow(name=self.name, edges=edges)

    @property
    def nodes(self) -> list[BaseNode]:
        """What its workflow runs: the agents among them may be copies of the sub-agents."""
        return list(self._workflow.graph.nodes) if self._workflow.graph else []

    async def _run_impl(self, *, ctx: Context, node_input: Any) -> AsyncGenerator[Any, None]:
        # A model may also transfer here by itself, without a request: then the brief as it stands is the request.
        request = node_input if isinstance(node_input, dict) else ctx.state.get(REQUEST)
        request = request or {"brief": ctx.state.get(BRIEF) or {}}
        async for event in self._workflow.run(ctx=ctx, node_input=request):
            yield event
