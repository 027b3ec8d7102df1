"""Memory in Firestore: ``recsys_memory/USER`` with the collections ``people`` and ``memories``.

Every query filters one field at most, so no composite index is needed; `purge` needs ``expires_at`` indexed for the
collection group (deployment/firestore.indexes.json), where a TTL policy does the same within a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote

from google.cloud import firestore
from google.cloud.firestore_v1.base_query import FieldFilter

from tools.memory.kinds import RECORDS, AnyMemory, Kind, Person
from tools.memory.store import SHUT_OUT, Known, Whose, chosen, unnamed, usable

ROOT = "recsys_memory"
BATCH = 400
"""Writes of one commit, below Firestore's 500."""
IN_VALUES = 30
"""What one `in` filter takes."""


class FirestoreMemoryStore:
    """A `MemoryStore` in Firestore."""

    def __init__(self, client: firestore.Client, root: str = ROOT) -> None:
        self._client = client
        self._root = root

    def recall(
        self,
        user_id: str,
        *,
        person_ids: Whose = None,
        kinds: Sequence[Kind] | None = None,
        history: bool = False,
        now: datetime,
    ) -> Known:
        """See `MemoryStore`."""
        shopper = self._shopper(user_id)
        head = shopper.get().to_dict() or {}
        people = [Person.model_validate(d.to_dict()) for d in shopper.collection("people").stream()]
        wanted = chosen(person_ids, people)
        found = [RECORDS.validate_python((d.to_dict() or {})["data"]) for d in self._memories(shopper, wanted)]
        return Known(
            people=sorted(people, key=lambda person: person.person_id),
            memories=usable(found, kinds=kinds, history=history, now=now),
            paused=bool(head.get("paused")),
            may_message=bool(head.get("may_message")),
        )

    def remember(
        self, user_id: str, people: Sequence[Person], memories: Sequence[AnyMemory], *, begun: datetime | None = None
    ) -> bool:
        """See `MemoryStore`; all or none up to 500 records, more than one turn ever says."""
        if begun is None:
            batch = self._client.batch()
            self._write(batch, user_id, people, memories)
            batch.commit()
            return True

        @firestore.transactional
        def keep(transaction: firestore.Transaction) -> bool:
            shut = self._shut_out(user_id).get(transaction=transaction).to_dict()
            if shut and shut["at"] > begun:
                return False
            self._write(transaction, user_id, people, memories)
            return True

        return keep(self._client.transaction())

    def _write(
        self, batch: firestore.WriteBatch, user_id: str, people: Sequence[Person], memories: Sequence[AnyMemory]
    ) -> None:
        shopper = self._shopper(user_id)
        for person in people:
            batch.set(shopper.collection("people").document(_id(person.person_id)), _plain(person))
        for memory in memories:
            batch.set(
                shopper.collection("memories").document(_id(memory.memory_id)),
                {"person_id": memory.person_id, "expires_at": memory.expires_at, "data": _plain(memory)},
            )

    def pause(self, user_id: str, paused: bool) -> None:
        """See `MemoryStore`."""
        self._shopper(user_id).set({"paused": paused}, merge=True)

    def let_message(self, user_id: str, allowed: bool) -> None:
        """See `MemoryStore`."""
        self._shopper(user_id).set({"may_message": allowed}, merge=True)

    def messageable(self) -> list[str]:
        """See `MemoryStore`."""
        found = self._client.collection(self._root).where(filter=FieldFilter("may_message", "==", True)).stream()
        return sorted(unquote(d.id[1:]) for d in found if not (d.to_dict() or {}).get("paused"))

    def forget(self, user_id: str, *, person_id: str | None = None, memory_ids: Sequence[str] | None = None) -> int:
        """See `MemoryStore`."""
        shopper = self._shopper(user_id)
        memories, people = shopper.collection("memories"), shopper.collection("people")
        if memory_ids is not None:
            wanted = [memories.document(_id(memory)) for memory in memory_ids]
            return self._delete(found.reference for found in self._client.get_all(wanted) if found.exists)
        if person_id is not None:
            person = people.document(_id(person_id))
            gone = [found.reference for found in self._memories(shopper, [person_id])]
            return self._delete([*gone, *([person] if person.get().exists else [])])
        gone = self._delete([*memories.list_documents(), *people.list_documents()])
        shopper.delete()
        return gone

    def shut_out(self, user_id: str, now: datetime) -> None:
        """See `MemoryStore`."""
        self._shut_out(user_id).set({"at": now, "expires_at": now + SHUT_OUT})

    def purge(self, now: datetime) -> int:
        """See `MemoryStore`."""
        expired = self._client.collection_group("memories").where(filter=FieldFilter("expires_at", "<=", now))
        return self._delete(found.reference for found in expired.select([]).stream())

    def _shopper(self, user_id: str) -> firestore.DocumentReference:
        return self._client.collection(self._root).document(_id(user_id))

    def _shut_out(self, user_id: str) -> firestore.DocumentReference:
        """In a collection whose TTL policy there is already."""
        return self._client.collection(f"{self._root}_shut_out/turns/records").document(unnamed(user_id))

    def _memories(
        self, shopper: firestore.DocumentReference, person_ids: Sequence[str] | None
    ) -> Iterator[firestore.DocumentSnapshot]:
        collection = shopper.collection("memories")
        if person_ids is None:
            yield from collection.stream()
            return
        ids = iter(person_ids)
        while some := list(islice(ids, IN_VALUES)):
            yield from collection.where(filter=FieldFilter("person_id", "in", some)).stream()

    def _delete(self, references: Iterable[firestore.DocumentReference]) -> int:
        gone, waiting = 0, iter(references)
        while some := list(islice(waiting, BATCH)):
            batch = self._client.batch()
            for reference in some:
                batch.delete(reference)
            batch.commit()
            gone += len(some)
        return gone


def _plain(record: Person | AnyMemory) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_none=True)


def _id(name: str) -> str:
    """A document id that no name can break out of: no slash, no dots alone, no reserved ``__x__``."""
    return "=" + quote(name, safe=" @:+-")
