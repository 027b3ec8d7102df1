"""Where a message names a pick on the table: "the second", "number 2", "the wooden one", "the teapot"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from recsys_agent.offline.reading.positions import ORDINAL, number_of
from tools.lexicon.stems import stems


class Named(NamedTuple):
    """A stretch of the message that names picks, and how the tools are told which: places or the shopper's words."""

    start: int
    end: int
    picks: tuple[str, ...]


_THING = r"(?: (?:one|pick|option|gift|present|suggestion|idea|thing|product|item|choice))?"
_NO_PICK = (
    r"(?! (?:birthday|of \w+ (?:january|march)|time|minute|year|christmas|day|week|anniversary|century|name|shelf|"
    r"notch|budget|price|bit|list|set|batch|round|lot|ones|picks|suggestions|options))"
)
_UNIT = r"(?! ?(?:[$€£%]|years|euros|dollars|pounds|kids|guests|people|more|of them|others))"
_PLACE = re.compile(
    rf"\b(?:the |your )?(?P<few>first|1st|last) (?P<count>[2-4])\b{_UNIT}"
    rf"|\b(?:the |your )?(?:number|no\.?|nr\.?|option|pick|item|choice|suggestion|gift|idea|product) ?#?"
    rf"(?P<n>\d{{1,2}}|one|two|three)\b{_UNIT}"
    rf"|(?<!\w)#(?P<hash>\d{{1,2}})\b"
    rf"|\b(?:the |your |that |this |my )(?P<ord>{ORDINAL})\b{_NO_PICK}{_THING}"
    rf"|(?:^|, |\b(?:swap|change|replace|keep|drop|remove|delete|skip|only|but|and|not|like|love|except|just) )"
    rf"(?P<bare>{ORDINAL}|[1-9])\b(?! \d){_NO_PICK}{_UNIT}{_THING}"
    rf"|\b(?:other|another|different|new) (?P<nth>{ORDINAL})\b{_NO_PICK}{_THING}"
)
NOT_A_NAME = frozenset(
    "other others whole same new right next previous only different another first second third last one two all "
    "wrong best current ones before picks list suggestions options gifts ideas present "
    "original old earlier latest rest good perfect ideal".split()
)
_ONE = re.compile(
    r"\b(?:the|that|this|your|those|these) (?P<what>(?!one)[a-z0-9][\w'&-]*(?: (?!one)[\w'&-]+){0,3}?) (?:one|1)s?\b"
)
_DETERMINED = re.compile(r"\b(?:the|that|this|your|those|these) (?=[a-z])")
_MOST_WORDS = 6
_NEVER = frozenset(stems("gift present party birthday budget price one thing idea list pick option the for of and in"))


def named_picks(text: str, shown: int, titles: Sequence[str]) -> list[Named]:
    """The mentions in order; what overlaps an earlier one is left out."""
    found = [*_placed(text, shown), *_described(text), *_titled(text, titles)]
    found.sort(key=lambda named: (named.start, -named.end))
    mentions: list[Named] = []
    for named in found:
        if not mentions or named.start >= mentions[-1].end:
            mentions.append(named)
    return mentions


def _placed(text: str, shown: int) -> Iterator[Named]:
    for match in _PLACE.finditer(text):
        if match["few"]:
            count = min(int(match["count"]), shown)
            places = range(1, count + 1) if match["few"] != "last" else range(shown - count + 1, shown + 1)
        else:
            number = number_of(match["n"] or match["hash"] or match["ord"] or match["bare"] or match["nth"])
            places = [shown if number == -1 else number]
        bare = next((name for name in ("bare", "nth") if match[name]), None)
        start = match.start(bare) if bare else match.start()
        # "Number 9" of three is a pick that is not there; a bare 9 may be anything.
        if all(1 <= place <= shown for place in places) or match["n"] or match["hash"]:
            yield Named(start, match.end(), tuple(map(str, places)))


def _described(text: str) -> Iterator[Named]:
    """ "The wooden one": which it is, the catalogue tells."""
    for match in _ONE.finditer(text):
        words = match["what"].split()
        if not NOT_A_NAME.intersection(words) and not any(re.fullmatch(ORDINAL, word) for word in words):
            yield Named(*match.span(), (match["what"],))


def in_a_title(words: str, titles: Sequence[str]) -> bool:
    """Whether one title has all of the words that could name something."""
    wanted = set(stems(words)) - _NEVER
    return bool(wanted) and any(wanted.issubset(stems(title)) for title in titles)


def _titled(text: str, titles: Sequence[str]) -> Iterator[Named]:
    """ "The tea tin": words that stand in one title, as many as there are."""
    known = [frozenset(stems(title)) for title in titles]
    for match in _DETERMINED.finditer(text):
        words = list(re.finditer(r"[\w'&-]+", text[match.end() :]))[:_MOST_WORDS]
        for count in range(len(words), 0, -1):
            told = text[match.end() : match.end() + words[count - 1].end()]
            wanted = set(stems(told)) - _NEVER
            is_whole = not re.search(r"[,.;!?]", told) and not _NEVER.issuperset(stems(words[count - 1][0]))
            if wanted and is_whole and any(title >= wanted for title in known):
                yield Named(match.start(), match.end() + words[count - 1].end(), (told,))
                break


def marked(text: str, mentions: Sequence[Named]) -> str:
    """The text with "@" for each mention; where several stand in a row the caller sees each."""
    said, position = "", 0
    for named in mentions:
        said += text[position : named.start] + "@"
        position = named.end
    return re.sub(r"@'s\b", "@ is", said + text[position:])
