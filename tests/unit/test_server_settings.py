"""What the server's environment may not say: told at the start, in a sentence that names the variable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deployment.settings import PREFIX, load_server_settings
from tools.errors import SettingsError

URL, SECRET = "https://shop.example/hook", "whsec_" + "a" * 44


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    load_server_settings.cache_clear()
    yield
    load_server_settings.cache_clear()


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"WEBHOOK_URL": "http:///hook", "WEBHOOK_SECRET": SECRET}, "WEBHOOK_URL"),
        ({"WEBHOOK_URL": "ftp://shop.example", "WEBHOOK_SECRET": SECRET}, "WEBHOOK_URL"),
        ({"WEBHOOK_URL": URL, "WEBHOOK_SECRET": SECRET[:-1]}, "WEBHOOK_SECRET"),
        ({"WEBHOOK_URL": URL, "WEBHOOK_SECRET": "hunter2"}, "WEBHOOK_SECRET"),
        ({"WEBHOOK_URL": URL}, "WEBHOOK_SECRET"),
        ({"JWT_ISSUER": "https://login.example"}, "JWKS_URL"),
        ({"TRIGGER_AUDIENCE": "recsys"}, "TRIGGER_ACCOUNTS"),
        ({"QUIET_HOURS": "21-25"}, "QUIET_HOURS"),
        ({"TURN_TIMEOUT_S": "0"}, "TURN_TIMEOUT_S"),
    ],
)
def test_what_cannot_be_used_is_named_and_a_secret_never_shown(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, str], named: str
) -> None:
    for name, value in said.items():
        monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError, match=PREFIX + named) as error:
        load_server_settings()
    assert said.get("WEBHOOK_SECRET", "hunter2") not in str(error.value)


def test_a_webhook_with_its_secret_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + "WEBHOOK_URL", URL)
    monkeypatch.setenv(PREFIX + "WEBHOOK_SECRET", SECRET)
    assert load_server_settings().webhook_url == URL
