"""The day it is for: only spans that look like dates go to dateparser, which is slow and reads dates into anything."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from dateparser.date import DateDataParser

from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.words.occasions import FIXED_DAYS

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:mon|tues?|wednes|wed|thurs?|fri|satur|sun)day|(?:mon|tues?|wed|thu|thurs?|fri|sat)(?=[\s,.!?;|]|$)"
_UNIT = r"(?:days?|weeks?|months?|fortnights?)"
_NO_NUMBER_BEFORE = r"(?<![\d.,/$€£¥-])"

# Explicit days, most specific first.
_EXPLICIT = re.compile(
    rf"{_NO_NUMBER_BEFORE}(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}"
    rf"|(?:the )?{_DAY} (?:of )?{_MONTH}(?:,? ?\d{{4}})?"
    rf"|\b{_MONTH} (?:the )?{_DAY}(?!\d|[- ]?(?:kids|guests|dollars|euros|pounds|year|years|people|children|k\b|"
    rf"[$€£%]))(?:,? \d{{4}})?"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])|\d{1,2}\.\d{1,2}\.(?:\d{2,4}(?!\d)|(?!\d)))"
)
_RELATIVE = re.compile(
    r"\b(?:the )?day after tomorrow\b|\btomorrow\b|\btonight\b|\btoday\b"
    rf"|\b(?:in|within) (?:about |just |only |around |less than )?(?:\d{{1,3}}|an?|a couple of|"
    rf"the next \d{{1,2}}|one|the next) {_UNIT}(?:'?s'? time)?\b"
    rf"|\b\d{{1,3}} {_UNIT} (?:from now|away|from today)\b|\b(?:a|one) (?:week|month|fortnight) (?:from now|away|"
    rf"from today)\b"
    rf"|\b(?:a week|1 week|2 weeks|\d weeks?) from (?:{_WEEKDAY})"
    r"|\b(?:this|next|coming|the) (?:coming )?(?:weekend|week)\b(?! of)|\bend of (?:the|this) (?:month|week|year)\b"
)
_NAMED = re.compile(
    rf"\b(?:(this|next|coming|on|by|before|until|till|for|due|the|upcoming|birthday|party)(?: (?:this|next|coming|the|"
    rf"upcoming))? )?({_WEEKDAY})\b(?!s)"
)
_ON_THE = re.compile(
    rf"\b(?:on|by|before|until|due|arrive|for) the ({_DAY})(?=[\s,.!?;|]|$)(?! (?:birthday|anniversary|century|floor|"
    rf"grade|one|pick|option|gift))"
)
_OF_NEXT_MONTH = re.compile(rf"(?<!his )(?<!her )(?<!their )(?<!'s )\b({_DAY}) (?:of )?next month\b")
_FIXED = re.compile(
    r"\b(?:by|before|on|until|in time for|arrives?(?: by)?) ("
    + "|".join(FIXED_DAYS)
    + r")\b|\b(christmas eve|new year'?s eve|boxing day)\b"
)

_TODAY_MATTERS = re.compile(
    r"\b(?:birthday|party|needs?|needed|by|for|due|is|turns|turned|anniversary|deliver\w*|is turning|gift|"
    r"present)\b[^.;!?]*$"
)
# A date after these is no deadline: "born on 3 March 1960", "every Friday", "since May 5".
_NO_DEADLINE = re.compile(r"(?:born|since|every|each|last|from|been|was|past|married|met)(?: (?:on|in|the|day))?\s?$")


def read_date(message: Message, today: date) -> date | None:
    """The future day the message names, closed in the message; None if it names none."""
    if match := _OF_NEXT_MONTH.search(message.open):
        message.close(*match.span())
        later = today.replace(day=1) + timedelta(days=32)
        return _day(later.year, later.month, int(re.sub(r"\D", "", match[1])), today, fixed=True)
    for pattern, reader in (
        (_EXPLICIT, _parsed), (_RELATIVE, _relative), (_FIXED, _fixed), (_NAMED, _weekday), (_ON_THE, _day_of_month),
    ):  # fmt: skip
        for match in pattern.finditer(message.open):
            if match[0] in ("today", "tonight") and not _TODAY_MATTERS.search(message.text[: match.start()][-60:]):
                continue  # "how are you today?"
            if _NO_DEADLINE.search(message.text[max(0, match.start() - 20) : match.start()]):
                message.close(*match.span())
                continue
            if (day := reader(match, today)) is not None and day >= today:
                message.close(*match.span())
                return day
    return None


@lru_cache(maxsize=4)
def _parser(today: date) -> DateDataParser:
    base = datetime(today.year, today.month, today.day)
    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": base, "RETURN_AS_TIMEZONE_AWARE": False}
    return DateDataParser(languages=["en"], settings=settings)


def _parse(words: str, today: date) -> date | None:
    try:
        found = _parser(today).get_date_data(words)
    except (ValueError, OverflowError, TypeError):  # dateparser on impossible days
        return None
    return found.date_obj.date() if found and found.date_obj else None


def _parsed(match: re.Match[str], today: date) -> date | None:
    if dotted := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{2,4})?", match[0]):  # day first wherever dots are used
        year = int(dotted[3]) if dotted[3] else today.year
        return _day(year + 2000 * (year < 100), int(dotted[2]), int(dotted[1]), today, fixed=bool(dotted[3]))
    words = re.sub(r"\bthe |\bof ", "", match[0])
    day = _parse(words, today)
    if day and day < today and not re.search(r"\d{4}|/\d+/|\.\d+\.", words):
        try:
            return day.replace(year=day.year + 1)
        except ValueError:  # 29 February
            return None
    return day


def _day(year: int, month: int, day: int, today: date, *, fixed: bool) -> date | None:
    try:
        found = date(year, month, day)
        return found if fixed or found >= today else found.replace(year=year + 1)
    except ValueError:
        return None


def _relative(match: re.Match[str], today: date) -> date | None:
    words = match[0]
    if words in ("today", "tonight"):
        return today
    if "weekend" in words:
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        return saturday + timedelta(days=7) if "next" in words and today.weekday() < 5 else saturday
    if "end of" in words:
        if "week" in words:
            return today + timedelta(days=(6 - today.weekday()) % 7)
        if "year" in words:
            return date(today.year, 12, 31)
        return date(today.year + today.month // 12, today.month % 12 + 1, 1) - timedelta(days=1)
    if words == "next week" or words in ("the coming week",):
        return today + timedelta(days=7)
    if "week" in words and "this" in words:
        return None  # "this week" names no day
    words = re.sub(r"\b(?:about|just|only|around|less than|within|the next|in) ", "", words)
    words = re.sub(r"'?s'? time$| (?:from now|away|from today)$", "", words)
    if (counted := re.fullmatch(r"(\d{1,3}|an?|one|a couple of)? ?(day|week|fortnight)s?", words)) is not None:
        count = {"a couple of": 2}.get(counted[1], int(counted[1]) if counted[1] and counted[1].isdigit() else 1)
        return today + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[counted[2]])
    if (later := re.match(r"(a|\d) weeks? from (\w+)", words)) is not None:
        first = _parse(later[2], today)
        return first + timedelta(days=7 * (1 if later[1] == "a" else int(later[1]))) if first else None
    words = words.removeprefix("the ")
    return _parse(words if words.startswith(("day", "tomorrow", "next")) else f"in {words}", today)


def _fixed(match: re.Match[str], today: date) -> date | None:
    name = match[1] or match[2]
    month, day = FIXED_DAYS.get(name) or FIXED_DAYS[name.replace("years", "year's")]
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)


def _weekday(match: re.Match[str], today: date) -> date | None:
    """A weekday counts with a word before it, or as a full name: "sat" and "sun" alone are other words."""
    if match[1] is None and not match[2].endswith("day"):
        return None
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    ahead = (days.index(match[2][:3]) - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    number = int(re.sub(r"\D", "", match[1]))
    for months in range(3):
        month = today.month + months
        try:
            day = date(today.year + (month - 1) // 12, (month - 1) % 12 + 1, number)
        except ValueError:
            continue
        if day >= today:
            return day
    return None
