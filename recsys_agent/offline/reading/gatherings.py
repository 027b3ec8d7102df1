"""Things asked for at a gathering that are tastes elsewhere: "picnic for four: a game and something to drink from".

At a party, a dinner or a sleepover a game is what is played there, candles stand on the table, and what each takes home
are favours: each goes to the need of a plan that it serves, with what it should be as that need's wish.
"""

from __future__ import annotations

import re

from recsys_agent.offline.reading.phrases import is_phrase, is_product, plural
from recsys_agent.offline.reading.text import CLOSED, Message
from recsys_agent.offline.reading.wishes import GENERIC_THING
from recsys_agent.offline.reading.words.party import AT_GATHERINGS, GATHERINGS
from tools.lexicon.relations import relation_words
from tools.lexicon.shopping import goods_stems
from tools.lexicon.stems import stems
from tools.product import NeedKind

_GATHERING = re.compile(rf"(?<![\w'-])(?:{GATHERINGS})(?![\w'-])")
_SOMEBODYS = re.compile(
    r"\b(?:who|she|he|they|loves?|likes?|enjoys?|hosts?|met|invited|went|goes|going|after|about|from|last)\b"
    r"[^.,;:!?]{0,30}$"
)
"""Before the word for a gathering: it is told of somebody, or is another's."""
_PATTERNS: tuple[tuple[NeedKind, str | None, re.Pattern[str]], ...] = tuple(
    (kind, wish, re.compile(rf"(?<![\w'-])(?:{words})(?![\w'-])")) for kind, wish, words in AT_GATHERINGS
)
_ASKED = (
    r"(?:^|[,:;.(+&-] ?|\b(?:and|plus|with|also|needs?|wants?|get|getting|buy|have|having|would like|find|"
    r"including|includes?|add|then|both|looking for|after) )"
)
_ONE = r"(?:(?:an?|some|the|any|a few|few|one|\d{1,3}|enough|maybe|perhaps|also|a set of|a pair of) )*"
_BEFORE = re.compile(
    rf"{_ASKED}{_ONE}(?:(?!(?:loves?|likes?|not?|or|into|plays?|about|for|video|of) )[a-z-]+ ){{0,2}}$"
)
_TASTE = re.compile(
    r"\b(?:loves?|likes?|enjoys?|into|collects?|(?<!to )plays?|playing|fan of|mad about|crazy about|hates?|no|not|"
    r"without|already|has|interested in|obsessed with)\b[^.;:|)]{0,40}$"
)
_ANOTHER = re.compile(
    r"[ -](?:nights?|lovers?|fans?|part(?:y|ies)|players?|shops?|consoles?|themed?|rooms?|mad|warmers?|making|"
    r"holders?|designers?|addicts?|person|people|enthusiasts?|nerds?|or)\b"
)
_ELSE = re.compile(
    rf"{_ASKED}(?:(?:an?|some|\d{{1,2}}) )(?P<thing>[a-z][a-z'-]*(?: [a-z][a-z'-]*){{0,2}}?)"
    r"(?= ?(?:$|[,;.!?:)+&|]|(?:and|plus|for|to|in|on|under|with|too|as well|also)\b))"
)

Gathered = dict[NeedKind, list[tuple[re.Match[str], str | None]]]
"""What is asked for, by the need it serves, each with what to wish for as `AT_GATHERINGS` has it."""


def is_gathering(text: str) -> bool:
    """Whether the message plans a party, a dinner, a picnic, and does not only tell of one."""
    return any(not _SOMEBODYS.search(text[: match.start()]) for match in _GATHERING.finditer(text))


def read_gathered(message: Message, hidden: str) -> Gathered:
    """What is asked for at a gathering, by the need it serves, each with what to wish for; nothing without a gathering.

    ``hidden`` is the text without what only looks like a need. Nothing is closed: whether it is a list of what a
    gathering needs turns on what else is asked for.
    """
    found: Gathered = {}
    if not is_gathering(hidden):
        return found
    taken = [CLOSED in character for character in message.open]
    for kind, wish, pattern in _PATTERNS:
        for match in pattern.finditer(hidden):
            before = hidden[: match.start()]
            asked = _BEFORE.search(before) and not _TASTE.search(before) and not _ANOTHER.match(hidden, match.end())
            if asked and not any(taken[match.start() : match.end()]):
                found.setdefault(kind, []).append((match, wish))
                taken[match.start() : match.end()] = [True] * len(match[0])
    return found


def read_else(message: Message, sought: list[str]) -> list[str]:
    """What is asked for beside it and serves none of the needs, in the shopper's words: "a blanket".

    What is ``sought`` already is no such thing.
    """
    found = []
    for match in _ELSE.finditer(message.open) if is_gathering(message.text) else ():
        thing = match["thing"]
        *_, noun = words = thing.split()
        sold = is_product(noun) or not goods_stems().isdisjoint(stems(noun))
        fresh = plural(thing) not in sought and relation_words().keys().isdisjoint(words)
        if sold and fresh and is_phrase(thing) and not GENERIC_THING.search(thing):
            found.append(thing)
    return list(dict.fromkeys(found))


def as_needs(text: str, gathered: Gathered) -> str:
    """The text with what is asked for at a gathering called by the needs it serves."""
    for match, kind in sorted(
        ((match, kind) for kind, said in gathered.items() for match, _ in said), key=lambda one: -one[0].start()
    ):
        text = f"{text[: match.start()]}{kind}{text[match.end() :]}"
    return text


def wished(said: str, wish: str | None) -> list[str]:
    """The wish for a thing: as it was said, in the plural; nothing where its words only name the need."""
    return [plural(said)] if wish is None else list(filter(None, [wish]))
