"""An adopter's own tools, which the agent may call beside ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from google.adk.apps import App
from google.adk.tools.base_toolset import BaseToolset

from recsys_agent.adopted.servers import read_servers


def build_toolsets(file: Path | None) -> list[BaseToolset]:
    """A toolset for each server of the file; none without a file."""
    if file is None:
        return []
    from recsys_agent.adopted.toolset import AdoptedTools  # the SDK takes half a second, for those who use it

    return [AdoptedTools(name, server) for name, server in read_servers(file).items()]


async def close_toolsets(app: App) -> None:
    """Ends what the app's toolsets started."""
    tools: Sequence[Any] = getattr(app.root_agent, "tools", ())
    for toolset in tools:
        if isinstance(toolset, BaseToolset):
            await toolset.close()
