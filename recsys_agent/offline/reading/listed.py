"""Lists of what is needed that name all of it: "just a cake and decorations", "a pirate party: plates and favours"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.gatherings import as_needs, read_gathered
from recsys_agent.offline.reading.mentions import marked
from recsys_agent.offline.reading.needs import NO_NEED, refused
from recsys_agent.offline.reading.text import Message
from tools.product import NEED_KINDS, NeedKind

_SENTENCE = re.compile(r"[^.;!?|]+")
_END = r"(?=$| *[,.;!?]| (?:please|pls|for|thanks|then|and nothing|though|instead)\b)"
_ONLY = re.compile(
    r"\b(?:only|just)(?: (?:really |actually )?(?:needs?|wants?|gets?|buys?|looking for|after|require|like))? @"
    rf"{_END}|\b(?:needs?|wants?) (?:only|just) @{_END}"
)
_NOTHING_ELSE = re.compile(
    r"@[^@]{0,30}\b(?:nothing (?:else|more)|no more than that|(?:that is|that's|thats) (?:all|it))\b"
)
_OF_SOME = re.compile(r"\b(?:swap|change|replace|exchange|switch|redo|keep|drop|remove|skip|hate|like|love)\w* $")
"""Before "only the cake" it says what becomes of the cake, not that nothing else is needed."""
_NO_END = "~"
"""In the place of what is no need ("a cake topper"): the list goes on behind it."""
_COLON = re.compile(r":(?P<list>[^:]*@[^:]*)")


def read_listed(message: Message) -> list[NeedKind]:
    """The kinds of a list that means to be complete; none where the message has no such list."""
    text = NO_NEED.sub(lambda m: _NO_END * len(m[0]), message.text)
    text = as_needs(text, read_gathered(message, text))
    for sentence in _SENTENCE.findall(text):
        kinds, said = marked(sentence)
        if not kinds:
            continue
        only = _ONLY.search(said)
        if (only and not _OF_SOME.search(said[: only.start()])) or _NOTHING_ELSE.search(said):
            return _wanted(kinds, sentence)
        if ":" in sentence and _COLON.search(said):
            after = _wanted(marked(sentence.split(":", 1)[1])[0], sentence)
            if len(after) > 1:
                return after
    return []


def _wanted(kinds: list[str], sentence: str) -> list[NeedKind]:
    return [kind for kind in NEED_KINDS if kind in kinds and (kind == "gift" or not refused(kind, sentence))]
