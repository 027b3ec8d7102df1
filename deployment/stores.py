"""Where the server keeps its own records (`firestore://PROJECT[/DATABASE]` or `sqlite:///FILE`) and artifacts."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from google.adk.artifacts import BaseArtifactService
from google.adk.cli.service_registry import get_service_registry

from deployment.documents import Documents, FirestoreDocuments, SqliteDocuments
from deployment.settings import ServerSettings
from recsys_agent.services import FILE, FIRESTORE_URI, firestore_client
from recsys_agent.settings import Settings
from tools.errors import SettingsError

ARTIFACTS = "gs://BUCKET, file:///FOLDER or memory://"


def open_documents(settings: Settings, server: ServerSettings) -> Documents:
    """The chosen store, else Firestore where the sessions are there, else a file in the data folder.

    Raises SettingsError, naming the forms, when there is none.
    """
    uri = server.store_uri
    if uri is None and FIRESTORE_URI.fullmatch(settings.session_uri or ""):
        uri = settings.session_uri
    uri = uri or f"sqlite:///{settings.data_folder() / 'server.db'}"
    if FIRESTORE_URI.fullmatch(uri):
        return FirestoreDocuments(firestore_client(uri))
    file = uri.removeprefix("sqlite:///")
    if file == uri or not file:
        raise SettingsError(f"{uri!r} cannot be the server's store; give firestore://PROJECT[/DATABASE] or {FILE}")
    try:
        return SqliteDocuments(Path(file))
    except (OSError, sqlite3.Error) as error:
        raise SettingsError(f"The server's store {uri} cannot be opened: {error}") from error


def open_artifacts(settings: Settings, server: ServerSettings) -> BaseArtifactService:
    """Where ADK's routes leave receipts: the chosen place, else files in the data folder, for all workers alike.

    Raises SettingsError, naming the forms, when it cannot be used.
    """
    uri = server.artifact_uri or (settings.data_folder() / "artifacts").absolute().as_uri()
    try:
        service = get_service_registry().create_artifact_service(uri)
    except (ImportError, ValueError) as error:
        raise SettingsError(f"{uri!r} cannot hold artifacts ({error}); give {ARTIFACTS}") from error
    if service is None:
        raise SettingsError(f"{uri!r} cannot hold artifacts; give {ARTIFACTS}")
    return service
