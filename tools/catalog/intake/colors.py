"""The colours of a product whose feed has no column for them: where its title or options plainly say them.

Plainly is what stands alone: the last part of "Scarf, navy blue", "Mug (red/white)", "Tee - Black", "A dress in red".
A colour amid other words may be a name ("Orange County"), what a thing is for, or what it is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tools.lexicon.shopping import colours, tones
from tools.lexicon.stems import stems

MAX_COLORS = 10
LONGEST_END = 120
"""Characters of a title's end that are looked at."""

_LAST_PART = re.compile(r"(?:^.*(?:,|;|:|\||\s[-–—]|\()|.*\bin(?=\s))\s*([^,;:|()–—]{3,40}?)\)?\s*$")
_BETWEEN = re.compile(r"\s*(?:/|&|\+|,|\band\b|\|)\s*")
_OPTION = re.compile(r"(?i)\bcolou?rs?\b|^shade$")


def stated_colors(title: str, options: Iterable[Mapping[str, str]] = ()) -> list[str]:
    """The colours in lower case, in order; those of options by the option's name."""
    named = [value for each in options for name, value in each.items() if _OPTION.search(name)]
    last = _LAST_PART.match(title[-LONGEST_END:])
    parts = _BETWEEN.split(last[1]) if last else []
    said = parts if parts and all(map(_is_colour, parts)) else []
    return list(dict.fromkeys(color.strip().lower()[:40] for color in (*named, *said) if color.strip()))[:MAX_COLORS]


def _is_colour(text: str) -> bool:
    words = stems(text)
    while words and words[0] in tones():
        words = words[1:]
    return words in colours()
