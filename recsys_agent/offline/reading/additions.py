"""Things added to a party that is known: "add candles", "and balloons", "can we have a piñata as well?"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.gatherings import wished
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.words.party import AT_GATHERINGS, THINGS
from tools.brief import Brief
from tools.product import NeedKind

_OPENING = re.compile(
    r"(?:(?:and|also|plus|oh|yes|ok|okay|then|but|please|maybe|perhaps|hm+),? )*"
    r"(?:(?:can|could|would|will|should|shall) (?:you|we|i) (?:please |also |maybe )*|(?:we|i) (?:will |do )?"
    r"(?:also |still |really )*|let us (?:also )?|do not forget |there should be |how about |what about |it needs )?"
    r"(?:(?:add|adding|include|need|want|get|have|throw in|put in|would like|would love|order|with|forgot) (?:to "
    r"(?:have|add) )?"
    r"(?:me |us |in |on |also )?)?(?:also )?"
)
_CLOSING = re.compile(
    r"(?:,? (?:too|as well|also|please|to (?:it|that|the (?:plan|list|party|order|basket|cart))|"
    r"for (?:the )?(?:party|cake|kids|guests)|in there|on top|then|if possible|maybe))+$"
)
_DETERMINER = re.compile(r"^(?:(?:some|an?|the|any|few|couple|of|more|lots|plenty|bunch|pair|also) )+")
_THING: dict[NeedKind, re.Pattern[str]] = {
    kind: re.compile(
        rf"(?:(?!(?:no|not|other|another|different|the|my|our|your|any|without|fewer|less|more|loves?|likes?|hates?|"
        rf"has|have|is|are) )[a-zñ-]+ ){{0,2}}?(?P<noun>{words})"
    )
    for kind, words in THINGS.items()
}
_BARE = [re.compile(words) for words in THINGS.values()]


def read_added(message: Message, brief: Brief) -> dict[NeedKind, list[str]]:
    """What is added, as wishes for the needs that such things serve; the words of these sentences struck.

    A number is left to those who count ("add 20 balloons").
    """
    found: dict[NeedKind, list[str]] = {}
    for sentence in (
        re.finditer(r"[^.;!?]+", message.open)
        if brief.is_plan and any(need.kind != "gift" for need in brief.needs)
        else ()
    ):
        said = sentence[0].strip(" ,")
        opening = _OPENING.match(said)
        rest = _CLOSING.sub("", said[opening.end() if opening else 0 :])
        things = [_thing(part) for part in re.split(r",? (?:and|plus|or|with) |, ", rest)]
        stated = (
            (opening and opening[0]) or _DETERMINER.match(rest) or any(p.match(rest) for p in _BARE)
        )  # no verb first
        if stated and all(things):
            for kind, wishes in filter(None, things):
                found[kind] = [*found.get(kind, []), *wishes]
            message.strike(*sentence.span())
    return found


def _thing(said: str) -> tuple[NeedKind, list[str]] | None:
    """The kind that a thing serves, and what to wish for: the thing as it was said, and its noun alone."""
    said = _DETERMINER.sub("", f"{said.strip()} ").strip()
    for kind, pattern in _THING.items():
        if match := pattern.fullmatch(said):
            return kind, list(dict.fromkeys([said, match["noun"]]))
    for kind, wish, words in AT_GATHERINGS:
        if re.fullmatch(words, said):
            return kind, wished(said, wish)
    return None
