"""Others than the recipient: whose tastes are told by the way, and for whom something else is wanted as well."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.people import RELATION_WORDS, best, read_people
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.words.names import FIRST_NAMES
from recsys_agent.offline.reading.words.people import NOT_NAMES
from tools.lexicon.relations import relation_words

_RELATION = rf"(?:{RELATION_WORDS})"
_TELLS = r"(?:is|are|was|has|have|had|loves?|likes?|adores?|enjoys?|hates?|collects?|plays?|got|gets|wants?|prefers?)"
_THEIRS = re.compile(
    rf"(?<!and )\b(?:her|his|their|whose) (?:own |little |older |younger |best )?{_RELATION}s? (?:also |"
    rf"really )?{_TELLS}\b(?:(?!\bbut\b)[^.;!?])*"
)
_ALSO_FOR = re.compile(
    rf"(?:,? (?:and|plus|then|as well as)|,) (?:also |then )?(?P<one>(?:something|one|another(?: one)?|(?:a |"
    rf"some )?(?:gifts?|presents?)) )?"
    rf"(?P<for>for )?(?:my|our) (?:[a-z-]+ )?(?P<who>{_RELATION})(?P<own>(?:,| \(|:)? (?:who|which|she|he|they|"
    rf"{_TELLS})\b)?"
)
_NAME, _AGED = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+", r"(?:,? \(?(?:aged? |who is |is |turning )?\d{1,2}\)?(?! ?[$€£%]))"
_ALSO_NAMED = re.compile(rf"\b{_NAME}{_AGED}?,? (?:and|&) (?P<who>{_NAME})\b(?P<aged>{_AGED})?")
""" "Mia, 7, and Leo, 10": the second of two who each have an age, or who each get something."""
_TAKEN_BACK = re.compile(r"\b(?:no|not|sorry|actually|rather|mean|meant|wait)\W*$")
_SEVERAL = re.compile(r"\b(?:gifts|presents|things|ideas|pressies)\b[^.;!?]*\bfor\b|\beach of\b|\bone each\b")
_CLAUSE = re.compile(r"[^.;!?\d$€£]*")


def strike_others(message: Message) -> list[str]:
    """The relations or names of further recipients ("and something for my sister"), what is said of them struck.

    Struck is also what is told of somebody else's people ("her granddaughter loves ballet") where the recipient is
    another. One gift for two ("a present for my sister and my brother-in-law") stays a gift for the first.
    """
    named = _strike_named(message)
    recipient = best(read_people(message))
    if recipient is None or recipient.score < 3:
        return named
    for match in _THEIRS.finditer(message.text):
        if not match.start() <= recipient.start < match.end():
            message.strike(*match.span())
    later: list[str] = []
    several = _SEVERAL.search(message.text)
    for match in list(_ALSO_FOR.finditer(message.text, recipient.end)):
        relation = relation_words()[match["who"]]
        if relation == recipient.relation or not (several or match["one"] or match["for"] or match["own"]):
            continue
        if _TAKEN_BACK.search(message.text[: match.start()]):
            continue
        if match[0].startswith(", m") and not (several or match["own"]):
            continue  # "for Ana, my sister"
        later.append(relation)
    for relation in later:
        words = "|".join(re.escape(word) for word, meant in relation_words().items() if meant == relation)
        told = re.compile(
            rf"(?:,? (?:and|plus|then) )?(?:something |one |another |presents? |gifts? )?(?:for )?\b(?:my |our |"
            rf"the )?(?:[a-z-]+ )?(?:{words})\b"
        )
        while match := told.search(message.text, recipient.end):
            clause = _CLAUSE.match(message.text, match.end())
            message.strike(match.start(), clause.end() if clause else match.end())
    return list(dict.fromkeys([*later, *named]))


def _strike_named(message: Message) -> list[str]:
    """The name of a second recipient, with the age where it is told, struck."""
    match = _ALSO_NAMED.search(message.cased)
    if match is None or match["who"].lower() in {*NOT_NAMES, *relation_words()}:
        return []
    if not (match["aged"] or (_SEVERAL.search(message.text) and match["who"].lower() in FIRST_NAMES)):
        return []
    message.strike(match.start("who"), match.end())
    age = re.search(r"\d+", match["aged"] or "")
    return [f"{match['who']}, {age[0]}" if age else match["who"]]
