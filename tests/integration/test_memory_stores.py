"""One contract for every memory store: what is kept, for whom, for how long, and that what is forgotten is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tools.memory.kinds import GIVER, AnyMemory, Episode, Fact, Habit, Occasion, Person, Source, memory_id
from tools.memory.store import MemoryStore
from tools.money import Money

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAD = Person(person_id="p1", relation="father", names=["Bob"], birth_year=1966, birthday=(6, 14))
BEA = Person(person_id="p2", relation="niece", names=["Bea"])


class Backend:
    """A store and a way to look at all its bytes."""

    def __init__(self, store: MemoryStore, raw: Callable[[], bytes]) -> None:
        self.store, self.raw = store, raw


@pytest.fixture(params=["sqlite", "firestore"])
def backend(request: pytest.FixtureRequest, tmp_path: Path, firestore_emulator: str) -> Backend:
    if request.param == "sqlite":
        from tools.memory.sqlite_store import SqliteMemoryStore

        store = SqliteMemoryStore(tmp_path / "memory.db")
        return Backend(store, lambda: b"".join(f.read_bytes() for f in tmp_path.iterdir()))
    from google.cloud import firestore

    from tools.memory.firestore_store import FirestoreMemoryStore

    client = firestore.Client(project=f"test-{uuid4().hex[:8]}")

    def everything(where: firestore.Client | firestore.DocumentReference) -> str:
        told = ""
        for collection in where.collections():
            for document in collection.list_documents():
                told += f"{document.path} {document.get().to_dict()} {everything(document)}"
        return told

    return Backend(FirestoreMemoryStore(client), lambda: everything(client).encode())


def source(day: int = 0) -> Source:
    return Source(session_id="s", turn_id=f"t{day}", at=NOW - timedelta(days=100 - day))


def likes(what: str, person: str = "p1", day: int = 0) -> Fact:
    return Fact(memory_id=memory_id(person, what), person_id=person, source=source(day), aspect="likes", value=what)


RECORDS: list[AnyMemory] = [
    likes("gardening", day=1),
    Episode(
        memory_id="e1",
        person_id="p1",
        source=source(2),
        happening="given",
        product_id="SKU/1",
        title="Forged Secateurs",
        price=Money.of("48.90", "USD"),
        occasion="birthday",
        on=NOW.date(),
    ),
    Occasion(memory_id="o1", person_id="p1", source=source(3), occasion="birthday", month=6, day=14),
    Habit(memory_id="h1", person_id=GIVER, source=source(4), sort="category", value="Mugs", taken=0, refused=3),
]


def test_every_kind_of_record_comes_back_as_it_was_oldest_first(backend: Backend) -> None:
    backend.store.remember("eve", [DAD, BEA], list(reversed(RECORDS)))
    known = backend.store.recall("eve", now=NOW)
    assert known.people == [DAD, BEA]
    assert known.memories == RECORDS
    assert not known.paused


def test_one_person_and_one_kind_can_be_asked_for(backend: Backend) -> None:
    backend.store.remember("eve", [DAD, BEA], [*RECORDS, likes("dinosaurs", "p2")])
    of_bea = backend.store.recall("eve", person_ids=["p2"], now=NOW)
    assert [m.memory_id for m in of_bea.memories] == [likes("dinosaurs", "p2").memory_id]
    assert of_bea.people == [DAD, BEA]  # who there is costs little, and "dad" must be found among them
    semantic = backend.store.recall("eve", kinds=["semantic"], now=NOW)
    assert {m.kind for m in semantic.memories} == {"semantic"}
    assert backend.store.recall("eve", person_ids=[], now=NOW).memories == []


def test_saying_it_twice_keeps_it_once(backend: Backend) -> None:
    backend.store.remember("eve", [DAD], [likes("jazz")])
    backend.store.remember("eve", [DAD.model_copy(update={"names": ["Robert"]})], [likes("jazz")])
    known = backend.store.recall("eve", now=NOW)
    assert len(known.memories) == 1
    assert [person.names for person in known.people] == [["Robert"]]


def test_no_shopper_sees_anothers_memory(backend: Backend) -> None:
    names = ["eve", "eve/people", "..", "__eve__", "eve%2Fpeople", "Eve", "é" * 100]
    for name in names:
        backend.store.remember(name, [DAD], [likes(f"likes of {name}"[:80])])
    for name in names:
        (only,) = backend.store.recall(name, now=NOW).memories
        assert only == likes(f"likes of {name}"[:80])
    assert backend.store.recall("nobody", now=NOW).memories == []


def test_what_was_superseded_is_history(backend: Backend) -> None:
    old = likes("steak").model_copy(update={"superseded_by": "vegan"})
    backend.store.remember("eve", [], [old, likes("tofu")])
    assert [m.memory_id for m in backend.store.recall("eve", now=NOW).memories] == [likes("tofu").memory_id]
    assert len(backend.store.recall("eve", history=True, now=NOW).memories) == 2


def test_what_has_expired_is_not_recalled_and_is_purged(backend: Backend) -> None:
    gone = likes("lego").model_copy(update={"expires_at": NOW})
    later = likes("chess").model_copy(update={"expires_at": NOW + timedelta(microseconds=1)})
    backend.store.remember("eve", [], [gone, later, likes("jazz")])
    assert gone.memory_id not in [m.memory_id for m in backend.store.recall("eve", now=NOW).memories]
    assert backend.store.purge(NOW) == 1
    assert b"lego" not in backend.raw()
    assert len(backend.store.recall("eve", now=NOW).memories) == 2


def test_forgetting_a_person_leaves_nothing_of_them_in_the_raw_store(backend: Backend) -> None:
    backend.store.remember("eve", [DAD, BEA], [*RECORDS, likes("dinosaurs", "p2")])
    backend.store.remember("eve", [], [likes("gardening").model_copy(update={"superseded_by": "x"})])
    assert b"Secateurs" in backend.raw()
    assert backend.store.forget("eve", person_id="p1") == 4  # he, a fact, a gift, a day
    for trace in (b"Bob", b"Secateurs", b"gardening", b"48.90"):
        assert trace not in backend.raw()
    left = backend.store.recall("eve", now=NOW)
    assert [p.person_id for p in left.people] == ["p2"]
    assert {m.person_id for m in left.memories} == {"p2", GIVER}


def test_forgetting_everything_leaves_nothing_of_the_shopper_and_all_of_others(backend: Backend) -> None:
    backend.store.remember("eve-the-shopper", [DAD], RECORDS)
    backend.store.pause("eve-the-shopper", True)
    backend.store.remember("ann", [BEA], [likes("chess", "p2")])
    assert backend.store.forget("eve-the-shopper") == 5
    for trace in (b"eve-the-shopper", b"Bob", b"Secateurs", b"mugs"):
        assert trace not in backend.raw()
    assert backend.store.forget("eve-the-shopper") == 0
    assert not backend.store.recall("eve-the-shopper", now=NOW).paused
    assert len(backend.store.recall("ann", now=NOW).memories) == 1


def test_single_records_can_be_forgotten(backend: Backend) -> None:
    backend.store.remember("eve", [DAD], RECORDS)
    assert backend.store.forget("eve", memory_ids=["e1", "not there"]) == 1
    assert b"Secateurs" not in backend.raw()
    assert backend.store.forget("eve", memory_ids=[]) == 0
    assert len(backend.store.recall("eve", now=NOW).memories) == 3


def test_a_thousand_memories_are_recalled_and_forgotten(backend: Backend) -> None:
    many = [likes(f"thing {n}", f"p{n % 40}") for n in range(1_000)]
    for start in range(0, 1_000, 250):
        backend.store.remember("eve", [], many[start : start + 250])
    assert len(backend.store.recall("eve", now=NOW).memories) == 1_000
    assert len(backend.store.recall("eve", person_ids=[f"p{n}" for n in range(35)], now=NOW).memories) == 875
    assert backend.store.forget("eve") == 1_000


def test_the_shopper_can_pause_and_go_on(backend: Backend) -> None:
    backend.store.pause("eve", True)
    assert backend.store.recall("eve", now=NOW).paused
    backend.store.pause("eve", False)
    assert not backend.store.recall("eve", now=NOW).paused


async def test_threads_at_once_lose_nothing(backend: Backend) -> None:
    def one(n: int) -> None:
        backend.store.remember("eve", [], [likes(f"thing {n}")])

    await asyncio.gather(*(asyncio.to_thread(one, n) for n in range(30)))
    assert len(backend.store.recall("eve", now=NOW).memories) == 30


def test_consent_to_messages_is_off_until_given_and_ends_with_everything_else(backend: Backend) -> None:
    store = backend.store
    assert not store.recall("eve", now=NOW).may_message
    for user in ("eve", "bob", "shop:ana/1"):
        store.let_message(user, True)
    store.pause("bob", True)
    assert store.recall("bob", now=NOW).may_message
    assert store.messageable() == ["eve", "shop:ana/1"]
    store.pause("bob", False)
    store.let_message("shop:ana/1", False)
    assert store.messageable() == ["bob", "eve"]
    store.forget("eve")
    assert store.messageable() == ["bob"]
    assert not store.recall("eve", now=NOW).may_message


def test_a_turn_that_had_begun_before_the_shopper_was_forgotten_keeps_nothing(backend: Backend) -> None:
    store, before, after = backend.store, NOW - timedelta(seconds=2), NOW + timedelta(seconds=2)
    store.remember("eve-the-shopper", [DAD], RECORDS, begun=before)
    store.shut_out("eve-the-shopper", NOW)
    store.forget("eve-the-shopper")
    assert not store.remember("eve-the-shopper", [DAD], [likes("gardening")], begun=before)
    assert b"gardening" not in backend.raw()
    assert b"eve-the-shopper" not in backend.raw()
    assert store.remember("ann", [BEA], [likes("chess", "p2")], begun=before)
    assert store.remember("eve-the-shopper", [DAD], [likes("tofu")], begun=after)
    assert len(store.recall("eve-the-shopper", now=NOW).memories) == 1
