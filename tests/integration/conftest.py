"""What the tests of the whole app share: the shipped catalogue, and a conversation with FakeGemini behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.fakes.gemini import FakeGemini
from tests.fakes.gemini_talk import Talk
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog


@pytest.fixture(scope="session")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return curated_catalog(tmp_path_factory.mktemp("curated"))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGemini]:
    with FakeGemini() as server:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        monkeypatch.setenv("GOOGLE_API_KEY", "fake")
        monkeypatch.setenv("RECSYS_MODEL_RETRY_DELAY_S", "0.01")
        yield server


@pytest_asyncio.fixture
async def talk(fake: FakeGemini, curated: Catalog) -> AsyncIterator[Talk]:
    conversation = Talk(fake, curated)
    yield conversation
    await conversation.close()
