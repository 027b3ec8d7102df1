"""Lists of things that somebody has or does not want."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.phrases import as_interest, interests

_MAKER = re.compile(
    r"^(?:(?:made |produced )?(?:by|from)|(?:the |that )?(?:brand|label|maker|company)(?: of| called| named)?) "
    r"|(?<=\w) (?:things?|products|brand)$"
)
"""Of "by thornby", "the brand thornby" and "thornby things" the name is refused."""


def things(chunk: str, *, refused: bool = False) -> list[str]:
    """The phrases of a list of things; of "any more mugs, she has 12" only the mugs."""
    chunk = re.sub(
        r"^ ?(?:any(?:thing)?|either|both)\b(?: (?:with|made of|made from|containing|about|to do with|related to|"
        r"like|involving))?",
        "",
        chunk,
    )
    found = []
    for phrase in interests(chunk):
        if refused and (person := re.fullmatch(r"(.+) (?:person|fan|lover|drinker|reader|eater|guy|girl)", phrase)):
            phrase = as_interest(person[1])  # "not a book person"
        if refused:
            phrase = _MAKER.sub("", phrase)
        phrase = re.sub(
            r"^(?:eat|drink|wear|get|receive?|hav|giv|buy|bring|send|includ|serv)(?:ing|e)? (?=\w)", "", phrase
        )
        if refused and phrase in (
            "expensive",
            "pricey",
            "cheap",
            "fancy",
            "party",
            "gifts",
            "presents",
            "spend",
            "more",
            "worry",
            "big",
            "boring",
            "generic",
            "cheesy",
            "tacky",
            "large",
            "heavy",
            "breakable",
            "fragile",
        ):
            continue
        found.append(phrase)
    return found
