"""What the recipient likes, dislikes, owns and must not get, and things wished for.

The text is cut at cues ("loves", "not into", "already has", "allergic to", "looking for"); what follows a cue up to the
next one or to the end of the clause is its object, a list of phrases.
"""

from __future__ import annotations

import re

from recsys_agent.offline.reading.cues import CLAUSE_END, find_cues
from recsys_agent.offline.reading.diets import ALLERGEN, NO_ALLERGEN, allergen, read_diets
from recsys_agent.offline.reading.hobbies import read_agents, read_habits, read_known, read_verbs
from recsys_agent.offline.reading.phrases import interests, is_product, plural
from recsys_agent.offline.reading.possessions import read_kept
from recsys_agent.offline.reading.smalltalk import no_preference
from recsys_agent.offline.reading.tastes import Tastes
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.things import things
from recsys_agent.offline.reading.wishes import read_leading_thing, read_thing_about, read_wish
from recsys_agent.offline.reading.words.filler import NO_IDIOMS, NOTHING_IDIOMS


def read_tastes(message: Message, *, own: bool = False, asked: bool = False, things_told: bool = True) -> Tastes:
    """All likes, dislikes, allergies, possessions and wishes.

    ``own`` means the gift is for the shopper, so "I love" counts; ``asked`` means the bare phrases of the message
    answer the question for interests; without ``things_told`` a thing to buy is no taste: "a tent" among what a party
    needs.
    """
    tastes = Tastes()
    bare = asked and not find_cues(message.open)
    kept = read_kept(message)
    read_diets(message, tastes)
    read_habits(message, tastes)
    _read_cues(message, tastes, own=own)
    if things_told:
        read_leading_thing(message, tastes)
    read_thing_about(message, tastes)
    read_agents(message, tastes)
    read_verbs(message, tastes)
    if bare or (asked and not tastes.interests):
        parts = re.split(r"[|.;!?]|\bbut\b|\bmostly\b", message.open)
        told = [p for part in parts if not no_preference(part) for p in interests(part)]
        tastes.interests = [i for i in tastes.interests if not any(i in phrase for phrase in told)] + told
    read_known(message, tastes)
    tastes.interests = tastes.interests or kept
    _settle(tastes)
    return tastes


def _settle(tastes: Tastes) -> None:
    """What is refused is no interest, and an allergy is not also merely avoided."""
    tastes.allergies = list(dict.fromkeys(allergen(a) for a in tastes.allergies))
    tastes.owned = list(dict.fromkeys(tastes.owned))
    tastes.avoid = [a for a in dict.fromkeys(tastes.avoid) if a not in tastes.allergies and a not in tastes.owned]
    refused = {*tastes.avoid, *tastes.allergies, *tastes.owned}
    tastes.interests = [i for i in dict.fromkeys(tastes.interests) if i not in refused]


_SPEAKER = re.compile(
    r"(?:^|[\s,.;|])(?:i|we)(?: (?:would|do|really|also|just|personally|both|too|did|am|have|absolutely|think|will|"
    r"know|might|kind of|always))*$"
)


def _read_cues(message: Message, tastes: Tastes, *, own: bool) -> None:
    text = message.open
    cues = find_cues(text)
    for index, cue in enumerate(cues):
        kind = cue.lastgroup
        limit = cues[index + 1].start() if index + 1 < len(cues) else len(text)
        rest = text[cue.end() : limit]
        end = CLAUSE_END.search(rest)
        chunk = rest[: end.start()] if end else rest
        if (
            end
            and chunk.strip() == ""
            and rest[end.start() : end.end()] == "|"
            and kind in ("like", "dislike", "allergy", "owned")
        ):
            # A closed word right behind the cue ("loves |||||||| and tea"): the list goes on after it.
            after = re.sub(r"^[\s|]+", "", rest)
            end = CLAUSE_END.search(after)
            chunk = after[: end.start()] if end else after
        speaker = bool(_SPEAKER.search(text[max(0, cue.start() - 40) : cue.start()]))
        if kind == "like" and not (speaker and not own):
            _like(chunk, tastes, cue[0])
        elif kind == "dislike" and not _refuses_nothing(cue[0], chunk):
            for thing in things(chunk, refused=True):
                cannot = re.fullmatch(
                    r"(?:can|does|do) not (?:to )?(?:have|eat|drink|do|tolerate)", cue[0]
                ) and ALLERGEN.fullmatch(thing)
                (tastes.allergies if cannot else tastes.avoid).append(thing)
        elif kind == "allergy":
            tastes.allergies += [thing for thing in things(chunk) if thing not in NO_ALLERGEN]
        elif kind == "owned":
            tastes.owned += [o for o in things(chunk) if o not in ("everything", "lot")]
        elif kind == "wish":
            read_wish(cue[0], chunk, tastes)
        if kind in ("dislike", "allergy", "owned") or cue[0].startswith("used to "):
            message.close(cue.start(), cue.end() + len(chunk))
        elif kind == "like" and not speaker:
            message.close(cue.start(), cue.end())
            if tastes.interests:
                message.close(cue.end(), cue.end() + min(len(chunk), _used(chunk, tastes.interests)))


def _used(chunk: str, found: list[str]) -> int:
    """How much of a chunk the phrases found in it take up."""
    ends = [chunk.rfind(phrase) + len(phrase) for phrase in found if phrase in chunk]
    return max(ends, default=0)


_NOT_QUITE = (
    r"(?:quite|exactly|entirely|totally|fully)(?:\W*$|[,.;|]| (?:right|it|there|yet|what|the|my|our|his|her|"
    r"for|sure|happy|convinced|perfect)\b)|(?:right|ideal|convinced|perfect)$"
)
"""Behind "not": a verdict on what was shown, and no thing."""


def _refuses_nothing(cue: str, chunk: str) -> bool:
    words = chunk.strip()
    if not words or re.match(r"(?:any |all |either |some )?(?:of )?(?:these|those|them)\b", words):
        return True
    if cue.startswith("hat") and re.match(
        r"(?:gift |present |christmas |birthday )?(?:shopping|buying|wrapping|choosing|everything|surprises)\b", words
    ):
        return True
    if cue == "no":
        return bool(re.match(rf"(?:{NO_IDIOMS})\b", words))
    if cue == "nothing":
        return bool(re.match(rf"(?:{NOTHING_IDIOMS})\b", words))
    if re.match(r"(?:can|could|do|does) not (?:do|take|have|use|handle)$", cue):
        return bool(re.match(r"(?:that|it|this|much|a lot|too|more|anything|wrong|time|to)\b", words))
    if cue == "not" and re.match(
        r"(?:see|hear|walk|move|stand up|wait|decide|think|remember|drive|sleep|sit)\b", words
    ):
        return True  # "she can't see well"
    if cue == "not":
        return bool(
            re.match(
                rf"(?:apply|count|hold|matter|exist|him|her|it|them|me|sure|much|at all|yet|now|today)\b|{_NOT_QUITE}",
                words,
            )
        )
    return bool(
        re.match(
            r"(?:say|tell|answer|talk|him|them|it|me|you|her$|"
            r"her (?:much|at all|very|a lot)|to (?:know|be|say|tell|answer|share|talk|spend|buy|give|get|have|go|"
            r"exceed)|much|that much|spend)\b",
            words,
        )
    )


def _like(chunk: str, tastes: Tastes, cue: str) -> None:
    wished = bool(re.match(r"(?:would|will|might|may|could|'d)\b", cue))
    for phrase in interests(chunk):
        if phrase in tastes.avoid:
            continue
        tastes.interests.append(plural(phrase) if wished and is_product(phrase) else phrase)
