"""Words of one family: who does a thing, and doing it. "Hiker" is borne out by "hiking", "scientist" by "science"."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

_ENDINGS = re.compile(
    r"(?:er|or|ist|ian|ism|ing|ings|ed|y|ie|ies|ic|ics|ical|al|e|es|s|age|ation|tion|ious|ous|ly|ific|ce|nce|tific)$"
)
_DOER = re.compile(r"(?:ers?|ists?|ians?)$")
_PAST = {
    past: present
    for past, _, present in (
        pair.partition("/")
        for pair in """fed/feed hung/hang lit/light bent/bend blew/blow blown/blow wore/wear worn/wear wove/weave woven/weave
    spun/spin grew/grow grown/grow drew/draw drawn/draw wound/wind flew/fly flown/fly swam/swim rode/ride ridden/ride
    drove/drive driven/drive wrote/write written/write sewn/sew knelt/kneel dug/dig stuck/stick swung/swing sang/sing
    sung/sing rang/ring slid/slide shone/shine froze/freeze frozen/freeze drank/drink drunk/drink ate/eat eaten/eat
    threw/throw thrown/throw caught/catch taught/teach built/build bound/bind ground/grind swept/sweep slept/sleep
    spread/spread shook/shake shaken/shake broke/break broken/break tore/tear torn/tear bit/bite hid/hide hidden/hide
    feet/foot teeth/tooth geese/goose men/man women/woman children/child""".split()
    )
}
"""Forms that have no common beginning with their verb or noun."""
LEAST, SHORTEST = 4, 3
"""So many letters the common part of a family has at least, and that of "hiker" and "hiking"."""


def has_kin(word: str, told: AbstractSet[str]) -> bool:
    """Whether a word of the same family is among those that are told. ``told`` are families, see `family`."""
    if word.lower().startswith("allerg"):  # that a maker lists allergens says nothing of who may have what
        return False
    found = family(word)
    if len(found) >= SHORTEST and found in told:
        return True
    doer = _DOER.sub("", word.lower().removesuffix("'s"))
    return len(doer) >= SHORTEST and doer != word.lower() and {doer, f"{doer}ing", f"{doer}e"} & told != set()


def family(word: str) -> str:
    """What the words of its family begin with: "photograph" of photographer, photography and photographs."""
    word = word.lower().removesuffix("'s")
    part = re.sub(r"ves$", "f", _PAST.get(word, word)).removesuffix("s")
    for _ in range(3):
        shorter = _ENDINGS.sub("", part)
        if len(shorter) < LEAST or shorter == part:
            break
        part = shorter
    return re.sub(r"(.)\1$", r"\1", part)
