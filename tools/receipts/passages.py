"""The sentences of a reply, each with the picks it speaks of; a title stands in them as one sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tools.needs import spoken
from tools.receipts.claims import squeezed
from tools.receipts.evidence import PickEvidence
from tools.receipts.references import References

SIGN = re.compile(r"⟦(\d+)⟧")
"""What stands for the title of a pick: its place among those that the reply may speak of."""

_END = re.compile(r"(?<=[.?])\s+|(?<=!)\s+(?![a-z])|(?<=[.!?][*_\"”)])\s+|(?<=[.!?]\*\*)\s+")
_POINTS_BACK = re.compile(
    r"\b(?:it|its|this|that one|this one)\b"
    r"|^\W*(?:the )?(?:(?:price|cost|rating)s?\b(?!s? (?:run|range|vary|go|span|spread|start|stay|lie))|costs|rated|priced|made|fits|by|from (?!\W?\d)|comes|delivered)\b"
    r"|^\W*\d[\d.,]*\W*$|^\W*(?:he|she)(?:'s| is)? (?:costs?|comes|made|\d|rated|weighs|measures)|^\W*(?:his|her) (?:\d|price\b|rating\b)|^\W*(?:cheapest|dearest|best[- ]rated) of\b|^\W*(?:the|each) (?:set|kit|box|pack|book|game|pot|case|one)\b",
    re.IGNORECASE,
)
_GOES_BACK = re.compile(
    r"^\W*(?:(?:and|but|so|still|yet|also|at|for),? )?(?:[$€£]?\d[\d.,]*,? )?(?:it|its|it's|they|these|this one|that one|either|both|eight of them)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:than|against|over|unlike|versus|compared (?:with|to)|beside|next to|instead of|from|ahead of|behind|(?:go(?:es)?|sits?|look) (?:\w+ )?with)\b",
    re.IGNORECASE,
)
"""After this stands what a pick is compared with."""
_ITEM = re.compile(r"\s*(?:[-*•|+]|\d+[.)])\s")
_NEED = re.compile(r"^\W*([^\W\d][\w' -]{0,60}):")


@dataclass(frozen=True)
class Passage:
    """One sentence. ``named`` are the places of the picks it names, ``about`` those of the picks it speaks of.

    ``mentions`` are the short names in it: where each begins, and the place of the pick. ``last`` are the picks
    named before that it goes back to ("it costs less than …").
    """

    text: str
    named: tuple[int, ...]
    about: tuple[int, ...]
    mentions: tuple[tuple[int, int], ...] = ()
    last: tuple[int, ...] = ()


def passages(text: str, shown: Sequence[PickEvidence], references: References | None = None) -> list[Passage]:
    """The sentences of the text. One that names no pick is about the one before where it points back to it ("it …"),
    where it begins the next line of the same item, or where it begins with the pick's need ("Cake: …"); else about all.
    """
    return passages_of(signed(text, shown), shown, references)


def passages_of(signed_text: str, shown: Sequence[PickEvidence], references: References | None = None) -> list[Passage]:
    """As `passages`, of a text in which the titles are signs already."""
    found: list[Passage] = []
    for paragraph in re.split(r"\n\s*\n", signed_text):
        last: tuple[int, ...] = ()
        for line in filter(squeezed, paragraph.splitlines()):
            new_item, continued = bool(_ITEM.match(line)), bool(last)
            last = () if new_item else last
            for number, sentence in enumerate(filter(str.strip, _END.split(line))):
                mentions = tuple(references.find(sentence)) if references else ()
                places = [(m.start(), int(m[1])) for m in SIGN.finditer(sentence)]
                named = tuple(dict.fromkeys(at for _, at in sorted([*places, *mentions])))
                back = (not number and continued) or bool(_POINTS_BACK.search(sentence))
                about = named or _meant(sentence, shown) or (last if back else ())
                goes_back = bool(_GOES_BACK.search(sentence))
                in_prose = not (named or new_item or ":" in line or "|" in line or (not number and continued))
                hints = tuple(references.hints(sentence)) if references and in_prose else ()
                if len(hints) == 1:
                    about, last = (hints if back else about), hints
                if named and references:
                    beside = last if goes_back or _all_beside(sentence, [*places, *mentions]) else ()
                    hinted = () if places else references.hints(sentence)
                    about = tuple(dict.fromkeys([*named, *hinted, *beside]))
                found.append(Passage(sentence, named, about, mentions, last if goes_back else ()))
                kept = bool(last) and goes_back and _all_beside(sentence, [*places, *mentions])
                last = last if kept else named or last
    return found


def _all_beside(sentence: str, places: Sequence[tuple[int, int]]) -> bool:
    """Whether the sentence names only what something else, named before, is compared with."""
    first = _BESIDE.search(sentence)
    return first is not None and all(start > first.start() for start, _ in places)


def signed(text: str, shown: Sequence[PickEvidence]) -> str:
    """The text with every title of a shown pick as a sign, the longest titles first."""
    text = text.replace("’", "'").replace("\\|", "|")
    titles = {" ".join(pick.product.title.split()): at for at, pick in reversed(list(enumerate(shown)))}
    for title in sorted(titles, key=len, reverse=True):
        text = _as_written(title).sub(f"⟦{titles[title]}⟧", text)
    return text


@lru_cache(maxsize=4096)  # more than Python's own cache of patterns holds: shops show the same products again and again
def _as_written(title: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, title.replace("’", "'").split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _meant(sentence: str, shown: Sequence[PickEvidence]) -> tuple[int, ...]:
    """The picks of the need that the sentence begins with, "Cake: …"; not those of other plans, which come after."""
    need = _NEED.match(sentence)
    own = [(at, pick) for at, pick in enumerate(shown) if need and pick.number == at + 1]
    return tuple(at for at, pick in own if need and spoken(pick.need) == need[1].lower())
