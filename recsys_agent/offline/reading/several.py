"""Several things asked for in one message, each to be had: "a lamp, a cushion and flowers, $250 together".

"And" means both, within one budget; "or" leaves a choice, and is read as one gift. Each thing becomes a need that goes
by its own name, so that later turns can speak of it: "swap the mug".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.phrases import is_phrase, is_product, plural
from recsys_agent.offline.reading.text import CLOSED, Message
from recsys_agent.offline.reading.wishes import GENERIC_THING
from recsys_agent.offline.reading.words.interests import KNOWN
from tools.brief import NeedChange
from tools.lexicon.shopping import goods_stems
from tools.lexicon.stems import singular, stems

_SENTENCE = re.compile(r"(?:[^.;:!?]|(?<=\d)\.(?=\d))+")
_PARTS = re.compile(r",? (?:and(?: also)?|plus|as well as|along with) |, ?| ?[&+] ?")
_CUE = re.compile(
    r"^(?:.*?\b(?:i am|we are|looking for|after|needs?|wants?|would like|get|buy|find|order|give|have|both|including|"
    r"add|include|recommend|suggest)(?: to (?:get|buy|give|find|order|have))?"
    rf"(?: (?:me|us|him|her|them|(?:my|our) (?:{RELATION_WORDS})))?(?: both| also)?|(?:and|also|plus),?) "
    r"(?=(?:an?|one|some|\d{1,2}) )"
)
_AMOUNT = re.compile(
    r"[(,]? ?(?:(?:for|at|of|is|costs?|each|up to|under|below|at most|max(?:imum)?|around|about|less than|no more "
    r"than) )*[$€£]? ?\d[\d.,]*(?: ?(?:[$€£]|dollars?|euros?|pounds?|bucks|quid|max(?:imum)?|tops|each|apiece|"
    r"at most|or less))*\)?$"
)
_CLOSED_END = re.compile(rf"{re.escape(CLOSED)}+\W*$")
"""What was read behind a thing is an amount like any other."""
_WHOM = re.compile(
    rf" for (?:(?:my|our|his|her|their|an?|the|one of my) (?:[a-z-]+ ){{0,2}}?(?:{RELATION_WORDS}|newborn)s?\b|"
    rf"him|her|them|me|us|someone|somebody|(?:an? |my )?(?:\d|{re.escape(CLOSED)}))"
)
_NEXT_THING = re.compile(r",? (?:and|plus) (?:an?|one|some) (?!(?:gift|present)\b)[a-z]")
""" "A cookbook for my sister and a mug for my brother" goes on with the next thing."""
_PLACE = re.compile(r" (?:for|in|on|at|to) (?:the|our|my|his|her|their|a|an) [a-z -]+$")
_ITEM = re.compile(r"(?P<count>an?|one|some|the|\d{1,2}) (?P<thing>[a-z][a-z' -]*)|(?P<bare>[a-z][a-z' -]*)")
_TOPIC = re.compile(r"(?P<thing>[a-z' -]+?) (?:about|on|with|of) (?P<topic>[a-z' -]+)")
_BEFORE_THING = re.compile(
    r"^(?:(?:new|nice|good|small|little|big|large|pretty|lovely|cute|matching|cheap|really|very) |"
    r"(?:pair|set|box|bunch|bottle|pack|bouquet|couple) of )+"
)
_NOT_ASKED = re.compile(
    r"\b(?:or|nor|loves?|(?<!would )likes?|enjoys?|into|has|owns?|gave|got|given|bought|last|already|no|not|"
    r"without|hates?|than|compare|instead|rather|keep|swap|either|allergic|collects?)\b"
)
_ASIDE = re.compile(rf"\d|\b(?:for|by|budget|together|total|all|both|please|thanks|{RELATION_WORDS})\b")
"""What may stand in a list beside its things: an amount, a date, whom it is for."""
_FOR_EACH = re.compile(
    r"\b(?P<first>(?:gift|present|something) for (?P<one>her|him)),? and (?:an? |one )?(?:(?:gift|present|something) )?"
    r"for (?P<other>her|him)\b"
)


@dataclass(frozen=True)
class Thing:
    """One of several things: where its words stand, and what is to be had."""

    start: int
    end: int
    need: NeedChange


def read_several(message: Message, *, beside: bool = False) -> list[Thing]:
    """The things of a list that asks for all of them; none where it does not. Nothing is closed.

    ``beside``: the message names needs of a party as well, their words closed, so that one more thing makes several.
    """
    if (pair := _FOR_EACH.search(message.open)) and pair["one"] != pair["other"]:
        first, other = (NeedChange(kind="gift", name=f"gift for {who}") for who in (pair["one"], pair["other"]))
        return [Thing(pair.start(), pair.end("first"), first), Thing(pair.end("first"), pair.end(), other)]
    for sentence in _SENTENCE.finditer(message.open):
        if found := _listed(sentence[0], sentence.start(), beside=beside):
            return found
    return []


def _listed(sentence: str, offset: int, *, beside: bool) -> list[Thing]:
    for whom in _WHOM.finditer(sentence):
        if not _NEXT_THING.match(sentence, whom.end()):
            sentence = sentence[: whom.start()]  # the rest is told of them
            break
        sentence = sentence[: whom.start()] + CLOSED * len(whom[0]) + sentence[whom.end() :]
    if _NOT_ASKED.search(sentence):
        return []
    cue = _CUE.match(sentence)
    position = cue.end() if cue else len(sentence) - len(sentence.lstrip())
    found: list[Thing] = []
    counted = known = 0
    for separator in [*_PARTS.finditer(sentence, position), None]:
        begin, end = position, separator.start() if separator else len(sentence)
        part, position = sentence[begin:end], separator.end() if separator else end
        if item := _item(part, first=not found and not cue):
            need, is_counted, is_known = item
            counted, known = counted + is_counted, known + is_known
            found.append(Thing(offset + begin, offset + begin + len(part.rstrip()), need))
        elif not _is_read(part) and not (found and _ASIDE.search(part)):
            return []
    apart = len({thing.need.name for thing in found}) == len(found)
    return found if apart and known and counted and len(found) + beside > 1 else []


def _is_read(part: str) -> bool:
    """Whether a part says nothing beside what was read already: "a small ||||"."""
    left = part.replace(CLOSED, " ").strip(" (),").split()
    return not left or (CLOSED in part and len(left) <= 2 and not is_product(left[-1]))


def _item(part: str, *, first: bool) -> tuple[NeedChange, bool, bool] | None:
    """The need of one part of a list, whether it was counted ("a mug", "2 mugs") and names what shops sell.

    None for anything else.
    """
    if _is_read(part):
        return None
    words = re.sub(r" (?:please|too|as well)$", "", _CLOSED_END.sub("0", part).replace(CLOSED, " ").strip(" (),"))
    words = _PLACE.sub("", f" {_AMOUNT.sub('', words).strip(' (,')}").strip()
    match = _ITEM.fullmatch(words)
    if match is None:
        return None
    count, told = match["count"] or "", _BEFORE_THING.sub("", match["thing"] or match["bare"])
    about = _TOPIC.fullmatch(told)
    thing = about["thing"] if about and is_product(about["thing"].split()[-1]) else told
    *before, noun = thing.split()
    known = is_product(noun) or is_product(singular(noun)) or not goods_stems().isdisjoint(stems(noun))
    if (
        len(before) > 2
        or not is_phrase(thing)
        or GENERIC_THING.search(before[0] if before else noun)
        or _ASIDE.search(thing)
    ):
        return None
    whole = noun.endswith("s") or (first and known and thing not in KNOWN)  # "hiking backpack and a tent"
    if match["bare"] and (not (known or thing in KNOWN) or (before and not whole)):
        return None  # "a salt and pepper set" is one thing
    quantity = int(count) if count.isdigit() and int(count) > 1 else None
    name = " ".join([*before, singular(noun)]) if quantity else thing
    wishes = [plural(thing), *([about["topic"]] if about and thing != told else [])]
    return NeedChange(kind="gift", name=name, quantity=quantity, wishes=wishes), count not in ("", "some"), known
