"""For `adk web .` and `adk api_server .`: ADK reads this file from the folder it is given."""

from google.adk.cli.utils._nested_agent_loader import NestedAgentLoader

import recsys_agent.services  # noqa: F401

_list_agents = NestedAgentLoader.list_agents


def _list_apps(self: NestedAgentLoader) -> list[str]:
    """`adk web` takes every folder with an agent.py, however deep, for an app; the specialists are part of one."""
    return [name for name in _list_agents(self) if not name.startswith("sub_agents.")]


NestedAgentLoader.list_agents = _list_apps
