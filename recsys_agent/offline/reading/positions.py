"""Which of the shown picks the shopper points at."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.text import Message

_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
    "6th": 6,
    "7th": 7,
    "8th": 8,
    "9th": 9,
    "10th": 10,
    "last": -1,
    "final": -1,
    "latter": -1,
    "former": 1,
    "top": 1,
    "bottom": -1,
    "middle": 2,
}

ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))

_POSITION = re.compile(
    rf"\b(?:number|no\.?|nr\.?|option|pick|item|choice|suggestion|gift|idea|product|result|#) ?#?(?P<n>\d{{1,2}}|"
    rf"one|two|three)\b(?! ?(?:[$€£%]|years|euros|dollars|pounds))|(?<!\w)#(?P<hash>\d{{1,2}})\b"
    rf"|\b(?:the |your |that |this )(?P<ord>{ORDINAL})(?! (?:birthday|of \w+ (?:january|march)|time|minute|year|"
    rf"christmas|day|week|thing|anniversary|century|name|shelf|notch|budget|price))\b"
    rf"|(?:^|\b(?:take|want|like|love|order|choose|buy|get|pick|have|why|about|with|"
    rf"to) )(?P<bare>{ORDINAL})(?= ?(?:one|pick|option|$|[.,!?]|please|looks|is|sounds))"
)


def position_of(message: Message, shown: int) -> int | None:
    """The pick the message points at, as far as there are picks: 1-based, -1 for the last."""
    if shown <= 0:
        return None
    if match := _POSITION.search(message.text):
        number = number_of(match["n"] or match["hash"] or match["ord"] or match["bare"])
        return number if number == -1 or 1 <= number <= 50 else None
    if shown == 1 and re.search(r"\b(?:it|that|this|that one|this one)\b", message.text):
        return 1
    return None


def number_of(word: str) -> int:
    """The position that a number, a number word or an ordinal names."""
    return {"one": 1, "two": 2, "three": 3}.get(word) or _ORDINALS.get(word) or int(word)
