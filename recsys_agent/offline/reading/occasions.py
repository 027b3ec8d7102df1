"""Which occasion it is."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.words.occasions import OCCASIONS

_OCCASIONS = {name: re.compile(rf"(?<![\w-])(?:{words})(?!\w)") for name, words in OCCASIONS.items()}

# "Not for Christmas", "thank you!" and "after Christmas" name no occasion.
_DENIED = re.compile(
    r"\b(?:not|no|isn't|than|after|last|since|instead of|nor) (?:a |an |for |my |her |his |their |the |really )*$"
)
_CORRECTED = re.compile(
    r"\.\.|…|\b(?:well|sorry|actually|wait|oops|er+m?|uh+m?|um+|hm+|i mean|i meant|rather|make (?:that|it)|correction|"
    r"scratch that|strike that|or is it|no)\b[,.!:]? (?!need|one|more|time|idea|budget|kids|party)"
)
"""Between two occasions: the second is meant ("Retirement... well, 65th birthday")."""
_BIRTHDAY_WORDS = re.compile(
    r"\b(?:turns|turn \d+|turning|is about to turn|will turn|going to turn|hits the big|big \d)\b|\bthe big \d|"
    r"\bsweet 16|\b(?:his|her|their) \d{1,3}(?:st|nd|rd|th)\b(?! (?:wedding|anniversary|of|year|grade|child))|"
    rf"\b(?:{RELATION_WORDS})s? \d{{2,3}}(?:st|nd|rd|th)(?=$| ?[,.;!?]| (?:next|this|coming|on|in)\b)|"
    r"'s \d{1,3}(?:st|nd|rd|th)\b(?! (?:wedding|anniversary))|"
    r"\bfor (?:a|an|his|her) \d{1,3}(?:st|nd|rd|"
    r"th)\b(?! (?:wedding|anniversary))"
)


def read_occasion(message: Message, *, age: int | None) -> str | None:
    """The canonical occasion. An age being reached ("turns 60") is a birthday."""
    mentions: list[tuple[int, str]] = []
    for name, pattern in _OCCASIONS.items():
        # Another reader may have taken "40th birthday"; it is a birthday all the same.
        for match in pattern.finditer(message.text if name == "birthday" else message.open):
            left, right = message.text[max(0, match.start() - 25) : match.start()], message.text[match.end() :]
            if _DENIED.search(left):
                if name != "birthday":
                    message.close(*match.span())
                continue
            if name == "thank_you" and match[0] in ("thank you", "thankyou") and not _is_thanks_gift(left, right):
                continue
            if name == "thank_you" and re.match(r"(?:[ -]you)?[ -](?:cards|notes)\b", right):
                continue  # are written after a party
            if (name == "get_well" and re.search(r"works? $", left)) or (
                name == "engagement" and right.startswith(" party game")
            ):
                continue
            if name in ("promotion", "new_year") and re.search(r"\bon $", left):
                continue
            if name != "birthday":  # "birthday" still matters beside "cake" and "party"
                message.close(*match.span())
            mentions.append((match.start(), name))
    found = _meant(mentions, message.text)
    if found is None and (age is not None and _BIRTHDAY_WORDS.search(message.text)):
        return "birthday"
    return found


def _meant(mentions: list[tuple[int, str]], text: str) -> str | None:
    """The occasion among those named: the one that a correction ends with, else the first of the list of occasions."""
    if not mentions:
        return None
    ordered = sorted(mentions)
    for (start, before), (end, after) in zip(ordered[-2::-1], ordered[:0:-1], strict=True):
        if before != after and _CORRECTED.search(text[start:end]):
            return after
    return mentions[0][1]


def _is_thanks_gift(left: str, right: str) -> bool:
    """ "A thank you gift for my boss", "to say thank you"; not "thank you, that helps"."""
    return bool(
        re.match(
            r"[ -](?:gift|present|card(?!s)|token|something|idea|for (?:helping|looking|all)|treat|hamper|presents|"
            r"gifts)",
            right,
        )
        or re.search(r"\b(?:a|to say|say|as a|as|little|small|big|to)[ ]$", left)
    )
