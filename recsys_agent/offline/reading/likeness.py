"""What else other picks shall be: "but blue", "only in leather", "but with flowers", "for outdoors", "from another "
"brand"."""

from __future__ import annotations

import re
from typing import Literal

from recsys_agent.offline.reading.text import Message
from tools.lexicon.shopping import is_colour
from tools.lexicon.stems import stems
from tools.receipts.claims import ATTRIBUTES

_BUT = re.compile(
    r"\b(?:(?<!anything )(?<!everything )(?<!all )but|only|just|except|though|and|preferably|ideally)(?: (?:in|made "
    r"(?:of|from|out of)|with|a|an|it|"
    r"this|that|"
    r"time|more|the|colou?r|please|is|be|one|something|version|of|maybe|rather))* (?P<what>[a-z]+(?: [a-z]+)?)"
    r"|\b(?:in|made (?:of|from|out of)) (?:a |the |colou?r )*(?P<plain>[a-z]+(?: [a-z]+)?)"
    r"|^(?:a |the |something |anything )*(?P<bare>[a-z]+) (?:one|version)\b"
)
_WITH = re.compile(
    r"\b(?:but|only|just|and) with (?:a |an |some |more )*(?P<what>[a-z]{3,20})(?= (?:on|in) (?:it|them)|[ .!?]*$)"
)
_USES = {
    "outdoor": "outdoors?|outside|open air", "indoor": "indoors?|inside", "garden": "gardens?|balcony|patio",
    "kitchen": "kitchens?", "desk": "desk", "office": "office|work", "beach": "beach|seaside|sea", "car": "cars?",
    "travel": "travel(?:l?ing)?|trips?|holidays?|the road", "bath": "bath(?:room)?", "winter": "winter|cold days?",
    "summer": "summer|hot days?", "camping": "camping|tents?", "school": "school", "rain": "rainy days?|rain",
}  # fmt: skip
_USE = {
    use: re.compile(
        r"\b(?:for (?:use )?(?:in |on |at )?|(?:use|wear|take|keep|put|enjoy|play with)(?: it| them)? (?:in|on|at|"
        rf"to) )(?:the |her |his |their |my |our |a )?(?:{said})\b(?! (?:lover|fan))"
    )
    for use, said in _USES.items()
}
_PLACED = re.compile(
    r"\b(?:something|anything|ones?|things?|stuff)(?: (?:that is|for|more|to use|to play))* "
    r"(?P<use>indoor|outdoor)s?\b"
)
_SAME = re.compile(
    r"\b(?:the )?same(?: (?:thing|ones?|kind|idea|gift|again|style|sort|please))*,? (?:but|just|only|except|in|for|"
    r"with)\b"
)
_ONE_OF = re.compile(
    r"^(?:(?:ok(?:ay)?|hm+|and|or|so|well|oh|no|nope|nah|actually|what about|how about|the|please|but|maybe|"
    r"do you have|have you got|got|is there|are there|any|"
    r"anything|some|"
    r"something|show me|i want|i would like|i would prefer|we want|only|just|rather|an?|it|them|that|this|1|one|ones|"
    r"all|in|"
    r"made|of|from|out|the|colou?r)[ ,.!]+)*(?P<what>[a-z]+)(?: (?:ones?|1|1s|things?|version|colou?r|please|instead|"
    r"if possible|"
    r"then|maybe|only|rather|thanks))*[ .!?]*$"
)
_ELSEWHERE = re.compile(
    r"\b(?:an?other|(?:(?:a|some) )?(?:different|new|other)|not (?:that|this|the same)) (?:(?P<brand>brand|maker?|"
    r"manufacturer|"
    r"company|label)s?|(?:shop|store|seller|vendor|merchant|retailer|supplier|source)s?)\b"
    r"|\b(?:from|by) (?:somewhere|someone|somebody|anywhere|anyone) else\b"
)
_WOODEN = {"wooden": "wood", "woollen": "wool", "metallic": "metal", "golden": "gold"}
_MATERIALS = ATTRIBUTES | frozenset(
    stems("wood wooden metal paper cork clay stone slate denim felt fabric canvas wicker")
)


_PLACES = (*_USE.values(), _PLACED)


def read_must(message: Message) -> list[str]:
    """The colours, materials and features that a pick like one on the table must have."""
    found: list[str] = []
    for match in _BUT.finditer(message.text):
        words = (match["what"] or match["plain"] or match["bare"]).split()
        named = next((" ".join(words[:n]) for n in (2, 1) if is_attribute(" ".join(words[:n]))), None)
        if named:
            found.append(named)
    found += [match["what"] for match in _WITH.finditer(message.text)]
    found += [use for use, pattern in _USE.items() if pattern.search(message.text)]
    found += [match["use"] for match in _PLACED.finditer(message.text)]
    if (match := _ONE_OF.match(message.text)) and is_attribute(match["what"]):
        found.append(match["what"])
    return list(dict.fromkeys(_WOODEN.get(word, word) for word in found))


def asks_for_another(message: Message) -> bool:
    """ "Same but for outdoors", "in blue please", "something he can use at work": other picks, one thing changed."""
    match = _ONE_OF.match(message.text)
    if re.search(r"\b(?:something|anything)\b", message.text) and any(p.search(message.text) for p in _PLACES):
        return True
    return bool(_SAME.search(message.text) or (match and is_attribute(match["what"])))


def read_elsewhere(message: Message) -> Literal["brand", "seller"] | None:
    """Whether other picks shall come from another brand or seller."""
    match = _ELSEWHERE.search(message.text)
    return None if match is None else "brand" if match["brand"] else "seller"


def is_attribute(phrase: str) -> bool:
    """Whether it is a colour or a material."""
    stemmed = stems(phrase)
    return is_colour(phrase) or (len(stemmed) == 1 and stemmed[0] in _MATERIALS)
