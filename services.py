"""For `adk web .` and `adk api_server .`: ADK reads the session stores from the folder it is given."""

import recsys_agent.services  # noqa: F401
