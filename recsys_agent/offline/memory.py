"""The stand-in's part in memory: which words become calls of the tool `memory`, and what answers its questions mean."""

from __future__ import annotations

import re
from typing import Any

from recsys_agent.offline.conversation import Conversation
from recsys_agent.offline.reading import Reading
from recsys_agent.offline.reading.messaging import read_messaging
from recsys_agent.offline.reading.remembering import AboutMemory, read_memory
from tools.brief import Brief, BriefChanges
from tools.shopper.whom import words_of

_ASKS = re.compile(
    r"\b(?:gifts?|presents?|something|anything|ideas?|again|looking|need|want|find|suggest|recommend|party|birthday|"
    r"show|under|budget|cheaper)\b|[$€£]",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\W*(?:yes|yep|yeah|yup|sure|still|correct|right|exactly|that is right|of course|true|indeed)\b", re.IGNORECASE
)
_NO = re.compile(r"\W*(?:no|nope|nah|neither|none|not|somebody|someone|another|a different|other)\b", re.IGNORECASE)
_CORRECTS = re.compile(
    r"\b(?:wrong|incorrect|mistaken|outdated|out of date|not (?:right|true|correct))\b", re.IGNORECASE
)
_PRONOUNS = frozenset({"he", "she", "they"})
_NOT_THAT = re.compile(
    r"\W*(?:(?:please|no|ok|okay|hey|can you|could you|i want you to|you can|well|actually|and)[, ]+)*(?:"
    r"stop (?:it|that|(?:doing|moving|ranking|sorting|shifting) (?:that|this|it|them|things|so|like that))|"
    r"(?:do not|don't|dont) (?:do|move|shift|hold) (?:that|this|it|them|things|anything)(?: against \w+)?|"
    r"undo(?: (?:that|this|it))?|(?:take|turn|switch|roll|put) (?:that|it|them|this) back|ignore that|never mind that)"
    r"(?:[, ]+(?:please|again|then|now|any ?more|thanks|up|down|around))*\W*$",
    re.IGNORECASE,
)
"""What takes back the shift that the last reply told of."""
SHORT_WORDS = 5


def read_about_memory(conversation: Conversation) -> AboutMemory | None:
    """What the message says about memory; None where there is none, or nothing is said of it."""
    if not conversation.remembers:
        return None
    if conversation.leaned and _NOT_THAT.match(conversation.message.replace("’", "'")):
        return AboutMemory(action="unlearn")
    if messaging := read_messaging(conversation.message):
        return AboutMemory(action=messaging)
    return read_memory(conversation.message, conversation.today, asked=next(reversed(conversation.asked), None))


def memory_call(told: AboutMemory, reading: Reading | None) -> dict[str, Any]:
    """The arguments of `memory`; ``reading`` is that of the rest of the message, where it is about the same person."""
    if told.action and told.action != "skip":
        return {"action": told.action} | {k: v for k, v in (("who", told.who), ("wrong", told.wrong)) if v}
    if told.action == "skip" and not told.past:
        return {"action": "skip"}
    said = reading.changes if reading else BriefChanges()
    who = told.who or " ".join(filter(None, (said.relation, said.name))) or None
    given = {"action": "note", "who": who, "past": told.past, "wrong": told.wrong}
    if told.correcting:
        new = (("likes", said.interests), ("avoid", said.avoid), ("allergies", said.allergies))
        given |= {name: [word for word in words if word not in told.wrong] for name, words in new}
        given["age_years"] = said.age_years
    return {name: value for name, value in given.items() if value}


def asks_for_gifts(told: AboutMemory, reading: Reading, conversation: Conversation) -> bool:
    """Whether the rest of the message wants picks, or changes the picks on the table."""
    if reading.intent not in ("recommend", "critique"):
        return False
    if told.correcting and not told.past:
        # "That's wrong" is about what memory has just told; without it a bare "he" may be nobody memory knows.
        nobody = (told.who or "they").lower() in _PRONOUNS and not _CORRECTS.search(conversation.message)
        wished = bool(nobody and reading.changes.interests)
        return wished or bool(conversation.shown) or bool(_ASKS.search(told.rest))
    changes = reading.changes
    more = changes.occasion or changes.interests or changes.budget or changes.needs or changes.avoid or reading.critique
    return bool(more) or _ASKS.search(told.rest) is not None


def completed(arguments: dict[str, Any], told: AboutMemory) -> dict[str, Any]:
    """The arguments of `recommend` beside a call of `memory`: the person named there, and what is no longer true."""
    if told.who and "relation" not in arguments and "name" not in arguments:
        relation, name = words_of(told.who)
        arguments |= {k: v for k, v in (("relation", relation), ("name", name)) if v}
    if told.wrong:
        arguments["remove"] = [*arguments.get("remove", []), *told.wrong]
        arguments["avoid"] = [word for word in arguments.get("avoid", []) if word not in told.wrong]
    return arguments


def answer_to_question(conversation: Conversation) -> dict[str, Any] | None:
    """What a short answer to a question out of memory means, as arguments of `recommend`; None for anything else."""
    asked, message = next(reversed(conversation.asked), None), conversation.message
    if conversation.brief == Brief() or len(message.split()) > SHORT_WORDS:
        return None
    if asked == "recipient" and conversation.who:
        named = [who for who in conversation.who if re.search(rf"\b{re.escape(who)}\b", message, re.IGNORECASE)]
        if len(named) == 1:
            return _person(named[0])
        if _YES.match(message) and len(conversation.who) == 1:
            return _person(conversation.who[0])
        return {} if _NO.match(message) else None
    if asked == "interests" and conversation.stale and _YES.match(message):
        return {"interests": conversation.stale}
    return None


def _person(who: str) -> dict[str, Any]:
    relation, name = words_of(who.removeprefix("your "))
    return {k: v for k, v in (("relation", relation), ("name", name)) if v}
