"""Parts of a sentence that claim nothing: what is supposed of a person, advised or asked, and what is said not to be known.

"If he has a greenhouse, the seeds would do"; "needles are not mentioned". What may speak of a pick is never among them:
"if it rains, its motor stops" says that there is a motor. Numbers, amounts and materials are looked at all the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

_OF_A_PICK = re.compile(
    r"⟦|\w['’]s\b|\b(?:it|its|this|these|those|them|the|which|inside|built-in|has|have|comes?|with|can|will|does)\b",
    re.IGNORECASE,
)
"""What may speak of a pick: where any of this stands, a clause is read like every other. "If it rains, its motor stops"."""
_IT = re.compile(r"⟦|\b(?:it|its|this|these|them|contains?)\b", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|in case|whether|provided|suppose|supposing|assuming)"
    r" (?:he|she|they|you|anyone|anybody|somebody|someone|your [\w-]+)\b(?P<what>[^,;:.!?()–—⟦]*)",
    re.IGNORECASE,
)
"""A supposition about a person, which says nothing of what is sold."""
_HAS_ALREADY = re.compile(r"^(?:['’]s| (?:already |also |still )?(?:has|have|owns?|got))\b", re.IGNORECASE)
_ADVISED = re.compile(
    r"\b(?:could|might|may|can) (?:\w+ )?(?:add|buy|get|put|bring|throw|drop|tuck|pick up|slip|top)\b(?P<a>[^.!?⟦]*)"
    r"|(?<=[.;!?] )(?:add|drop|tuck|slip|throw|pop|put) (?:in|a|an|some) (?P<b>[^.!?⟦]*)"
    r"|(?:\b(?:left|leave|leaves|leaving|keep|spare|still)\b(?:[^.!?⟦]|\.\d){0,40}?)\bfor (?!you\b|ages?\b)(?P<c>(?:(?:a|an|some) )?[a-z][\w-]*)"
    r"|\b(?:please|do|better) ask (?:the|your|him|her|them)(?P<d>(?: other)?(?: \w+)?)(?: about (?:it|them|this))?"
    r"|\b(?:check|ask|make sure|find out|be sure)\b(?: (?:first|around|with (?:the|your|his|her|their)(?: other)? \w+|(?:the|your) \w+))?(?P<e>[^.!?;⟦]*\ballerg[^.!?;⟦]*)",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:(?:isn't|aren't|not|never|nowhere|no word|nothing) (?:\w+ ){0,3}(?:mention\w*|listed|said|stated|says?|tells?|"
    r"told|given)|(?:don't|doesn't|do not|does not) (?:know|say|mention|tell|list)|"
    r"(?:haven't|have not|hasn't) (?:told|said|mentioned)|in (?:none|neither) of (?:them|these|the \w+)|"
    r"neither (?:mentions|lists|names))\b",
    re.IGNORECASE,
)
NOT_LISTED = re.compile(
    r"\bno (?P<what>[\w' ,-]{2,60}?) (?:is|are) (?:\w+ )?(?:mentioned|listed|named|noted|stated)\b[^.;:!?–—]*",
    re.IGNORECASE,
)
"""What an entry is said not to have: "no egg, milk or nuts are listed"."""
_TOLD_BESIDE = re.compile(r"\bits\b|\w['’]s\b|\b(?:which|with|has|against|than)\b", re.IGNORECASE)
"""What may tell more in a clause than what is not known."""
_CLAUSE = re.compile(r"[^,;:.!?()–—]*[,;:.!?()–—]?")
_PUT_IN = 20
"""So many letters has a clause at most that is only put in between: ", I'm afraid,"."""
_QUESTION = re.compile(
    r"^(?!.*⟦)(?!.*\b(?:it|its|these|this|know|aware|that)\b).*\?\W*$", re.IGNORECASE | re.DOTALL
)  # fmt: skip


_CRY = re.compile(r"^\W*\w{2,8}(?<!able)(?<!proof)(?<!ed)(?<!made)!\W*$")
"""A word called out: "Ahoy!"."""


@lru_cache(maxsize=512)
def unclaimed_left_out(text: str) -> str:
    """The sentence without the parts of it that claim nothing of a pick."""
    if text.rstrip(' "”*_)').endswith("?") and _QUESTION.match(text):
        return ""
    if _CRY.match(text):
        return ""
    return _SUPPOSED.sub(_supposed, without_unknown(_ADVISED.sub(_advised, text)))


def _supposed(match: re.Match[str]) -> str:
    """Nothing where it is about the person; "if he has a greenhouse" is, too."""
    rest = _HAS_ALREADY.sub("", match["what"])
    return match[0] if _OF_A_PICK.search(rest) else " "


def _advised(match: re.Match[str]) -> str:
    rest = next((part for part in match.groups() if part), "")
    return match[0] if (_IT if match["e"] else _OF_A_PICK).search(rest) else " "


def without_unknown(text: str) -> str:
    """The sentence without the clauses that say what is not known."""
    text = NOT_LISTED.sub(" ", text)
    if not _UNKNOWN.search(text):
        return text
    kept: list[str] = []
    for clause in filter(None, _CLAUSE.findall(text)):
        if not _UNKNOWN.search(clause) or _TOLD_BESIDE.search(clause):
            kept.append(clause)
        elif len(kept) > 1 and len(kept[-1]) <= _PUT_IN:
            del kept[-2:]
    return "".join(kept)
