"""Checking a reply against its evidence: amounts, titles, ratings, ages and all other numbers, in code.

`problems` reads the final text itself. What it cannot trace to the catalogue, the brief or a sum is a problem; a reply
with problems never reaches the shopper. Numbers written as words are read like digits. A passage that names one pick
is checked against that pick alone, so that the true price of another product does not pass either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from tools.lexicon.stems import stems
from tools.money_text import WORDS, AmountFound, find_amounts
from tools.product import NEED_NAMES
from tools.receipts.claims import (
    ATTRIBUTES,
    CENTS,
    LINK,
    MARKED,
    NO_NAMES,
    NUMBER,
    PROMISE,
    RATING,
    in_digits,
    names,
    plain_number,
    squeezed,
    without_amounts,
    without_positions,
)
from tools.receipts.comparisons import comparison_problems, without_second_figures, without_tenths
from tools.receipts.conduct import conduct_problems, disguised_digits, too_long
from tools.receipts.evidence import Evidence
from tools.receipts.facts import wishes
from tools.receipts.functions import function_problems
from tools.receipts.inclusion import inclusion_problems
from tools.receipts.makers import maker_problems
from tools.receipts.passages import SIGN, Passage, passages_of, signed
from tools.receipts.people import occasion_problems, person_problems, polarity_problems
from tools.receipts.promises import promise_problems
from tools.receipts.quantities import quantity_problems
from tools.receipts.references import References
from tools.receipts.scope import Scope, Scopes
from tools.receipts.unclaimed import without_unknown
from tools.receipts.wording import wording_problems
from tools.receipts.worked_out import SMALL_MONEY, is_about, misnamed, worked_out

HEADINGS = frozenset(
    {"total", "total cost", "subtotal", "shipping", "left", "budget", "price", "question", *NEED_NAMES.values()}
)

OWN_PHRASE = 3
"""So many words may be set off without being a quotation."""
SPEAKERS = re.compile(
    r"\b(?:shoppers?|buyers?|customers?|reviewers?|users?|owners?|parents|critics?|experts?|people|others|shop|seller|maker|"
    r"brand|press|magazine|called|named|titled|wrote|write|quote|label\w*|engrav\w+|print\w*)\b",
    re.IGNORECASE,
)
PURE = re.compile(r"\b(?:solid|pure|genuine|real|sterling|100 ?%|all[- ])\s?(?P<what>[a-z]+)\b", re.IGNORECASE)
"""A material said to be the whole of it."""


def problems(text: str, evidence: Evidence, *, complete: bool = True) -> list[str]:
    """What in the text has no evidence, each in one clause; empty when everything is traceable.

    A ``complete`` reply names all picks; a part of one need not.
    """
    if not text.strip():
        return ["the reply is empty"]
    scopes = Scopes(evidence)
    with_signs = signed(text, scopes.shown)
    sentences = passages_of(with_signs, scopes.shown, References(evidence))
    found = [*_missing_titles(text, evidence)] if complete else []
    found += [*_title_problems(text, scopes), *_name_problems(text, sentences, scopes)]
    found += _claim_problems(text, with_signs, scopes)
    found += [*disguised_digits(with_signs, scopes.quotable_in_lower_case), *too_long(text)]
    found += [f"links are not shown: {m[0]!r}" for m in LINK.finditer(text)]
    for passage in sentences:
        found += _passage_problems(passage, scopes)
    return list(dict.fromkeys(found))


def _passage_problems(passage: Passage, scopes: Scopes) -> list[str]:
    """What one sentence says of the picks it speaks of, of the recipient, and of what nobody can promise."""
    evidence, scope = scopes.evidence, scopes.of(passage.about)
    amounts = _amount_problems(_own_figures(in_digits(SIGN.sub(" ", passage.text)), scopes), scope)
    if evidence.explain is not None and _is_quoted(passage.text, evidence):
        return amounts
    occasions = [occasion for at in passage.about for occasion in scopes.shown[at].product.occasions]
    return [
        *amounts,
        *quantity_problems(passage, scopes),
        *comparison_problems(passage, evidence.picks, scopes.shown),
        *person_problems(passage, evidence.brief, scopes.quotable_in_lower_case),
        *polarity_problems(passage, evidence.brief, wishes(evidence.brief)),
        *occasion_problems(passage, evidence.brief, occasions),
        *promise_problems(passage.text, scopes.quotable_in_lower_case, remembers=bool(evidence.recalled)),
        *conduct_problems(passage.text, scopes.quotable_in_lower_case),
        *inclusion_problems(passage, scope),
        *maker_problems(passage, scopes),
        *function_problems(passage, scope),
        *wording_problems(passage, scopes),
        *_scoped_problems(passage, scopes),
    ]


def _own_figures(digits: str, scopes: Scopes) -> str:
    return without_second_figures(digits, scopes.whole.amounts, scopes.whole.ratings)


def _is_quoted(text: str, evidence: Evidence) -> bool:
    """Whether the sentence is the seller's own, told as such; its amounts, ratings and links were checked before."""
    said = squeezed(text.removeprefix("The shop says: "))
    return any(said in squeezed(pick.product.description) for pick in evidence.picks)


def _scoped_problems(passage: Passage, scopes: Scopes) -> list[str]:
    """Amounts and ratings of a sentence about certain picks must be theirs, also where the line names others too."""
    if not passage.about or len(passage.about) == len(scopes.shown):
        return []
    scope = scopes.of(passage.about)
    digits = _own_figures(in_digits(without_tenths(SIGN.sub(" ", passage.text), scope.picks)), scopes)
    return [
        *_rating_problems(digits, scope),
        *_number_problems(digits, scope),
        *_attribute_problems(passage.text, scope),
    ]


def _claim_problems(text: str, with_signs: str, scopes: Scopes) -> list[str]:
    scope = scopes.whole
    digits = in_digits(without_tenths(SIGN.sub(" ", with_signs), scope.picks))
    return [
        *_number_problems(digits, scope),
        *_rating_problems(digits, scope),
        *_attribute_problems(text, scope),
        *(f"{p!r} is promised nowhere" for p in PROMISE.findall(text) if p.lower() not in scope.facts),
    ]


def _amounts(digits: str, currency: str) -> list[AmountFound]:
    """The amounts of a text. "3 pounds" is a weight unless the shop's prices are in pounds."""
    found = find_amounts(digits)
    if currency == WORDS["pound"]:
        return found
    return [amount for amount in found if amount.sign.lower() not in ("pound", "pounds")]


WITH_EXTRA = re.compile(
    r"\b(?:with|including|incl\.?|plus|after|counting) (?:the |any )?(delivery|shipping|postage|tax|vat|wrapping)\b",
    re.IGNORECASE,
)
"""What may be part of a sum only where it was added up."""
_SUPPOSED_MONEY = re.compile(
    r"(?:\b(?:if|should|whether|do|would|want\w*|prefer\w*|rather)\b[^.!?;$€£]{0,50}?)\b"
    r"(?:below|under|less than|more than|over|above|within|around|about|up to|as much as) [$€£]?\d[\d,.]*(?: (?:dollars|pounds|euros|pence|cents))?(?![\d%])",
    re.IGNORECASE,
)
"""What somebody might want to spend."""


def _but_supposed(match: re.Match[str]) -> str:
    """Nothing where it is about a person; "if it is under $20" is about a pick."""
    return match[0] if re.search(r"⟦|\b(?:it|its|this|they|both|all)\b", match[0]) else " "


def _amount_problems(digits: str, scope: Scope) -> list[str]:
    currency = scope.evidence.currency
    digits = _SUPPOSED_MONEY.sub(_but_supposed, digits)
    found = [(amount.text, amount.value, amount.may_be_in(currency)) for amount in _amounts(digits, currency)]
    found += [(match[0], Decimal(match[1]) / 100, True) for match in SMALL_MONEY.finditer(digits)]
    if not found:
        return []
    known = scope.amounts | worked_out(digits, scope.evidence, scope.picks if scope.is_part else ())
    sums = scope.evidence.sums
    if wrong := [*misnamed(digits, scope.evidence)]:
        return wrong
    extra = WITH_EXTRA.search(digits)
    if (
        extra
        and not (sums and (sums.tax if extra[1].lower() in ("tax", "vat") else sums.shipping))
        and not any(p.pays for p in scope.picks)
    ):
        return [f"nothing was worked out {extra[0]!r}"]
    return [
        f"{text} is neither a price of the picks nor a sum nor in the brief"
        for text, value, may_be in found
        if not may_be or (value not in known and not is_about(value, known, digits))
    ]


def _missing_titles(text: str, evidence: Evidence) -> list[str]:
    """Picks that are not named by their title."""
    plain = squeezed(text)
    return [
        f"the pick {pick.product.title!r} is not named"
        for pick in evidence.picks
        if evidence.explain in (None, pick.number) and squeezed(pick.product.title) not in plain
    ]


def _title_problems(text: str, scopes: Scopes) -> list[str]:
    """Whatever is set off like a title is one or stands in the evidence."""
    said, quotable = squeezed(scopes.own_words), squeezed(scopes.quotable)
    return [
        f"{(m[1] or m[2])!r} is not in the evidence"
        for m in MARKED.finditer(text)
        if not _known_name(m[1] or m[2], said if m[1] else quotable)  # a seller's words may be quoted, not set in bold
        and not (m[2] and _is_own_phrase(m, text))
    ]


def _is_own_phrase(quote: re.Match[str], text: str) -> bool:
    """Whether some words are only set off ("this says "I listened" best"), and nobody is said to have said them."""
    start, end = text.rfind("\n", 0, quote.start()) + 1, text.find("\n", quote.end())
    line = text[start : end if end >= 0 else None]
    few = len(quote[2].split()) <= OWN_PHRASE and not re.search(r"\s[A-Z][a-z]", quote[2])
    return few and not SPEAKERS.search(line)


def _known_name(marked: str, known: str) -> bool:
    """Whether a text that is set off is known, apart from a list number and an amount ("**1. Mug: $8**")."""
    name = squeezed(marked)
    bare = re.sub(r"^\d+[.)]\s*", "", without_amounts(name, find_amounts(name))).strip(" :,.–—-()×=")
    return name in known or bare in known or bare in HEADINGS


def _name_problems(text: str, sentences: Sequence[Passage], scopes: Scopes) -> list[str]:
    """No run of capitalised words may hold one that the evidence does not have.

    Names that only a seller's description has stand for something else than the pick ("take the Golden Spade instead")
    unless they are said in a passage about this pick, or the shopper asked for more about it.
    """
    explained = scopes.evidence.explain is not None
    known = NO_NAMES | (scopes.quotable_stems if explained else frozenset(stems(scopes.own_words)))
    about = {
        name
        for passage in sentences
        for at in passage.about
        for name, capitals in names(SIGN.sub(" ", passage.text))
        if (known | scopes.of((at,)).stems).issuperset(capitals)
    }
    unknown = [name for name, capitals in names(text) if not known.issuperset(capitals) and name not in about]
    return [f"{name!r} is not in the evidence" for name in unknown]


def _number_problems(digits: str, scope: Scope) -> list[str]:
    """Any number must occur in the evidence, be the position or the count of picks, or follow from it."""
    text = SMALL_MONEY.sub(" ", without_amounts(digits, _amounts(digits, scope.evidence.currency)))
    text = RATING.sub(" ", without_positions(text, len(scope.evidence.picks)))
    unknown = [n for n in NUMBER.findall(text) if plain_number(n) not in scope.numbers]
    sums = worked_out(digits, scope.evidence, scope.picks if scope.is_part else ()) if unknown else ()
    return [
        f"the number {n} has no evidence"
        for n in unknown
        if not (CENTS.fullmatch(n) and Decimal(n.replace(",", ".")) in sums)
    ]


def _rating_problems(digits: str, scope: Scope) -> list[str]:
    """A rating must be one of a pick that is shown, whatever other numbers there are and whatever a seller writes."""
    return [
        f"{m[0]!r} is no rating of the picks"
        for m in RATING.finditer(digits)
        if plain_number(next(filter(None, m.groups()))) not in scope.ratings and m[0].lower() not in scope.titles
    ]


def _attribute_problems(text: str, scope: Scope) -> list[str]:
    claimed = ATTRIBUTES.intersection(stems(without_unknown(text)))
    found = [f"{word!r} is not in the evidence" for word in sorted(claimed - scope.fact_stems)]
    return found + [
        f"{match[0]!r} is not in the evidence"
        for match in PURE.finditer(text)
        if ATTRIBUTES.intersection(stems(match["what"])) and match[0].lower() not in scope.facts.lower()
    ]
