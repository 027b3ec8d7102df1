"""The shopper's words about what was learned from their choices: taken back, or wanted again."""

from __future__ import annotations

from collections.abc import Sequence

from google.adk.tools import ToolContext

from tools import state
from tools.enumeration import enumerated
from tools.lexicon.stems import stems
from tools.memory.access import MemoryAccess
from tools.memory.extraction import same
from tools.memory.kinds import GIVER, Fact, Habit, memory_id
from tools.memory.wording import in_words
from tools.shopper.noting import source_of
from tools.shopper.recollection import leanings_in
from tools.shopper.remembered import said_at


async def unlearn(words: Sequence[str], memory: MemoryAccess, context: ToolContext) -> str:
    """Lets these kinds of products stand where they are, or all that moved or was counted; says which."""
    moved = [one.shelf for one in leanings_in(context.state)]
    context.state[state.LEANINGS] = []  # before anything is awaited: `recommend` beside this goes by it
    habits = await _habits(memory, context)
    if words and (gone := await _forget_own(words, memory, context)):
        return gone
    shelves = [shelf for shelf in dict.fromkeys([*moved, *habits]) if not words or _named(shelf, words)]
    if not shelves:
        return "I had moved nothing because of earlier choices, so nothing changes."
    await _store(shelves, habits, memory, context, muted=True)
    return (
        f"From now on I do not move {enumerated(shelves)} up or down because of what you chose before or how gifts "
        "were received. Say “use my habits again” if you want that back."
    )


async def relearn(memory: MemoryAccess, context: ToolContext) -> str:
    """Lets everything count again that was taken back."""
    habits = {shelf: habit for shelf, habit in (await _habits(memory, context)).items() if habit.muted}
    if not habits:
        return "Your earlier choices count as before; nothing was switched off."
    await _store(list(habits), habits, memory, context, muted=False)
    return f"Your earlier choices count again for {enumerated(list(habits))}."


async def _forget_own(words: Sequence[str], memory: MemoryAccess, context: ToolContext) -> str | None:
    """ "Forget that I like sailing": a fact about the shopper is erased; None where there is none of these words."""
    known = await memory.recall(context.user_id, [GIVER], history=True)
    named = [m for m in known.memories if isinstance(m, Fact) and any(same(m.value, word) for word in words)]
    if not named:
        return None
    await memory.forget(context.user_id, memory_ids=[m.memory_id for m in named])
    told = dict.fromkeys(in_words(m, memory.now.date()) for m in named)
    return f"I have forgotten this about you, for good: {'; '.join(told)}."


async def _habits(memory: MemoryAccess, context: ToolContext) -> dict[str, Habit]:
    known = await memory.recall(context.user_id, [GIVER])
    return {m.value: m for m in known.memories if isinstance(m, Habit) and m.sort == "category"}


async def _store(
    shelves: Sequence[str], habits: dict[str, Habit], memory: MemoryAccess, context: ToolContext, *, muted: bool
) -> None:
    source = source_of(context, memory)
    counted = [
        habits.get(shelf)
        or Habit(
            memory_id=memory_id(GIVER, "habit", "category", shelf),
            person_id=GIVER,
            source=source,
            sort="category",
            value=shelf,
        )
        for shelf in shelves
    ]
    await memory.remember(
        context.user_id,
        [],
        [habit.model_copy(update={"muted": muted, "source": source}) for habit in counted],
        begun=said_at(context),
    )


def _named(shelf: str, words: Sequence[str]) -> bool:
    return any(not set(stems(word)).isdisjoint(stems(shelf)) for word in words)
