"""What in a text makes a claim that can be checked: numbers, ratings, names, materials, promises, links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from text_to_num import alpha2digit

from tools.lexicon.stems import stems
from tools.money_text import WORDS, AmountFound

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
CENTS = re.compile(r"(?<![\w.,])\d+[.,]\d\d(?![\d%])")
POSITION = re.compile(
    r"^\W*(\d+)[.):]\s|(?:\b(?:number|no\.|pick|option|idea)|#)\s*(\d+)\b|\b(\d+)(?:st|nd|rd|th)\b"
    r"|\b(\d+)\s(?:\w+\s)?(?:picks?|presents?|gifts?|options?|ideas?|items?|products?|suggestions?)\b",
    re.MULTILINE | re.IGNORECASE,
)
"""A number that only counts or points: "2. …", "number 2", "the 2nd", "these 3 presents"."""

MARKED = re.compile(r"\*\*(.+?)\*\*|[“\"]([^”\"\n]{3,80})[”\"]", re.DOTALL)
RATING = re.compile(
    r"(?P<a>\d+(?:[.,]\d+)?)\s?(?:of|out of|/)\s?5\b"
    r"|(?<![\d.,])(?P<b>[0-5](?:[.,]\d+)?)[\s-]?stars?\b(?!,? (?:and )?an? )"
    r"|\brat(?:ed|ing)(?:\s(?:of|is|at))?:?\s(?P<c>\d+(?:[.,]\d+)?)"
    r"|(?<![\d.,$€£/])(?P<d>[0-5][.,]\d)[\s-](?:average|rating|score)\b"
    r"|\b(?:reviews?|ratings?|shoppers)\b[^.;$€£\d]{0,40}\baverag\w+ (?:of |at )?(?P<e>[0-5][.,]\d)(?![\d%])",
    re.IGNORECASE,
)
LINK = re.compile(r"https?://|\bwww\.|\]\(|<[a-z/!]|\b[\w-]+\.(?:com|net|org|shop|example)\b", re.IGNORECASE)
PROMISE = re.compile(
    r"\bfree (?:\w+ )?(?:shipping|delivery|returns?)\b|\bdiscount\w*|\bcoupons?\b|\bwarrant\w+|\bguarante\w+"
    r"|\brefund\w*|\bon sale\b|\bbest-?sell\w*|\bhalf[ -]price\b|\d ?% off\b",
    re.IGNORECASE,
)
SMALL = re.compile(rf"\b(?:one|two|three)(?=[\s-](?:{'|'.join(WORDS)}|cent|star)s?\b)", re.IGNORECASE)
NAME = re.compile(r"\b[A-Z][\w'’&-]+(?:\s(?:(?:of|the|and|for|&)\s)?[A-Z][\w'’&-]+)+")
"""A run of capitalised words: how a product or a brand is written that is not set off by anything else."""

NO_NAMES = frozenset(
    stems(
        """birthday christmas xmas easter day mother father valentine new year eve hanukkah diwali eid halloween
        thanksgiving anniversary wedding graduation happy mum mom mam dad grandma grandpa granny nan monday tuesday
        wednesday thursday friday saturday sunday january february march april may june july august september october
        november december total budget question"""
    )
)
ATTRIBUTES = frozenset(
    stems(
        """gold silver platinum brass copper bronze steel iron aluminium titanium leather suede wool cashmere silk linen
        cotton velvet bamboo oak walnut teak pine maple marble granite ceramic porcelain crystal glass plastic rubber
        diamond pearl waterproof wireless bluetooth rechargeable handmade organic vegan dishwasher solar foldable"""
    )
)
"""Materials and properties that a reply may claim only where the evidence has the word."""


_DOZENS = {"a": "12", "half a": "6", "two": "24", "three": "36"}
_HYPHEN = re.compile(
    r"(?<=[a-z])-(?=(?:minute|hour|day|week|month|year|page|piece|player|portion|colou?r|centimet|millimet|met|lit|gram)\w*\b)",
    re.IGNORECASE,
)
"""Between a number in words and what it counts: "a forty-five-minute game"."""
_DOZEN = re.compile(r"\b(half a|a|two|three) dozen\b", re.IGNORECASE)
_TWO_COINS = re.compile(
    rf"(?<![\w.,])(\d+|a)\s({'|'.join(WORDS)})s?(?:\sand\s(?=(?:\d{{1,2}}|a|one)\s(?:cents?|pence|p|penny)\b)|\s(?=\d\d\b(?!\s\w*s\b)))"
    r"(\d{1,2}|a\b|one\b)(?:\s(?:cents?|pence|penny|p)\b)?",
    re.IGNORECASE,
)
SMALL_NUMBERS = {"one": "1", "two": "2", "three": "3"}


@lru_cache(maxsize=1024)  # several checks read the same sentence, and the same texts of a product
def in_digits(text: str) -> str:
    """The text with its number words as digits: "twenty dollars" is an amount as well."""
    # What is up to three is left alone ("one of them", "these two"), except where it is an amount or a rating.
    text = _HYPHEN.sub(" ", re.sub(r"-(?=stars?\b)", " ", text))
    text = SMALL.sub(lambda m: SMALL_NUMBERS[m[0].lower()], text)
    return _joined(alpha2digit(_DOZEN.sub(lambda m: _DOZENS[m[1].lower()], text), "en"))


def _joined(digits: str) -> str:
    """Amounts told in two coins as one: "1 dollar and 70 cents", "1 pound 50"."""
    return _TWO_COINS.sub(
        lambda m: f"{1 if m[1].isalpha() else m[1]}.{'1' if m[3].isalpha() else m[3]:0>2} {m[2]}", digits
    )


@lru_cache(maxsize=4096)
def plain_number(text: str) -> str:
    """4.60 and 4.6, 1,200 and 1200 are the same number."""
    plain = re.sub(r",(?=\d{3}\b)", "", text).replace(",", ".")
    try:
        return str(Decimal(plain).normalize())
    except ArithmeticError:
        return plain


def without_amounts(text: str, amounts: Iterable[AmountFound]) -> str:
    """The text with these amounts taken out."""
    for amount in sorted(amounts, key=lambda a: -len(a.text)):
        text = text.replace(amount.text, " ")
    return text


def without_positions(text: str, count: int) -> str:
    """The text without numbers that only count or point at one of ``count`` picks."""
    return POSITION.sub(lambda m: " " if int(m[m.lastindex or 0]) <= max(count, 1) else m[0], text)


def squeezed(text: str) -> str:
    """Lower case, blanks as one, straight apostrophes, bars as they are outside of a table."""
    return " ".join(text.replace("’", "'").replace("\\|", "|").split()).lower()


def names(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The capitalised runs with the stems that make them names; a sentence's first word is capital anyway."""
    found = []
    for match in NAME.finditer(text):
        before = text[: match.start()].rstrip(' *_“"')
        begins = not before or before[-1] in ".!?:;)\n-•"
        capitals = [word for word in match[0].split()[begins:] if word[0].isupper() and word[:2] not in ("I'", "I’")]
        found.append((match[0], stems(" ".join(capitals))))
    return found
