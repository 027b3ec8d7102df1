"""What is said to come with a pick, or to be in it: "comes with a case". Words of general language are no proof here."""

from __future__ import annotations

import re

from tools.lexicon.stems import stems
from tools.receipts.general import general_stems, household_stems
from tools.receipts.passages import SIGN, Passage
from tools.receipts.scope import Scope
from tools.receipts.unclaimed import unclaimed_left_out

INCLUDED = re.compile(
    r"\b(?:(?:comes?|came|coming|ships?|shipped|arrives?|supplied|bundled|packed|equipped|fitted|topped)\swith"
    r"|(?:comes?|arrives?|ships?|packed|delivered|housed|supplied) in(?= an?\s(?!range|variety|choice|number|few))|throws? in|threw in|includes|included is|contains|accompanied by|features)\s"
    r"(?:(?:an?|its|their|the|some|two|three|one)\s)?(?P<what>[^.,;:!?()–—]{2,60})"
    r"|\bthere(?:'s| is| are) (?:also )?(?:an? |two |three )?(?P<inside>[^.,;:!?()–—]{2,50}?) (?:inside|in the (?:box|set|pack|lid|case|bag)|included|tucked in)\b",
    re.IGNORECASE,
)
HAS = re.compile(
    r"\b(?:has|have|having|got|owns?|sports?|boasts?|offers?|with|plus|includes?|(?:lives?|sits?|comes?) in|there(?:'s| is| are)(?: also)?|(?<!needs )(?:is|are|it's)(?: \w+ly| just| really)?)\s(?:got\s)?(?:an?|(?:its|their)(?: own)?|two|three|four|five|built-in)"
    r"\s(?P<what>[^.,;:!?()–—]{2,40})",
    re.IGNORECASE,
)
SAID_TO_HAVE = re.compile(
    r"(?:⟦\d+⟧\W{0,3}|\b(?:it|this|that|which|they|both)\s)(?:also\s|even\s)?(?:has|have|includes?|contains?|features?|offers?|uses?|needs?)\s"
    r"(?P<what>[\w-]+(?:\s[\w-]+)?)",
    re.IGNORECASE,
)
WITHSTANDS = re.compile(
    r"\b(?:withst[ao]\w+|resist\w*|surviv\w+|endures?|braves?|cop(?:es?|ing) with|shrugs? off|keeps? out|stands? up to|"
    r"(?:protect\w*|shields?|shelters?) (?:\w+ )?(?:from|against)|proof against|safe in|made for|built for|fits? (?:in|on|into|under))\s"
    r"(?P<what>[^.,;:!?()–—]{2,30})",
    re.IGNORECASE,
)
_HEAD_ENDS = re.compile(
    r"\b(?:rather than|instead of|and|or|for|of|at|from|that|which|who|in|on|by|to|as|with|is|are|was|so|but|behind|from)\b"
)
_AND = re.compile(r"\b(?:and|or|plus)\b")
_ANY_PICK = frozenset(stems("kit set gift present pick"))
"""What any pick may be called: "it's a great kit"."""
_ARTICLE = re.compile(r"^(?:an?|its|two|three|four|five)\s")
_GIVING = re.compile(
    r"^\W*(?:put|tuck|wrap|slip|add|pair|pop|throw|hide|drop|tie|set|lay|leave|write|give)\b", re.IGNORECASE
)
"""How a sentence begins that says how to give it: what is put with it is the giver's."""
ABSTRACT = frozenset(
    stems(
        """rating ratings review reviews score stars price tag recommendation reputation praise charm promise credentials
        opinion opinions voters backing verdict verdicts record bonus advantage catch caveat downside upside risk
        surprise story idea appeal personality character nod touch link vibe mood flair love care joy fun warning
        it them him her you drawback compromise question doubt reason purpose wishes blessing"""
    )
)
"""What may come with anything: "comes with a solid rating"."""


def inclusion_problems(passage: Passage, scope: Scope) -> list[str]:
    """Things that the passage says are with its picks and that the catalogue's entry of one of them does not name."""
    known = scope.shared_stems if scope.pick_stems and passage.about else scope.stems
    found = []
    for match in INCLUDED.finditer(SIGN.sub(" ", passage.text)):
        what = _HEAD_ENDS.split(match["what"] or match["inside"])[0].strip(' *_"“”')
        words = stems(what)
        if words and not words[-1].isdigit() and words[-1] not in known | ABSTRACT:
            found.append(f"nothing says that {what!r} comes with it")
    return found + _household_problems(passage, scope, known, household_stems() | scope.topic_stems - general_stems())


def _household_problems(passage: Passage, scope: Scope, known: frozenset[str], loose: frozenset[str]) -> list[str]:
    """A room or a piece of furniture that a pick is said to have: elsewhere such words tell where it is used."""
    text = unclaimed_left_out(SIGN.sub(" ", passage.text))
    if _GIVING.match(text):
        return []
    bare = [match["what"] for match in SAID_TO_HAVE.finditer(unclaimed_left_out(passage.text))]
    things = (part.strip() for match in HAS.finditer(text) for part in _AND.split(match["what"]))
    heads = ((thing, stems(_HEAD_ENDS.split(_ARTICLE.sub("", thing))[0])) for thing in things)
    return (
        [
            f"nothing says that there is {what!r}"
            for what, told in heads
            if told
            and told[-1] in loose
            and told[-1] not in known | _ANY_PICK
            and not (len(told) > 1 and any(set(text).issuperset(told) for text in scope.pick_stems))
        ]
        + [f"nothing says that it has {what!r}" for what in bare if loose.intersection(stems(what)) - known]
        + [
            f"nothing says that it does well with {match['what']!r}"
            for match in WITHSTANDS.finditer(text)
            if loose.intersection(stems(match["what"])) - known
        ]
    )
