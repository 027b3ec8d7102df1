"""Makers and shops that are refused by name: "nothing by Thornby", "not from Blue Heron", "anything but Marks & Co"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.text import Message

_NAME = r"[A-Z][\w'.-]*(?:,? (?:(?:&|and|of|the|de|van|la) )?[A-Z&][\w'.-]*)*"
_REFUSED = (
    r"(?i:\b(?:nothing|no(?: (?:\w+ )?(?:products?|gifts?|presents?|things?|stuff|items?|more))?|never|without|avoid|"
    r"not|(?:anything|everything|something|any(?: brand)?)(?: that is)? (?:but|except|not|other than)|exclude|skip|"
    r"(?:not|hates?|rather not|no longer)\b[^,.;!?]{0,30}?\b(?:anything|things?|stuff|gifts?|products?|"
    r"presents?|something)))"
)
_BY = (
    r"(?i:(?:anything |things? |stuff |products? |else )?(?:(?:(?:that is )?(?:made|produced|manufactured|sold|"
    r"designed) )?(?:by|from)|(?:of )?(?:the )?(?:brand|label|maker|shop|store|company)(?: called| named| is)?)) "
)
_NAMED = re.compile(rf"{_REFUSED} {_BY}(?:(?i:the (?:brand|shop|company|people at) ))?(?P<brand>{_NAME})")
_WRITTEN_SMALL = re.compile(
    r"\b(?:nothing|not anything) (?:(?:that is )?(?:made|produced|manufactured) )?by (?:the brand )?(?P<brand>(?!(?:"
    r"hand|machine|mail|post|email|courier|then|now|him|her|them|himself|herself)\b)[a-z][\w'&-]*(?: (?!please|thanks|"
    r"or|and|but|if|he|she|they|as)[a-z][\w'&-]*)?)"
)
_TIMES = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|christmas|easter|i"
)
_ANOTHER_NAME = re.compile(rf"(?:,? (?:or|nor|and)|,)(?i: by| from)? (?P<brand>{_NAME})")


def read_refused_brands(message: Message) -> list[str]:
    """The brands that must not be shown, in lower case; their words are closed.

    A name is known by its capitals, up to "& Sons"; behind "nothing by" also without them.
    """
    found: list[str] = []
    for pattern, text in ((_NAMED, message.cased), (_WRITTEN_SMALL, message.text)):
        for match in pattern.finditer(text):
            brand = match["brand"].strip(" .'").lower()
            if "|" in message.open[match.start() : match.end()] or _TIMES.match(brand):
                continue
            found.append(brand)
            message.close(*match.span())
            end = match.end()
            while more := _ANOTHER_NAME.match(message.cased, end):
                if _TIMES.match(more["brand"].lower()):
                    break
                found.append(more["brand"].strip(" .'").lower())
                end = more.end()
                message.close(*more.span())
    return list(dict.fromkeys(found))
