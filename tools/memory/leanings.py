"""Habits and reactions as leanings: learned in code, acted on in the ranking, checked against it, reversible.

    shift of a shelf = Σ evidence / (number of it + PRIOR), between -1 and 1

Evidence is 1 for a pick of that shelf the shopper took and -1 for one turned down, and what became of the recipient's
own gifts (`REACTED`). The prior shrinks what rests on little; below `LEAST` nothing moves. What the shopper takes back
("stop doing that") stands still until they ask for it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tools.enumeration import enumerated
from tools.leaning import Leaning, shelf_of
from tools.memory.kinds import GIVER, AnyMemory, Episode, Habit

PRIOR = 2
LEAST = 0.4
"""A single choice (1/3) moves nothing, two of a kind (1/2) do."""
REACTED = {"loved": 2.0, "liked": 1.0, "disliked": -2.0, "returned": -1.0}
"""A gift may have come back for its size; that it was loved or not liked is said in so many words."""
MOST = 4
"""How many leanings a request carries, the strongest."""

Categories = Callable[[Sequence[str]], Mapping[str, str]]
"""Gives product ids their categories."""


def leanings(memories: Sequence[AnyMemory], person_id: str | None, categories: Categories) -> list[Leaning]:
    """The leanings for a gift to ``person_id``, strongest first; habits are the giver's, whomever it is for."""
    habits = [m for m in memories if isinstance(m, Habit) and m.sort == "category"]
    muted = {habit.value for habit in habits if habit.muted}
    gifts = [m for m in memories if isinstance(m, Episode) and m.person_id == person_id and _became(m) in REACTED]
    shelves = categories([gift.product_id for gift in gifts if gift.product_id])
    found: dict[str, Leaning] = {}
    for habit in habits:
        count = habit.taken + habit.refused
        _add(found, habit.value, (habit.taken - habit.refused) / (count + PRIOR), _counted(habit), GIVER)
    for gift in gifts:
        if shelf := shelf_of(shelves.get(gift.product_id or "", "")):
            became = _became(gift)
            _add(found, shelf, REACTED[became] / (1 + PRIOR), f"“{gift.title}” was {WORDS[became]}", gift.person_id)
    moved = [one for shelf, one in found.items() if shelf not in muted and abs(one.shift) >= LEAST]
    return sorted(moved, key=lambda one: (-abs(one.shift), one.shelf))[:MOST]


WORDS = {"loved": "loved", "liked": "liked", "disliked": "not liked", "returned": "returned"}


def moved_in_words(moved: Sequence[Leaning]) -> str:
    """The line for the reply about what moved."""
    together: dict[tuple[str, str], list[str]] = {}
    for one in moved:
        together.setdefault(("up" if one.shift > 0 else "down", one.why), []).append(one.shelf)
    told = [f"{enumerated(shelves)} {way} a little ({why})" for (way, why), shelves in together.items()]
    return f"I moved {', and '.join(told)}. Say “stop doing that” and I will not."


def _became(gift: Episode) -> str:
    return gift.reaction or gift.happening


def _add(found: dict[str, Leaning], shelf: str, shift: float, why: str, person_id: str) -> None:
    if shelf in found:
        shift += found[shelf].shift
        why = f"{found[shelf].why}; {why}"
    found[shelf] = Leaning(shelf=shelf, shift=max(-1.0, min(1.0, round(shift, 3))), why=why, person_id=person_id)


def _counted(habit: Habit) -> str:
    parts = [(habit.taken, "taken"), (habit.refused, "turned down")]
    return " and ".join(f"{word} {_times(count)}" for count, word in parts if count)


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"
