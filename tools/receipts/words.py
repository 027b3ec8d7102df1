"""A text of the evidence as the checks look at it: its stems, its numbers, its number words as digits."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from tools.lexicon.stems import stems
from tools.receipts.claims import NUMBER, in_digits, plain_number

_TIMES = re.compile(r"(?<=\d)[x×](?=\d)")


class Words:
    """One text, each way to look at it worked out when it is first needed."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of its words, in order."""
        return stems(self.text)

    @cached_property
    def digits(self) -> str:
        """The text with its number words as digits."""
        return in_digits(self.text)

    @cached_property
    def digits_in_lower_case(self) -> str:
        """As `digits`, in lower case."""
        return self.digits.lower()

    @cached_property
    def digit_stems(self) -> frozenset[str]:
        """The stems of `digits`."""
        return frozenset(stems(self.digits))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every number it has, in its plain form."""
        return frozenset(map(plain_number, NUMBER.findall(_TIMES.sub(" ", self.digits))))


@lru_cache(maxsize=2048)
def words_of(text: str) -> Words:
    """The words of a product's text. Kept: the same products are shown, and checked, again and again."""
    return Words(text)
