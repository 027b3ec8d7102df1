"""Where a message speaks of a need, and the clauses in which it does.

In a clause every mention of a need becomes "@" and "the rest" becomes "%", so that what is said of it can be told
without regard to which need it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from recsys_agent.offline.reading.needs import GIFT, ITEM_PATTERNS, NO_NEED
from recsys_agent.offline.reading.phrases import plural
from recsys_agent.offline.reading.text import CLOSED, Message

_REST = re.compile(
    r"(?:all |everything |anything )?(?:the )?\b(?:rest|everything else|all else|others|other (?:things|stuff|items|"
    r"picks)|remaining(?: things| stuff)?|whole (?:thing|lot|plan|party)|everything(?= (?:but|except|apart)))\b"
)
_DETERMINER = (
    r"(?:(?:the|an?|my|our|your|his|her|their|that|this|those|these|some|any|both|one|birthday|party|kids'?|current|"
    r"actual|of) )"
)
_ADJECTIVE = r"(?:(?!another|other|different|new|more|second|extra|less|not|no|for|on|than|cheap|nice|bett)[a-z-]+ )?"
_SPLIT = re.compile(
    r"(?P<stop>[.;!?]+ |[.;!?]+$| - (?![$€£]?\d)|(?P<colon>: ))|(?P<comma>, ?(?:and |but |or |so )?)|"
    r"(?P<word> (?:and|but|while|though|whereas|so|plus|because|since|as long as) )"
)
TOGETHER = r"(?:(?:all )?together|combined|jointly|between them|taken together|added up)"
"""Words by which an amount is for several needs at once."""
_BOUND = re.compile(
    r"@[ ,(:]*(?:(?:at|for|is|costs?|no|not)? ?\b(?:under|up to|(?:the |at )?most|max(?:imum)?|below|less than|"
    r"more than|around|about|over|at) (?:of )?)?[$€£]? ?\d[\d.,]*(?: ?(?:[$€£]|dollars?|bucks?|euros?|pounds?|quid|usd|"
    r"eur|gbp|max(?:imum)?|tops|at (?:the )?most|or less|in total|each|apiece|a head|per \w+|for \d+ \w+))*[ )]*$"
)
"""A need with an amount of its own behind it: what comes next is another matter."""
_PRONOUN = re.compile(r"\b(?:it|that one|this one|that|them|those)\b")
_LINK = re.compile(r",? (?:and|&|plus) ")
_APART = re.compile(r"@, (?:[$€£] ?)?\d")
_VERB = re.compile(r"\b(?:is|are|can|should|must|will|loves?|likes?|turns?|need|want|have|has|with)\b")


@dataclass
class Clause:
    """A stretch of the message with the needs it names. ``said`` has "@" for them and "%" for the rest."""

    start: int
    end: int
    kinds: list[str] = field(default_factory=list)  # the names of needs
    said: str = ""
    text: str = ""
    pronoun: bool = False  # names its needs only by "it" or "that one"


def read_clauses(message: Message, names: Sequence[str] = ()) -> list[Clause]:
    """The clauses of the open text, in order; those that name no need included.

    ``names`` are those of needs that do not go by their kind.
    """
    text = NO_NEED.sub(lambda m: CLOSED * len(m[0]), message.open)
    parts = _joined(text, _parts(text, names), names)
    clauses: list[Clause] = []
    for start, end in parts:
        clause = Clause(start, end, text=text[start:end])
        clause.kinds, clause.said = marked(clause.text, names)
        previous = clauses[-1] if clauses else None
        if previous and previous.kinds and not clause.kinds and "%" not in clause.said:
            replaced = _PRONOUN.sub("@", clause.said, count=1)  # "no cake, grandma bakes it"
            if replaced != clause.said:
                clause.kinds, clause.said, clause.pronoun = list(previous.kinds), replaced, True
        clauses.append(clause)
    return clauses


def ends_list(clauses: list[Clause], message: Message) -> bool:
    """Whether the last of these clauses is the last item of a list with what comes behind the list.

    "Cake, juice | and decorations, 80": the item before is no more than a thing, with no amount of its own.
    "Decorations under 20 | cake, $100": no other need is told its amount behind a comma.
    """
    *earlier, before, clause = clauses
    if _APART.match(clause.said) and any("@" in other.said and re.search(r"\d", other.said) for other in clauses[:-1]):
        return not any(_APART.match(other.said) for other in (*earlier, before))
    linked = _LINK.fullmatch(message.text[before.end : clause.start])
    item = re.split(r"[,:;.]", before.said)[-1].split()
    bare = len(item) <= 4 and not re.search(r"\d", before.said) and not _VERB.search(" ".join(item))
    return bool(linked and item and bare and re.match(r"@[ ,(]", clause.said))


def marked(text: str, names: Sequence[str] = ()) -> tuple[list[str], str]:
    """The needs in a stretch of text, and the text with marks for them."""
    found: list[tuple[int, int, str]] = []
    patterns: dict[str, re.Pattern[str]] = {**ITEM_PATTERNS, "gift": GIFT, **{name: _called(name) for name in names}}
    for kind, pattern in patterns.items():
        found.extend((match.start(), match.end(), kind) for match in pattern.finditer(text))
    found.sort(key=lambda f: (f[0], -f[1]))
    said, position, kinds = "", 0, []
    for start, end, kind in found:
        if start < position:
            continue  # "party bag fillers" is one mention
        said += text[position:start] + "@"
        position = end
        kinds.append(kind)
    said = _REST.sub("%", said + text[position:])
    said = re.sub(r"@'s\b", "@ is", said)
    said = re.sub(r"'s (?=\w+ing\b)", " is ", said)  # "my mum's baking the cake"
    said = re.sub(rf"(?<![\w@]){_DETERMINER}+{_ADJECTIVE}(?=@)", "", said)
    said = re.sub(r"@(?:(?:,| and| or| nor| &|, and)? (?:also )?@)+", "@", said)
    return list(dict.fromkeys(kinds)), said.strip(" ,")


def _called(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{re.escape(name)}|{re.escape(plural(name))})(?!\w)")


def _parts(text: str, names: Sequence[str]) -> list[tuple[int, int, bool]]:
    """Stretches between separators, each with whether a full stop precedes it."""
    parts, start, stopped = [], 0, True
    for match in _SPLIT.finditer(text):
        if re.search(r"\d$", text[: match.start()]) and re.match(r"\d", text[match.end() :]):
            continue  # "between 40 and 60", "1,200"
        if match["colon"] and not _heads_list(text[start : match.start()], names):
            continue
        if "but" in match[0] and re.search(r"\b(?:everything|all)$", text[: match.start()]):
            continue  # "everything but the cake"
        parts.append((start, match.start(), stopped))
        start, stopped = match.end(), bool(match["stop"])
    return [*parts, (start, len(text), stopped)]


def _heads_list(text: str, names: Sequence[str]) -> bool:
    """Whether what stands before a colon is about all that follows: "budget 100: cake 40, decorations"."""
    return bool(re.search(r"\d", text)) and not marked(text, names)[0]


def _joined(text: str, parts: list[tuple[int, int, bool]], names: Sequence[str]) -> list[tuple[int, int]]:
    """The parts with bare mentions joined to their neighbours: "keep the present | and the cake" is one clause."""
    joined: list[tuple[int, int]] = []
    forward: int | None = None
    for index, (begin, end, stopped) in enumerate(parts):
        start = begin if forward is None or stopped else forward
        forward = None
        kinds, said = marked(text[begin:end], names)
        bare = bool(kinds) and re.fullmatch(
            rf"(?:(?:for|as for|about|regarding|and|also|with|on) )?@:?(?P<one> {TOGETHER})?", said
        )
        before = text[slice(*joined[-1])] if joined else ""
        named, told = marked(before, names)
        apart = (re.search(r"[$€£] ?\d[\d.,]* [a-zñ -]+$", before) or _BOUND.search(told)) and not (
            bare and bare["one"]
        )
        if bare and not stopped and named and not apart:
            joined[-1] = (joined[-1][0], end)
        elif bare and index + 1 < len(parts) and not parts[index + 1][2]:
            forward = start
        elif text[start:end].strip(" |"):
            joined.append((start, end))
    if forward is not None:
        joined.append((forward, parts[-1][1]))
    return joined
