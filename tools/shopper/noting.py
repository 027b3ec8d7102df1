"""What the shopper tells of somebody without asking for a gift: kept, or put right, and said back."""

from __future__ import annotations

from collections.abc import Sequence

from google.adk.tools import ToolContext
from pydantic import BaseModel, Field

from tools import state
from tools.brief import Brief, BriefChanges, Recipient
from tools.brief_fields import Phrases
from tools.memory.access import MemoryAccess
from tools.memory.extraction import Turn, extract
from tools.memory.kinds import AnyMemory, Person, Source
from tools.memory.past import Past, gift_named
from tools.memory.people import called, newcomer
from tools.memory.store import Known
from tools.memory.wording import in_words
from tools.shopper.remembered import keep, remembered_in, said_at
from tools.shopper.session import brief_of
from tools.shopper.whom import find, words_of


class Noted(BaseModel):
    """What is to be noted of a person."""

    likes: Phrases = []
    avoid: Phrases = []
    allergies: Phrases = []
    wrong: Phrases = []
    past: list[Past] = []
    age_years: int | None = Field(default=None, ge=0, le=120)

    @property
    def said(self) -> list[str]:
        """The phrases that were said in this very message."""
        return [*self.likes, *self.avoid, *self.allergies]


def source_of(context: ToolContext, memory: MemoryAccess) -> Source:
    """The turn that a record comes from."""
    return Source(session_id=context.session.id, turn_id=context.invocation_id, at=memory.now)


def _who_was_given(past: Sequence[Past], known: Known) -> Person | None:
    """The one person to whom all that was given; nobody where several were given such a thing."""
    named = [p for p in known.people if past and all(gift_named(row.thing, _of(p, known.memories)) for row in past)]
    return named[0] if len(named) == 1 else None


def _of(person: Person, memories: Sequence[AnyMemory]) -> list[AnyMemory]:
    return [m for m in memories if m.person_id == person.person_id]


def _into_brief(relation: str | None, name: str | None, noted: Noted, context: ToolContext) -> None:
    """A request that follows is for whom it was about; one that is being talked about takes up what is new."""
    brief = brief_of(context)
    others = brief.recipient
    if brief != Brief() and (relation, name) != (None, None) and (others.relation, others.name) != (relation, name):
        return
    changes = BriefChanges(
        relation=relation,
        name=name,
        age_years=noted.age_years,
        interests=noted.likes,
        avoid=noted.avoid,
        allergies=noted.allergies,
        remove=noted.wrong,
    )
    context.state[state.BRIEF] = changes.apply(brief).model_dump(mode="json")


async def note_down(who: str | None, noted: Noted, memory: MemoryAccess, context: ToolContext) -> str:
    """Stores it; returns what was kept, what no longer counts, and what may not be kept. Raises Unclear."""
    if not (noted.said or noted.wrong or noted.past or noted.age_years):
        return "There was nothing in that for me to note."
    remembered = remembered_in(context.state)
    if remembered.unkept:
        return "I will not keep that; you asked me not to remember this conversation."
    known = await memory.recall(context.user_id)
    if known.paused:
        return "I noted nothing: you asked me to stop remembering. Say “you may remember again” to change that."
    person, is_new = find(who, known.people, context) or _who_was_given(noted.past, known), False
    if person is None:
        relation, name = words_of(who) if who else (None, None)
        if not (relation or name):
            return "Whom is that about? Tell me who they are to you, or their name, and I will note it."
        person, is_new = newcomer(relation, name), True
    relation, name = words_of(who) if who else (None, None)
    turn = Turn(
        source=source_of(context, memory),
        today=memory.now.date(),
        brief=Brief(
            recipient=Recipient(relation=relation, name=name, age_years=noted.age_years),
            interests=noted.likes,
            avoid=noted.avoid,
            allergies=noted.allergies,
        ),
        said=noted.said,
        taken_back=noted.wrong,
        past=noted.past,
    )
    found = extract(turn, person, known.memories, is_new=is_new)
    admitted = await memory.remember(context.user_id, [found.person], found.memories, begun=said_at(context))
    keep(remembered.model_copy(update={"spoken_of": person.person_id, "begun": False}), context.state)
    _into_brief(relation, name, noted, context)
    new = [m for m in admitted.memories if not m.superseded_by]
    ended = [m for m in admitted.memories if m.superseded_by]
    context.state[state.STORED] = [m.model_dump(mode="json", exclude_none=True) for m in admitted.memories]
    today = memory.now.date()
    facts = [
        *([f"{noted.age_years} years old"] if noted.age_years is not None else []),
        *(in_words(m, today) for m in new),
    ]
    told = [f"Noted of {called(found.person)}: {'; '.join(facts)}."] if facts else []
    if ended:
        told.append(f"No longer counts: {'; '.join(in_words(m, today) for m in ended)}.")
    if admitted.refused:
        told.append(f"Not kept: {', '.join(dict.fromkeys(admitted.refused))}.")
    return " ".join(told) or f"I had nothing like that noted of {called(found.person)}, so there was nothing to change."
