"""What a need of a party is to be instead: "swap the balloons for something with dinosaurs", "make the plates blue"."""

from __future__ import annotations

import re
from typing import NamedTuple

from recsys_agent.offline.reading.reactions import critique_of
from recsys_agent.offline.reading.words.party import KNOWN_THEMES, THEMES, THINGS
from tools.product import NeedKind

_LEAD = (
    r"(?:(?:some ?things?|anything|ones?|some|an?|the|with|in|of|that (?:is|are|has|have)|which (?:is|are|has)|made|"
    r"about|more|all|be|look|look like|say|saying|from) )*"
)
_WHAT = r"(?P<what>[a-z][a-z'-]*(?: [a-z'-]+){0,3}?)"
_END = (
    r"(?: (?:please|instead|ones?|1s?|themed?|things?|stuff|then|if possible|on (?:it|them)|in (?:it|them)))*"
    r"(?: not .*)?[ ?.!]*$"
)
_FORMS = tuple(
    re.compile(f"{form}{_WHAT}{_END}")
    for form in (
        r"\b(?:swap|change|replace|trade|switch|exchange|turn)(?: out)? @ (?:out )?(?:for|with|by|to|into) " + _LEAD,
        r"@ (?:should|must|needs? to|has to|have to|ought to) (?:be|have|come in|say|look|match) " + _LEAD,
        r"\b(?:can|could|may) @ (?:please )?(?:be|have|come in|say) " + _LEAD,
        r"\bmake @ " + _LEAD,
        r"^@ (?=in |with )" + _LEAD,
    )
)
_FOR_IT = re.compile(rf"\b(?:something|anything|ones?) (?:with|in|about) {_WHAT} (?:for|as) @{_END}")
_NOTHING = re.compile(
    r"\b(?:else|other|another|different|new|better|nicer|prettier|smaller|bigger|larger|simpler?|fine|good|nice|ok|okay|"
    r"it|that|this|them|there|out|ready|enough|possible|cheap|cheaper|less|free|here|on|off|included|delivered|me|us|my|"
    r"same|special|fun|cool|number|two|first|second|third|last)\b"
)


class Exchange(NamedTuple):
    """What the need is to be: a theme that parties are known to have, else wishes."""

    theme: str | None
    wishes: list[str]


def read_exchange(said: str, text: str, kind: NeedKind) -> Exchange | None:
    """What a clause, with "@" for the one need of this kind that it names, wants of it; None for nothing new."""
    match = next(filter(None, (form.search(said) for form in (*_FORMS, _FOR_IT))), None)
    if match is None or _NOTHING.search(match["what"]) or critique_of(match["what"]):
        return None
    what = match["what"]
    single = what[:-1] if what.endswith("s") else what
    theme = next((THEMES.get(name, name) for name in (what, single) if name in THEMES or name in KNOWN_THEMES), None)
    if theme:
        return Exchange(theme, [])
    if "with" in said.split("@")[-1].split() or re.search(r"\b(?:for|with|by|to|into) \w", said):
        return Exchange(None, [what])
    noun = re.search(THINGS[kind], text) if kind in THINGS else None
    return Exchange(None, [f"{what} {noun[0]}", noun[0]] if noun else [what])
