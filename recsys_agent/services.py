"""Where sessions live: `firestore://PROJECT[/DATABASE]`, or the embedded default.

ADK imports this file under the name `services` (from this folder in `adk run` and `adk web recsys_agent`, through the
`services.py` of the project root else), before the project root is on the path.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

if (_root := str(Path(__file__).resolve().parent.parent)) not in sys.path:
    sys.path.insert(0, _root)

from google.adk.cli.service_registry import get_service_registry  # noqa: E402
from google.adk.sessions import BaseSessionService  # noqa: E402

from recsys_agent.settings import Settings  # noqa: E402
from tools.errors import SettingsError  # noqa: E402

FORMS = "firestore://PROJECT[/DATABASE], sqlite:///FILE or memory://"


def firestore_session_service(uri: str, **_: Any) -> BaseSessionService:
    """ADK's Firestore session service for `firestore://PROJECT[/DATABASE]`. Raises SettingsError for another form."""
    # Imported here: gRPC takes a third of a second that the embedded store does not need.
    from google.adk.integrations.firestore.firestore_session_service import FirestoreSessionService
    from google.cloud import firestore

    parsed = urlparse(uri)
    database = parsed.path.strip("/")
    if parsed.scheme != "firestore" or not parsed.netloc or "/" in database:
        raise SettingsError(f"{uri!r} is no Firestore session URI; its form is firestore://PROJECT[/DATABASE]")
    client = firestore.AsyncClient(project=parsed.netloc, database=database or None)
    return FirestoreSessionService(client=client)


def session_uri(settings: Settings) -> str:
    """The chosen session URI, else the embedded SQLite file under the data folder, which is made."""
    if settings.session_uri:
        return settings.session_uri
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{settings.data_dir / 'sessions.db'}"


def open_session_service(uri: str) -> BaseSessionService:
    """The session service of a URI. Raises SettingsError, naming the forms, when there is none."""
    scheme = urlparse(uri).scheme
    service = get_service_registry().create_session_service(uri) if scheme else None
    if service is None:
        raise SettingsError(f"{uri!r} is no session URI that can be used; give {FORMS}")
    return service


get_service_registry().register_session_service("firestore", firestore_session_service)
