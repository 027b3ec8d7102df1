"""How what is remembered becomes part of a brief: rules at once, likings where none were stated, doubts as questions.

What is used is listed, so that the reply can say so; each record is applied once in a session, so that what the
shopper takes back stays taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import BaseModel

from tools.brief import Brief, BriefChanges
from tools.enumeration import enumerated
from tools.memory.calendar import BIRTHDAY, age_on, next_day
from tools.memory.extraction import KEPT, contradicts, same
from tools.memory.kinds import AnyMemory, Episode, Fact, Person
from tools.memory.moderation import OF_AGE
from tools.memory.past import may_come_again
from tools.memory.people import called
from tools.memory.recall import Similarity, ranked, shared_stems
from tools.memory.wording import in_words, together, when

STALE = timedelta(days=2 * 365)
STALE_OF_A_CHILD = timedelta(days=365)
"""After so long a liking is asked about instead of assumed; children's change sooner."""
BELATED = timedelta(days=30)
"""For so long after a birthday a gift is for that one."""
MOST_LIKES = 4
TOLD_GIFTS = 3
"""How many likings stand in for stated interests, and how many past gifts a reply names."""
LISTS = {"avoid": "avoid", "dislikes": "avoid", "allergy": "allergies", "owns": "owned"}

Use = Literal["person", "age", "rule", "interest", "left_out", "asked", "leaning"]


class Used(BaseModel):
    """One thing that was recalled and what it was used for, for the account of the turn."""

    use: Use
    text: str
    person_id: str
    memory_id: str | None = None  # None for what stands with the person: name, age


@dataclass
class Applied:
    """A brief with memory in it. ``left_out`` are product_ids of past gifts; ``stale`` likings to be asked about."""

    brief: Brief
    used: list[Used] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    gifts: list[Episode] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


def apply(
    brief: Brief,
    person: Person,
    memories: Sequence[AnyMemory],
    now: datetime,
    *,
    changes: BriefChanges,
    done: Collection[str] = (),
    query: str = "",
    similarity: Similarity = shared_stems,
) -> Applied:
    """The brief with what is known of its recipient. ``changes`` are this message's, which memory never overrides.

    ``done`` are the records that were applied in this session before; ``query`` is what the shopper wrote: where more
    is liked than is needed, what it is about comes first.
    """
    applied = Applied(brief.model_copy(deep=True))
    own = [m for m in memories if m.person_id == person.person_id]
    _complete(applied, person, now.date())
    facts = [m for m in own if isinstance(m, Fact) and m.memory_id not in done and not _overruled(m, changes)]
    for fact in facts:
        if (part := LISTS.get(fact.aspect)) is not None:
            _as_rule(applied, fact, part, now.date())
    _past_gifts(applied, own, done, now.date())
    likes = [f for f in facts if f.aspect == "likes"]
    _likings(applied, likes, person, now, lambda fresh: ranked(fresh, query, now, similarity=similarity))
    return applied


def note(applied: Applied, person: Person, today: date) -> str | None:
    """What was recalled, in a line for the reply; None where nothing was."""
    known = [u.text for u in applied.used if u.use == "age"] + together(applied.facts, today)
    sentences = [f"I remember about {called(person)}: {', '.join(known)}."] if known else []
    if told := applied.gifts[:TOLD_GIFTS]:
        gifts = "; ".join(_gift(gift, today) for gift in told)
        more = f" and {len(applied.gifts) - len(told)} more" if len(applied.gifts) > len(told) else ""
        sentences.append(
            f"{gifts[0].upper()}{gifts[1:]}{more}, so I left {'it' if len(applied.gifts) == 1 else 'those'} out."
        )
    return " ".join(sentences) or None


def stale_question(applied: Applied, person: Person) -> str | None:
    """The question about likings that may be out of date."""
    if not applied.stale:
        return None
    who = called(person)
    likes = enumerated(applied.stale)
    return f"A good while ago you told me that {who} likes {likes}. Is that still so, or what is it now?"


def _complete(applied: Applied, person: Person, today: date) -> None:
    recipient = applied.brief.recipient
    recipient.relation = recipient.relation or person.relation
    recipient.name = recipient.name or next(iter(person.names), None)
    applied.used.append(Used(use="person", text=called(person), person_id=person.person_id))
    if recipient.age_years is None and person.birth_year is not None:
        on = applied.brief.date or _occasion_day(applied.brief, person, today) or today
        recipient.age_years = age_on(person.birth_year, person.birthday, on)
        text = f"{recipient.age_years} years old"
        applied.used.append(Used(use="age", text=text, person_id=person.person_id))


def _occasion_day(brief: Brief, person: Person, today: date) -> date | None:
    """The next day of the occasion, where it is known; of a birthday also the one just past, for a belated gift."""
    if brief.occasion != BIRTHDAY:
        return next_day(brief.occasion, today) if brief.occasion else None
    if person.birthday is None:
        return None
    month, day = person.birthday
    return next_day(BIRTHDAY, today - BELATED, month=month, day=day)


def _as_rule(applied: Applied, fact: Fact, part: str, today: date) -> None:
    values: list[str] = getattr(applied.brief, part)
    if any(same(fact.value, value) for value in applied.brief.rules):
        return
    setattr(applied.brief, part, [*values, fact.value])
    applied.facts.append(fact)
    _use(applied, "rule", fact, in_words(fact, today))


def _past_gifts(applied: Applied, own: Sequence[AnyMemory], done: Collection[str], today: date) -> None:
    """Gifts of the catalogue are left out by their id, others by their name."""
    told: set[str] = set()
    gifts = [m for m in own if isinstance(m, Episode) and m.happening in KEPT]
    for gift in sorted(gifts, key=lambda m: (m.happening != "given", -m.source.at.timestamp())):
        if gift.product_id:
            applied.left_out.append(gift.product_id)
        elif gift.title and gift.memory_id not in done and not _known_kind(gift, applied.brief):
            applied.brief.owned = [*applied.brief.owned, gift.title.lower()]
        identity = gift.product_id or (gift.title or "").lower()
        if gift.memory_id not in done and identity not in told:
            told.add(identity)
            applied.gifts.append(gift)
            _use(applied, "left_out", gift, in_words(gift, today))
        elif gift.memory_id not in done:
            applied.ids.append(gift.memory_id)
    applied.left_out = list(dict.fromkeys(applied.left_out))


def _known_kind(gift: Episode, brief: Brief) -> bool:
    """Whether a gift that no product stands for needs no rule: it is one already, or its like may come again."""
    return may_come_again(gift.title or "", gift.reaction) or any(same(gift.title or "", o) for o in brief.owned)


def _likings(
    applied: Applied,
    likes: Sequence[Fact],
    person: Person,
    now: datetime,
    best_first: Callable[[Sequence[AnyMemory]], Sequence[AnyMemory]],
) -> None:
    """Likings stand in only where the shopper states none; those of long ago only as a question."""
    brief = applied.brief
    if brief.interests or brief.theme or any(need.kind != "gift" for need in brief.needs):
        return
    held = [like for like in likes if not any(contradicts(rule, like) for rule in _rules_of(brief, like))]
    limit = STALE_OF_A_CHILD if _is_child(person, now.date()) else STALE
    fresh = [like for like in held if now - like.source.at <= limit]
    for like in best_first(fresh)[:MOST_LIKES]:
        if isinstance(like, Fact):
            brief.interests = [*brief.interests, like.value]
            applied.facts.append(like)
            _use(applied, "interest", like, in_words(like, now.date()))
    if not fresh and held:
        oldest_last = sorted(held, key=lambda like: like.source.at, reverse=True)[:MOST_LIKES]
        applied.stale = [like.value for like in oldest_last]
        for like in oldest_last:
            _use(applied, "asked", like, in_words(like, now.date()))


def _rules_of(brief: Brief, like: Fact) -> list[Fact]:
    return [like.model_copy(update={"aspect": "avoid", "value": rule}) for rule in brief.rules]


def _is_child(person: Person, today: date) -> bool:
    return person.birth_year is not None and today.year - person.birth_year <= OF_AGE


def _overruled(fact: Fact, changes: BriefChanges) -> bool:
    """Whether this very message says otherwise."""
    if any(same(fact.value, words) for words in changes.remove):
        return True
    wished = changes.interests if fact.aspect in ("avoid", "dislikes") else []
    return any(same(fact.value, words) for words in wished)


def _use(applied: Applied, use: Use, memory: AnyMemory, text: str) -> None:
    applied.used.append(Used(use=use, text=text, person_id=memory.person_id, memory_id=memory.memory_id))
    applied.ids.append(memory.memory_id)


def _gift(gift: Episode, today: date) -> str:
    """ "last June you gave **Seed Tin**"; "you chose **Seed Tin** for the birthday in June 2027"."""
    time, title = when(gift, today), f"**{gift.title}**"
    ahead = time.startswith("for ")
    time = time if ahead or time.startswith(("last", "this", "today")) else f"in {time}"
    match gift.happening:
        case "returned":
            return f"{title} was returned {time}"
        case "reacted":
            verb = {"loved": "was loved", "liked": "was liked", "disliked": "was not liked"}[gift.reaction or "liked"]
            return f"{title}{f', given {time},' if gift.on and not ahead else ''} {verb}"
        case happening:
            did = f"you {'gave' if happening == 'given' else 'chose'} {title}"
            return f"{did} {time}" if ahead else f"{time} {did}"
