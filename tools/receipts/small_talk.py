"""The check of replies that recommend nothing: they name no price, product or person but those already on the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from tools.guard.quarantine import quarantine
from tools.lexicon.stems import stems
from tools.money_text import find_amounts
from tools.receipts.claims import CENTS, LINK, NO_NAMES, RATING, in_digits, names, without_amounts
from tools.receipts.conduct import conduct_problems, disguised_digits, too_long
from tools.receipts.general import general_stems, household_stems

SUITS = re.compile(
    r"\bsafe (?:for|with|from)\b[^.!?\n]*(?=[.!\n]|$)|\bhypo-?allergenic\b|\ballerg\w+[- ]free\b"
    r"|\b(?:made|suitable|meant|right) for (?:ages?|children|adults|kids|\d)[^.!?\n]*(?=[.!\n]|$)",
    re.IGNORECASE,
)
"""Whom a product suits, stated: where none is spoken of, nothing bears it out. To ask for it is another thing."""
MONEY = re.compile(
    r"\b(?:euros?|dollars?|dólares|pounds?|quid|bucks?|fivers?|tenners?|(?<!per )cents?|pence|francs?|franken|kronen|"
    r"kronor|yen|rupees?)\b|[€$£¥]|[元円]",
    re.IGNORECASE,
)
"""What an amount that no reader of amounts understands is still told by."""
ADVICE = re.compile(
    r"\b(?:take|buy|choose|try|recommend|suggest|consider|go for|pick|order)\s+(?:the|an?|our|this|some)\s+"
    r"(?P<what>[\w'’-]+(?:\s[\w'’-]+){0,2})",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_SYNTAX = {"tool", "role", "link", "encoded"}


def small_talk_problems(
    text: str, amounts: Iterable[Decimal], titles: Iterable[str], said: str = "", *, currency: str | None = None
) -> list[str]:
    """No amount and no product but those of this conversation, and nobody whom the shopper did not name.

    ``said`` is what the shopper wrote and what the brief holds; ``currency`` that of the amounts.
    """
    known, shown, digits = set(amounts), " ".join(titles).lower(), in_digits(text)
    found = [(a.text, a.value, currency is None or a.may_be_in(currency)) for a in find_amounts(digits)]
    found += [(m[0], Decimal(m[0].replace(",", ".")), True) for m in CENTS.finditer(digits)]
    bold = [m[1] for m in re.finditer(r"\*\*(.+?)\*\*", text)]
    own = f"{shown} {said}".lower()
    return [
        *(
            f"{words} is no amount of this conversation"
            for words, value, may_be in found
            if value not in known or not may_be
        ),
        *(f"{name!r} is no product that was shown" for name in bold if name.lower() not in shown),
        *(f"{m[0]!r} is a rating, and none is at hand" for m in RATING.finditer(digits)),
        *(f"links are not shown: {m[0]!r}" for m in LINK.finditer(text)),
        *(f"{m[0]!r} is said of no product" for m in SUITS.finditer(text)),
        *(f"it holds what only programs read ({trick})" for trick in sorted(quarantine(text)[1] & _SYNTAX)),
        *conduct_problems(text, own),
        *disguised_digits(text, own),
        *too_long(text),
        *_unknown(text, own),
    ]


def _unknown(text: str, own: str) -> Iterator[str]:
    """Money, names and things of sentences that ask nothing, which nobody has spoken of."""
    known = frozenset(stems(own)) | NO_NAMES | general_stems() | household_stems()
    for sentence in _SENTENCE.split(text):
        if sentence.rstrip().endswith("?"):
            continue
        digits = in_digits(sentence)
        if money := MONEY.search(without_amounts(digits, find_amounts(digits))):
            yield f"{money[0]!r} is money of no amount that can be checked"
        for name, capitals in names(sentence):
            if not known.issuperset(capitals):
                yield f"nobody has spoken of {name!r}"
        for advice in ADVICE.finditer(sentence):
            if not known.issuperset(stems(advice["what"])):
                yield f"{advice['what']!r} is no product that was shown"
