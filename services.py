"""For `adk web .` and `adk api_server .`: ADK reads this file from the folder it is given.

`adk web` takes every folder with an agent.py, however deep, for an app of its own; the specialists are parts of one.
ADK has no setting for that, so the list is filtered here.
"""

from google.adk.cli.utils._nested_agent_loader import NestedAgentLoader

import recsys_agent.services  # noqa: F401

_list_agents = NestedAgentLoader.list_agents


def _list_apps(self: NestedAgentLoader) -> list[str]:
    return [name for name in _list_agents(self) if not name.startswith("sub_agents.")]


NestedAgentLoader.list_agents = _list_apps
