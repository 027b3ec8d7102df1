"""Talk about the budget that names no amount: "what's my budget?", "the same budget for him"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.text import Message

_WHAT_IS_IT = re.compile(
    r"^(?:(?:and|so|ok(?:ay)?|wait|sorry|hm+)[ ,]+)*(?:what (?:is|was)|how (?:much|big|high) (?:is|was)|remind me of|"
    r"tell me) (?:my|the|our) (?:budget|(?:price |spending )?limit)(?: (?:again|now|so far|at the moment))*[ ?!.]*$"
)
_SAME = re.compile(
    r"\b(?:the )?same (?:budget|amount|price|limit|money|sum)\b(?! (?:as|of) (?:the )?(?:first|second|third|that))|"
    r"\b(?:budget|price|amount|limit)(?: (?:is|stays|remains|can be|should be))? (?:also )?(?:the same|as before|"
    r"unchanged)\b"
)


def asks_for_budget(message: Message) -> bool:
    """Whether it only asks what the budget is."""
    return _WHAT_IS_IT.match(message.text.strip()) is not None


def says_same_budget(message: Message) -> bool:
    """Whether what was said for somebody before may be spent again."""
    return _SAME.search(message.text) is not None
