"""What may be kept, decided in code before anything is stored: a record is admitted, reduced, or refused with a reason.

Refused are private data, commands, and health beyond allergies. Of a child nothing is kept but a first name, the year
and day of birth, what they like, what must be avoided and what they were given. Everything else has an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tools.guard.hostile import is_hostile
from tools.guard.quarantine import hidden_in, quarantine
from tools.guard.redaction import is_private
from tools.memory.kinds import AnyMemory, Aspect, Episode, Fact, Habit, Occasion, Person

YEAR = timedelta(days=365)
OF_AGE = 18

LASTS: dict[str, timedelta] = {
    "likes": 3 * YEAR,
    "dislikes": 3 * YEAR,
    "avoid": 5 * YEAR,
    "allergy": 20 * YEAR,  # forgetting one could hurt
    "owns": 3 * YEAR,
    "size": YEAR,
    "offered": YEAR,
    "turned_down": YEAR,
    "chosen": 5 * YEAR,
    "given": 5 * YEAR,
    "returned": 5 * YEAR,
    "reacted": 5 * YEAR,
    "occasion": 10 * YEAR,
    "habit": YEAR,
}
"""How long a record is kept, from when it was said; saying it again starts anew."""
CHILDS_LIKES = 2 * YEAR
"""Children's tastes change sooner, and less is kept of them."""
ASPECTS_OF_A_CHILD: frozenset[Aspect] = frozenset({"likes", "dislikes", "avoid", "allergy", "owns"})

_HEALTH = re.compile(
    r"\b(?:diabet\w+|cancer|tumou?r|chemo\w*|leuk\w+|depress(?:ed|ion|ive)|anxiety|bipolar|schizo\w+|adhd|autis\w+|"
    r"asperger\w*|dyslex\w+|hiv|aids|hepatitis|epilep\w+|dementia|alzheimer\w*|parkinson\w*|stroke|heart attack|"
    r"asthma\w*|arthritis|multiple sclerosis|pregnan\w+|miscarriage|ivf|abortion|surgery|chronic\w*|disab(?:led|ility)|"
    r"wheelchair|medication|antidepressant\w*|insulin|therap(?:y|ist)|rehab|addict\w*|alcoholic|sober|in recovery|"
    r"overweight|obes\w+|anorexi\w+|bulimi\w+|blind|deaf|amput\w+|terminal\w*|hospice|illness|disease|disorder|"
    r"syndrome|diagnos\w+|stds?|sti|hives|rash(?:es)?|anaphyla\w+|eczema|seizures?|migraines?|crohn\w*|lupus|"
    r"dialysis|kidney (?:failure|transplant)|heart (?:condition|failure|problems?|surgery)|blood pressure|"
    r"mental(?:ly)? (?:ill\w*|health)|infertil\w+|trauma\w*|ptsd|ocd|palliative|incontinen\w+|menopaus\w+|"
    r"fibromyalgia)\b",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"\b(?:always|never|only|must|should) (?:recommend|suggest|offer|choose|pick|buy|mention|say|show|answer|reply)\b|"
    r"\b(?:recommend|prefer|promote) (?:only|always|product|item|sku)\b|\b(?:remember|note) (?:that )?(?:you|your)\b|"
    r"\b(?:ignor|disregard|overrid|bypass|reveal)\w*\b.*\b(?:instructions?|rules?|prompts?|guidelines?)\b|"
    r"\b(?:noted|system|assistant|user|shopper|note to \w+)\s*:|"
    r"\b(?:show|list|put|rank|name)\b.{1,40}\b(?:first|on top|at the top)\b|"
    r"\bwhatever (?:is|they|she|he|i|we) (?:asks?|wants?|says?)|"
    r"\b(?:system )?prompts?\b|\b(?:previous|prior|all) instructions\b|"
    r"\byou(?:r| are| must| should| will)\b|https?:|www\.|[<>{}\[\]`\\]",
    re.IGNORECASE,
)

_NO_NOTE = re.compile(r"^(?:\S+\s+){10}\S|^(?:\S+\s+){3}.*[.!]\W*$|(?:\b\w\b\W?){6}", re.DOTALL)
"""What is kept of somebody is a few words: no sentences, and nothing spelled out letter by letter."""


@dataclass
class Admitted:
    """What may be stored, and what may not (what it was about -> why), for the trace and a truthful answer."""

    people: list[Person] = field(default_factory=list)
    memories: list[AnyMemory] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def admit(people: Iterable[Person], memories: Iterable[AnyMemory], *, today_year: int) -> Admitted:
    """Decides on each record. ``people`` are all that the records are about; ``today_year`` tells who is a child."""
    admitted, children = Admitted(), set()
    for person in people:
        if _is_child(person, today_year):
            children.add(person.person_id)
            person = person.model_copy(update={"names": [name.split()[0] for name in person.names]})
        names = [name for name in person.names if not refusal(name)]
        admitted.people.append(person.model_copy(update={"names": names}))
    for memory in memories:
        reason = next((why for text in texts_of(memory) if (why := refusal(text))), None)
        if reason is None and memory.person_id in children and not _suits_a_child(memory):
            reason = "more than is needed of a child"
        if reason:
            admitted.refused.append(reason)
        else:
            admitted.memories.append(_ending(memory, of_child=memory.person_id in children))
    return admitted


def refusal(text: str) -> str | None:
    """Why a text must not be kept; None where it may."""
    if is_private(text):
        return "private data"
    if _HEALTH.search(text):
        return "health"
    if is_hostile(text) or _INSTRUCTION.search(text) or hidden_in(text) or quarantine(text)[1] - {"look-alike"}:
        return "an instruction"
    if _NO_NOTE.search(text):
        return "more than a note"
    return None


def texts_of(memory: AnyMemory) -> list[str]:
    """What in a record was said by people. A product's title is the catalogue's, whose import cleans it."""
    match memory:
        case Fact() | Habit():
            return [memory.value]
        case Occasion():
            return [memory.occasion]
        case Episode():
            said = memory.title if memory.product_id is None else None  # "I gave him a mug": the shopper's own word
            return [text for text in (memory.occasion, said) if text]


def lasts(memory: AnyMemory, *, of_child: bool = False) -> timedelta:
    """How long a record is kept."""
    match memory:
        case Fact():
            short = of_child and memory.aspect in ("likes", "dislikes", "owns")
            return CHILDS_LIKES if short else LASTS[memory.aspect]
        case Episode():
            return LASTS[memory.happening]
        case Occasion():
            return LASTS["occasion"]
        case Habit():
            return LASTS["habit"]


def _ending(memory: AnyMemory, *, of_child: bool) -> AnyMemory:
    end: datetime = memory.source.at + lasts(memory, of_child=of_child)
    return memory.model_copy(update={"expires_at": end})


def _is_child(person: Person, year: int) -> bool:
    """Where only the year of birth is known, whoever may still be a child is one."""
    return person.birth_year is not None and year - person.birth_year <= OF_AGE


def _suits_a_child(memory: AnyMemory) -> bool:
    return not isinstance(memory, Fact) or memory.aspect in ASPECTS_OF_A_CHILD
