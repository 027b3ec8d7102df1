"""The Firestore emulator, started once a test session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from eval.emulator import NoEmulator, start_emulator
from tests.absent import absent


@pytest.fixture(scope="session")
def firestore_emulator() -> Iterator[str]:
    """The address, host:port, of a running emulator, which FIRESTORE_EMULATOR_HOST names too for tests that ask for it.

    All tests share it: use a project id of your own, `f"test-{uuid4().hex[:8]}"`, and you share no data.
    """
    with ExitStack() as stack:
        try:
            address = stack.enter_context(start_emulator())
        except NoEmulator as missing:
            absent(str(missing))
        environment = stack.enter_context(pytest.MonkeyPatch.context())
        environment.setenv("FIRESTORE_EMULATOR_HOST", address)
        yield address
