"""Needs that are named by the lines of the plan shown: "swap the second and third", "keep 1 and 3, swap the rest"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.positions import ORDINAL, place_of
from recsys_agent.offline.reading.text import Message

_VERB = r"swap|change|replace|exchange|redo|keep|drop|remove|skip|leave out|another|different"
_ONE_PLACE = rf"(?:(?:the|numbers?|nos?\.?|picks?|items?|lines?) |#)*(?:{ORDINAL}|\d)(?:st|nd|rd|th)?"
_THINGS = r"(?: (?:ones?|picks?|items?|things?|lines?|products?|positions?))?"
_PLACE = re.compile(
    rf"\b(?P<verb>{_VERB})(?: out)? (?:for )?(?P<places>(?:both )?{_ONE_PLACE}(?P<count> [2-9])?{_THINGS}"
    rf"(?:(?:,| and|, and| &) {_ONE_PLACE}(?! more|\d){_THINGS})*)(?P<rest>(?:,? (?:and|but)|,) (?:{_VERB}) (?:the "
    rf"rest|(?:all )?the "
    r"others|everything else))?(?= ?(?:$|[.,;!?]|please|for (?:some|another)|and|but|instead|out))"
)


def read_places(message: Message, all_: list[str]) -> list[tuple[str, list[str]]]:
    """What is to be done ("swap", "keep", "drop" …) with which of the plan's needs; the words struck."""
    found: list[tuple[str, list[str]]] = []
    for match in _PLACE.finditer(message.open):
        kinds = _at_places(match, all_)
        if not kinds:
            continue
        found.append((match["verb"], kinds))
        if match["rest"] and (verb := re.search(_VERB, match["rest"])):
            found.append((verb[0], [kind for kind in all_ if kind not in kinds]))
        message.strike(*match.span())
    return found


def _at_places(match: re.Match[str], all_: list[str]) -> list[str]:
    """The needs at the named places: "the second and third", "2 and 4", "the first two", "the last two"."""
    places = [place_of(place) for place in re.findall(rf"\b(?:{ORDINAL}|\d)", match["places"])]
    if match["count"]:
        first, count = places[0], int(match["count"])
        return all_[:count] if first > 0 else all_[-count:]
    return [all_[place - 1 if place > 0 else place] for place in places if place and place <= len(all_)]
