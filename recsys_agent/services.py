"""Where sessions and memory live: `firestore://PROJECT[/DATABASE]`, or the embedded default.

ADK imports this file under the name `services` (from this folder in `adk run` and `adk web recsys_agent`, through the
`services.py` of the project root else), before the project root is on the path.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

if (_root := str(Path(__file__).resolve().parent.parent)) not in sys.path:
    sys.path.insert(0, _root)

from google.adk.cli.service_registry import get_service_registry
from google.adk.memory import BaseMemoryService
from google.adk.sessions import BaseSessionService, InMemorySessionService

from recsys_agent.embedding import similarity_of
from recsys_agent.settings import Settings, load_settings
from tools.errors import SettingsError
from tools.memory.access import MemoryAccess
from tools.memory.store import MemoryStore

REACH_TIMEOUT_S = 15.0
FILE = "sqlite:///FILE"
FORMS = f"firestore://PROJECT[/DATABASE], {FILE} or memory://"
NO_MEMORY = "none"
"""The memory URI with which nothing outlives a session."""
FIRESTORE_URI = re.compile(r"firestore://(?P<project>[\w.:-]+)(/(?P<database>[\w()-]+))?/?", re.IGNORECASE | re.ASCII)


def firestore_session_service(uri: str, **_: Any) -> BaseSessionService:
    """Sessions in Firestore, for `firestore://PROJECT[/DATABASE]`.

    Raises SettingsError for another form, and where this machine has no credentials for Google Cloud.
    """
    if not (form := FIRESTORE_URI.fullmatch(uri)):
        raise SettingsError(f"{uri!r} is no Firestore session URI; its form is firestore://PROJECT[/DATABASE]")
    # Imported here: gRPC takes a third of a second that the embedded store does not need.
    from google.cloud import firestore

    from recsys_agent.sessions.firestore import TurnwiseFirestoreSessions

    return TurnwiseFirestoreSessions(_with_credentials(firestore.AsyncClient, uri, form))


def sqlite_session_service(uri: str, **_: Any) -> BaseSessionService:
    """Sessions in the file of `sqlite:///FILE`; without a file, in memory."""
    file = urlparse(uri).path.removeprefix("/")
    if file in ("", ":memory:"):
        return InMemorySessionService()
    from recsys_agent.sessions.embedded import TurnwiseSqliteSessions

    return TurnwiseSqliteSessions(file)


def memory_uri(settings: Settings) -> str:
    """The chosen memory URI, else Firestore where the sessions are there, else the embedded file."""
    if settings.memory_uri or FIRESTORE_URI.fullmatch(settings.session_uri or ""):
        return settings.memory_uri or str(settings.session_uri)
    return f"sqlite:///{settings.data_folder() / 'memory.db'}"


def memory_access(settings: Settings) -> MemoryAccess | None:
    """The memory of the settings, opened when it is first used; None where it is switched off.

    Raises SettingsError where the chosen URI has no form that can be used.
    """
    if settings.memory_uri == NO_MEMORY:
        return None
    if settings.memory_uri:
        _memory_place(settings.memory_uri)  # a slip of the pen is told at once; a store that is down is a warning
    return MemoryAccess(
        lambda: open_memory_store(memory_uri(settings)), settings.now, similarity=similarity_of(settings.embedder)
    )


def open_memory_store(uri: str) -> MemoryStore:
    """The memory store of a URI. Raises SettingsError, naming the forms, when there is none."""
    file, form = _memory_place(uri)
    if form is None:
        from tools.memory.sqlite_store import SqliteMemoryStore

        try:
            return SqliteMemoryStore(Path(file))
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(f"The memory store {uri} cannot be opened: {error}") from error
    from google.cloud import firestore

    from tools.memory.firestore_store import FirestoreMemoryStore

    return FirestoreMemoryStore(_with_credentials(firestore.Client, uri, form))


def _memory_place(uri: str) -> tuple[str, re.Match[str] | None]:
    """The file of a memory URI, or the project and database. Raises SettingsError, naming the forms, for another."""
    file = urlparse(uri).path.removeprefix("/") if uri.startswith("sqlite:///") else ""
    form = FIRESTORE_URI.fullmatch(uri)
    if not file and not form:
        raise SettingsError(
            f"{uri!r} is no memory URI that can be used; give firestore://PROJECT[/DATABASE], {FILE} or {NO_MEMORY}"
        )
    return file, form


def firestore_client(uri: str) -> Any:
    """A client whose calls block, for a URI that `FIRESTORE_URI` matches. Raises SettingsError without credentials."""
    from google.cloud import firestore

    form = FIRESTORE_URI.fullmatch(uri)
    assert form is not None
    return _with_credentials(firestore.Client, uri, form)


def _with_credentials(client: Any, uri: str, form: re.Match[str]) -> Any:
    """A Firestore client for the project and database of the URI. Raises SettingsError without credentials."""
    from google.auth.exceptions import GoogleAuthError

    try:
        return client(project=form["project"], database=form["database"])
    except GoogleAuthError as error:
        raise SettingsError(
            f"{uri} needs Google Cloud credentials, which were not found: run `gcloud auth application-default login`, "
            "or name an emulator in FIRESTORE_EMULATOR_HOST"
        ) from error


def session_uri(settings: Settings) -> str:
    """The chosen session URI, else the embedded SQLite file under the data folder, which is made."""
    return settings.session_uri or f"sqlite:///{settings.data_folder() / 'sessions.db'}"


def open_session_service(uri: str) -> BaseSessionService:
    """The session service of a URI. Raises SettingsError, naming the forms, when there is none."""
    try:
        scheme = urlparse(uri).scheme
        service = get_service_registry().create_session_service(uri, agents_dir=_root) if scheme else None
    except (ImportError, ValueError) as error:  # a driver that is not installed; a malformed address
        raise SettingsError(f"{uri!r} is no session URI that can be used ({error}); give {FORMS}") from error
    if service is None:
        raise SettingsError(f"{uri!r} is no session URI that can be used; give {FORMS}")
    return service


async def reach_session_service(uri: str) -> BaseSessionService:
    """The session service of a URI, after one read. Raises SettingsError where the store cannot be read."""
    service = open_session_service(uri)
    try:
        if uri.startswith("sqlite:///"):  # tried here first: the thread of ADK's driver would outlive its failure
            sqlite3.connect(uri.removeprefix("sqlite:///")).close()
        async with asyncio.timeout(REACH_TIMEOUT_S):
            await service.get_session(app_name="recsys_agent", user_id="nobody", session_id="none")
    except Exception as error:  # each store has its own
        reason = f"no answer in {REACH_TIMEOUT_S:g} s" if isinstance(error, TimeoutError) else str(error).split("\n")[0]
        raise SettingsError(f"The session store {uri} cannot be read: {reason}") from error
    return service


def memory_service(uri: str, **_: Any) -> BaseMemoryService:
    """ADK's memory service for `firestore://PROJECT[/DATABASE]` or `sqlite:///FILE`. Raises SettingsError for another.

    The turns read and write the same place by way of `RECSYS_MEMORY_URI`.
    """
    from recsys_agent.memory_service import StructuredMemoryService

    settings = load_settings()
    access = MemoryAccess(lambda: open_memory_store(uri), settings.now, similarity=similarity_of(settings.embedder))
    return StructuredMemoryService(access)


for _scheme, _factory in (("firestore", firestore_session_service), ("sqlite", sqlite_session_service)):
    get_service_registry().register_session_service(_scheme, _factory)
    get_service_registry().register_memory_service(_scheme, memory_service)
