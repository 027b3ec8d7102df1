"""The tool for the shopper's words about memory itself: what is known, what is wrong, what to forget, what not to keep.

The answers are code's, with the counts of what was done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.adk.tools import ToolContext
from pydantic import ValidationError

from tools import state
from tools.brief import BriefChanges
from tools.errors import MemoryUnreachableError
from tools.memory.access import MemoryAccess
from tools.memory.extraction import same
from tools.memory.kinds import GIVER, Fact, Person
from tools.memory.past import Past
from tools.memory.people import called
from tools.memory.wording import about
from tools.shopper.habits import relearn, unlearn
from tools.shopper.noting import Noted, note_down
from tools.shopper.remembered import Remembered, keep, may_remember, remembered_in
from tools.shopper.session import brief_of
from tools.shopper.whom import Unclear, find

ACTIONS = (
    *("note", "about", "forget", "forget_all", "skip", "pause", "resume", "unlearn", "relearn"),
    *("allow_messages", "stop_messages"),
)
NEVER = (
    "I keep facts for gifts only: never card numbers, addresses, e-mails, phone numbers, health beyond allergies, or "
    "your messages themselves."
)
NOBODY = (
    "I do not know who you are in this conversation, so nothing is remembered beyond it, and nothing needs erasing."
)
OF_SESSION = (
    *(state.BRIEF, state.SHOWN, state.OFFERED, state.SEEN, state.CHOSEN, state.LEFT_OUT, state.LEANINGS, state.ASKED),
    *(state.HISTORY, state.UNDONE, state.SPOKEN_OF),
)
"""What a session holds about a recipient."""


def build_memory(access: MemoryAccess) -> Callable[..., Any]:
    """The tool over one memory store."""

    async def memory(
        tool_context: ToolContext,
        action: str,
        who: str | None = None,
        likes: list[str] | None = None,
        avoid: list[str] | None = None,
        allergies: list[str] | None = None,
        age_years: int | None = None,
        wrong: list[str] | None = None,
        past: list[dict[str, Any]] | None = None,
    ) -> dict[str, Any]:
        """Answers and does what the shopper says about memory of earlier conversations, or tells of earlier gifts.

        Requests for gifts go to `recommend`; when a message does both, call this first and `recommend` beside it.

        Args:
          action: "note" (tells something of somebody or of an earlier gift, or corrects it), "about" ("what do you
            know about my dad?"), "forget" (one person, or of them only what is in `wrong`), "forget_all", "skip"
            ("don't remember this"), "pause" ("stop remembering"), "resume", "unlearn" ("stop doing that", of what was
            moved up or down because of earlier choices; `wrong` names kinds), "relearn" ("use my habits again"),
            "allow_messages" ("you may message me before birthdays"; only if they say so), "stop_messages" ("no more
            reminders").
          who: as the shopper says it, e.g. "my dad" or "Bob"; omit for the shopper, or whoever was last spoken of.
          likes: note: e.g. ["jazz"].
          avoid: note: what must not be given, e.g. ["non-vegan"].
          allergies: note: e.g. ["nuts"].
          age_years: note: e.g. 10.
          wrong: note: what is no longer true, e.g. ["yoga"].
          past: note: [{"thing": "mug", "happened": "returned", "on": "2026-06-01"}]; happened is given, returned,
            loved, liked or disliked; on is optional.
        """
        try:
            told = [Past.model_validate(row) for row in past or []]
        except (ValidationError, TypeError) as error:
            return {"status": "error", "message": f"past: {str(error).splitlines()[0]}"}
        if action not in ACTIONS:
            return {"status": "error", "message": f"action must be one of {', '.join(ACTIONS)}; got {action!r}"}
        # Before anything is awaited: `recommend`, called beside this, takes both into account.
        tool_context.state[state.PAST] = [row.model_dump(mode="json", exclude_none=True) for row in told]
        if action == "skip":
            keep(remembered_in(tool_context.state).model_copy(update={"unkept": True}), tool_context.state)
        if not may_remember(getattr(tool_context, "run_config", None)):
            return _answer(NOBODY, tool_context)
        noted = Noted(
            likes=likes or [],
            avoid=avoid or [],
            allergies=allergies or [],
            wrong=wrong or [],
            past=told,
            age_years=age_years if isinstance(age_years, int) and 0 <= age_years <= 120 else None,
        )
        try:
            return _answer(await _do(action, who, noted, access, tool_context), tool_context)
        except Unclear as error:
            return _answer(str(error), tool_context)
        except MemoryUnreachableError as error:
            return _answer(f"{error} Nothing was changed.", tool_context)

    return memory


def _answer(text: str, context: ToolContext) -> dict[str, Any]:
    context.state[state.ANSWER] = text
    return {"status": "done", "answer": text}


async def _do(action: str, who: str | None, noted: Noted, memory: MemoryAccess, context: ToolContext) -> str:
    match action:
        case "about":
            return await _about(who, memory, context)
        case "forget":
            return await (_forget_facts if noted.wrong else _forget)(who, noted, memory, context)
        case "forget_all":
            return await _forget_all(memory, context)
        case "skip":
            return await _skip(memory, context)
        case "note":
            return await note_down(who, noted, memory, context)
        case "unlearn":
            return await unlearn(noted.wrong, memory, context)
        case "relearn":
            return await relearn(memory, context)
        case "allow_messages" | "stop_messages":
            return await _let_message(action == "allow_messages", memory, context)
    await memory.pause(context.user_id, action == "pause")
    if action == "resume":
        return "I remember again, from now on."
    return (
        "I have stopped remembering: nothing new is kept from now on. What I knew before is still there; say “forget "
        "everything” to erase it."
    )


async def _let_message(allowed: bool, memory: MemoryAccess, context: ToolContext) -> str:
    await memory.let_message(context.user_id, allowed)
    if not allowed:
        return "I will not message you any more. What I know stays as it is."
    paused = (await memory.recall(context.user_id, [])).paused
    return (
        "I may message you now: before birthdays and other days of the people you give to, when something you turned "
        "down costs less, or when something is back in stock; seldom, and never at night. Say “stop messaging me” at "
        f"any time.{' As long as I am not remembering anything, I will not.' if paused else ''}"
    )


async def _about(who: str | None, memory: MemoryAccess, context: ToolContext) -> str:
    known = await memory.recall(context.user_id)
    paused = " I am not remembering anything new at the moment." if known.paused else ""
    if who:
        person = find(who, known.people, context)
        if person is None:
            return f"I know nothing about {_you(who)}.{paused} {NEVER}"
        _spoken_of(person, context)
        people = [person]
    else:
        people = known.people
    records = {p.person_id: [m for m in known.memories if m.person_id == p.person_id] for p in people}
    own = [] if who else [m for m in known.memories if m.person_id == GIVER and GIVER not in records]
    lines = [about(person, records[person.person_id], memory.now.date()) for person in people]
    if own:
        lines.append(about(Person(person_id=GIVER), own, memory.now.date()))
    if not lines:
        return f"I remember nothing about you or the people you give to.{paused} {NEVER}"
    return "This is what I remember:\n\n" + "\n".join(f"- {line}" for line in lines) + f"\n\n{NEVER}{paused}"


async def _forget(who: str | None, _: Noted, memory: MemoryAccess, context: ToolContext) -> str:
    known = await memory.recall(context.user_id, [])
    person = find(who, known.people, context)
    if person is None:
        return f"I know nobody called {_you(who)}, so there was nothing to erase." if who else "Whom shall I forget?"
    gone = await memory.forget(context.user_id, person_id=person.person_id)
    brief = context.state.get(state.BRIEF) or {}
    if remembered_in(context.state).person_id == person.person_id or _is_about(brief, person):
        _clear_session(context)
    return (
        f"I have forgotten {called(person)}: {_counted(gone)} erased, for good. The messages of this conversation stay "
        "in its own history until it is deleted."
    )


async def _forget_facts(who: str | None, noted: Noted, memory: MemoryAccess, context: ToolContext) -> str:
    """Erases single facts of a person, their history included."""
    known = await memory.recall(context.user_id, history=True)
    person = find(who, known.people, context)
    named = [
        m
        for m in known.memories
        if person
        and m.person_id == person.person_id
        and isinstance(m, Fact)
        and any(same(m.value, w) for w in noted.wrong)
    ]
    if person is None or not named:
        return "I had nothing like that noted, so there was nothing to erase."
    gone = await memory.forget(context.user_id, memory_ids=[m.memory_id for m in named])
    brief = BriefChanges(remove=noted.wrong).apply(brief_of(context))
    context.state[state.BRIEF] = brief.model_dump(mode="json")
    return f"I have forgotten that about {called(person)}: {_counted(gone)} erased, for good."


async def _forget_all(memory: MemoryAccess, context: ToolContext) -> str:
    gone = await memory.forget(context.user_id)
    _clear_session(context)
    context.state[state.FORGOTTEN] = True
    return (
        f"I have forgotten everything about you and the people you give to: {_counted(gone)} erased, for good, and our "
        "conversations with them."
    )


async def _skip(memory: MemoryAccess, context: ToolContext) -> str:
    """Erases what was kept of this session; people of whom nothing else is known go too."""
    known = await memory.recall(context.user_id)
    mine = [m.memory_id for m in known.memories if m.source.session_id == context.session.id]
    others = {m.person_id for m in known.memories if m.source.session_id != context.session.id}
    new = {m.person_id for m in known.memories if m.source.session_id == context.session.id} - others - {GIVER}
    gone = await memory.forget(context.user_id, memory_ids=mine) if mine else 0
    for person_id in sorted(new):
        gone += await memory.forget(context.user_id, person_id=person_id)
    erased = f"{_counted(gone)} that I had kept of it erased" if gone else "nothing of it had been kept"
    return f"I will not remember this conversation: {erased}, and nothing more of it will be kept."


def _clear_session(context: ToolContext) -> None:
    """What was forgotten is not in the brief either; else the end of the turn would store it again."""
    for key in OF_SESSION:
        if context.state.get(key):
            context.state[key] = {} if key == state.BRIEF else [] if key != state.SHOWN else None
    keep(Remembered(unkept=remembered_in(context.state).unkept), context.state)


def _spoken_of(person: Person, context: ToolContext) -> None:
    keep(remembered_in(context.state).model_copy(update={"spoken_of": person.person_id}), context.state)


def _is_about(brief: dict[str, Any], person: Person) -> bool:
    recipient = brief.get("recipient") or {}
    name = recipient.get("name")
    if name and person.names:
        return name in person.names
    return person.relation is not None and recipient.get("relation") == person.relation


def _you(who: str | None) -> str:
    words = (who or "").strip()
    return "your " + words[3:] if words.lower().startswith("my ") else words


def _counted(number: int) -> str:
    return "1 record" if number == 1 else f"{number} records"
