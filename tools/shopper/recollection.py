"""Memory within a turn: looked up when somebody or something is mentioned, and worked into the brief.

What was looked up stays in the session's `temp:` state, for the end of the turn to build on; the session itself keeps
only whom it is about and which records were applied.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

from google.adk.tools import ToolContext
from pydantic import BaseModel

from tools import state
from tools.brief import Brief, BriefChanges
from tools.catalog.interface import Catalog
from tools.enumeration import enumerated
from tools.errors import MemoryUnreachableError
from tools.leaning import Leaning
from tools.memory.access import MemoryAccess
from tools.memory.apply import Applied, apply, note, stale_question
from tools.memory.extraction import ASPECTS
from tools.memory.kinds import GIVER, Person
from tools.memory.leanings import leanings
from tools.memory.past import Past, may_come_again
from tools.memory.people import Resolution, called, resolve
from tools.memory.recall import is_due
from tools.memory.store import Known
from tools.request import Question
from tools.shopper.remembered import Remembered, keep, may_remember, remembered_in
from tools.shopper.session import said_last
from tools.shopper.whom import is_somebody_elses


class Recollection(BaseModel):
    """What memory makes of a brief. ``question`` is asked before, ``refine`` beside the picks."""

    brief: Brief
    left_out: list[str] = []
    leanings: list[Leaning] = []
    question: Question | None = None
    refine: Question | None = None


async def recollect(
    brief: Brief,
    changes: BriefChanges,
    asked: Sequence[str],
    today: date,
    memory: MemoryAccess | None,
    shop: Catalog,
    context: ToolContext,
) -> Recollection:
    """The brief with what is known of its recipient; as it is where nothing is known or memory is out of reach."""
    remembered = Remembered() if changes.start_over else remembered_in(context.state)
    remembered.unkept = remembered_in(context.state).unkept
    known_out = [] if changes.start_over else context.state.get(state.LEFT_OUT) or []
    plain = Recollection(
        brief=_with_past(brief, past_told(context.state)),
        left_out=list(known_out),
        leanings=[] if changes.start_over else leanings_in(context.state),
    )
    for key in (state.LEFT_OUT, state.LEANINGS):
        if changes.start_over and context.state.get(key):
            context.state[key] = []
    recipient = brief.recipient
    if memory is None or not may_remember(getattr(context, "run_config", None)):
        return plain
    if changes.relation:
        remembered.stranger = is_somebody_elses(said_last(context), changes.relation)
        keep(remembered, context.state)
    if remembered.stranger:
        return plain
    if not (recipient.relation or recipient.name) or not is_due(changes, begun=remembered.begun):
        return plain
    meant: list[Resolution] = []

    def whose(people: Sequence[Person]) -> list[str]:
        meant.append(_resolved(people, remembered, brief, changes, today))
        return [GIVER, *(p.person_id for p in [meant[-1].person] if p)]

    try:
        known = await memory.recall(context.user_id, whose)
    except MemoryUnreachableError as error:
        context.state[state.MEMORY_WARNING] = str(error)
        return plain
    remembered.begun = True
    context.state[state.KNOWN] = known.model_dump(mode="json")
    found = await _work_in(plain.brief, changes, asked, remembered, meant[-1], known, memory, context)
    found.leanings = leanings(known.memories, remembered.person_id, lambda ids: categories(shop, ids))
    context.state[state.LEANINGS] = [one.model_dump() for one in found.leanings]
    keep(remembered, context.state)
    return found


def leanings_in(session_state: Any) -> list[Leaning]:
    """What past choices and gifts say for the recipient of this session."""
    return [Leaning.model_validate(row) for row in session_state.get(state.LEANINGS) or []]


def categories(shop: Catalog, product_ids: Sequence[str]) -> dict[str, str]:
    """The categories of those products that the shop still has."""
    return {p.product_id: p.category for p in shop.require(list(dict.fromkeys(product_ids)))}


def _resolved(
    people: Sequence[Person], remembered: Remembered, brief: Brief, changes: BriefChanges, today: date
) -> Resolution:
    recipient = brief.recipient
    known = next((p for p in people if p.person_id == remembered.person_id), None)
    if known and not changes.relation and (not changes.name or not known.names):
        return Resolution(known)  # nobody else is mentioned, or the same person's name
    return resolve(people, recipient.relation, recipient.name, age_years=changes.age_years, today=today)


async def _work_in(
    brief: Brief,
    changes: BriefChanges,
    asked: Sequence[str],
    remembered: Remembered,
    meant: Resolution,
    known: Known,
    memory: MemoryAccess,
    context: ToolContext,
) -> Recollection:
    plain = Recollection(brief=brief)
    remembered.who, remembered.stale = [], []
    if meant.among and "recipient" not in asked:
        remembered.who = [next(iter(p.names), "") or called(p) for p in meant.among]
        return plain.model_copy(update={"question": Question(slot="recipient", text=_which(meant.among))})
    if remembered.person_id and (meant.person is None or remembered.person_id != meant.person.person_id):
        brief = _without_memory(brief, changes, remembered)
        remembered.applied, remembered.added, remembered.age_added = [], {}, None
    if meant.person is None:
        remembered.person_id, context.state[state.LEFT_OUT] = None, []
        return Recollection(brief=brief)
    remembered.person_id = meant.person.person_id
    applied = await asyncio.to_thread(  # an embedder may be asked over the network
        apply,
        brief,
        meant.person,
        known.memories,
        memory.now,
        changes=changes,
        done=remembered.applied,
        query=said_last(context),
        similarity=memory.similarity,
    )
    remembered.applied = [*remembered.applied, *(i for i in applied.ids if i not in remembered.applied)]
    remembered.stale = applied.stale
    _note_added(brief, applied.brief, remembered)
    context.state[state.LEFT_OUT] = applied.left_out
    _account(applied, meant.person, memory, context)
    text = stale_question(applied, meant.person)
    stale = Question(slot="interests", text=text) if text and "interests" not in asked else None
    return Recollection(brief=applied.brief, left_out=applied.left_out, refine=stale)


def _note_added(before: Brief, after: Brief, remembered: Remembered) -> None:
    for part, _ in ASPECTS:
        if new := [value for value in getattr(after, part) if value not in getattr(before, part)]:
            remembered.added = {**remembered.added, part: [*remembered.added.get(part, []), *new]}
    if before.recipient.age_years != after.recipient.age_years:
        remembered.age_added = after.recipient.age_years


def _without_memory(brief: Brief, changes: BriefChanges, remembered: Remembered) -> Brief:
    """The brief without what memory added of somebody whom it turns out not to be for."""
    lists = {
        part: [v for v in getattr(brief, part) if v not in added or v in getattr(changes, part)]
        for part, added in remembered.added.items()
    }
    recipient = brief.recipient
    if changes.age_years is None and recipient.age_years == remembered.age_added:
        recipient = recipient.model_copy(update={"age_years": None})
    if changes.name is None:
        recipient = recipient.model_copy(update={"name": None})
    return brief.model_copy(update={**lists, "recipient": recipient})


def _account(applied: Applied, person: Person, memory: MemoryAccess, context: ToolContext) -> None:
    context.state[state.RECALLED] = [used.model_dump(mode="json", exclude_none=True) for used in applied.used]
    if (line := note(applied, person, memory.now.date())) is not None:
        context.state[state.NOTES] = [*(context.state.get(state.NOTES) or []), line]


def _which(people: Sequence[Person]) -> str:
    names = [called(person) for person in people]
    if len(names) == 1:
        return f"Is this for {names[0]}, or for somebody else?"
    return f"Who is it for: {enumerated(names, 'or')}?"


def _with_past(brief: Brief, past: Sequence[Past]) -> Brief:
    """What was given already, or came back, is not offered again."""
    again = [p.thing for p in past if not may_come_again(p.thing, p.happened) and p.thing not in brief.owned]
    return brief.model_copy(update={"owned": [*brief.owned, *again]}) if again else brief


def past_told(session_state: Any) -> list[Past]:
    """What the shopper told of earlier gifts in this turn."""
    return [Past.model_validate(row) for row in session_state.get(state.PAST) or []]
