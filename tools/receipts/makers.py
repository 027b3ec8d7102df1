"""Who made a pick, and where it comes from."""

from __future__ import annotations

import re

from tools.lexicon.stems import stems
from tools.receipts.claims import squeezed
from tools.receipts.passages import SIGN, Passage
from tools.receipts.scope import Scope, Scopes
from tools.receipts.unclaimed import without_unknown

MADE_BY = re.compile(
    r"\b(?:made|produced|crafted|manufactured|designed|built) by (?P<who>(?-i:[A-Z])[\w'&-]*(?:\s(?-i:[A-Z&])[\w'&-]*)*)",
    re.IGNORECASE,
)
MADE_IN = re.compile(
    r"\b(?:made|produced|crafted|woven|printed|blown|grown|built|assembled) (?:by \w+ )?in (?:the )?(?P<where>(?-i:[A-Z])\w+)|\b(?:comes|hails|straight|imported) from (?:the )?(?P<from>(?-i:[A-Z])\w+)",
    re.IGNORECASE,
)
"""Where a thing comes from: of several picks of the sentence, the one named before it."""


def maker_problems(passage: Passage, scopes: Scopes) -> list[str]:
    """Makers and places that are not those of the picks they are said of."""
    return [*_maker_problems(passage, scopes.of(passage.about)), *_origin_problems(passage, scopes)]


def _maker_problems(passage: Passage, scope: Scope) -> list[str]:
    """Makers that are not the brand of what the sentence is about, nor told as its maker by the seller."""
    brands = squeezed(" \n ".join(pick.product.brand for pick in scope.picks))
    return [
        f"{match['who']!r} is not said to have made it"
        for match in MADE_BY.finditer(without_unknown(passage.text))
        if squeezed(match["who"]) not in brands and f"by {squeezed(match['who'])}" not in squeezed(scope.facts)
    ]


def _origin_problems(passage: Passage, scopes: Scopes) -> list[str]:
    """Places that the entry of the pick named last before them does not have."""
    if len(passage.about) < 2:
        return []
    places = sorted([*((m.start(), int(m[1])) for m in SIGN.finditer(passage.text)), *passage.mentions])
    found = []
    for match in MADE_IN.finditer(without_unknown(passage.text)):
        where = match["where"] or match["from"]
        before = [at for start, at in places if start < match.start()]
        meant = before[-1:] or [at for at in passage.about if at not in [place for _, place in places]]
        if meant and not scopes.of(tuple(meant)).stems.issuperset(stems(where)):
            found.append(f"{where!r} is not where {scopes.shown[meant[0]].product.title!r} comes from")
    return found
