"""What a thing shall look like or be made of: "something in gold", "she likes the colour blue", "made of slate"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.phrases import names_a_thing
from recsys_agent.offline.reading.text import Message
from tools.lexicon.shopping import colours
from tools.lexicon.stems import stems

_COLOUR = re.compile(
    r"\b(?:something|anything|one|ones|it|gift|present|colou?rs?|likes?|loves?|prefers?|in|favou?rite)"
    r"(?: (?:gift|nice|the|is|are|be|a|an|to be|colou?r))*(?: in| the colou?r| colou?r)? (?P<what>[a-z]+(?: [a-z]+)?)"
)
_ENTRY = re.compile(r"[,;] ?(?P<what>[a-z]+(?: [a-z]+)?)(?= ?(?:[,;.!]|$| please| if possible))")
""" "A dress, blue, not too pricey"."""
_THE_WORD = re.compile(r"(?:the )?\bcolou?rs?\b")
_MADE_OF = re.compile(
    r"\b(?:made|crafted|built|carved)(?: entirely| only)? (?:of|from|out of)(?: real| solid| pure)? "
    r"(?P<what>[a-z]{3,20})\b"
)
_NOTHING = frozenset("the that this any some scratch him her them what which recycled natural sustainable".split())


_REFUSED = re.compile(
    r"\b(?:no|not|nothing|never|hates?|dislikes?|without|avoid|except|but|than|nor|detests?|stand|cannot)\b"
    r"(?: (?:anything|something|things?|stuff|be|is|in|like|please|really|want|any))*[ ,]*$"
)


def _refused(message: Message, match: re.Match[str]) -> bool:
    """Whether the words before say that it must not look so: "hates anything pink", "nothing made of plastic"."""
    begins = match.start() + (len(match[0]) - len(match[0].removeprefix("not ")))
    return _REFUSED.search(message.text[:begins]) is not None


def read_attributes(message: Message) -> list[str]:
    """The colours and materials wished for, closed in the message."""
    found: list[str] = []
    for match in _MADE_OF.finditer(message.open):
        if match["what"] not in _NOTHING and not _refused(message, match):
            found.append(match["what"])
            message.close(*match.span())
    for match in _ENTRY.finditer(message.open):
        if stems(match["what"]) in colours() and not _refused(message, match):
            found.append(match["what"])
            message.close(*match.span("what"))
    for match in _COLOUR.finditer(message.open):
        words = match["what"].split()
        named = next((" ".join(words[:n]) for n in (2, 1) if stems(" ".join(words[:n])) in colours()), None)
        if named and not _refused(message, match):
            found.append(named)
            begins = match.start("what")
            if said := _THE_WORD.search(match[0]):  # "the colour blue" is no wish for colours
                begins = match.start() + said.start()
            message.close(begins, match.start("what") + len(named))
    return list(dict.fromkeys(found))


def with_attributes(attributes: list[str], interests: list[str]) -> list[str]:
    """The interests with how things shall look: of "a dress, blue" the blue dress, then any; else the look alone."""
    things = [interest for interest in interests if names_a_thing(interest)]
    if len(things) != 1:
        return list(dict.fromkeys([*interests, *attributes]))
    return list(dict.fromkeys([*(f"{attribute} {things[0]}" for attribute in attributes), *interests]))
