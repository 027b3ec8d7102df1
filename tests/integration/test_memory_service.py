"""ADK's memory service over the store: structured records, ranked, and no transcripts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from google.adk.cli.service_registry import get_service_registry
from google.adk.memory import BaseMemoryService
from google.adk.sessions import Session

import recsys_agent.services  # noqa: F401, registers the schemes
from recsys_agent.services import open_memory_store
from tools.memory.kinds import AnyMemory, Fact, Person, Source

DAD = Person(person_id="dad", relation="father", names=["Bob"])
ANA = Person(person_id="ana", relation="sister", names=["Ana"])
SOURCE = Source(session_id="s", turn_id="t", at=datetime.now(UTC))


def fact(person: str, aspect: str, value: str) -> Fact:
    return Fact.model_validate(
        {"memory_id": f"{person}-{value}", "person_id": person, "source": SOURCE, "aspect": aspect, "value": value}
    )


FACTS: list[AnyMemory] = [fact("dad", "likes", "jazz"), fact("dad", "allergy", "nuts"), fact("ana", "likes", "pottery")]


@pytest.fixture(params=["sqlite", "firestore"])
def service(request: pytest.FixtureRequest, tmp_path: Path, firestore_emulator: str) -> BaseMemoryService:
    uri = f"sqlite:///{tmp_path / 'm.db'}" if request.param == "sqlite" else f"firestore://test-{uuid4().hex[:8]}"
    open_memory_store(uri).remember("eve", [DAD, ANA], FACTS)
    found = get_service_registry().create_memory_service(uri)
    assert found
    return found


async def texts(service: BaseMemoryService, query: str, user: str = "eve") -> list[str]:
    found = await service.search_memory(app_name="recsys_agent", user_id=user, query=query)
    return [part.text or "" for m in found.memories for part in m.content.parts or []]


async def test_the_person_named_is_found_by_any_word_and_an_allergy_comes_first(service: BaseMemoryService) -> None:
    expected = ["your father Bob: allergic to nuts", "your father Bob: likes jazz"]
    for query in ("what does my dad like?", "father", "Bob"):
        assert await texts(service, query) == expected


async def test_without_a_person_what_shares_a_word_is_found(service: BaseMemoryService) -> None:
    assert await texts(service, "who likes pottery") == [
        "your sister Ana: likes pottery",
        "your father Bob: likes jazz",
    ]
    assert await texts(service, "weather") == []


async def test_another_shopper_finds_nothing(service: BaseMemoryService) -> None:
    assert await texts(service, "Bob", user="mallory") == []


async def test_a_session_adds_no_transcript(service: BaseMemoryService) -> None:
    await service.add_session_to_memory(Session(id="s", app_name="recsys_agent", user_id="eve"))
    assert len(await texts(service, "Bob")) == 2
    await service.delete_memory(app_name="recsys_agent", user_id="eve", memory_id="dad-jazz")
    assert await texts(service, "Bob") == ["your father Bob: allergic to nuts"]
