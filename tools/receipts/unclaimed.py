"""Parts of a sentence that claim nothing: what is only supposed, advised or asked, and what is said not to be known.

"If he has a greenhouse, the seeds would do"; "needles are not mentioned". Numbers, amounts and materials in them are
looked at all the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SUPPOSED = re.compile(
    r"\b(?:if|unless|in case|whether|should|provided|suppose|supposing|assuming|perhaps not|maybe not|would rather|"
    r"rather than|instead of|as long as|when it comes to)\b[^,;:.!?()–—⟦]*",
    re.IGNORECASE,
)
_ADVISED = re.compile(
    r"\b(?:could|might|may|can) (?:\w+ )?(?:add|buy|get|put|bring|throw|drop|tuck|pick up|slip|top)\b[^.!?⟦]*"
    r"|(?<=[.;!?] )(?:add|drop|tuck|slip|throw|pop|put) (?:in|a|an|some) [^.!?⟦]*"
    r"|(?:\b(?:left|leave|leaves|leaving|keep|spare|still)\b(?:[^.!?⟦]|\.\d){0,30})\bfor (?:a|an|some|the|one)\s[^.!?⟦]*"
    r"|(?:\b(?:left|leave|leaves|leaving|keep|spare|still)\b(?:[^.!?⟦]|\.\d){0,40})(?:\d|\b(?:dollars|pounds|euros|bucks|cents|money|change|room))"
    r" (?:left )?for (?!you\b|ages?\b|\d)[^,.!?⟦]*"
    r"|\b(?:please|do|better) ask (?:the|your|him|her|them|about)\b[^,;:.!?()⟦]*"
    r"|\bkeep (?:\w+ )?(?:away from|an eye on|out of reach of) any\b[^,;:.!?()⟦]*",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:(?:isn't|aren't|not|never|nowhere|no word|nothing) (?:\w+ ){0,3}(?:mention\w*|listed|said|stated|says?|tells?|"
    r"told|given|known|clear)|(?:don't|doesn't|do not|does not) (?:know|say|mention|tell|list)|(?:can't|cannot) (?:tell|say)|"
    r"didn't see|couldn't find|see no|(?:haven't|have not|hasn't) (?:told|said|mentioned)|(?:would|will|you'll|you'd) need|"
    r"you'd (?:still |also )?(?:want|need)|from elsewhere|in (?:none|neither) of (?:them|these|the \w+)|neither (?:mentions|lists|names)|to be bought|buy (?:\w+ ){0,3}separately)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^,;:.!?()–—]*[,;:.!?()–—]?")
_PUT_IN = 20
"""So many letters has a clause at most that is only put in between: ", I'm afraid,"."""
_QUESTION = re.compile(
    r"^(?!.*⟦)(?!.*\b(?:it|its|these|this|know|aware|that)\b).*\?\W*$", re.IGNORECASE | re.DOTALL
)  # fmt: skip


@lru_cache(maxsize=512)
def unclaimed_left_out(text: str) -> str:
    """The sentence without the parts of it that claim nothing of a pick."""
    if text.rstrip(' "”*_)').endswith("?") and _QUESTION.match(text):
        return ""
    return _SUPPOSED.sub(" ", without_unknown(_ADVISED.sub(" ", text)))


def without_unknown(text: str) -> str:
    """The sentence without the clauses that say what is not known."""
    if not _UNKNOWN.search(text):
        return text
    kept: list[str] = []
    for clause in filter(None, _CLAUSE.findall(text)):
        if not _UNKNOWN.search(clause):
            kept.append(clause)
        elif len(kept) > 1 and len(kept[-1]) <= _PUT_IN:
            del kept[-2:]
    return "".join(kept)
