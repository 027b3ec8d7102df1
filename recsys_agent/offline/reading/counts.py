"""How many guests come, and how many picks to show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.words.party import GUEST_NOUNS

_NOUN = rf"(?:{GUEST_NOUNS})"

_GUESTS = re.compile(
    rf"(?<![\d$€£.,/-])(?P<n>\d{{1,4}})(?:-\d{{1,3}})? (?:(?!dollars|euros|pounds|bucks|quid|per\b|each|a\b|"
    rf"for\b|year|month|usd|eur|gbp)\w+ ){{0,2}}?(?:{_NOUN})\b|(?<![\d$€£.,/-])(?P<n2>\d{{1,4}}) (?:of us|"
    rf"are coming|will come|will be coming|coming|will attend|attending|are invited|invited)\b"
    rf"|\b(?:party of|group of|guests?:|kids?:|guest (?:list|count|number)(?: is| to| up to| down to| now|:)*|number "
    rf"of guests(?: is|:)?|invited|inviting|"
    rf"expecting|we will be|we are|there will be|there are|party for) (?:about |around |"
    rf"roughly )?(?P<n3>\d{{1,4}})(?! ?(?:gifts|ideas|options|[$€£]|dollars|euros|pounds|year|-|th|st|nd|rd|"
    rf"weeks|days|months))\b"
)

_AGED_GUESTS = re.compile(r"(?<![\d$€£.,/-])(?P<n>\d{1,3}) \d{1,2}[- ]?(?:years?|yrs?)?[- ]?(?:old|yo)s\b")
""" "Eight 5-year-olds"."""

_FOR_N = re.compile(
    r"(?<!\ball )(?<!\blot )(?<!\bboth )(?<!everything )"
    r"\bfor (?:about |around |up to )?(?P<n>[1-9]\d{0,3})(?= ?(?:$|[.,:;!?)|]|please\b|and\b|with\b|under\b|in\b))"
)

_MORE = re.compile(r"\b(?:more|extra|additional|another)\b")
_FEWER = re.compile(r"\b(?:fewer|less)\b")
_NOT_COMING = re.compile(
    r" ?(?:(?:now |just |have |has |had |has to |had to )*(?:can not|could not|will not|are not|is not|not) (?:be "
    r")?(?:able to )?"
    r"(?:mak(?:e|ing)(?: it)?|com(?:e|ing)|attend(?:ing)?|be there|there)|(?:have |has |had to |have to "
    r")?(?:cancel\w*|drop\w* out|"
    r"bail\w*(?: out)?|are ill|is ill|are sick|pulled out)|fewer|less)\b"
)
_SOME_OF_THEM = re.compile(r"\bof (?:them|us|the \w+)$")
_COMING = re.compile(r" ?(?:$|[,.;!?]|now|in total|altogether|are coming|will (?:come|be)|come|in all|then|instead)")
_BECAME = re.compile(r" (?:became|become|turned into|are now|is now|grew to|went up to|went down to) (\d{1,4})\b")
_INSTEAD = re.compile(
    r",? ?(?:instead of|rather than|not|and not|up from|down from)(?: the)?(?: \w+)? \d{1,4}\b(?! ?[$€£%])"
)

_OWN_CHILDREN = re.compile(
    r"\b(?:has|have|had|with|of|got|raising|father to|mother to|and) (?:my |his |her |their |our |the )*$"
)

_OPTIONS = re.compile(
    r"(?<![\d$€£.,/-])(?:just )?(?:top )?(?P<n>\d{1,2}|a few|few|one|a|an|several|a couple|some) (?:(?:more|good|"
    r"great|different|nice|other|solid|best|gift|present|birthday|cool|unique|cheap|fun|quick|alternative|"
    r"possible|new|creative|top|small|christmas) ){0,3}"
    r"(?P<noun>ideas?|options?|suggestions?|choices|picks|recommendations?|alternatives|possibilities|proposals|"
    r"things to choose from)\b"
)

_SHOW = re.compile(
    r"\b(?:show|give|suggest|recommend|list|send|pick|find|offer)(?: me| us| him| her)? (?:just |only |about |the |"
    r"up to |at least |maybe |your )?(?:top |best )?(?P<n>\d{1,2}|one)(?= ?(?:$|[.,!?;|]|for\b|of\b|more\b|please|"
    r"gifts?\b|presents?\b|under|things?\b|this time|instead|now|different|items?\b|products?\b))"
)


_TIMES = re.compile(r"(?<![\w$€£])(?:x ?(?P<n>\d{1,3})|(?P<of>\d{1,3}) of (?:them|those|these|the same))\b(?! ?[$€£%])")
_THEIRS = re.compile(
    r"\b(?:has|have|had|got|owns?|keeps?|with|loves?|likes?|into|of|already)(?: (?:all|his|her|their|about))? $"
)
_NOT_ALL = re.compile(r" (?:are|is|have|has|can|cannot|do|does|will|love|like|hate)\b")


def read_how_many(message: Message, things: Sequence[str]) -> int | None:
    """How many of one thing are asked for, the number closed: "mugs x 6", "6 of them", "6 mugs"."""
    named = "|".join(re.escape(thing) for thing in things if thing.endswith("s"))
    counted = re.compile(rf"(?<![\w.,$€£-])(?P<n>\d{{1,3}})(?: x)? (?:{named})\b(?! ?[$€£%])") if named else None
    for pattern in filter(None, (_TIMES, counted)):
        match = pattern.search(message.text)
        if (
            match
            and not _THEIRS.search(message.text[: match.start()])
            and not _NOT_ALL.match(message.text, match.end())
        ):
            number = next(int(n) for n in match.groups() if n)
            message.close(*match.span())
            return number if number > 1 else None
    return None


def read_options(message: Message) -> int | None:
    """How many picks to show; the words are closed."""
    for pattern in (_OPTIONS, _SHOW):
        for match in pattern.finditer(message.open):
            word = match["n"]
            noun = match.groupdict().get("noun") or ""
            if word in ("some", "several") or (word in ("a", "an", "one") and not (word == "one" and noun)):
                continue
            number = {"a few": 3, "few": 3, "a couple": 2, "one": 1}.get(word) or int(word)
            message.close(*match.span())
            if number >= 1:
                return min(number, 10)
    return None


def read_guests(message: Message, *, party: bool, asked: bool, known: int | None = None) -> int | None:
    """How many come to the party; people counted for another reason are closed, so that no budget is read there.

    "Two more" and "three can't make it" are counted from the ``known`` number.
    """
    text = message.open
    if party and (aged := _AGED_GUESTS.search(message.text)) and text[aged.start("n")].isdigit():
        message.close(*aged.span("n"))
        return int(aged["n"])
    for match in _GUESTS.finditer(text):
        group = next(g for g in ("n", "n2", "n3") if match[g])
        number = int(match[group])
        left = text[max(0, match.start() - 20) : match.start()]
        some = known and _SOME_OF_THEM.search(match[0]) and not _NOT_COMING.match(text, match.end())
        if some and not _COMING.match(text, match.end()):
            message.close(*match.span(group))  # "two of them can not have nuts"
            continue
        if (_OWN_CHILDREN.search(left) and not party) or re.search(
            r"\b(?:has|have|mother of|mum of|mom of|father of|dad of|with my|married with|raising|has got) $", left
        ):
            message.close(*match.span(group))
            continue
        if not (party or asked) and not re.search(r"\bguests?\b", match[0]):
            message.close(*match.span(group))  # counted people, no budget and no age
            continue
        if 1 <= number <= 10_000:
            message.close(*match.span())
            if known and (changed := _from_known(message, match, number, known)) is not None:
                return changed
            # "10 children and 4 adults" are 14.
            more = re.match(
                rf"(?: (?:\w+ )?{_NOUN})?(?: and|,| plus| &) (\d{{1,3}}) (?:\w+ )?(?:{_NOUN})\b", text[match.end() :]
            )
            return number + (int(more[1]) if more else 0)
    if party and (for_n := _FOR_N.search(text)):
        message.close(*for_n.span())
        return int(for_n["n"])
    if (
        asked
        and (bare := re.search(r"(?<![\d$€£.,/-])(\d{1,4})(?![\d.,]\d|[$€£%/])", text))
        and 1 <= int(bare[1]) <= 10_000
    ):
        message.close(*bare.span())
        return int(bare[1])
    return None


def _from_known(message: Message, match: re.Match[str], number: int, known: int) -> int | None:
    """The number of guests that a change of the known one comes to; None where the number stands for itself."""
    text, end = message.text, match.end()
    if became := _BECAME.match(text, end):
        message.close(*became.span())
        return int(became[1])
    if instead := _INSTEAD.match(text, end):
        message.close(*instead.span())
        return number
    before = text[max(0, match.start() - 9) : match.end()]
    gone = _NOT_COMING.match(text, end)
    if gone:
        message.close(*gone.span())
    if gone or _FEWER.search(before):
        return max(known - number, 1)
    return known + number if _MORE.search(before) else None
