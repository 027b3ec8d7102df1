"""What is said to come with a pick, or to be in it: "comes with a case". Words of general language are no proof here."""

from __future__ import annotations

import re

from tools.lexicon.stems import stems
from tools.receipts.passages import SIGN, Passage
from tools.receipts.scope import Scope

INCLUDED = re.compile(
    r"\b(?:(?:comes?|came|coming|ships?|shipped|arrives?|supplied|bundled|packed|equipped|fitted|topped)\swith"
    r"|throws? in|threw in|includes|included is|contains|accompanied by|features)\s"
    r"(?:an?|its|their|the|some|two|three|one)?\s?(?P<what>[^.,;:!?()–—]{2,60})",
    re.IGNORECASE,
)
_HEAD_ENDS = re.compile(
    r"\b(?:and|or|for|of|at|from|that|which|who|in|on|by|to|as|with|is|are|was|so|but|behind|from)\b"
)
ABSTRACT = frozenset(
    stems(
        """rating ratings review reviews score stars price tag recommendation reputation praise charm promise credentials
        opinion opinions voters backing verdict verdicts record bonus advantage catch caveat downside upside risk
        surprise story idea appeal personality character nod touch link vibe mood flair love care joy fun warning
        drawback compromise question doubt reason purpose wishes blessing"""
    )
)
"""What may come with anything: "comes with a solid rating"."""


def inclusion_problems(passage: Passage, scope: Scope) -> list[str]:
    """Things that the passage says are with its picks and that the catalogue's entry of one of them does not name."""
    found = []
    for match in INCLUDED.finditer(SIGN.sub(" ", passage.text)):
        what = _HEAD_ENDS.split(match["what"])[0].strip(' *_"“”')
        words = stems(what)
        if words and not words[-1].isdigit() and words[-1] not in scope.shared_stems | ABSTRACT:
            found.append(f"nothing says that {what!r} comes with it")
    return found
