"""What is remembered, in words: for the reply, for an answer to "what do you know?", and for ADK's memory search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tools.enumeration import enumerated
from tools.memory.calendar import age_on
from tools.memory.kinds import GIVER, AnyMemory, Episode, Fact, Habit, Occasion, Person
from tools.memory.people import called

ASPECTS = {
    "likes": "likes {}",
    "dislikes": "does not like {}",
    "avoid": "no {}",
    "allergy": "allergic to {}",
    "owns": "already has {}",
    "size": "size {}",
}
HAPPENINGS = {
    "offered": "was shown {}",
    "chosen": "you chose {}",
    "turned_down": "you turned down {}",
    "given": "you gave {}",
    "returned": "{} was returned",
}
REACTIONS = {"loved": "loved {}", "liked": "liked {}", "disliked": "did not like {}"}
DIETS = {"non-vegan": "vegan"}
"""Rules that have a name of their own."""


def in_words(memory: AnyMemory, today: date) -> str:
    """One record in a few words, without whom it is about."""
    match memory:
        case Fact():
            return DIETS[memory.value] if _has_name(memory) else ASPECTS[memory.aspect].format(memory.value)
        case Episode():
            template = REACTIONS[memory.reaction] if memory.reaction else HAPPENINGS.get(memory.happening, "{}")
            text, time = template.format(memory.title or memory.need or "something"), _time(memory, today)
            return f"{text} ({time})" if time else text
        case Occasion():
            day = f" on {date(2000, memory.month, memory.day):%B} {memory.day}" if memory.month and memory.day else ""
            return f"{memory.occasion.replace('_', ' ')}{day}"
        case Habit():
            return f"of {memory.value} you took {memory.taken} and turned down {memory.refused}"


def when(memory: Episode, today: date) -> str:
    """When it happened, as people say it: "last June", "June 2024", "today"; "for the birthday in June 2027" ahead."""
    on = memory.on or memory.source.at.date()
    if on > today:
        occasion = f"the {memory.occasion.replace('_', ' ')} " if memory.occasion else ""
        soon = (on.year, on.month) == (today.year, today.month)
        return f"for {occasion}{f'on {on:%B} {on.day}' if soon else f'in {on:%B} {on.year}'}".replace("for in", "for")
    if (on.year, on.month) == (today.year, today.month):
        return "today" if on == today else "this month"
    months = (today.year - on.year) * 12 + today.month - on.month
    return f"last {on:%B}" if months < 12 else f"{on:%B} {on.year}"


def together(memories: Sequence[AnyMemory], today: date) -> list[str]:
    """Records in words, those of one sort in one phrase: "likes jazz, tea and golf"."""
    phrases: dict[str, list[str]] = {}
    for memory in memories:
        template = ASPECTS[memory.aspect] if isinstance(memory, Fact) and not _has_name(memory) else None
        values = phrases.setdefault(template or in_words(memory, today), [])
        if isinstance(memory, Fact) and template and memory.value not in values:
            values.append(memory.value)
    return [template.format(enumerated(values)) if values else template for template, values in phrases.items()]


def _has_name(fact: Fact) -> bool:
    return fact.aspect == "avoid" and fact.value in DIETS


def _time(memory: Episode, today: date) -> str:
    """When it was; of a reaction nobody knows that, but perhaps when the gift was given."""
    if memory.happening != "reacted":
        return when(memory, today)
    return f"given {when(memory, today)}" if memory.on and memory.on <= today else ""


def about(person: Person, memories: Sequence[AnyMemory], today: date) -> str:
    """All that is known of a person, in one line."""
    facts = together([m for m in memories if not (isinstance(m, Episode) and m.happening == "offered")], today)
    shown = sum(isinstance(m, Episode) and m.happening == "offered" for m in memories)
    known = [*_of_age(person, today), *facts]
    if shown:
        known.append(f"{shown} {'pick' if shown == 1 else 'picks'} shown")
    who = "You" if person.person_id == GIVER else called(person)[0].upper() + called(person)[1:]
    return f"**{who}**: {'; '.join(known) or 'nothing but that you give to them'}."


def _of_age(person: Person, today: date) -> list[str]:
    known = []
    if person.birth_year:
        known.append(f"{age_on(person.birth_year, person.birthday, today)} years old")
    if person.birthday:
        known.append(f"birthday on {date(2000, *person.birthday):%B} {person.birthday[1]}")
    return known
