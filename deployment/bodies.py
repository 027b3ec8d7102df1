"""What a request's body may not say, by whichever route it comes.

One that is no JSON object is left to the route, which reads nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from deployment.auth.principal import Principal, require_own
from deployment.refusals import Refused
from recsys_agent.agent import APP_NAME
from tools import state

USER_KEYS = ("user_id", "userId")
APP_KEYS = ("app_name", "appName")
SESSION_KEYS = ("session_id", "sessionId")
STATE_KEYS = ("state", "state_delta", "stateDelta")
MESSAGE_KEYS = ("new_message", "newMessage")
CALLS = ("function_call", "functionCall", "function_response", "functionResponse")
SHARED_STATE, PASSING_STATE = "app:", "temp:"
"""State under the first prefix belongs to all shoppers; under the second the agent keeps a turn's own."""
AGENTS_STATE = frozenset(value for name, value in vars(state).items() if name.isupper())
JSON_TYPE = re.compile(r"application/(?:[\w.-]+\+)?json\b.*", re.IGNORECASE)
SESSION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}", re.ASCII)


def check_body(body: bytes, content_type: str, principal: Principal, parameters: Mapping[str, str]) -> None:
    """Raises Refused. ``parameters`` are those of the path."""
    _require_plain([parameters["session_id"]] if "session_id" in parameters else [])
    if not body:
        return
    if not JSON_TYPE.fullmatch(content_type):
        raise Refused(415, "Send the body as JSON, with the header Content-Type: application/json")
    try:
        said = json.loads(body)
    except RecursionError as error:
        raise Refused(400, "The body is nested too deeply") from error
    except ValueError:
        return
    if not isinstance(said, dict):
        return
    if any(said[key] != APP_NAME for key in APP_KEYS if said.get(key) is not None):
        raise Refused(404, f"The only app here is {APP_NAME!r}")
    require_own([said[key] for key in USER_KEYS if key in said], principal)
    _require_plain([said[key] for key in SESSION_KEYS if said.get(key)])
    for key in _state_keys(said, whole="session_id" in parameters):
        _require_free(key)
    if any(call in part for part in _message_parts(said) for call in CALLS):
        raise Refused(400, "A message holds what a shopper says, neither calls of functions nor their answers")


def _require_plain(session_ids: list[Any]) -> None:
    if not all(isinstance(one, str) and SESSION_ID.fullmatch(one) for one in session_ids):
        raise Refused(
            400, "A session's id takes 1 to 128 letters, digits and . _ - and begins with one of the first two"
        )


def _state_keys(said: Mapping[str, Any], *, whole: bool) -> Iterator[str]:
    """ADK takes the state of a new session whose id is in the path as the ``whole`` body, else under a name."""
    if whole:
        yield from said
    for key in STATE_KEYS:
        if isinstance(said.get(key), dict):
            yield from said[key]


def _require_free(key: str) -> None:
    if key.startswith(SHARED_STATE):
        raise Refused(403, f"State under {SHARED_STATE!r} belongs to all shoppers and cannot be set by one")
    if key.startswith(PASSING_STATE) or key in AGENTS_STATE:
        raise Refused(403, f"The state {key[:40]!r} is the agent's own and cannot be set; take another name")


def _message_parts(said: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for key in MESSAGE_KEYS:
        parts = said[key].get("parts") if isinstance(said.get(key), dict) else None
        if isinstance(parts, list):
            yield from (part for part in parts if isinstance(part, dict))
