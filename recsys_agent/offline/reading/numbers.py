"""Number words as digits: "forty-five" -> "45", "a dozen" -> "12", "fortieth" -> "40th"."""

from __future__ import annotations

import re

from text_to_num import text2num

_ORDINALS = {
    "first": "one", "second": "two", "third": "three", "fourth": "four", "fifth": "five", "sixth": "six",
    "seventh": "seven", "eighth": "eight", "ninth": "nine", "tenth": "ten", "eleventh": "eleven",
    "twelfth": "twelve", "thirteenth": "thirteen", "fourteenth": "fourteen", "fifteenth": "fifteen",
    "sixteenth": "sixteen", "seventeenth": "seventeen", "eighteenth": "eighteen", "nineteenth": "nineteen",
    "twentieth": "twenty", "thirtieth": "thirty", "fortieth": "forty", "fiftieth": "fifty", "sixtieth": "sixty",
    "seventieth": "seventy", "eightieth": "eighty", "ninetieth": "ninety", "hundredth": "hundred",
}  # fmt: skip
_CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred thousand"
).split()
NUMBER_WORDS = frozenset([*_CARDINALS, *_ORDINALS])
_WORD = "|".join(sorted([*_CARDINALS, *_ORDINALS], key=len, reverse=True))
_RUN = re.compile(rf"(?<![\w'-])(?:a )?(?:{_WORD})(?:(?: and | |-)(?:{_WORD}))*(?![\w'])", re.IGNORECASE)
_DOZENS = re.compile(r"\b(?:(half a|a|\d{1,2}) )?dozen(?: of)?(?=\b)", re.IGNORECASE)
_HALF = re.compile(r"\bhalf (?:a |of a |an? )?(hundred|thousand|grand)\b", re.IGNORECASE)
_COUPLE = re.compile(
    r"\b(?:a )?couple (?:of )?(?=hundred\b)|\ba couple of (?:the )?(?=(?:\w+ )?(?:\w+s|people|children)\b)",
    re.IGNORECASE,
)

# "one" is mostly a pronoun, and "first"/"second" mostly point at a pick; they are numbers only before such words.
_ONE_COUNTS = re.compile(
    r"[ -](?:years?|months?|weeks?|days?|gifts?|presents?|cakes?|ideas?|options?|suggestions?|dollars?|euros?|"
    r"pounds?|guests?|child|person)\b"
)
_FIRST_COUNTS = re.compile(
    r" (?:birthday|of (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:january|february|march|april|june|july|"
    r"august|september|october|november|december))",
    re.IGNORECASE,
)


def number_words_to_digits(text: str) -> str:
    """The text with its number words as digits; pronouns ("the second one") stay words."""
    text = _HALF.sub(lambda m: {"hundred": "50", "thousand": "500", "grand": "500"}[m[1].lower()], text)
    text = _COUPLE.sub(lambda m: "2 ", text)
    text = re.sub(r"\b(\d{1,2}) hundred\b", lambda m: str(int(m[1]) * 100), text)
    text = _RUN.sub(
        lambda m: _digits(m[0], text[m.end() : m.end() + 20], text[max(0, m.start() - 8) : m.start()]), text
    )
    return _DOZENS.sub(
        lambda m: {"half a": "6", "a": "12", None: "12"}.get(m[1] and m[1].lower()) or str(int(m[1]) * 12), text
    )


def ordinal(number: int) -> str:
    """21 -> "21st"."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _digits(run: str, after: str, before: str) -> str:
    words = run.lower().replace("fourty", "forty").replace("-", " ").split()
    if words[0] == "a":
        if words[1] not in ("hundred", "thousand"):  # "a third party", "a ten out of ten"
            return "a " + _digits(run[2:], after, before)
        words[0] = "one"
    if len(words) > 1 and words[-1] == "one" and words[-2] in _ORDINALS:  # "the second one"
        return f"{_digits(run[:-4], ' one', before)} one"
    if len(words) == 1:
        if (
            words[0] == "one"
            and not _ONE_COUNTS.match(after)
            and not before.endswith(("turns ", "turning ", "turned "))
        ):
            return run
        if words[0] in ("first", "second") and not _FIRST_COUNTS.match(after):
            return run
    return _numbers(words, " ")


def _numbers(words: list[str], glue: str) -> str:
    """Digits of the longest numbers from the left: "twenty and thirty" is two numbers, "five oh" none."""
    done: list[str] = []
    while words:
        for length in range(min(len(words), 9), 0, -1):
            if (number := _number(words[:length])) is not None:
                done.append(number)
                words = words[length:]
                break
        else:
            done.append(words.pop(0))
    return glue.join(done)


def _number(words: list[str]) -> str | None:
    *start, last = words
    if (
        last == "and"
        or words[0] == "and"
        or any(w == "and" and words[i - 1] not in ("hundred", "thousand") for i, w in enumerate(words))
    ):
        return None
    if any(word in _ORDINALS for word in start):
        return None
    try:
        value = int(text2num(" ".join([*start, _ORDINALS.get(last, last)]), "en"))
    except ValueError:
        return None
    return ordinal(value) if last in _ORDINALS else str(value)
