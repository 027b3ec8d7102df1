"""Numbers that say what they count: raters, days, pieces, ages, sizes, picks. Each must be that number of these picks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from tools.brief import Brief
from tools.lexicon.stems import stems
from tools.money_text import find_amounts
from tools.product import Product
from tools.receipts.claims import SMALL_NUMBERS, in_digits, plain_number
from tools.receipts.evidence import PickEvidence
from tools.receipts.facts import wishes
from tools.receipts.general import general_stems
from tools.receipts.packs import pack_problems
from tools.receipts.passages import SIGN, Passage
from tools.receipts.scope import Scope, Scopes
from tools.receipts.sizes import SIZE, has_size, is_money
from tools.receipts.words import words_of
from tools.receipts.worked_out import MOST_PICKS
from tools.request import Relaxation

_N = r"(?<![\w.,$€£/])(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)"
_PEOPLE = r"(?:shoppers?|buyers?|people|persons?|customers?|reviewers?|raters?|voters?|users?|others?)"
RATERS = re.compile(
    rf"(?!\d+\.\d){_N}\s(?:(?!ha[sd]|have|with|of|no)\w+\s)?(?:ratings?|reviews?|voices?|votes?|opinions?|{_PEOPLE})\b|\b(?:rated|reviewed) by\s{_N.replace('?P<n>', '?P<m>')}",
    re.IGNORECASE,
)
MANY = re.compile(
    rf"\b(?:thousands|hundreds|millions?|dozens|countless|everyone|everybody|a million)\b(?=.*\b(?:rat|review|{_PEOPLE}|vote|star))"
    rf"|\b(?:stars|rated|rating|reviews?)\b.*\b(?:everyone|everybody|thousands|millions?)\b",
    re.IGNORECASE,
)
DAYS = re.compile(rf"{_N}[\s-](?:\w+\s)?days?\b", re.IGNORECASE)
PIECES = re.compile(
    rf"\b(?:packs?|sets?|box|boxes|bags?|bundles?) (?:of|with|holds?|has|contains?)\s{_N}(?!\.?\d|\s?(?:g|kg|ml|cl|l|oz|grams?)\b)|{_N}[\s-](?:pieces?|parts?|pack|units?)\b"
    rf"|\b(?:receives?|gets?)\s{_N}(?=\s(?:when|if|with|for)\b|[.!,])"
    .replace("?P<n>", "?P<a>", 1).replace("?P<n>", "?P<b>", 1).replace("?P<n>", "?P<c>", 1),
    re.IGNORECASE,
)  # fmt: skip
AGES = re.compile(
    r"\b(?:ages?|aged|from age|age of)\s(?P<a>\d+)|(?P<b>\d+)\s(?:years?(?: and| or|,)?\s(?:older|up|old|over)|and (?:up|older|over)|or older)"
    r"|\b(?:nobody|no one|anyone|anybody|children|kids)\s(?:under|over|below|above|from|of)\s(?P<c>\d+)|(?<!\bin )(?<!\d)(?P<d>\d+)\s(?:and \d+ )?years\b",
    re.IGNORECASE,
)
AGE_RANGE = re.compile(r"\b(?:ages?|aged|from|children|kids)\s(\d{1,2})(?:\s?(?:to|and|[-–])\s?(\d{1,2}))?(?=\s|\W|$)")
"""For which ages the seller's own words say it is: "aged 2 to 6"."""
TURNS = re.compile(
    r"\bturns?\s(?P<a>\d+)(?!\s?(?:seconds|minutes|hours|days|weeks|months|\w+ into)\b)|(?P<b>\d+)(?:st|nd|rd|th)\sbirthday|\bis\s(?P<c>\d+)\s?(?:years|now|$|[.,])",
    re.IGNORECASE,
)
OF_A_PICK = re.compile(
    rf"{_N}\s(?:(?:packs?|pieces?|copies|units?)\s)?(?:of\s)?(?:the\s)?[*\"“]*⟦(?P<at>\d+)⟧", re.IGNORECASE
)
SMALL = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_AGE_OF = re.compile(r"\bage of (one|two|three)\b", re.IGNORECASE)
_SMALL_WORD = re.compile(rf"\b(?:{'|'.join(SMALL)})\b", re.IGNORECASE)
_SMALL = rf"(?P<n>{'|'.join(SMALL)}|\d{{1,2}}(?![.,]?\d))"
COUNT = re.compile(
    rf"(?<!\d )(?<!out )(?<!child )(?<!children )(?<!kids )(?<!girl )(?<!girls )(?<!boy )(?<!boys )(?<!readers )(?<!players )\b(?:these|those|all|the|of|are|found)\s{_SMALL}(?=\s(?:of (?:them|these)|(?:\w+(?:-\w+)?\s)?(?:ideas?|suggestions?|picks?|gifts?|presents?)\b|ideas?|things?|picks?|gifts?|presents?|options?"
    rf"|suggestions?|items?|products?|candidates?|that|are|fit|fall|come|stay|sit|keep|cost|suit|here|stay|were)|\s?[.,:!?)—–-]|\s?$)"
    rf"|(?<!\w)(?:^|(?<=\s)){_SMALL.replace('?P<n>', '?P<m>')}\s(?:\w+(?:-\w+)?\s)?(?:ideas?|picks?|gifts?|presents?|options?|suggestions?|candidates?)\b"
    rf"|\bthere are {_SMALL.replace('?P<n>', '?P<o>')} of them\b",
    re.IGNORECASE,
)
_OTHER_PART = re.compile(
    r"\b(?:one|another) (?:for|is|of|that|goes)\b|\bone (\w+,? and |\w+, )one\b|\bthe other\b", re.IGNORECASE
)
"""Where some of the picks are counted, and then the rest."""
_COUNTED = re.compile(
    rf"{_N}\s(?:(?!(?:the|of|and|or|for|in|on|with|to|is|it|he|she|they|at|by|from|a|an|g|kg|ml|cl|l|cm|mm|m|oz)\s)[a-z][\w'-]*\s){{0,3}}?(?P<noun>[a-z][\w-]{{2,}}s)\b"
)
"""Things with their number: "24 samples"."""
PART = re.compile(
    r"\b(?:first|last|other|next|of the other|remaining|two of|one of)\s(?:\w+\s)?$|\b(?:packs?|sets?|box|boxes|bags?|bundles?|bunch|tins?)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Counts:
    """What a sentence counts, by what it counts; of all but the last three with its number words as digits."""

    raters: tuple[re.Match[str], ...]
    days: tuple[re.Match[str], ...]
    pieces: tuple[re.Match[str], ...]
    ages: tuple[re.Match[str], ...]
    turns: tuple[re.Match[str], ...]
    sizes: tuple[re.Match[str], ...]
    things: tuple[re.Match[str], ...]
    many: tuple[re.Match[str], ...]
    of_a_pick: tuple[re.Match[str], ...]
    picks: tuple[re.Match[str], ...]


@lru_cache(maxsize=4096)  # a sentence of a template, and many a model's, is said to many shoppers
def _counts_in(text: str) -> _Counts:
    digits = in_digits(_AGE_OF.sub(lambda m: m[0].replace(m[1], SMALL_NUMBERS[m[1].lower()]), text))
    return _Counts(
        *(tuple(pattern.finditer(digits)) for pattern in (RATERS, DAYS, PIECES, AGES, TURNS, SIZE, _COUNTED)),
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
    if said.ages:
        ages |= {int(n) for told in AGE_RANGE.finditer(scope.in_digits) for n in told.groups() if n}
    found = [
        *_wrong(
            _players_left_out(_bounds_left_out(said.raters, products), scope, brief),
            {p.rating_count for p in products},
            "no number of ratings",
            scope,
        ),
        *_counted_wrongly(said.things, scope),
        *pack_problems(passage.text, scope.picks),
        *_opened_wrongly(passage.text, scopes.evidence.relaxations),
        *_wrong(said.days, {p.delivery_days for p in products}, "no delivery time", scope),
        *_wrong(said.pieces, _pieces(scope.picks, brief), "no number of pieces", scope),
        *_wrong(said.ages, ages, "no age in the evidence", scope),
        *_too_young(passage.text, products, scope),
        *_wrong(said.turns, {age}, "not the recipient's age"),
        *(f"{m[0].strip()!r} is not in the ratings" for m in said.many),
        *(
            f"the size {m[0]!r} is not in the evidence"
            for m in said.sizes
            if not has_size(m, scope.in_digits) and not is_money(m, scopes.evidence.currency)
        ),
    ]
    for match in said.of_a_pick:
        pick = scopes.shown[int(match["at"])]
        if int(match["n"].replace(",", "").split(".")[0]) not in (pick.quantity, pick.units) and not _lists(match):
            found.append(f"{match['n']} is not how many of {pick.product.title!r} are in the plan")
    return found + _count_problems(
        said.picks, passage.text, scopes.evidence.picks, brief, _parts(passage, scopes.evidence.picks, brief)
    )


_BOUND = re.compile(r"\b(?P<how>more than|over|upwards of|nearly|almost|close to|just under)\s(?:a\s)?$", re.IGNORECASE)


def _bounds_left_out(raters: Sequence[re.Match[str]], products: Sequence[Product]) -> list[re.Match[str]]:
    """The numbers of ratings without those that are bounds and hold: "more than 1000 shoppers" of 1,284."""
    counts = [p.rating_count for p in products if p.rating_count]

    def holds(match: re.Match[str]) -> bool:
        group = "n" if match["n"] else "m"
        bound = _BOUND.search(match.string[: match.start(group)])
        number = int(match[group].split(".")[0].replace(",", ""))
        if bound is None:
            return False
        least = bound["how"].lower() in ("more than", "over", "upwards of")
        return any(number <= c < 2 * number if least else 0.8 * number <= c <= number for c in counts)

    return [match for match in raters if not holds(match)]


_RATES = re.compile(
    r"\b(?:rat\w+|review\w*|scor\w+|vot\w+|stars?|gave|gives?|think|thought|lov\w+|lik\w+|bought|agree\w*)\b",
    re.IGNORECASE,
)
_MAY_TAKE_PART = re.compile(r"\b(?:people|persons?|others|users)\W*$", re.IGNORECASE)


def _players_left_out(raters: Sequence[re.Match[str]], scope: Scope, brief: Brief) -> list[re.Match[str]]:
    """The numbers without those of who takes part: "two to six people can play" of "2 to 6 players", the guests."""

    def takes_part(match: re.Match[str]) -> bool:
        if not match["n"] or not _MAY_TAKE_PART.search(match[0]) or _RATES.search(match.string):
            return False
        if re.search(r"\bplay(?:ers?)?\b", match.string) and match["n"] in scope.numbers:
            return True
        said = rf"(?<![\w.]){match['n']}[\s-](?:players?|persons?|people|guests?|servings?|portions?|places?)\b"
        return match["n"] == str(brief.guests) or bool(re.search(said, scope.in_digits))

    return [match for match in raters if not takes_part(match)]


_NO_THING = frozenset(
    stems(
        "years days hours minutes weeks months seconds times stars ratings reviews shoppers people buyers dollars pounds euros bucks "
        "cents points votes others is was has does picks gifts presents ideas options things"
    )
)


OPENS = re.compile(
    r"\bopens?\s(?:up\s)?(?P<n>\d+)\s(?:more\s|other\s)?(?:products?|plans?|options?|gifts?|ways?)\b", re.IGNORECASE
)


def _opened_wrongly(text: str, ways: Sequence[Relaxation]) -> list[str]:
    """How much a change opens: of the way out whose amount is named, else of any."""
    said = {amount.value for amount in find_amounts(text)}
    meant = [way for way in ways if said.intersection(amount.value for amount in find_amounts(way.change))] or ways
    known = {way.opens for way in meant}
    return [f"{m[0]!r}: no change opens so many" for m in OPENS.finditer(in_digits(text)) if int(m["n"]) not in known]


def _counted_wrongly(things: Sequence[re.Match[str]], scope: Scope) -> list[str]:
    """Things that the evidence counts otherwise: "30 samples" of a tin of 24."""
    found, several = [], {str(pick.units) for pick in scope.picks}
    for match in things:
        noun = stems(match["noun"])[-1]
        if noun in _NO_THING | general_stems():
            continue
        told = {plain_number(m["n"]) for m in _COUNTED.finditer(scope.in_digits) if stems(m["noun"])[-1] == noun}
        if not told and len(scope.picks) == 1 and not _is_counted(match["n"], scope):
            found.append(f"{match[0]!r}: nothing counts them so")
        if told and plain_number(match["n"]) not in told | several:
            found.append(f"{match[0]!r}: the evidence counts {', '.join(sorted(told))}")
    return found


def _is_counted(number: str, scope: Scope) -> bool:
    """Whether the seller's own words, or the shopper, have the number: that it is a rating's or a price's is no proof."""
    pick, brief = scope.picks[0], scope.evidence.brief
    product = pick.product
    said = [product.title, product.description, *product.tags, *product.facts, pick.option, str(brief.guests)]
    said += [
        str(n)
        for n in (pick.units, pick.quantity, product.pack_size, brief.recipient.age_years, len(scope.evidence.picks))
    ]
    said += [str(need.quantity) for need in brief.wanted]
    return plain_number(number) in words_of(" \n ".join(said)).numbers


_FROM_AGE = re.compile(
    r"(?<![\d.])(\d{1,2})(?:\syears?(?: old)?)?\s(?:and|or) (?:over|up|older|above)\b", re.IGNORECASE
)


def _too_young(text: str, products: Sequence[Product], scope: Scope) -> list[str]:
    """Ages from which a pick is said to be that are not its own: the recipient's age is no proof of them."""
    least = {product.age_min_years for product in products}
    least |= {int(n) for told in AGE_RANGE.finditer(scope.in_digits) for n in told.groups() if n}
    found = _FROM_AGE.finditer(in_digits(text))
    return [
        f"{m[0]!r}: no age in the evidence"
        for m in found
        if int(m[1]) not in least and m[0].lower() not in scope.in_digits
    ]


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
        if plain_number(number) not in numbers and not (scope and _found_as(match[0], number, scope.in_digits)):
            found.append(f"{match[0].strip()!r}: {what}")
    return found


def _found_as(match: str, number: str, words: str) -> bool:
    """Whether the evidence has the number with the same words: "1000 pieces" or "1000-piece"."""
    plain = match.lower().strip()
    if plain in words:
        return True
    noun = plain.partition(number)[2].strip(" -").rstrip("s")
    return bool(noun) and bool(re.search(rf"(?<![\w.]){re.escape(number)}[\s-]?{re.escape(noun)}", words))


def _parts(passage: Passage, picks: Sequence[PickEvidence], brief: Brief) -> set[int]:
    """How many picks the sentence may mean: as many as it names, as answer a wish it has, or as cost what it says."""
    said, text = {amount.value for amount in find_amounts(passage.text)}, passage.text.lower()
    found = {len(passage.named)}
    found |= {
        SMALL.get(word, 0)
        for at in passage.about
        if at < len(picks)
        for word in picks[at].product.title.lower().split()
    }
    found |= {sum(wish in pick.answers for pick in picks) for wish in wishes(brief) if wish.lower() in text}
    for size in range(2, min(len(picks), MOST_PICKS)):
        if any(sum(pick.cost.amount for pick in group) in said for group in combinations(picks, size)):
            found.add(size)
    return found


def _count_problems(
    counts: Sequence[re.Match[str]], text: str, picks: Sequence[PickEvidence], brief: Brief, parts: AbstractSet[int]
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
            and not (number < len(picks) and number in parts)
            and not PART.search(text[: match.start()] + " ")
            and not (match["m"] and number < len(picks) and _OTHER_PART.search(text))
        ):
            found.append(f"{match[0].strip()!r}: there are {len(picks)} picks")
    return found
