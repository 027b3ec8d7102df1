"""The line of a reply about what was remembered: code words it in one form, and each part of it must be in a record.

The records are the shopper's own, so nobody else can look them up; but what is told must be what they say, and what is
said to be left out must not be among the picks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import BaseModel

from tools.brief import Brief
from tools.enumeration import enumerated
from tools.lexicon.stems import contains_phrase, stems
from tools.memory.wording import ASPECTS

RecalledUse = Literal["interest", "rule", "age", "left_out"]

_KNOWN = r"I remember about [^:\n]+: [^\n]+?\."
_GIFTS = r"[^.!?\n]*\*\*[^*\n]+\*\*[^\n]*, so I left (?:it|those) out\."
_LINE = re.compile(rf"(?P<known>{_KNOWN})?(?(known)(?: (?P<also>{_GIFTS}))?|(?P<gifts>{_GIFTS}))")
_MORE = re.compile(r"(?: and (\d+) more)?, so I left (it|those) out\.$")
_PREFIXES = tuple(template.removesuffix("{}") for template in ASPECTS.values())
_JOINING = frozenset({"was", "in", "did"})
"""What a gift is told with beside the words of its record: "in June 2024 you gave …", "… was loved"."""


class Recalled(BaseModel):
    """A record of the shopper's memory, in words, and what it was used for: something the brief has of it, or a gift
    that is not to come again.
    """

    use: RecalledUse
    text: str
    memory_id: str | None = None

    def stands_for(self, words: str) -> bool:
        """Whether these words of the brief are what was recalled."""
        return self.use != "left_out" and contains_phrase(stems(self.text), stems(words))


def is_recollection(paragraph: str) -> bool:
    """Whether this paragraph has the form of the line about what was remembered."""
    return bool(paragraph) and _LINE.fullmatch(paragraph) is not None


def apart(text: str) -> tuple[str, list[str]]:
    """What is said of the picks, and the lines about what was remembered."""
    paragraphs = text.split("\n\n")
    told = [one for one in paragraphs if is_recollection(one)]
    return "\n\n".join(one for one in paragraphs if one not in told), told


def sources(line: str, memory: Sequence[Recalled]) -> Iterator[Recalled]:
    """The records that the line tells of."""
    told = frozenset(stems(line)) | _JOINING
    return (record for record in memory if told.issuperset(stems(record.text)))


def recollection_problems(
    told: Sequence[str], memory: Sequence[Recalled], brief: Brief, titles: Sequence[str]
) -> list[str]:
    """What the lines tell that no record says, and picks that are said to be left out."""
    found = [f"{line!r} is not what the records say" for line in told if not _is_true(line, memory, brief)]
    if len(told) > 1:
        found.append("what was remembered is told twice")
    given = [record.text for record in memory if record.use == "left_out"]
    out = [title for title in titles if told and any(f" {title} " in f" {text} " for text in given)]
    return found + [f"{title} is said to be left out" for title in out]


def _is_true(line: str, memory: Sequence[Recalled], brief: Brief) -> bool:
    match = _LINE.fullmatch(line)
    return (
        match is not None and _knows(match["known"], memory, brief) and _gave(match["also"] or match["gifts"], memory)
    )


def _knows(sentence: str | None, memory: Sequence[Recalled], brief: Brief) -> bool:
    """ "I remember about your father: 60 years old, likes jazz and tea." """
    if sentence is None:
        return True
    who, _, known = sentence.removeprefix("I remember about ").removesuffix(".").partition(": ")
    relation, name = (brief.recipient.relation or "").replace("_", "-"), brief.recipient.name or ""
    return who in {f"your {relation}", name, f"your {relation} {name}", "you"} and known == _together(memory)


def _together(memory: Sequence[Recalled]) -> str:
    """Ages and facts as `tools.memory.wording.together` words them, those of one sort in one phrase."""
    phrases: dict[str, list[str]] = {}
    for record in sorted((r for r in memory if r.use != "left_out"), key=lambda r: r.use != "age"):
        prefix = next((p for p in _PREFIXES if record.text.startswith(p)), "") if record.use != "age" else ""
        values = phrases.setdefault(prefix or record.text, [])
        if prefix and record.text.removeprefix(prefix) not in values:
            values.append(record.text.removeprefix(prefix))
    return ", ".join(f"{phrase}{enumerated(values)}" if values else phrase for phrase, values in phrases.items())


def _gave(sentence: str | None, memory: Sequence[Recalled]) -> bool:
    """ "Last June you gave **Seed Tin**; **Tea Tin** was returned in May 2024, so I left those out." """
    if sentence is None:
        return True
    records = [_of_gift(record.text) for record in memory if record.use == "left_out"]
    ending = _MORE.search(sentence)
    titles = re.findall(r"\*\*(.+?)\*\*", sentence)
    masked = re.sub(r"\*\*(.+?)\*\*", "⟦⟧", _MORE.sub("", sentence)).split("; ")
    if ending is None or len(masked) != len(titles):
        return False
    told = [_of_gift(part.replace("⟦⟧", title)) for part, title in zip(masked, titles, strict=True)]
    all_of_them = len(told) + int(ending[1] or 0)
    return told == records[: len(told)] and all_of_them == len(records) and (ending[2] == "it") is (len(records) == 1)


def _of_gift(text: str) -> list[str]:
    return sorted(stem for stem in stems(text) if stem not in _JOINING)
