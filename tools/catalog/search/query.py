"""What a shopper's free query asks for: its words and their spellings, its price limit and its age.

"cheap red head sets for a 3 year old under 50" is the words red and "head set" (also "headset"), at most 50.00, age 3.
Whether a word is one the shop knows is asked of the index, so a typo is only looked for where nothing else is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from tools.lexicon.measures import is_measure, spaced
from tools.lexicon.relations import RELATIONS
from tools.lexicon.shopping import Stems, other_names
from tools.lexicon.stems import singular, stems, words
from tools.money import decimals

Known = Callable[[Stems], int]
"""How many products of the shop bear these stems, one after the other."""

MOST_WORDS = 40
"""Words beyond this are not read: a query is not a document."""

LONGEST_BRAND = 4
"""Words."""
LONGEST_NAME = 6
"""Ideas in a query beyond which it is a sentence."""

SMALL_WORDS = frozenset(
    "a an the for with of and or to in on at by from my me some any i need want looking buy find show please".split()
)
"""Words that say nothing about a product."""

_NUMBER = r"(\d{1,7}(?:[.,]\d{1,2})?)"
_NO_MEASURE = r"(?![.,]?\w)(?!\s*(?:[\"”'%]|inch|in\b|cm|mm|m\b|kg|g\b|lbs?\b|ml|l\b|w\b|gb|tb|years?|pieces?|pcs))"
"""Behind a number of money there is no unit of anything else: "under 10 inch" is no price."""

_CURRENCY = r"(?:[$€£]|usd\b|eur\b|gbp\b|dollars?\b|euros?\b|pounds?\b|bucks\b)"
_MAX_PRICE = re.compile(
    r"\b(?:(?:and\s+)?price\s+(?:is\s+)?)?"
    r"(?:under|below|lower than|less than|cheaper than|up to|at most|not? more than|max(?:imum)?|within)\s+"
    rf"{_CURRENCY}?\s*{_NUMBER}(?:\s*{_CURRENCY}|{_NO_MEASURE})",
    re.IGNORECASE,
)
_MIN_PRICE = re.compile(
    r"\b(?:over|above|more than|at least|from|min(?:imum)?)\s+"
    rf"(?:{_CURRENCY}\s*{_NUMBER}{_NO_MEASURE}|{_NUMBER}\s*{_CURRENCY})",
    re.IGNORECASE,
)
_UNWANTED = re.compile(
    r"\b(?:but\s+)?(?:not|except|excluding|without)\s+(?:(?:for|from|by|of|an?|any|the)\s+)?(?!only\b|just\b)([a-z][\w-]*)",
    re.IGNORECASE,
)
"""What is not to be found. "No" is left out: "no show socks" are asked for."""
_MODEL = re.compile(r"([a-z]+)(\d\w*)|(\d+)([a-z]\w*)")
_AGE = re.compile(
    r"\b(?:for\s+(?:an?\s+)?)?(\d{1,2})[\s-]*(?:years?|yrs?|y)[\s-]*olds?\b|\bage[sd]?\s+(\d{1,2})\b", re.IGNORECASE
)
_FOR_WHOM = re.compile(
    r"\bfor\s+(?:my|our|his|her|their)\s+(?:[a-z]+\s+)?(?:"
    + "|".join(re.escape(name.strip()) for names in RELATIONS.values() for name in names.split(","))
    + r")s?\b",
    re.IGNORECASE,
)
"""Whom a thing is for says nothing of the thing: "for my brother" is no printer by Brother."""


@dataclass(frozen=True)
class Spelling:
    """One way to write what a word or two of the query mean: its stems in order, and how sure it is, 0 to 1."""

    stems: Stems
    weight: float = 1.0


@dataclass(frozen=True)
class Term:
    """One idea of the query: what the shopper wrote first, then other spellings. ``written`` is the text as words."""

    written: str
    spellings: tuple[Spelling, ...]

    @property
    def stems(self) -> Stems:
        """The stems of what the shopper wrote, as far as the shop knows them."""
        return self.spellings[0].stems

    @cached_property
    def surface(self) -> tuple[str, ...]:
        """The words as they were written, but for the plural."""
        return tuple(singular(word) for word in self.written.split())


@dataclass(frozen=True)
class FreeQuery:
    """A query, understood. Prices are minor units of the catalogue's currency, inclusive; age is whole years."""

    terms: tuple[Term, ...]
    price_min: int = 0
    price_max: int | None = None
    age_years: int | None = None
    brand: Stems = ()
    """Of the shop's brands the one that the query names."""
    unwanted: tuple[Stems, ...] = ()
    """What is not to be named by a title, a brand, a label or a colour."""
    before_for: int | None = None
    """How many terms stand before "for", as in "ink for a canon pixma": the thing asked for is the last of them."""

    @property
    def is_sentence(self) -> bool:
        """Whether it says more than a name does: its last word is not the thing then, and no product meets it all."""
        return len(self.terms) > LONGEST_NAME

    @property
    def thing(self) -> Term:
        """What is asked for: the last word of its name."""
        return self.terms[(self.before_for or 0) - 1]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem of every spelling."""
        return frozenset(stem for term in self.terms for spelling in term.spellings for stem in spelling.stems)

    @cached_property
    def pairs(self) -> tuple[Stems, ...]:
        """The stems of each two neighbouring ideas."""
        return tuple((*a.stems, *b.stems) for a, b in pairwise(self.terms))


SYNONYM, JOINED, SPLIT, CORRECTED, PULLED_APART = 0.7, 0.9, 0.6, 0.5, 0.3
"""How much a spelling counts beside the word itself. Of SYNONYM .7, .85 and 1 were tried on the development queries of
Chorus, and .7 was best; the others are chosen by judgement."""


def understand(text: str, currency: str, known: Known, corrected: Callable[[str], str | None]) -> FreeQuery:
    """Reads ``text``. ``corrected`` gives the shop's word nearest to a misspelt one, or None."""
    text, high = _taken(_MAX_PRICE, text)
    text, low = _taken(_MIN_PRICE, text)
    text, age = _taken(_AGE, text)
    text = _FOR_WHOM.sub(" ", text)
    unwanted = tuple(stems(word) for word in _UNWANTED.findall(text))
    written = words(spaced(_UNWANTED.sub(" ", text)))[:MOST_WORDS]
    told = _telling(written) or written
    terms = tuple(_terms(told, known, corrected))
    before = len(_terms(_telling(written[: written.index("for")]), known, corrected)) if "for" in written else 0
    return FreeQuery(
        terms,
        _minor(low, currency) if low else 0,
        _minor(high, currency) if high else None,
        int(age) if age else None,
        unwanted=unwanted,
        before_for=before if 0 < before < len(terms) else None,
    )


def _telling(written: list[str]) -> list[str]:
    return [word for word in written if word not in SMALL_WORDS]


def named_brand(asked: list[str], is_brand: Callable[[Stems], bool]) -> Stems:
    """The longest run of the stems that is a brand, the first of several; empty where none is."""
    runs = (tuple(asked[at : at + size]) for size in range(LONGEST_BRAND, 0, -1) for at in range(len(asked) - size + 1))
    return next((run for run in runs if is_brand(run)), ())


def _terms(told: list[str], known: Known, corrected: Callable[[str], str | None]) -> list[Term]:
    terms: list[Term] = []
    at = 0
    while at < len(told):
        pair = told[at : at + 2]
        both = stems(" ".join(pair))
        names = other_names(both) if len(pair) == 2 else ()
        joined = stems("".join(pair)) if len(pair) == 2 else ()
        measure = len(pair) == 2 and is_measure(*pair)
        as_one = (
            bool(joined) and (_is_model(*pair) or not any(w.isdigit() for w in pair)) and known(joined) > known(both)
        )
        as_one = as_one or measure
        if names or as_one:
            extra = [Spelling(joined, JOINED)] if as_one else []
            extra += [Spelling(other, JOINED * SYNONYM) for other in other_names(joined)] if as_one else []
            own = Spelling(both, 1.0 if known(both) or not as_one else PULLED_APART)
            spellings = (own, *extra, *(Spelling(name, SYNONYM) for name in names))
            terms.append(Term(" ".join(pair), _in_shop(spellings, known)))
            at += 2
            continue
        terms.append(_single(told[at], known, corrected))
        at += 1
    return terms


def _single(word: str, known: Known, corrected: Callable[[str], str | None]) -> Term:
    own = stems(word)
    spellings = [Spelling(own), *(Spelling(name, SYNONYM) for name in other_names(own))]
    if (model := _MODEL.fullmatch(word)) and known(apart := stems(" ".join(filter(None, model.groups())))):
        spellings.append(Spelling(apart, JOINED))  # mk850 may be written MK 850 or MK-850
    if not known(own):
        spellings += [Spelling(parts, SPLIT) for parts in _parts(word) if known(parts)]
        if len(spellings) == 1 and (right := corrected(word)):
            spellings.append(Spelling((right,), CORRECTED))
            spellings += [Spelling(name, CORRECTED * SYNONYM) for name in other_names((right,))]
    return Term(word, _in_shop(tuple(spellings), known))


def _in_shop(spellings: tuple[Spelling, ...], known: Known) -> tuple[Spelling, ...]:
    """The spellings that the shop uses, the shopper's own first even where it does not."""
    return (spellings[0], *(s for s in spellings[1:] if known(s.stems)))


def _is_model(one: str, other: str) -> bool:
    """Whether a model number may have been written in two: "mk 850"; but not "top 10", which shops do not join."""
    return one.isalpha() and len(one) <= 4 and other[:1].isdigit()


def _parts(word: str) -> list[Stems]:
    """Where a compound may be split: "powerbank" into power and bank, "16gb" into 16 and gb."""
    return [stems(f"{word[:cut]} {word[cut:]}") for cut in range(2, len(word) - 1)]


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str | None]:
    """The text without the match, and the number of the match."""
    hit = pattern.search(text)
    if hit is None:
        return text, None
    return f"{text[: hit.start()]} {text[hit.end() :]}", next(group for group in hit.groups() if group)


def _minor(amount: str, currency: str) -> int:
    return int(Decimal(amount.replace(",", ".")).scaleb(decimals(currency)))
