"""What a message puts in place of what the picks were for: "a lamp instead", "he's more of a cyclist", "blue then"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.likeness import is_attribute
from recsys_agent.offline.reading.phrases import is_phrase, names_a_thing
from recsys_agent.offline.reading.text import Message
from tools.brief import Brief, BriefChanges

_INSTEAD = re.compile(
    r"\b(?:instead(?! of)|(?:i|we|he|she|they) (?:would|will|'d|had)? ?(?:much |far )?(?:rather|prefer)\b(?! not)|"
    r"(?:swap|change|switch|exchange|replace|turn) (?:it|that|this|them|those|these) (?:for|to|with|into|by)\b|"
    r"(?:forget|never mind|scrap|drop) (?:that|it|those|these|them|all that)\W+(?=\w)|"
    r"make (?:it|that)(?= an? [a-z]+(?: then| instead)?[ .!?]*$))"
)
_ONLY = re.compile(
    r"^(?:(?:ok(?:ay)?|hm+|and|so|well|oh|no|actually|but|please|i want|we want|show me|can we do)[ ,]+)*"
    r"(?:(?:only|just|nothing but|exclusively) (?P<what>[a-z]+(?: [a-z]+)?)|(?P<before>[a-z]+(?: [a-z]+)?) only)"
    r"(?: please| thanks| then| this time)*[ .!]*$"
)
""" "Books only": whatever else was wished for."""
_TOO = re.compile(r"\b(?:also|too|as well|or|besides|in addition|and maybe|both)\b")
_CUE = re.compile(
    r",? ?\binstead\b(?! of)(?=[ ,.!?]*$)|\b(?:swap|change|switch|exchange|replace|turn) (?:it|that|this|them|those|"
    r"these) (?:for|to|with|into|by)\b|^(?:forget|never mind|scrap|drop) (?:that|it|those|these|them|"
    r"all that)\b(?=\W+\w)|\bmake (?:it|that)(?= an? [a-z]+(?: then| instead)?[ .!?]*$)"
)


def puts_instead(message: Message) -> bool:
    """Whether something takes another's place. The word that says so is struck, as it names nothing ("a lamp")."""
    said = _INSTEAD.search(message.text) is not None or _is_only(message.text.strip())
    if cue := _CUE.search(message.text):
        message.strike(*cue.span())
    return said


def _is_only(text: str) -> bool:
    match = _ONLY.match(text)
    thing = match and (match["what"] or match["before"])
    return bool(
        thing and is_phrase(thing) and not is_attribute(thing) and (names_a_thing(thing) or thing.endswith("s"))
    )


def replaced(changes: BriefChanges, brief: Brief, message: Message, *, instead: bool) -> list[str]:
    """What of the brief gives way: a colour or material to a colour or material, and other wishes to other wishes."""
    if brief.is_plan or _TOO.search(message.text):
        return []
    gone: list[str] = []
    new = [*changes.interests, *changes.must]
    if any(is_attribute(word) for word in new):  # of two colours the last one counts, whether or not it says "instead"
        gone += [word for word in (brief.interests if instead else brief.must) if is_attribute(word)]
    if instead and any(not is_attribute(word) for word in changes.interests):
        gone += [word for word in brief.interests if not is_attribute(word)]
    return [word for word in dict.fromkeys(gone) if word not in new]
