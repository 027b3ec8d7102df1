"""The sentences of a reply, each with the picks it speaks of; a title stands in them as one sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.product import NEED_NAMES
from tools.receipts.claims import squeezed
from tools.receipts.evidence import PickEvidence

SIGN = re.compile(r"⟦(\d+)⟧")
"""What stands for the title of a pick: its place among those that the reply may speak of."""

_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][*_\"”)])\s+|(?<=[.!?]\*\*)\s+")
_POINTS_BACK = re.compile(r"\b(?:it|its|this|that one|this one)\b", re.IGNORECASE)
_NEED = re.compile(rf"^\W*({'|'.join(NEED_NAMES.values())}):", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """One sentence. ``named`` are the places of the picks it names, ``about`` those of the picks it speaks of."""

    text: str
    named: tuple[int, ...]
    about: tuple[int, ...]


def passages(text: str, shown: Sequence[PickEvidence]) -> list[Passage]:
    """The sentences of the text. One that names no pick is about the one before where it points back to it ("it …"),
    where its line is indented under it, or where it begins with the pick's need ("Cake: …"); else about all."""
    found: list[Passage] = []
    for paragraph in re.split(r"\n\s*\n", signed(text, shown)):
        last: tuple[int, ...] = ()
        for line in _lines(paragraph):
            for sentence in filter(str.strip, _END.split(line)):
                named = tuple(dict.fromkeys(int(m[1]) for m in SIGN.finditer(sentence)))
                about = named or _meant(sentence, line, last, shown)
                found.append(Passage(sentence, named, about))
                last = named or last
            if not line.startswith((" ", "\t")) and not SIGN.search(line):
                last = last if _POINTS_BACK.search(line) else ()
    return found


def signed(text: str, shown: Sequence[PickEvidence]) -> str:
    """The text with every title of a shown pick as a sign, the longest titles first."""
    text = text.replace("’", "'").replace("\\|", "|")
    titles = {" ".join(pick.product.title.split()): at for at, pick in reversed(list(enumerate(shown)))}
    for title in sorted(titles, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, title.replace("’", "'").split()))
        text = re.sub(rf"(?<!\w){words}(?!\w)", f"⟦{titles[title]}⟧", text, flags=re.IGNORECASE)
    return text


def _lines(paragraph: str) -> Iterator[str]:
    return (line for line in paragraph.splitlines() if squeezed(line))


def _meant(sentence: str, line: str, last: tuple[int, ...], shown: Sequence[PickEvidence]) -> tuple[int, ...]:
    if need := _NEED.match(sentence):
        return tuple(at for at, pick in enumerate(shown) if NEED_NAMES[pick.need] == need[1].lower())[:1]
    if last and (line.startswith((" ", "\t")) or _POINTS_BACK.search(sentence)):
        return last
    return ()
