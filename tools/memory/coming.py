"""What is coming up for a shopper: whose day, when, and what they were given last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tools.memory.calendar import age_on, lead_days, next_day
from tools.memory.kinds import Episode, Occasion, Person
from tools.memory.store import Known

BY_RELATION: dict[str, str] = {"mother": "mothers_day", "father": "fathers_day"}
"""A day that is somebody's without anybody saying so."""


@dataclass(frozen=True)
class Coming:
    """An occasion ahead. ``begin_on`` is when it is time to look for something; ``last_gift`` a title."""

    on: date
    begin_on: date
    person: Person
    occasion: str
    turns: int | None = None
    last_gift: str | None = None

    @property
    def who(self) -> str:
        """The person in a word or two."""
        return " ".join([*([self.person.relation.replace("_", " ")] if self.person.relation else []), *_names(self)])


def coming_up(known: Known, today: date, within_days: int, *, country: str = "US") -> list[Coming]:
    """The occasions from today to ``within_days`` days ahead, the nearest first, each of a person once."""
    by_id = {person.person_id: person for person in known.people}
    days: dict[tuple[str, str], date] = {}
    for person in known.people:
        if person.birthday:
            _enter(
                days, person, "birthday", next_day("birthday", today, month=person.birthday[0], day=person.birthday[1])
            )
        if (feast := BY_RELATION.get(person.relation or "")) is not None:
            _enter(days, person, feast, next_day(feast, today, country=country))
    for memory in known.memories:
        if isinstance(memory, Occasion) and memory.person_id in by_id:
            _enter(days, by_id[memory.person_id], memory.occasion, _day_of(memory, today, country))
    return sorted(
        (
            _coming(by_id[person_id], occasion, on, known.memories)
            for (person_id, occasion), on in days.items()
            if on - today <= timedelta(days=within_days)
        ),
        key=lambda c: (c.on, c.who),
    )


def _day_of(memory: Occasion, today: date, country: str) -> date | None:
    if memory.year is not None:  # once, not every year
        once = next_day(memory.occasion, today, month=memory.month, day=memory.day)
        return once if once and once.year == memory.year else None
    return next_day(memory.occasion, today, month=memory.month, day=memory.day, country=country)


def _enter(days: dict[tuple[str, str], date], person: Person, occasion: str, on: date | None) -> None:
    if on is not None:
        days.setdefault((person.person_id, occasion), on)


def _coming(person: Person, occasion: str, on: date, memories: Sequence[object]) -> Coming:
    given = [
        m
        for m in memories
        if isinstance(m, Episode) and m.person_id == person.person_id and m.happening in ("given", "chosen") and m.title
    ]
    turns = age_on(person.birth_year, person.birthday, on) if occasion == "birthday" and person.birth_year else None
    last = max(given, key=lambda m: (m.on or date.min, m.source.at), default=None)
    begin = on - timedelta(days=lead_days(occasion))
    return Coming(on, begin, person, occasion, turns, last.title if last else None)


def _names(coming: Coming) -> list[str]:
    return coming.person.names[:1]
