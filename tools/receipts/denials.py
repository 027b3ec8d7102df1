"""What a pick is said not to be, or what is said not to be here at all: "it isn't a book", "wired, not Bluetooth", "I found
no blanket". It needs no evidence where the entry does not have the word; where it does, the word is as true as ever.

What has to do with health, with a material or with a rule is never among it: that a text says nothing of nuts does not
make a thing free of them.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from tools.lexicon import canonical_restriction
from tools.lexicon.stems import stems
from tools.receipts.claims import ATTRIBUTES

_ENDS = r"[^,;:.!?()–—⟦]"
_IS_NOT = re.compile(
    rf"\b(?:isn't|aren't|is not|are not|wasn't|'s not|'re not|(?:none|neither) (?:of \w+ (?:\w+ )?)?(?:is|are))"
    rf" (?:really |quite |exactly |strictly |just |only |so much )?(?:an?|the|about|any) (?P<a>{_ENDS}+?)(?= but\b| and\b| so\b| since\b| because\b|[,;:.!?()–—⟦]|$)"
    rf"|(?:,|\band|\bbut) not (?:(?:by|for|with|from|in|on|an?|the|just|only|so much) )*(?P<b>[\w'’-]+(?: [\w'’-]+)?)(?=[,.;:!?)–—]|$| and\b| but\b)"
    rf"|\bno (?P<c>[\w'’-]+) (?:in (?:it|them|there)|here|on (?:this|the) list|among (?:them|these))\b",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    rf"\bI (?:\w+ )?(?:(?:found|have|had|see|saw|got) (?:no|nothing|none|little)|(?:couldn't|could not|didn't|did not|can't|cannot|haven't|wasn't able to)"
    rf" (?:\w+ )?(?:find|found|see|seen|spot|get|offer|have|include))\b(?P<what>{_ENDS}*)"
    rf"|(?P<before>\b(?!(?:and|but|so|since|because|though|as|while|that|what)\b)[\w'’-]+) I (?:couldn't|could not|didn't) find\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def denied_left_out(text: str, known: AbstractSet[str]) -> str:
    """The sentence without the words that it says are not so; ``known`` are the stems of the entries it speaks of."""

    def left(match: re.Match[str]) -> str:
        group = next((name for name, part in match.groupdict().items() if part), None)
        if group is None:
            return match[0]
        kept = (word for word in _WORD.findall(match[group]) if _is_bound(word) or not known.isdisjoint(stems(word)))
        start, end = (at - match.start() for at in match.span(group))
        return f"{match[0][:start]} {' '.join(kept)} {match[0][end:]}"

    return _IS_NOT.sub(left, _NOT_FOUND.sub(left, text)) if _may_deny(text) else text


@lru_cache(maxsize=4096)
def _may_deny(text: str) -> bool:
    return bool(_IS_NOT.search(text) or _NOT_FOUND.search(text))


@lru_cache(maxsize=1 << 12)
def _is_bound(word: str) -> bool:
    """Whether its absence matters: something to avoid, or a material."""
    return canonical_restriction(word) is not None or not ATTRIBUTES.isdisjoint(stems(word))
