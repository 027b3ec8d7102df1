"""The end of a turn, for memory: what it said is stored, through moderation, and its account is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from google.adk.agents.invocation_context import InvocationContext

from tools import state
from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.errors import MemoryUnreachableError
from tools.memory.access import MemoryAccess
from tools.memory.apply import Used
from tools.memory.extraction import Extracted, Thing, Turn, extract
from tools.memory.kinds import GIVER, RECORDS, AnyMemory, Person, Source
from tools.memory.leanings import moved_in_words
from tools.memory.people import newcomer, resolve
from tools.memory.store import Known
from tools.memory.wording import in_words
from tools.receipts.recollections import is_recollection
from tools.request import Outcome
from tools.shopper.recollection import past_told
from tools.shopper.remembered import Remembered, may_remember, remembered_in, said_at


@dataclass
class Settled:
    """What the turn's reply and account say of memory, and what the session keeps of it."""

    notes: list[str] = field(default_factory=list)
    account: dict[str, Any] = field(default_factory=lambda: {"used": [], "stored": []})
    warnings: list[str] = field(default_factory=list)
    delta: dict[str, Any] = field(default_factory=dict)


class TurnMemory:
    """Stores what each turn says of people, gifts and habits: at most one read and one write more a turn."""

    def __init__(self, memory: MemoryAccess, catalog: Callable[[], Catalog]) -> None:
        self._memory = memory
        self._catalog = catalog

    async def settle(self, context: InvocationContext, delta: Mapping[str, Any]) -> Settled:
        """Stores the turn, whose last event carries ``delta``. A store that fails leaves a warning, no more."""
        values = {**context.session.state, **delta}
        notes = values.get(state.NOTES) or []
        settled = Settled(notes=sorted(notes, key=lambda line: not is_recollection(line)))  # next to what it explains
        if answer := values.get(state.ANSWER):
            settled.notes.insert(0, answer)
        settled.account["used"] = list(values.get(state.RECALLED) or [])
        _tell_leanings(delta, settled)
        if warning := values.get(state.MEMORY_WARNING):
            settled.warnings.append(warning)
        stored = [RECORDS.validate_python(row) for row in values.get(state.STORED) or []]
        said_something = values.get(state.TOLD) or values.get(state.TOOK)
        if said_something and not warning and may_remember(context.run_config):
            try:
                stored += await self._store(context, values, delta, settled)
            except MemoryUnreachableError as error:
                settled.warnings.append(f"{error} Nothing of this turn was remembered.")
        today = self._memory.now.date()
        settled.account["stored"] = [_told(m, today) for m in {m.memory_id: m for m in stored}.values()]
        return settled

    async def _store(
        self, context: InvocationContext, values: Mapping[str, Any], delta: Mapping[str, Any], settled: Settled
    ) -> Sequence[AnyMemory]:
        remembered = remembered_in(values)
        brief = Brief.model_validate(values.get(state.BRIEF) or {})
        asked_whom = (values.get(state.TURN) or {}).get("question") == "recipient"
        if remembered.unkept or remembered.stranger or asked_whom:
            return []
        if not (brief.recipient.relation or brief.recipient.name):
            return []
        user = context.session.user_id
        known = await self._known(user, values, remembered, brief)
        if known.paused:
            settled.account["paused"] = True
            return []
        person, is_new = self._person(known, remembered, brief, values)
        if person is None:
            return []
        found = extract(self._turn(context, values, delta, brief), person, known.memories, is_new=is_new)
        if not (found.changed or found.memories):
            return []
        admitted = await self._memory.remember(user, [found.person], found.memories, begun=said_at(context))
        if admitted.refused:
            settled.account["refused"] = admitted.refused
        settled.notes += _ended(found, self._memory)
        now = remembered.model_copy(update={"person_id": person.person_id, "begun": True})
        settled.delta[state.REMEMBERED] = now.model_dump(exclude_defaults=True)
        return admitted.memories

    async def _known(self, user: str, values: Mapping[str, Any], remembered: Remembered, brief: Brief) -> Known:
        """What was looked up in this turn, else now."""
        if (known := values.get(state.KNOWN)) is not None:
            return Known.model_validate(known)

        def whose(people: Sequence[Person]) -> list[str]:
            person, _ = self._person(Known(people=list(people)), remembered, brief, values)
            return [GIVER, *([person.person_id] if person else [])]

        return await self._memory.recall(user, whose)

    def _person(
        self, known: Known, remembered: Remembered, brief: Brief, values: Mapping[str, Any]
    ) -> tuple[Person | None, bool]:
        """Whom the turn is about, and whether they are new; nobody where it could be one of several."""
        for person in known.people:
            if person.person_id == remembered.person_id:
                return person, False
        recipient = brief.recipient
        found = resolve(
            known.people,
            recipient.relation,
            recipient.name,
            age_years=recipient.age_years,
            today=self._memory.now.date(),
        )
        if found.person:
            return found.person, False
        if found.among and not (len(found.among) == 1 and "recipient" in (values.get(state.ASKED) or [])):
            return None, False
        return newcomer(recipient.relation, recipient.name), True

    def _turn(
        self, context: InvocationContext, values: Mapping[str, Any], delta: Mapping[str, Any], brief: Brief
    ) -> Turn:
        told = values.get(state.TOLD) or {}
        recommended = (values.get(state.TURN) or {}).get("status") == "recommended" and state.SHOWN in delta
        shown = Outcome.model_validate(values[state.SHOWN]).picks if recommended else []
        now = self._memory.now
        return Turn(
            source=Source(session_id=context.session.id, turn_id=context.invocation_id, at=now),
            today=now.date(),
            brief=brief,
            said=told.get("said", []),
            taken_back=told.get("taken_back", []),
            shown=self._things([pick.product_id for pick in shown]),
            chosen=self._things(values.get(state.TOOK) or []),
            turned_down=self._things(told.get("refused", [])),
            past=past_told(values),
        )

    def _things(self, product_ids: Sequence[str]) -> list[Thing]:
        products = self._catalog().require(list(dict.fromkeys(product_ids)))
        return [
            Thing(product_id=p.product_id, title=p.title[:200], category=p.category[:80], need=p.need, price=p.price)
            for p in products
        ]


def _tell_leanings(delta: Mapping[str, Any], settled: Settled) -> None:
    """Says what earlier choices and gifts moved among the picks of this turn."""
    if leaned := Outcome.model_validate(delta[state.SHOWN]).leaned if delta.get(state.SHOWN) else []:
        used = [
            Used(use="leaning", text=f"{one.shelf} {one.shift:+.2f}: {one.why}", person_id=one.person_id)
            for one in leaned
        ]
        settled.account["used"] += [row.model_dump(mode="json", exclude_none=True) for row in used]
        settled.notes.append(moved_in_words(leaned))


def _ended(found: Extracted, memory: MemoryAccess) -> list[str]:
    ended = [in_words(fact, memory.now.date()) for fact in found.superseded]
    return [f"Noted; this no longer counts: {'; '.join(ended)}."] if ended else []


def _told(memory: AnyMemory, today: Any) -> dict[str, Any]:
    """A stored record in the account of the turn."""
    sort = getattr(memory, "aspect", None) or getattr(memory, "happening", None) or memory.record
    told = {"memory_id": memory.memory_id, "person_id": memory.person_id, "sort": sort, "text": in_words(memory, today)}
    return {**told, "superseded": True} if memory.superseded_by else told
