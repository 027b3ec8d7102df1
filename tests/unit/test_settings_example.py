"""`.env.example` and the settings tell the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deployment.settings import PREFIX, ServerSettings
from recsys_agent.settings import Settings

EXAMPLE = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
VARIABLES = dict(re.findall(r"^#([A-Z][A-Z0-9_]*)=(.*)$", EXAMPLE, re.MULTILINE))

READ_BY_OTHERS = {
    "GOOGLE_CLOUD_PROJECT",  # google-genai
    "GOOGLE_CLOUD_LOCATION",  # google-genai
    "FIRESTORE_EMULATOR_HOST",  # google-cloud-firestore
    "OTEL_EXPORTER_OTLP_ENDPOINT",  # google-adk
    "RECSYS_SHARED",  # tests/conftest.py
    "RECSYS_ENV_FILE",  # before the settings themselves
}

FIELDS = {
    **{
        str(field.validation_alias or f"RECSYS_{name}".upper()): (Settings, name)
        for name, field in Settings.model_fields.items()
    },
    **{f"{PREFIX}{name}".upper(): (ServerSettings, name) for name in ServerSettings.model_fields},
}


def test_every_variable_that_is_read_is_listed_and_no_other() -> None:
    assert set(VARIABLES) == set(FIELDS) | READ_BY_OTHERS


def test_every_variable_has_one_line_that_explains_it() -> None:
    explained = re.findall(r"(?:\A|\n\n)# [^\n]+\n#([A-Z][A-Z0-9_]*)=", EXAMPLE)
    assert explained == list(VARIABLES)


@pytest.mark.parametrize("variable", FIELDS)
def test_the_value_shown_is_the_default_or_an_example_that_works(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, field = FIELDS[variable]
    for name in FIELDS:
        monkeypatch.delenv(name, raising=False)
    default = getattr(settings(), field)
    monkeypatch.setenv(variable, VARIABLES[variable])
    assert getattr(settings(), field) == default or default is None


def test_copying_the_example_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert Settings(_env_file=".env") == Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
