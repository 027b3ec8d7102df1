"""Finds the session and the turn, and prints the account."""

from __future__ import annotations

import json

from google.adk.sessions import BaseSessionService, Session
from rich.console import Console

from recsys_agent.agent import APP_NAME
from recsys_agent.explaining.account import account_of
from recsys_agent.explaining.diagnosis import likely_failures
from recsys_agent.explaining.printing import print_account
from recsys_agent.explaining.recorded import Json, RecordedTurn, recorded_turns
from recsys_agent.services import reach_session_service, session_uri
from recsys_agent.settings import Settings
from tools.errors import UsageError

USERS = ("shopper", "shopper-{session}", "user", "{session}")
"""Whose session it may be where nobody says: `ask`'s, a batch's, the dev UI's."""


async def explain(settings: Settings, session_id: str, turn: int | None, user: str | None, *, as_json: bool) -> None:
    """Prints the account of a turn, the last one where ``turn`` is None.

    Raises UsageError for a session or turn that does not exist, SettingsError where the store cannot be read.
    """
    uri = session_uri(settings)
    session = await _find(await reach_session_service(uri), session_id, user, uri)
    turns = recorded_turns(session.events)
    account = explained(_chosen(turns, turn, session_id))
    if as_json:
        print(json.dumps({"session": session_id, "user": session.user_id, "turns": len(turns), **account}, default=str))
    else:
        print_account(account, Console())


def explained(turn: RecordedTurn) -> Json:
    """The account of a turn with its likely failures."""
    account = account_of(turn)
    return {**account, "likely": likely_failures(account)}


async def _find(service: BaseSessionService, session_id: str, user: str | None, uri: str) -> Session:
    for name in (user,) if user else [name.format(session=session_id) for name in USERS]:
        if session := await service.get_session(app_name=APP_NAME, user_id=name, session_id=session_id):
            return session
    whose = f"of user {user!r}" if user else "of the users that `ask` and `adk web` go by; name another with --user"
    raise UsageError(f"There is no session {session_id!r} {whose} in {uri}")


def _chosen(turns: list[RecordedTurn], number: int | None, session_id: str) -> RecordedTurn:
    if not turns:
        raise UsageError(f"Session {session_id!r} has no turns yet")
    if number is None:
        return turns[-1]
    if not 1 <= number <= len(turns):
        raise UsageError(f"Session {session_id!r} has {len(turns)} turns; there is no turn {number}")
    return turns[number - 1]
