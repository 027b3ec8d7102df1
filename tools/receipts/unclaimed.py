"""Parts of a sentence that claim nothing: what is only supposed, and what is said not to be known.

"If he has a greenhouse, the seeds would do"; "needles are not mentioned". Numbers, amounts, materials and promises in
them are still looked at.
"""

from __future__ import annotations

import re

_UNTIL = r"(?=[,;:.!?()–—]|$|\b(?:then|the|this|that|it|these|both|go|choose|take|I|you could|you can)\b(?=\s\W*⟦))"
_SUPPOSED = re.compile(
    rf"\b(?:if|unless|in case|whether|should|provided|suppose|supposing|assuming|perhaps not|maybe not|would rather|rather than|"
    rf"instead of|as long as|when it comes to)\b[^,;:.!?()–—⟦]*{_UNTIL}",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"[^,;:.!?()–—⟦]*(?:,[^,;:.!?()–—⟦]{0,20},)?[^,;:.!?()–—⟦]*\b(?:(?:isn't|aren't|not|never|nowhere|no word|nothing)\b[^.!?⟦]{0,30}\b(?:mention\w*|listed|said|stated|"
    r"says?|tells?|told|given|known|clear|included)|don't know|can't tell|cannot tell|doesn't (?:say|mention|tell|list)|"
    r"don't (?:say|mention|tell|list)|haven't (?:told|said|mentioned)|would need|will need|you'll need|to be bought|buy\b[^.!?]{0,20}\bseparately)\b[^.!?⟦]*",
    re.IGNORECASE,
)


def unclaimed_left_out(text: str) -> str:
    """The sentence without the parts of it that claim nothing of a pick."""
    return _SUPPOSED.sub(" ", _UNKNOWN.sub(" ", text))
