"""What a turn says that may be kept: people and records out of the brief, what was shown, and what the shopper did.

Code only, from structured things; the words of the conversation are not kept. Moderation comes after this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from pydantic import BaseModel, Field

from tools.brief import Brief
from tools.leaning import shelf_of
from tools.lexicon.rules import revealed
from tools.lexicon.stems import stems
from tools.memory.calendar import BIRTHDAY, age_on, next_day
from tools.memory.kinds import (
    GIVER,
    AnyMemory,
    Aspect,
    Episode,
    Fact,
    Habit,
    Happening,
    Occasion,
    Person,
    Reaction,
    Source,
    memory_id,
)
from tools.memory.past import Past, gift_named, names_none, told
from tools.money import Money

ASPECTS: tuple[tuple[str, Aspect], ...] = (
    ("interests", "likes"),
    ("avoid", "avoid"),
    ("allergies", "allergy"),
    ("owned", "owns"),
)
"""Lists of the brief, and what they say of the person."""
OPPOSED: dict[Aspect, tuple[Aspect, ...]] = {
    "likes": ("avoid", "dislikes"),  # never an allergy: that is taken back in so many words, or not at all
    "avoid": ("likes",),
    "dislikes": ("likes",),
    "allergy": ("likes",),
}
RULES: frozenset[Aspect] = frozenset({"avoid", "allergy"})
KEPT: frozenset[Happening] = frozenset({"chosen", "given", "returned", "reacted"})
"""What makes a product a past gift."""
ONCE = frozenset("wedding graduation retirement baby_shower housewarming farewell promotion".split())
"""Occasions that do not come again next year."""


class Thing(BaseModel):
    """A product as it was shown."""

    product_id: str
    title: str = Field(max_length=200)
    category: str = ""
    need: str | None = None
    price: Money | None = None


@dataclass(frozen=True)
class Turn:
    """What one turn came to. ``said`` are the phrases of its own message, ``taken_back`` those no longer true."""

    source: Source
    today: Date
    brief: Brief
    said: Sequence[str] = ()
    taken_back: Sequence[str] = ()
    shown: Sequence[Thing] = ()
    chosen: Sequence[Thing] = ()
    turned_down: Sequence[Thing] = ()
    past: Sequence[Past] = ()
    dislikes: Sequence[str] = ()


@dataclass
class Extracted:
    """What to store: the person as now known, new records, and old ones that no longer hold."""

    person: Person
    changed: bool  # whether anything about the person itself is new
    memories: list[AnyMemory] = field(default_factory=list)

    @property
    def superseded(self) -> list[Fact]:
        """Facts that were contradicted in this turn."""
        return [m for m in self.memories if isinstance(m, Fact) and m.superseded_by]

    @property
    def new(self) -> list[AnyMemory]:
        """What this turn added or said again."""
        return [m for m in self.memories if not m.superseded_by]


def extract(turn: Turn, person: Person, known: Sequence[AnyMemory], *, is_new: bool) -> Extracted:
    """The records of a turn about ``person``, beside what is already ``known`` of them and of the giver."""
    own = [m for m in known if m.person_id == person.person_id]
    facts = _facts(turn, person, own)
    old = _contradicted(turn, facts, [m for m in own if isinstance(m, Fact)])
    episodes = [*_shown(turn, person, own), *_past(turn, person, own)]
    memories: list[AnyMemory] = [*facts, *old, *episodes, *_occasion(turn, person, own), *_habits(turn, known)]
    now = _updated(person, turn)
    return Extracted(now, is_new or now != person, memories)


def same(one: str, other: str) -> bool:
    """Whether two phrases name the same thing: equal by their stems."""
    return stems(one) == stems(other)


def _facts(turn: Turn, person: Person, own: Sequence[AnyMemory]) -> list[Fact]:
    """What the brief says of the person and is not known, or was said again in this turn."""
    known = {m.memory_id for m in own}
    stated: list[tuple[Aspect, str]] = [
        (aspect, value) for part, aspect in ASPECTS for value in getattr(turn.brief, part)
    ]
    gifts = [m.title for m in own if isinstance(m, Episode) and m.title] + [past.thing for past in turn.past]
    stated = [(aspect, value) for aspect, value in stated if aspect != "owns" or not any(same(value, g) for g in gifts)]
    facts = [_fact(person, aspect, value, turn.source) for aspect, value in stated]
    facts += [_fact(person, "dislikes", value, turn.source) for value in turn.dislikes]
    return [fact for fact in facts if fact.memory_id not in known or fact.value in turn.said]


def _fact(person: Person, aspect: Aspect, value: str, source: Source) -> Fact:
    identity = memory_id(person.person_id, aspect, value)
    return Fact(memory_id=identity, person_id=person.person_id, source=source, aspect=aspect, value=value)


def _contradicted(turn: Turn, new: Sequence[Fact], old: Sequence[Fact]) -> list[Fact]:
    """Old facts that a new one contradicts, or that were taken back, naming what put an end to them."""
    ended: list[Fact] = []
    renewed = {fact.memory_id for fact in new}
    for fact in old:
        if fact.memory_id in renewed:
            continue
        by = next((n.memory_id for n in new if n.value in turn.said and contradicts(n, fact)), None)
        if by is None and any(same(fact.value, words) for words in turn.taken_back):
            by = turn.source.turn_id
        if by:
            ended.append(fact.model_copy(update={"superseded_by": by}))
    return ended


def contradicts(new: Fact, old: Fact) -> bool:
    """Whether both cannot hold. A rule also ends a liking of what it implies: vegan, and cheese."""
    if old.aspect not in OPPOSED.get(new.aspect, ()):
        return False
    return same(new.value, old.value) or (
        new.aspect in RULES and old.aspect == "likes" and revealed(new.value, stems(old.value)) is not None
    )


def _updated(person: Person, turn: Turn) -> Person:
    """The person with what this turn says of relation, name, age and birthday."""
    recipient = turn.brief.recipient
    update: dict[str, object] = {}
    if recipient.relation and recipient.relation != person.relation:
        update["relation"] = recipient.relation
    if recipient.name and recipient.name.lower() not in (n.lower() for n in person.names):
        update["names"] = [*person.names, recipient.name][-3:]
    birthday = person.birthday
    if turn.brief.occasion == BIRTHDAY and turn.brief.date and "date" in turn.said:
        birthday = (turn.brief.date.month, turn.brief.date.day)
        update["birthday"] = birthday
    if recipient.age_years is not None and person.person_id != GIVER:
        on = turn.brief.date or turn.today
        told = None if person.birth_year is None else age_on(person.birth_year, birthday, on)
        if told != recipient.age_years:
            update["birth_year"] = _birth_year(recipient.age_years, birthday, on)
    return person.model_copy(update=update)


def _birth_year(age_years: int, birthday: tuple[int, int] | None, on: Date) -> int:
    year = on.year - age_years
    return year if age_on(year, birthday, on) == age_years else year - 1


def _episode(
    turn: Turn, person: Person, happening: Happening, thing: Thing, *, reaction: Reaction | None = None
) -> Episode:
    year = (turn.brief.date or turn.today).year
    return Episode(
        memory_id=memory_id(person.person_id, happening, thing.product_id, turn.brief.occasion, year),
        person_id=person.person_id,
        source=turn.source.model_copy(update={"said": happening != "offered"}),
        happening=happening,
        product_id=thing.product_id,
        title=thing.title,
        need=thing.need,
        price=thing.price,
        occasion=turn.brief.occasion,
        on=turn.brief.date,
        reaction=reaction,
    )


def _shown(turn: Turn, person: Person, own: Sequence[AnyMemory]) -> list[Episode]:
    known = {m.memory_id for m in own}
    what: tuple[tuple[Happening, Sequence[Thing]], ...] = (
        ("chosen", turn.chosen),
        ("turned_down", turn.turned_down),
        ("offered", turn.shown),
    )
    episodes = [_episode(turn, person, happening, thing) for happening, things in what for thing in things]
    return [episode for episode in episodes if episode.memory_id not in known]


def _past(turn: Turn, person: Person, own: Sequence[AnyMemory]) -> list[Episode]:
    known = [past for past in turn.past if gift_named(past.thing, own) or not names_none(past.thing)]
    return [told(past, person, own, turn.source) for past in known]


def _occasion(turn: Turn, person: Person, own: Sequence[AnyMemory]) -> list[Occasion]:
    """The day the brief is for; a birthday stands with the person."""
    occasion, day = turn.brief.occasion, turn.brief.date
    if not occasion or occasion == BIRTHDAY or (occasion in ONCE and day is None):
        return []
    once = occasion in ONCE
    identity = memory_id(person.person_id, "occasion", occasion, day.year if day and once else "")
    known = next((m for m in own if m.memory_id == identity), None)
    moves = next_day(occasion, turn.today) is not None  # a feast has its own day, another one next year
    fixed = day if day and not moves and "date" in turn.said else None
    if known is not None and fixed is None:
        return []
    return [
        Occasion(
            memory_id=identity,
            person_id=person.person_id,
            source=turn.source,
            occasion=occasion,
            month=fixed.month if fixed else None,
            day=fixed.day if fixed else None,
            year=fixed.year if fixed and once else None,
        )
    ]


def _habits(turn: Turn, known: Sequence[AnyMemory]) -> list[Habit]:
    """How often the shopper took and refused things of a category, counted on."""
    counted: dict[str, list[int]] = {}
    for place, things in enumerate((turn.chosen, turn.turned_down)):
        for thing in things:
            if category := shelf_of(thing.category):
                counted.setdefault(category, [0, 0])[place] += 1
    before = {m.value: m for m in known if isinstance(m, Habit) and m.sort == "category"}
    return [
        Habit(
            memory_id=memory_id(GIVER, "habit", "category", category),
            person_id=GIVER,
            source=turn.source.model_copy(update={"said": False}),
            sort="category",
            value=category,
            taken=taken + (before[category].taken if category in before else 0),
            refused=refused + (before[category].refused if category in before else 0),
            muted=category in before and before[category].muted,
        )
        for category, (taken, refused) in counted.items()
    ]
