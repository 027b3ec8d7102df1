"""Who is meant: "dad", "my father", "Bob" are one person; two daughters are told apart; a guess between two is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tools.lexicon.relations import spoken_of
from tools.memory.calendar import age_on
from tools.memory.kinds import GIVER, Person, memory_id

ONLY_ONE = frozenset(
    "father mother husband wife partner fiance boyfriend girlfriend mother_in_law father_in_law".split()
)
"""Relations of which a shopper has one at a time: another age is a correction, not another person."""

LOOSE = frozenset(
    """friend colleague neighbour cousin client employee student teacher coach roommate babysitter host doctor landlord
    child baby couple team family boss""".split()
)
"""Relations of which there may be many that were never mentioned: "a friend" need not be the friend who is known."""

ALIKE = (
    frozenset("partner husband wife fiance boyfriend girlfriend".split()),
    frozenset("child baby son daughter stepson stepdaughter godchild".split()),
    frozenset("grandchild grandson granddaughter".split()),
    frozenset("sibling brother sister".split()),
)
"""What one person may be called at different times, where the name is the same."""

AGE_TOLERANCE = 1
"""Years by which an age may be off: a birthday that is not known."""


@dataclass(frozen=True)
class Resolution:
    """The person meant, or those between whom only the shopper can tell; neither for somebody new."""

    person: Person | None = None
    among: list[Person] = field(default_factory=list)


def resolve(
    people: Sequence[Person],
    relation: str | None,
    name: str | None,
    *,
    age_years: int | None = None,
    today: date | None = None,
) -> Resolution:
    """The person of this relation and name among ``people``. An age tells siblings apart where no name does."""
    if relation == "self":
        return Resolution(next((p for p in people if p.person_id == GIVER), None))
    others = [p for p in people if p.person_id != GIVER]
    if name:
        named = [p for p in others if _has_name(p, name) and _may_be(p.relation, relation)]
        return _of(named) if named else Resolution(_unnamed(others, relation, age_years, today))
    if not relation:
        return Resolution()
    known = _of_age([p for p in others if p.relation == relation], relation, age_years, today)
    if relation in LOOSE:
        return Resolution(among=known) if any(p.names for p in known) else _of(known)
    return _of(known)


def newcomer(relation: str | None, name: str | None) -> Person:
    """A person who was not known; the same words give the same id, also in two browser tabs."""
    if relation == "self":
        return Person(person_id=GIVER, relation="self")
    person_id = memory_id("person", relation or "", (name or "").lower())
    return Person(person_id=person_id, relation=relation, names=[name] if name else [])


def called(person: Person) -> str:
    """The person in words to the shopper: "your father Bob", "Bob", "you"."""
    if person.person_id == GIVER:
        return "you"
    relation = spoken_of(person.relation) if person.relation else ""
    return " ".join([*([relation] if relation else []), *person.names[:1]]) or "somebody"


def _of(people: list[Person]) -> Resolution:
    return Resolution(people[0]) if len(people) == 1 else Resolution(among=people)


def _unnamed(
    people: Sequence[Person], relation: str | None, age_years: int | None, today: date | None
) -> Person | None:
    """Whoever was known by this relation alone; now there is a name."""
    if not relation or relation in LOOSE:
        return None
    known = [p for p in people if p.relation == relation and not p.names]
    known = _of_age(known, relation, age_years, today)
    return known[0] if len(known) == 1 else None


def _of_age(people: list[Person], relation: str, age_years: int | None, today: date | None) -> list[Person]:
    if age_years is None or today is None or relation in ONLY_ONE:
        return people
    fitting = [p for p in people if p.birth_year is None or _is_about(p, age_years, today)]
    exact = [p for p in fitting if p.birth_year is not None]
    return exact if len(exact) == 1 else fitting


def _is_about(person: Person, age_years: int, today: date) -> bool:
    return abs(age_on(person.birth_year or 0, person.birthday, today) - age_years) <= AGE_TOLERANCE


def _has_name(person: Person, name: str) -> bool:
    wanted = _plain(name)
    return any(wanted in (_plain(known), _plain(known).split()[0]) for known in person.names)


def _plain(name: str) -> str:
    return re.sub(r"[^\w -]", "", name).strip().lower() or "-"


def _may_be(known: str | None, said: str | None) -> bool:
    return None in (known, said) or known == said or any(known in alike and said in alike for alike in ALIKE)
