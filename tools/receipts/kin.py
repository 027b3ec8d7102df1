"""Words of one family: who does a thing, and doing it. "Hiker" is borne out by "hiking", "scientist" by "science"."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

_ENDINGS = re.compile(
    r"(?:er|or|ist|ian|ism|ing|ings|ed|y|ie|ies|ic|ics|ical|al|e|es|s|age|ation|tion|ious|ous|ly|ific|ce|nce|tific)$"
)
_DOER = re.compile(r"(?:ers?|ists?|ians?)$")
LEAST, SHORTEST = 4, 3
"""So many letters the common part of a family has at least, and that of "hiker" and "hiking"."""


def has_kin(word: str, told: AbstractSet[str]) -> bool:
    """Whether a word of the same family is among those that are told. ``told`` are families, see `family`."""
    if word.lower().startswith("allerg"):  # that a maker lists allergens says nothing of who may have what
        return False
    found = family(word)
    if len(found) >= LEAST and found in told:
        return True
    doer = _DOER.sub("", word.lower().removesuffix("'s"))
    return len(doer) >= SHORTEST and doer != word.lower() and {doer, f"{doer}ing", f"{doer}e"} & told != set()


def family(word: str) -> str:
    """What the words of its family begin with: "photograph" of photographer, photography and photographs."""
    part = re.sub(r"ves$", "f", word.lower().removesuffix("'s")).removesuffix("s")
    for _ in range(3):
        shorter = _ENDINGS.sub("", part)
        if len(shorter) < LEAST or shorter == part:
            break
        part = shorter
    return re.sub(r"(.)\1$", r"\1", part)
