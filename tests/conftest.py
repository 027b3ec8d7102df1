"""The ground all tests stand on: no key, no developer's settings, no network beyond this machine, data of their own."""

from __future__ import annotations

import gc
import ipaddress
import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.absent import absent
from tests.waiting import PATIENT

pytest_plugins = ["tests.fakes.firestore_emulator", "tests.fakes.shipped", "tests.fakes.stores"]

ROOT = Path(__file__).resolve().parent.parent
KEPT = {"RECSYS_SHARED"}
"""The one variable of the project that is meant for the tests."""

FOREIGN = ("GOOGLE_", "GEMINI_", "GCLOUD_", "RECSYS_", "ADK_", "FIRESTORE_")
"""Prefixes of variables that change what the project does, whoever reads them."""


settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""On CI the same examples every time, and however busy the machine is: a failure there is one of the change."""


def pytest_configure(config: pytest.Config) -> None:
    """Clears the environment before any module of the project is imported: some read it at import."""
    for name in [name for name in os.environ if name.startswith(FOREIGN) and name not in KEPT]:
        del os.environ[name]
    os.environ["ADK_DISABLE_LOAD_DOTENV"] = "1"
    os.environ |= PATIENT
    if os.environ.get("CI"):
        settings.load_profile("ci")
    os.environ["RECSYS_ENV_FILE"] = ""
    os.environ["ADK_SUPPRESS_EXPERIMENTAL_FEATURE_WARNINGS"] = "1"
    gc.set_threshold(50_000)  # in place of 700: looking for garbage took a tenth of the suite's time


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of development data (`data/`, `models/`): RECSYS_SHARED, else `../shared` beside the project."""
    folder = Path(os.environ.get("RECSYS_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        absent("shared data not found; set RECSYS_SHARED")
    return folder.resolve()


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test has a data folder of its own and its log on, and reads no `.env` and no settings of the test before."""
    from recsys_agent.settings import Settings, load_settings

    monkeypatch.setenv("RECSYS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    if "firestore_emulator" not in request.fixturenames:
        monkeypatch.delenv("FIRESTORE_EMULATOR_HOST", raising=False)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()
    logging.disable(logging.NOTSET)  # commands with a progress bar silence the log of their process


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connecting to anything but this machine fails the test, also where the code under test hides the error."""
    refused: list[Any] = []

    def guard(name: str) -> None:
        real = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(str(address[0])):
                refused.append(address)
                self.close()
                raise AssertionError(f"a test tried to reach {address}; only loopback is allowed")
            return real(self, address)

        monkeypatch.setattr(socket.socket, name, guarded)

    guard("connect")
    guard("connect_ex")
    yield
    assert not refused, f"a test tried to reach {refused}; only loopback is allowed"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"
