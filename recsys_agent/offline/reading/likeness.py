"""What else a pick "like the second" shall be: "but blue", "only in leather", "but with flowers"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.text import Message
from tools.lexicon.shopping import colours
from tools.lexicon.stems import stems
from tools.receipts.claims import ATTRIBUTES

_BUT = re.compile(
    r"\b(?:but|only|just|except|though|and|preferably|ideally)(?: (?:in|made (?:of|from|out of)|with|a|an|it|"
    r"this|that|"
    r"time|more|the|colou?r|please|is|be|one|something|version|of|maybe|rather))* (?P<what>[a-z]+(?: [a-z]+)?)"
    r"|\b(?:in|made (?:of|from|out of)) (?:a |the |colou?r )*(?P<plain>[a-z]+(?: [a-z]+)?)"
    r"|^(?:a |the |something |anything )*(?P<bare>[a-z]+) (?:one|version)\b"
)
_WITH = re.compile(
    r"\b(?:but|only|just|and) with (?:a |an |some |more )*(?P<what>[a-z]{3,20})(?= (?:on|in) (?:it|them)|[ .!?]*$)"
)
_WOODEN = {"wooden": "wood", "woollen": "wool", "metallic": "metal", "golden": "gold"}
_MATERIALS = ATTRIBUTES | frozenset(
    stems("wood wooden metal paper cork clay stone slate denim felt fabric canvas wicker")
)


def read_must(message: Message) -> list[str]:
    """The colours, materials and features that a pick like one on the table must have."""
    found: list[str] = []
    for match in _BUT.finditer(message.text):
        words = (match["what"] or match["plain"] or match["bare"]).split()
        named = next((" ".join(words[:n]) for n in (2, 1) if _is_attribute(" ".join(words[:n]))), None)
        if named:
            found.append(named)
    found += [match["what"] for match in _WITH.finditer(message.text)]
    return list(dict.fromkeys(_WOODEN.get(word, word) for word in found))


def _is_attribute(phrase: str) -> bool:
    stemmed = stems(phrase)
    return stemmed in colours() or (len(stemmed) == 1 and stemmed[0] in _MATERIALS)
