"""The shopper's words about memory itself, and what they tell of earlier gifts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from recsys_agent.offline.reading.memory_orders import END, NAME, PLEASE, RELATIVE, Action, read_order
from recsys_agent.offline.reading.past_gifts import take_past_gifts
from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.text import canonical


class AboutMemory(BaseModel):
    """What a message says about memory. ``rest`` is the message without it, where it says more."""

    action: Action | None = None
    who: str | None = None
    wrong: list[str] = []
    correcting: bool = False  # "that's wrong", "any more": what follows is about somebody, and no request
    past: list[dict[str, Any]] = []
    rest: str = ""


_ONE = rf"(?:he|she|they|(?P<one>{RELATIVE}|{RELATION_WORDS}|{NAME}))"
_CORRECTS = re.compile(
    r"^\W*(?:(?:no|well|actually|sorry|hmm|oh)[,.! ]+)*(?:that|this|it) (?:is|was) (?:wrong|not (?:right|true|"
    r"correct)(?: any ?more)?|outdated|"
    r"incorrect|(?:out of date|old news)|no longer (?:true|right|correct))\b[\s,.;:!-]*",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(
    rf"\b{_ONE} (?:(?:is|are|does|do|has|have)(?: (?P<no>not|no longer))|(?P<no2>no longer|not)|has gone off|gave up|"
    rf"stopped)(?: (?:really|so|that|much))* "
    r"(?P<verb>into|like|likes|liking|love|loves|loving|keen on|interested in|a fan of|enjoys?|enjoying|plays?|"
    r"playing|do|does|doing|allergic to|"
    r"eats?|collects?|collecting|care for|a)? ?(?P<mid>any ?more )?(?P<what>[\w' -]{2,50}?)(?P<more> any ?more| now|"
    r" these days)?(?=[.,;!?]|$| and | but )",
    re.IGNORECASE,
)
_USED_TO = re.compile(
    rf"\b{_ONE}(?: (?:used to (?:like|love|be into|enjoy|play|do|collect)|(?:(?:has|have) )?(?:given up|gave up|"
    r"stopped|quit|gone off|went off|lost interest in|moved on from|outgrown|outgrew))|(?:'s| is| are) (?:(?:so|"
    r"totally|completely|really|all) )?(?:over|done with|tired of|bored (?:of|with)|sick of|finished with))"
    r"(?: (?:doing|playing|liking|"
    r"collecting))? (?P<what>[\w' -]{2,40}?)(?: now| these days| by now| lately| any ?more)?"
    r"(?=[.,;!?]|$| and | but | so )",
    re.IGNORECASE,
)
_FORGET_ONE = re.compile(
    rf"{PLEASE}(?:forget|delete|erase|remove) (?:the (?:fact|note) )?that {_ONE} (?:likes?|loves?|enjoys?|is "
    rf"(?:into|allergic to|a fan of)|"
    rf"are (?:into|allergic to)|has|owns?|does not (?:like|want)|hates?|collects?|plays?) (?P<what>[\w' "
    rf"-]{{2,50}}?){END}",
    re.IGNORECASE,
)
_DIETS = {"vegan": "non-vegan", "vegetarian": "meat", "veggie": "meat", "coeliac": "gluten", "celiac": "gluten"}
"""Rules that have another name in the shopper's words."""

_FORGET_MINE = re.compile(
    rf"{PLEASE}(?:forget|delete|erase|ignore|never mind) (?:the (?:fact|note) )?that (?:i|we) (?:(?:always|usually|"
    r"often|once|never|do not|did not|have|really) )*(?:like|liked|love|loved|prefer|preferred|take|took|taken|"
    r"turn(?:ed)? down|refused?|rejected?|choose|chose|chosen|pick|picked|buy|bought|enjoy|am into) (?:the |a |an )?"
    rf"(?P<what>[\w' -]{{2,50}}?){END}",
    re.IGNORECASE,
)


def read_memory(message: str, today: date, *, asked: str | None = None) -> AboutMemory | None:
    """What the message says about memory or earlier gifts; None for a message that says nothing of it.

    ``asked`` is the slot the assistant has just asked for: an answer about interests tells of no past gift.
    """
    text = canonical(message)
    if match := _FORGET_ONE.fullmatch(text.strip(" .!?")):
        return AboutMemory(action="forget", who=match["one"], wrong=_ended(match["what"]))
    if match := _FORGET_MINE.fullmatch(text.strip(" .!?")):
        return AboutMemory(action="unlearn", wrong=_ended(match["what"]))
    found = AboutMemory()
    if order := read_order(text):
        if order.action != "skip":
            return AboutMemory(action=order.action, who=order.who)
        found.action, text = "skip", order.rest
    if match := _CORRECTS.match(text):
        found.correcting, text = True, text[match.end() :]
    text, found.past, found.who = take_past_gifts(text, today, asked)
    while match := _USED_TO.search(text):
        found.wrong += _ended(match["what"])
        found.correcting, found.who = True, found.who or match["one"]
        text = f"{text[: match.start()]}{match['one'] or ''}{text[match.end() :]}"
    found.wrong += _no_longer(text, found)
    found.rest = text.strip(" ,.;!-")
    return found if found.action or found.correcting or found.past or found.wrong else None


def _no_longer(text: str, found: AboutMemory) -> Iterator[str]:
    """What somebody no longer likes; a bare "is not into" is a refusal of the request, read elsewhere."""
    for match in _NO_LONGER.finditer(text):
        ended = match["more"] or match["mid"] or "no longer" in (match["no"] or match["no2"] or "") or found.correcting
        if ended and (match["verb"] or match["no2"] is None or match["more"]) and not match["what"].startswith("any"):
            found.who = found.who or match["one"]
            found.correcting = True
            yield from _ended(match["what"])


def _ended(what: str) -> list[str]:
    """The words for what no longer holds, also as a rule would name it."""
    plain = re.sub(r"^(?:to|the|a|an) ", "", what.strip().lower())
    return [plain, *([_DIETS[plain]] if plain in _DIETS else [])]
