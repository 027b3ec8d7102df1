"""Parts of a sentence that tell of a person and not of what is sold: what somebody would do, wants, or is like.

"For someone who hates an open flame"; "she would fill a drawer". A word there describes nobody's product, so it may stand
without evidence. What may speak of a pick is kept ("he can charge it by cable"), and so is what names an interest or
something to avoid: whom a gift is for must be the brief's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tools.lexicon import canonical_interest, canonical_restriction
from tools.lexicon.stems import stems
from tools.receipts.claims import ATTRIBUTES

_SOMEBODY = (
    r"(?:he|she|they|you|who|whoever|nobody|everybody|everyone|somebody|someone|anybody|anyone|people|others|guests|"
    r"(?:your|the|every|each|any) (?:\w+ )?(?:boy|girl|child|children|kids|guests?|family|friends?|parents?|hosts?|baker|cook|player|reader|"
    r"father|dad|mother|mum|mom|brother|sister|son|daughter|aunt|uncle|niece|nephew|husband|wife|partner|cousin|boss|"
    r"colleague|grand\w+|neighbour|teacher))"
)
_WOULD = (
    r"(?:['’]d|(?:['’]ll| will)(?! (?:\w+ly |also |always |soon |never |be able to )?(?:get|have|find|receive|own|see|unwrap|discover|need|hear|smell|taste|feel|"
    r"love|like|enjoy|appreciate|use|wear|be|charge|control|connect|wash|plug|switch|set|turn)\b)|(?: (?:\w+ly|still|always|never|just|only|also|probably))? (?:must|would|wants?|"
    r"needs?|tends? to|hopes?|plans?|prefers?|dislikes?|hates?|forgets?|can['’]t|cannot|(?:could|would|wo|do|does|did)n['’]t))\b"
)
_SCENE = re.compile(
    rf"\b{_SOMEBODY}{_WOULD}(?P<a>[^,;:.!?()–—⟦]*)"
    rf"|\b(?:some(?:one|body)|any(?:one|body)|those|people|an? [\w-]+) who\b(?P<b>[^,;:.!?()–—⟦]*)"
    rf"|\b(?:if|unless|because|since|(?:when|whenever|once|while|until|after|before) (?!you\b|we\b|I\b)) ?{_SOMEBODY}\b(?P<c>[^,;:.!?()–—⟦]*)",
    re.IGNORECASE,
)
_OF_A_PICK = re.compile(
    r"⟦|\w['’]s\b|\b(?:it|its|this|these|those|them|the|which|that|inside|built-in|has|have|comes?|with|by|via|from|each|both|all|one|ones)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"(\s(?:and|but|or|while|so|because|since|than|as)\s)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@lru_cache(maxsize=4096)
def scenes_left_out(text: str) -> str:
    """The sentence without the words that only tell of a person."""
    return _SCENE.sub(_kept, text)


def _kept(match: re.Match[str]) -> str:
    what = next((part for part in match.groups() if part is not None), "")
    told = match[0][: len(match[0]) - len(what)]
    return told + "".join(part if _OF_A_PICK.search(part) else _named(part) for part in _PARTS.split(what))


def _named(part: str) -> str:
    """What of it names an interest, something to avoid, a material or somebody."""
    words = [match[0] for match in _WORD.finditer(part)]
    return " " + " ".join(word for word in words if _is_bound(word)) + " "


@lru_cache(maxsize=1 << 12)
def _is_bound(word: str) -> bool:
    return (
        word[:1].isupper()
        or not ATTRIBUTES.isdisjoint(stems(word))
        or canonical_interest(word) is not None
        or canonical_restriction(word) is not None
    )
