"""What memory asks of Firestore is what the files in deployment/ declare: indexes, expiry, and no client access."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from google.cloud.firestore_v1.query import Query

from recsys_agent.services import open_memory_store
from tools.memory.kinds import GIVER, Fact, Person, Source

DEPLOYMENT = Path(__file__).parents[2] / "deployment"
OVERRIDES = {
    (one["collectionGroup"], one["fieldPath"]): one
    for one in json.loads((DEPLOYMENT / "firestore.indexes.json").read_text("utf-8"))["fieldOverrides"]
}
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def test_every_query_of_memory_has_its_index(firestore_emulator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    real = Query.stream

    def noted(self: Query, *given: Any, **more: Any) -> Any:
        asked.append(self)
        return real(self, *given, **more)

    monkeypatch.setattr(Query, "stream", noted)
    store = open_memory_store(f"firestore://test-{uuid4().hex[:8]}")
    dad = Person(person_id="dad", relation="father")
    source = Source(session_id="s", turn_id="t", at=NOW)
    fact = Fact(memory_id="m", person_id="dad", source=source, aspect="likes", value="tea", expires_at=NOW)
    store.remember("eve", [dad], [fact])
    store.recall("eve", now=NOW)
    store.recall("eve", person_ids=[GIVER, "dad"], now=NOW)
    assert store.purge(NOW) == 1
    store.forget("eve", person_id="dad")
    store.forget("eve")

    seen = set()
    for query in asked:
        fields = [f.field.field_path for f in query._field_filters]
        group = query._all_descendants
        seen.add((query._parent.id, group, *fields))
        assert len(fields) <= 1, "two fields would need a composite index"
        scope = "COLLECTION_GROUP" if group else "COLLECTION"
        override = OVERRIDES.get((query._parent.id, *fields)) if fields else None
        if group or override:  # else Firestore's own index of each field serves
            assert override
            assert scope in {index["queryScope"] for index in override["indexes"]}
    assert ("memories", True, "expires_at") in seen
    assert ("memories", False, "person_id") in seen


@pytest.mark.parametrize("collection", ["memories", "records"])
def test_expiry_is_a_policy_of_the_database_as_well(collection: str) -> None:
    assert OVERRIDES[collection, "expires_at"]["ttl"] is True


def test_no_browser_reaches_the_database() -> None:
    rules = (DEPLOYMENT / "firestore.rules").read_text("utf-8")
    assert [line.strip() for line in rules.splitlines() if "allow" in line] == ["allow read, write: if false;"]
