"""One message in canonical form, on which all the readers work.

Canonical text is NFKC, with straight quotes and hyphens, contractions expanded ("doesn't" -> "does not"), chat
spellings resolved ("bday" -> "birthday"), number words as digits, and every whitespace run one blank. A reader that
has understood a span closes it, so that no other reads the same words again ("turns 60" is not a budget of 60).
"""

from __future__ import annotations

import re
import unicodedata

from recsys_agent.offline.reading.numbers import number_words_to_digits
from recsys_agent.offline.reading.spelling import mended
from recsys_agent.offline.reading.words.spellings import SPELLINGS

MAX_CHARS = 4_000
"""How much of a message is read; nobody describes a gift in more, and it keeps the work bounded."""

CLOSED = "|"
"""Stands for every character of a span that has been read."""

# Nothing that long is a word; dropping it keeps every pattern linear.
_ENDLESS = re.compile(r"\S{60,}")

_DRAWN_OUT = re.compile(r"(?i)(?<=[a-z])([aeiouysmr])\1{2,}")
""" "Tooo" and "pleeease"; what then is still one letter too long is mended as a slip."""

_QUOTES = str.maketrans(
    dict.fromkeys("’‘`´ʼ′", "'") | dict.fromkeys("“”„«»″", '"') | dict.fromkeys("‐‑‒–−", "-") | {"|": " "}
)


# "he's got" is "has", "he's 34" is "is"; after other words 's is a possessive and stays.
_IS_SUBJECTS = "he|she|it|that|who|what|there|here|where|how|everything|name|budget|birthday|this|everyone"
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"\bcan't\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"\b(\w{2,12})n't\b", r"\1 not"),
        (
            rf"\b({_IS_SUBJECTS})'s(?= (?:\w+ )?(?:got|been|had|always (?:loved|liked|been)|taken|started|become|"
            rf"gotten)\b)",
            r"\1 has",
        ),
        (rf"\b({_IS_SUBJECTS})'s\b", r"\1 is"),
        (r"\b([a-z]\w{1,14})'s (?=(?:already |just |recently )?(?:got|been|had)\b)", r"\1 has "),
        (
            r"\b([a-z]\w{1,14})'s (?=(?:into|not|never|allergic|obsessed|turning|crazy|mad|nuts|keen|always|"
            r"really|very|already|about to|getting|going to|"
            r"interested|fond|vegan|vegetarian|passionate|big on|in (?:his|her)|an? (?!birthday|party|\d)|"
            r"\d{1,3}(?:[.,;!?]|$| and| now| who| today| soon))(?!\w))",
            r"\1 is ",
        ),
        (
            r"\b(is|are) (?:actually |really )?more (?:of )?(an? )((?:(?! than\b)[^.,;!?]){3,40})(?=[.,;!?]|$)",
            r"\1 \2\3 instead",
        ),
        (r"(?i)\b(is \d{1,3}(?: years old)?),? and (an? (?!half|quarter|bit))", r"\1 and is \2"),
        (
            r"(?i)(\b(?:has|have)|'ve|'s) got (?=(?:loads|lots|plenty|tons|heaps|enough|too many|so many|dozens)\b)",
            r"\1 ",
        ),
        (r"\blet's\b", "let us"),
        (r"\b(\w{1,12})'ll\b", r"\1 will"),
        (r"\b(i|he|she|they|we|you|it|who|that)'d\b", r"\1 would"),
        (r"\b(\w{1,12})'ve\b", r"\1 have"),
        (r"\b(\w{1,12})'re\b", r"\1 are"),
        (r"\bi'm\b", "i am"),
        (r"\b4 (?=my |a |our |the |his |her |me\b)", "for "),
        (r"\bw/o ?(?=\w)", "without "),
        (r"(?<![\w/])w/ ?(?=\w)", "with "),
        (r"<3", " loves "),
        (
            r"(?i)\b((?:throw|have|having|plan|planning|organi[sz]e|organi[sz]ing|sort(?:ing)?(?: out)?|host|hosting|"
            r"arrange|do|doing|to|at) "
            r"(?:a|an|the|her|his) (?:(?!leaving)\w+ ){0,2})do\b(?= (?:for|on|at|in|next|this)\b|[.,!?]|$)",
            r"\1party",
        ),
        (r"\bb'day", "birthday"),
        (r"\bnot (?:only|just) ((?:[\w'-]+ ){1,6}?)but (?:also )?", r"\1and "),
        (r"\byears?[- ]young\b", "years old"),
        (r"\b(more|less|fewer|lower|higher|other|rather|\w{3,9}er) then (?=(?:about |around )?[$€£]?\d)", r"\1 than "),
    )
)


class Message:
    """The canonical text, what of it is still open, and the original case for names."""

    def __init__(self, message: str) -> None:
        self.cased = canonical(message)
        self.text = _lower(self.cased)
        self._open = list(self.text)
        self._cache: str | None = self.text

    def copy(self) -> Message:
        """The same message, all of it open again: for a look ahead that closes nothing here."""
        twin = object.__new__(Message)
        twin.cased, twin.text, twin._open, twin._cache = self.cased, self.text, list(self.text), self.text
        return twin

    @property
    def open(self) -> str:
        """The text with every closed span blanked out; indexes are those of ``text``."""
        if self._cache is None:
            self._cache = "".join(self._open)
        return self._cache

    def close(self, start: int, end: int) -> None:
        """Marks a span as read."""
        self._open[start:end] = CLOSED * (end - start)
        self._cache = None

    def strike(self, start: int, end: int) -> None:
        """Closes a span for readers of the whole text as well: what it says must not be taken for anything else."""
        self.close(start, end)
        blank = CLOSED * (end - start)
        self.text = self.text[:start] + blank + self.text[end:]
        self.cased = self.cased[:start] + blank + self.cased[end:]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first open match of the pattern, which is closed."""
        if match := pattern.search(self.open):
            self.close(*match.span())
        return match


def canonical(message: str) -> str:
    """The canonical text of a message, case kept."""
    text = unicodedata.normalize("NFKC", message[:MAX_CHARS])[:MAX_CHARS].translate(_QUOTES)
    text = re.sub(r"\s?[—]\s?", " - ", text)
    text = re.sub(r"[\r\n]+", " ; ", text)
    text = "".join(c if _is_text(c) else " " for c in text)
    text = _ENDLESS.sub(" ", text)
    text = _DRAWN_OUT.sub(r"\1\1", text)
    text = " ".join(text.split())
    text = re.sub(r"(?<![\w'])\d+[oO]{1,3}(?![\w'])", lambda m: m[0].lower().replace("o", "0"), text)  # "up to 1oo"
    text = re.sub(r"(?<=[a-z])\.(?=[A-Z][a-z])|(?<=[a-z]),(?=[A-Za-z])|(?<=\d)\.(?=[A-Z])", lambda m: m[0] + " ", text)
    for pattern, replacement in _PHRASES:
        text = pattern.sub(replacement, text)
    text = re.sub(r"(?<![\w'-])[A-Za-z][\w'-]*(?![\w'-])", _chat_word, text)
    return " ".join(number_words_to_digits(mended(text)).split())


def _chat_word(match: re.Match[str]) -> str:
    word = match[0]
    return SPELLINGS.get(word.lower(), word)


def _is_text(char: str) -> bool:
    """No control, format, private or picture characters; currency signs and punctuation stay."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Me", "Mn"}


def _lower(text: str) -> str:
    """Lower case of exactly the same length (some letters grow when lowered)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
