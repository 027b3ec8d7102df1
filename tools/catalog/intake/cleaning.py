"""Raw feed values into clean ones: plain text, counts, stock and ratings. Unreadable is None, never a guess."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import ftfy
import nh3

_MOJIBAKE = ftfy.TextFixerConfig(
    explain=False, unescape_html=False, uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False
)
_BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0\U000e0100-\U000e01ef]|[\ufe00-\ufe0f]{2,}")
"""Letters that show as nothing, and runs of variation selectors, in which whole messages have been hidden."""
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")
_TAG = re.compile(r"</?[a-zA-Z!]")
_BLOCK = re.compile(r"(?i)</?(?:p|br|div|li|ul|ol|td|tr|th|table|h[1-6]|section|article)\b")
_JOINER_BESIDE_ASCII = re.compile(r"(?<=[\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f])")
"""Persian, Indic words and composed emoji need the zero-width joiners; inside "nuts" they only hide it from rules."""


def plain_text(value: Any) -> str:
    """The text without markup, entities, broken encodings, control and invisible characters, on one line.

    The text is shown in terminals and read by language models: escape sequences and hidden characters do not pass.
    """
    text = str(value)
    for _ in range(10):  # feeds escape twice, and what one step uncovers may be markup for another
        before, text = text, _plainer(text)
        if text == before:
            return text
    # Escaped ten times over is no feed's habit but an attempt to get markup through.
    return _plainer(text.translate({ord("<"): " ", ord("&"): " "}))


def _plainer(text: str) -> str:
    text = html.unescape(text)
    if _TAG.search(text):
        text = html.unescape(nh3.clean(_BLOCK.sub(r" \g<0>", text), tags=set()))
    if not text.isascii():  # plain ASCII has no broken encodings to mend, and most values are that
        text = unicodedata.normalize("NFC", ftfy.fix_encoding(text, _MOJIBAKE))
        text = _BLANKS.sub(" ", text)
    text = " ".join(text.split())
    if text.isprintable():
        return text
    visible = "".join(c for c in text if c in "\u200c\u200d" or unicodedata.category(c) not in _INVISIBLE)
    return " ".join(_JOINER_BESIDE_ASCII.sub("", visible).split())


def text_list(values: Iterable[Any]) -> list[str]:
    """The items of lists, or of texts separated by ``|``, ``;`` or (where neither occurs) ``,``; without repeats."""
    items: list[str] = []
    for value in values:
        if isinstance(value, bool):
            continue  # "colour: true" names no colour
        if isinstance(value, list):
            parts = value
        else:
            separator = next((s for s in "|;" if s in str(value)), ",")
            parts = str(value).split(separator)
        items += [text for part in parts if (text := plain_text(part))]
    return list(dict.fromkeys(items))


_NO_CATEGORY = {"", "other", "others", "misc", "miscellaneous", "uncategorised", "uncategorized", "none", "n/a", "-"}


def category_path(values: Iterable[Any]) -> list[str]:
    """The steps of the category, widest first; steps that say nothing ("others") and repeats are left out."""
    steps = [plain_text(step) for value in values for step in re.split(r"\s*(?:>|›|»|\|)\s*", plain_text(value))]
    return list(dict.fromkeys(step for step in steps if step.lower() not in _NO_CATEGORY))


_NO_BRAND = frozenset((
    *"missing unknown unbranded generic none null nan n/a na no-name noname - . ? tbd undefined brand".split(),
    "no brand", "no name", "not applicable", "not specified", "does not apply",
))  # fmt: skip


def brand_name(value: Any) -> str:
    """The brand; empty for what a feed writes where there is none."""
    name = plain_text(value)
    return "" if name.lower() in _NO_BRAND else name


_WHOLE = re.compile(r"\d{1,3}(?:[,.'\s]\d{3})+|\d+")


def whole_number(value: Any) -> int | None:
    """The only whole number in the value: ``"1,234"``, ``"(36)"``, ``"36 ratings"``, ``3.0``."""
    text = re.sub(r"\.0+$", "", str(value).strip())
    if isinstance(value, bool) or re.search(r"-\s*\d", text):
        return None
    found = _WHOLE.findall(text)
    digits = re.sub(r"\D", "", found[0]) if len(found) == 1 else ""
    return int(digits) if 0 < len(digits) < 10 else None


_GONE = re.compile(
    r"(?i)\b(?:out[ _-]?of[ _-]?stock|sold[ _-]?out|unavailable|not available|discontinued|pre-?order|back-?order)"
)
_PIECES = re.compile(
    r"(?i)(?:^|\bstock:?\s*|\bavailable:?\s*|\bonly\s+|\bleft:?\s*)(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})\+?\s*"
    r"(?:$|new\b|used\b|collectible\b|left\b|in stock\b|available\b|pcs\b|pieces?\b|items?\b|units?\b)"
)


def stock_pieces(value: Any) -> int | None:
    """How many pieces can be ordered. None where the feed says no number ("In stock"); 0 for what is gone."""
    if isinstance(value, bool):
        return None if value else 0
    text = re.sub(r"\.0+$", "", str(value).strip())
    if re.fullmatch(r"-\s*\d+|(?i:no|false)", text) or _GONE.search(text):
        return 0
    listed = re.split(r"(?:,(?!\d{3}\b)|;|\band\b|&)", text)
    pieces = [int(found[1].replace(",", "")) for part in listed if (found := _PIECES.search(part.strip()))]
    return sum(pieces) if pieces else None


_RATING = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:(?:out\s+of|of|/)\s*(\d{1,3})|(%))?", re.IGNORECASE)


def rating_of_5(value: Any) -> float | None:
    """A rating out of 5: ``"4.5 out of 5 stars"``, ``"4,5"``, ``"9/10"``, ``"90%"``. Zero stars mean not rated."""
    found = _RATING.search(str(value))
    if isinstance(value, bool) or found is None or "-" in str(value)[: found.start()]:
        return None
    best = 100.0 if found[3] else float(found[2] or 5)
    rating = round(float(found[1].replace(",", ".")) / best * 5, 2) if best else 0.0
    return rating if 0 < rating <= 5 else None
