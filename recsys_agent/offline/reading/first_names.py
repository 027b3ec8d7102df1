"""The recipient's first name: capitalised, or in lower case where it is a known name in a name's place."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.people import Person
from recsys_agent.offline.reading.text import CLOSED, Message
from recsys_agent.offline.reading.words.interests import KNOWN, NEEDS_A_CUE, PRODUCTS
from recsys_agent.offline.reading.words.names import FIRST_NAMES, WORDS_TOO
from recsys_agent.offline.reading.words.people import NOT_NAMES
from tools.lexicon.relations import relation_words

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)?"
_STATED = re.compile(
    rf"\b(?:[Nn]amed|[Cc]alled|[Nn]ame is|[Nn]ame's|[Nn]ame:|goes by|[Hh]is name|[Hh]er name)(?: is)? ({_CAPITAL})\b"
)
_PET = re.compile(
    r"\b(?:dogs?|cats?|puppy|kitten|horse|pony|pet|rabbit|parrot|hamster|bird|band|show|game|book|series)\b\W*$",
    re.IGNORECASE,
)
_FOR_NAME = re.compile(rf"\b[Ff]or ({_CAPITAL})(?=$|[\s,.!?;:'(])(?! [A-Z])")
_NAME_COMMA = re.compile(rf"(?:^|[\s(])({_CAPITAL}), (?:my|our|a|an) ")
_NAME_FIRST = re.compile(
    rf"(?:^|[.!?;,:] )({_CAPITAL})(?:'s (?:birthday|present|gift|[Cc]hristmas)| (?:again|for (?:[Cc]hristmas|"
    r"[Ee]aster|[Vv]alentine|mother's|father's|her|his|their)))\b",
)
"""A name before what it is about: "Ruby for Christmas", "Priya's birthday is coming up"."""
_WISHED = KNOWN | NEEDS_A_CUE | PRODUCTS
"""What is wished for may stand in the same place: "Chocolate for Christmas"."""
_NAME_TURNS = re.compile(
    rf"(?:^|[.!?;,] )({_CAPITAL}) (?:turns|is turning|will be|will turn|is \d|loves|likes|enjoys|hates|adores)\b"
)
_BESIDE = re.compile(
    r",? \(?([a-z]+(?:-[a-z]+)?)(?P<owns>'s)?(?![\w'-])(?P<does> (?:turns|is|who|loves|likes|has|enjoys|hates|"
    r"and i)\b)?"
)
_LOWER = (
    re.compile(r"\b(?:named|called|name is) ([a-z]+)\b"),
    re.compile(
        r"\bfor ([a-z]+)(?=$|'s|[.,!?;:(]| (?:who|turns|is|loves|likes|she|he|and|under|max|from|for|up|around|about|"
        r"below|this|next)\b)"
    ),
    re.compile(
        r"(?:^|[.!?;,] )([a-z]+) (?:turns|is turning|will be|will turn|is \d|loves|likes|enjoys|hates|adores)\b"
    ),
    re.compile(r"(?:^|[\s(])([a-z]+), (?:my|our) "),
)
_MODALS = frozenset({"will", "may", "june", "april", "august", "art"})
_ALSO_NAMES = frozenset({"max", "may", "june", "april"})
"""Words that are names right behind a relation: "my nephew Max"."""


def read_name(message: Message, person: Person | None, *, asked: bool = False) -> str | None:
    """A first name that is said to be the recipient's, two of them where both are known names ("Mary Ann").

    ``asked`` means a bare name answers the question for the recipient.
    """
    cased = message.cased
    if not cased.isupper() and (name := _capitalised(message, person, asked=asked)):
        return _both(name, cased)
    return _lower_case(message, person, asked=asked)


def _capitalised(message: Message, person: Person | None, *, asked: bool) -> str | None:
    cased = message.cased
    if (match := _STATED.search(cased)) and not _PET.search(cased[max(0, match.start() - 12) : match.start()]):
        return _name(match[1])
    if asked and person is None and (bare := re.fullmatch(rf"(?:[Ii]t is )?(?:for )?({_CAPITAL})[.!]?", cased)):
        return _name(bare[1])
    if person is not None:
        tail = cased[person.end : person.end + 30]
        if (match := re.match(rf",? \(?({_CAPITAL})\b(?! [A-Z]{{2}})", tail)) and (
            name := _name(match[1], beside=True)
        ):
            return name
    for pattern in (_NAME_COMMA, _FOR_NAME, _NAME_TURNS):
        for match in pattern.finditer(cased):
            if (name := _name(match[1])) and CLOSED not in message.open[match.start(1) : match.end(1)]:
                return name
    if person is None and (first := _NAME_FIRST.search(cased)) and not _is_wished(first[1]):
        return _name(first[1])
    return None


def _is_wished(word: str) -> bool:
    plain = word.lower()
    return not {plain, plain.removesuffix("s"), f"{plain}s"}.isdisjoint(_WISHED)


def _name(word: str, *, beside: bool = False) -> str | None:
    lower, relations = word.lower(), relation_words()
    if beside and lower in _ALSO_NAMES:
        return word
    return None if lower in NOT_NAMES or lower in relations or lower.rstrip("s") in relations else word


def _both(name: str, cased: str) -> str:
    """The name with the other half of it: "Ann" of "Mary Ann", "Jean" of "Jean Paul"; a surname is no half."""
    if name.lower() not in FIRST_NAMES:
        return name
    for pattern in (rf"\b({_CAPITAL}) {re.escape(name)}\b", rf"\b{re.escape(name)} ({_CAPITAL})\b"):
        if (match := re.search(pattern, cased)) and match[1].lower() in FIRST_NAMES and _name(match[1]):
            return match[0]
    return name


def _lower_case(message: Message, person: Person | None, *, asked: bool) -> str | None:
    """A known name in lower case; one that is also a word ("rose") only where nothing but a name can stand."""
    text = message.text
    if asked and person is None and (bare := re.fullmatch(r"(?:it is )?(?:for )?([a-z]+)[.!]?", text)):
        return bare[1].capitalize() if bare[1] in FIRST_NAMES else None
    if person is not None and (beside := _BESIDE.match(text, person.end)):
        sure = beside["owns"] or (beside["does"] and beside[1] not in _MODALS)
        after = re.match(r" ([a-z]+)\b", text[beside.end(1) :])
        second = _known(after[1], sure=False) if after else None
        if name := _known(beside[1], sure=bool(sure or second)):
            return f"{name} {second}" if second else name
    for number, pattern in enumerate(_LOWER):
        for match in pattern.finditer(text):
            if CLOSED not in message.open[match.start(1) : match.end(1)] and (
                name := _known(match[1], sure=number == 0)
            ):
                return name
    return None


def _known(word: str, *, sure: bool) -> str | None:
    """The word as a name, if it is one."""
    return (
        word.title()
        if word in FIRST_NAMES and (sure or word not in WORDS_TOO) and word not in relation_words()
        else None
    )
