"""Numbers that say what they count: raters, days, pieces, ages, sizes, picks. Each must be that number of these picks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tools.brief import Brief
from tools.receipts.claims import in_digits, plain_number
from tools.receipts.evidence import PickEvidence
from tools.receipts.passages import SIGN, Passage
from tools.receipts.scope import Scope, Scopes

_N = r"(?<![\w.,$€£/])(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)"
_PEOPLE = r"(?:shoppers?|buyers?|people|persons?|customers?|reviewers?|raters?|voters?|users?|others?)"
RATERS = re.compile(
    rf"(?!\d+\.\d){_N}\s(?:\w+\s)?(?:ratings?|reviews?|voices?|votes?|opinions?|{_PEOPLE})\b|\b(?:rated|reviewed) by\s{_N.replace('?P<n>', '?P<m>')}",
    re.IGNORECASE,
)
MANY = re.compile(
    rf"\b(?:thousands|hundreds|millions?|dozens|countless|everyone|everybody|a million)\b(?=.*\b(?:rat|review|{_PEOPLE}|vote|star))"
    rf"|\b(?:stars|rated|rating|reviews?)\b.*\b(?:everyone|everybody|thousands|millions?)\b",
    re.IGNORECASE,
)
DAYS = re.compile(rf"{_N}[\s-](?:\w+\s)?days?\b", re.IGNORECASE)
PIECES = re.compile(
    rf"\b(?:packs?|sets?|box|boxes|bags?|bundles?) (?:of|with|holds?|has|contains?)\s{_N}|{_N}[\s-](?:pieces?|parts?|pack|units?)\b"
    rf"|\b(?:receives?|gets?)\s{_N}(?=\s(?:when|if|with|for)\b|[.!,])"
    .replace("?P<n>", "?P<a>", 1).replace("?P<n>", "?P<b>", 1).replace("?P<n>", "?P<c>", 1),
    re.IGNORECASE,
)  # fmt: skip
AGES = re.compile(
    r"\b(?:ages?|aged|from age)\s(?P<a>\d+)|(?P<b>\d+)\s(?:years?(?: and| or|,)?\s(?:older|up|old|over)|and (?:up|older|over)|or older)"
    r"|\b(?:nobody|no one|anyone|anybody|children|kids)\s(?:under|over|below|above|from|of)\s(?P<c>\d+)|(?P<d>\d+)\s(?:and \d+ )?years\b",
    re.IGNORECASE,
)
TURNS = re.compile(
    r"\bturns?\s(?P<a>\d+)|(?P<b>\d+)(?:st|nd|rd|th)\sbirthday|\bis\s(?P<c>\d+)\s?(?:years|now|$|[.,])", re.IGNORECASE
)
_UNITS = """cm mm m km inch inches feet foot ft metre metres meter meters g grams gram kg kilos kilograms oz ounces pounds lb
ml cl l litre litres liter liters gallons watt watts w volt volts v mah gb mb hours hour h minutes minute min seconds weeks
week months month pages page degrees lumens hz sheets colours colors pairs"""
SIZE = re.compile(
    rf"(?:{_N}|\b(?P<part>half|quarter|third)(?: of)? an?)[\s-]?(?P<unit>{'|'.join(_UNITS.split())})\b", re.IGNORECASE
)
OF_A_PICK = re.compile(
    rf"{_N}\s(?:(?:packs?|pieces?|copies|units?)\s)?(?:of\s)?(?:the\s)?[*\"“]*⟦(?P<at>\d+)⟧", re.IGNORECASE
)
SMALL = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SMALL_WORD = re.compile(rf"\b(?:{'|'.join(SMALL)})\b", re.IGNORECASE)
_SMALL = rf"(?P<n>{'|'.join(SMALL)}|\d{{1,2}}(?![.,]?\d))"
COUNT = re.compile(
    rf"(?<!\d )(?<!out )\b(?:these|those|all|the|of|are|found)\s{_SMALL}(?=\s(?:of (?:them|these)|(?:\w+(?:-\w+)?\s)?(?:ideas?|suggestions?|picks?|gifts?|presents?)\b|ideas?|things?|picks?|gifts?|presents?|options?"
    rf"|suggestions?|items?|products?|candidates?|that|are|fit|fall|come|stay|sit|keep|cost|suit|here|stay|were)|\s?[.,:!?)—–-]|\s?$)"
    rf"|(?<!\w)(?:^|(?<=\s)){_SMALL.replace('?P<n>', '?P<m>')}\s(?:\w+(?:-\w+)?\s)?(?:ideas?|picks?|gifts?|presents?|options?|suggestions?|candidates?)\b"
    rf"|\bthere are {_SMALL.replace('?P<n>', '?P<o>')} of them\b",
    re.IGNORECASE,
)
PART = re.compile(r"\b(?:first|last|other|next|of the other|remaining|two of|one of)\s(?:\w+\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Counts:
    """What a sentence counts, by what it counts; of all but the last three with its number words as digits."""

    raters: tuple[re.Match[str], ...]
    days: tuple[re.Match[str], ...]
    pieces: tuple[re.Match[str], ...]
    ages: tuple[re.Match[str], ...]
    turns: tuple[re.Match[str], ...]
    sizes: tuple[re.Match[str], ...]
    many: tuple[re.Match[str], ...]
    of_a_pick: tuple[re.Match[str], ...]
    picks: tuple[re.Match[str], ...]


@lru_cache(maxsize=4096)  # a sentence of a template, and many a model's, is said to many shoppers
def _counts_in(text: str) -> _Counts:
    digits = in_digits(text)
    return _Counts(
        *(tuple(pattern.finditer(digits)) for pattern in (RATERS, DAYS, PIECES, AGES, TURNS, SIZE)),
        many=tuple(MANY.finditer(text)),
        of_a_pick=tuple(OF_A_PICK.finditer(_small_in_digits(text))),
        picks=tuple(COUNT.finditer(SIGN.sub("⟦⟧", text))),
    )


def quantity_problems(passage: Passage, scopes: Scopes) -> list[str]:
    """Numbers of the passage that are not the number of what they count."""
    scope, brief = scopes.of(passage.about), scopes.evidence.brief
    products = [pick.product for pick in scope.picks]
    said = _counts_in(passage.text)
    age = brief.recipient.age_years
    ages = {age, *(age for p in products for age in (p.age_min_years, p.age_max_years))}
    found = [
        *_wrong(said.raters, {p.rating_count for p in products}, "no number of ratings", scope),
        *_wrong(said.days, {p.delivery_days for p in products}, "no delivery time", scope),
        *_wrong(said.pieces, _pieces(scope.picks, brief), "no number of pieces", scope),
        *_wrong(said.ages, ages, "no age in the evidence", scope),
        *_wrong(said.turns, {age}, "not the recipient's age"),
        *(f"{m[0].strip()!r} is not in the ratings" for m in said.many),
        *(f"the size {m[0]!r} is not in the evidence" for m in said.sizes if not _has_size(m, scope.in_digits)),
    ]
    for match in said.of_a_pick:
        pick = scopes.shown[int(match["at"])]
        if int(match["n"].replace(",", "").split(".")[0]) not in (pick.quantity, pick.units) and not _lists(match):
            found.append(f"{match['n']} is not how many of {pick.product.title!r} are in the plan")
    return found + _count_problems(said.picks, passage.text, scopes.evidence.picks, brief)


def _lists(match: re.Match[str]) -> bool:
    """ "2. **Title**" is a place in a list."""
    return bool(re.match(r"\d+\s[*\"“]*⟦", match[0])) and match.start() == 0


def _small_in_digits(text: str) -> str:
    return _SMALL_WORD.sub(lambda m: str(SMALL[m[0].lower()]), text)


def _pieces(about: Iterable[PickEvidence], brief: Brief) -> set[int]:
    return {n for p in about for n in (p.product.pack_size, p.units, p.quantity)} | {n.quantity for n in brief.wanted}


def _wrong(
    matches: Sequence[re.Match[str]], known: Iterable[int | None], what: str, scope: Scope | None = None
) -> list[str]:
    """The matches whose number is not a known one; a match that the catalogue has in the same words is fine."""
    if not matches:  # as in most sentences
        return []
    numbers = {plain_number(str(n)) for n in known if n is not None}
    found = []
    for match in matches:
        number = next(value for value in match.groupdict().values() if value)
        if plain_number(number) not in numbers and not (scope and match[0].lower().strip() in scope.in_digits):
            found.append(f"{match[0].strip()!r}: {what}")
    return found


def _has_size(match: re.Match[str], words: str) -> bool:
    unit = match["unit"].lower().rstrip("s")
    if match["part"]:
        return match[0].lower() in words
    return bool(re.search(rf"(?<![\w.]){re.escape(match['n'])}[\s-]?(?:x \d+\s?)?{re.escape(unit)}", words))


def _count_problems(
    counts: Sequence[re.Match[str]], text: str, picks: Sequence[PickEvidence], brief: Brief
) -> list[str]:
    """ "These four" of three. A part of them ("the first two") is fine, and so is what the shopper counted."""
    if not (counts and picks):
        return []
    found = []
    counted = {brief.guests, *(need.quantity for need in brief.wanted)}
    for match in counts:
        word = match["n"] or match["m"] or match["o"]
        number = SMALL.get(word.lower()) or (int(word) if word.isdigit() else 0)
        if (
            number > 1
            and number != len(picks)
            and number not in counted
            and not PART.search(text[: match.start()] + " ")
        ):
            found.append(f"{match[0].strip()!r}: there are {len(picks)} picks")
    return found
