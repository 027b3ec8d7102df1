"""ADK's memory service over our stores: `search_memory` answers from structured records, and no conversation is copied.

What a turn says is stored by the turn itself (`plugins/memory.py`), through moderation, so there is nothing left to add
when a session ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from google.adk.events import Event
from google.adk.memory import BaseMemoryService
from google.adk.memory.base_memory_service import SearchMemoryResponse
from google.adk.memory.memory_entry import MemoryEntry
from google.adk.sessions import Session
from google.genai import types

from tools.lexicon.relations import words_for
from tools.lexicon.stems import contains_phrase, stems
from tools.memory.access import MemoryAccess
from tools.memory.kinds import GIVER, AnyMemory, Person
from tools.memory.people import called
from tools.memory.recall import ranked, shared_stems
from tools.memory.wording import in_words

TOKENS = 600
ABOUT = 0.35
"""The cosine above which a record is about the query; with words alone, one shared word makes it so."""


class StructuredMemoryService(BaseMemoryService):
    """What is remembered of a shopper, for ADK's memory tools. Raises MemoryUnreachableError where the store fails."""

    def __init__(self, memory: MemoryAccess) -> None:
        self._memory = memory

    async def add_session_to_memory(self, session: Session) -> None:
        """Keeps nothing: facts were stored turn by turn, and transcripts never are."""

    async def add_events_to_memory(
        self,
        *,
        app_name: str,
        user_id: str,
        events: Sequence[Event],
        session_id: str | None = None,
        custom_metadata: Mapping[str, object] | None = None,
    ) -> None:
        """Keeps nothing, as `add_session_to_memory`."""

    async def search_memory(self, *, app_name: str, user_id: str, query: str) -> SearchMemoryResponse:
        """The records that a query is about, best first: those of the people it names, else all that share a word."""
        known = await self._memory.recall(user_id)
        people = {person.person_id: person for person in known.people}
        named = {p.person_id for p in known.people if _is_named(p, query)}
        best = await asyncio.to_thread(self._best, known.memories, named, query)
        return SearchMemoryResponse(memories=[self._entry(m, people.get(m.person_id)) for m in best])

    async def delete_memory(
        self,
        *,
        app_name: str,
        user_id: str,
        memory_id: str | None = None,
        custom_metadata: Mapping[str, object] | None = None,
    ) -> None:
        """Erases one record, for good."""
        await self._memory.forget(user_id, memory_ids=[memory_id] if memory_id else [])

    def text_of(self, memory: AnyMemory) -> str:
        """A record in words."""
        return in_words(memory, self._memory.now.date())

    def _best(self, memories: Sequence[AnyMemory], named: set[str], query: str) -> list[AnyMemory]:
        """In a thread: an embedder may be asked over the network."""
        similarity = self._memory.similarity
        if named:
            found = [m for m in memories if m.person_id in named]
        else:
            alike = similarity(query, [self.text_of(memory) for memory in memories])
            least = 0.0 if similarity is shared_stems else ABOUT
            found = [memory for memory, likeness in zip(memories, alike, strict=True) if likeness > least]
        return ranked(found, query, self._memory.now, tokens=TOKENS, similarity=similarity)

    def _entry(self, memory: AnyMemory, person: Person | None) -> MemoryEntry:
        about = called(person or Person(person_id=GIVER))
        content = types.Content(role="model", parts=[types.Part(text=f"{about}: {self.text_of(memory)}")])
        return MemoryEntry(
            id=memory.memory_id, content=content, author="memory", timestamp=memory.source.at.isoformat()
        )


def _is_named(person: Person, query: str) -> bool:
    """Whether the query speaks of the person by name or relation, in any word for it."""
    names = [*person.names, *words_for(person.relation)]
    return any(contains_phrase(stems(query), stems(name)) for name in names)
