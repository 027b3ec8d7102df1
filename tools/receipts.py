"""Checking a reply against its evidence: amounts, titles, ratings, ages and all other numbers, in code.

`problems` reads the final text itself. What it cannot trace to the catalogue, the brief or a sum is a problem; a reply
with problems never reaches the shopper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from tools.evidence import Evidence, PickEvidence
from tools.lexicon.stems import stems
from tools.money_text import find_amounts

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
MARKED = re.compile(r"\*\*(.+?)\*\*|[“\"]([^”\"\n]{3,80})[”\"]", re.DOTALL)
ATTRIBUTES = frozenset(
    stems(
        """gold silver platinum brass copper bronze steel iron aluminium titanium leather suede wool cashmere silk linen
        cotton velvet bamboo oak walnut teak pine maple marble granite ceramic porcelain crystal glass plastic rubber
        diamond pearl waterproof wireless bluetooth rechargeable handmade organic vegan dishwasher solar foldable"""
    )
)
"""Materials and properties that a reply may claim only where the evidence has the word."""


def problems(text: str, evidence: Evidence) -> list[str]:
    """What in the text has no evidence, each in one clause; empty when everything is traceable."""
    if not text.strip():
        return ["the reply is empty"]
    return [
        *_amount_problems(text, evidence),
        *_title_problems(text, evidence),
        *_number_problems(text, evidence),
        *_attribute_problems(text, evidence),
    ]


def small_talk_problems(text: str, amounts: Iterable[Decimal], titles: Iterable[str]) -> list[str]:
    """The check for replies that recommend nothing: no amount and no product but those already on the table."""
    known = set(amounts)
    names = " ".join(titles).lower()
    found = [f"{amount.text} is no amount of this conversation" for amount in find_amounts(text) if amount.value not in known]
    bold = [m.group(1) for m in re.finditer(r"\*\*(.+?)\*\*", text)]
    return found + [f"{name!r} is no product that was shown" for name in bold if name.lower() not in names]


def _shown(evidence: Evidence) -> list[PickEvidence]:
    return [*evidence.picks, *([evidence.closest] if evidence.closest else [])]


def _amount_problems(text: str, evidence: Evidence) -> list[str]:
    known = _known_amounts(evidence)
    return [
        f"{amount.text} is neither a price of the picks nor a sum nor in the brief"
        for amount in find_amounts(text)
        if amount.value not in known or amount.currency not in (None, evidence.currency)
    ]


def _known_amounts(evidence: Evidence) -> set[Decimal]:
    known = {m.amount for pick in _shown(evidence) for m in (pick.product.price, pick.cost)}
    known |= {m.amount for m in (evidence.total, evidence.closest_cost) if m}
    if budget := evidence.brief.budget:
        known |= {amount for amount in (budget.min, budget.max) if amount is not None}
        if evidence.total and budget.max is not None:
            known.add(budget.max - evidence.total.amount)
    stated = [*(r.change for r in evidence.relaxations), evidence.question.text if evidence.question else ""]
    stated += [reason for pick in _shown(evidence) for reason in pick.reasons]
    return known | {amount.value for text in stated for amount in find_amounts(text)}


def _title_problems(text: str, evidence: Evidence) -> list[str]:
    """Every pick is named by its title, and whatever is set off like a title is one or stands in the evidence."""
    plain = _squeezed(text)
    missing = [
        f"the pick {pick.product.title!r} is not named"
        for pick in evidence.picks
        if evidence.explain in (None, pick.number) and _squeezed(pick.product.title) not in plain
    ]
    known = _squeezed(_all_text(evidence))
    marked = (m.group(1) or m.group(2) for m in MARKED.finditer(text))
    unknown = [f"{name!r} is not in the evidence" for name in marked if _squeezed(name) not in known]
    return missing + unknown


def _number_problems(text: str, evidence: Evidence) -> list[str]:
    """Any number must occur in the evidence, be a list position, or follow from it."""
    known = {_plain_number(n) for n in NUMBER.findall(_all_text(evidence))}
    known |= {str(n) for n in range(1, len(evidence.picks) + 1)} | {"5"}
    found = _without_amounts(text)
    return [f"the number {n} has no evidence" for n in NUMBER.findall(found) if _plain_number(n) not in known]


def _attribute_problems(text: str, evidence: Evidence) -> list[str]:
    known = set(stems(_all_text(evidence)))
    return [f"{word!r} is not in the evidence" for word in set(stems(text)) & ATTRIBUTES if word not in known]


def _all_text(evidence: Evidence) -> str:
    """Everything the reply may quote, as one text."""
    parts: list[str] = []
    for pick in _shown(evidence):
        product = pick.product
        parts += [product.title, product.description, product.category, product.brand, product.origin, product.rule_text]
        parts += [*product.interests, *product.themes, *product.colors, *pick.reasons]
        parts += [str(n) for n in (product.rating, product.rating_count, product.age_min_years, product.age_max_years)]
        parts += [str(n) for n in (pick.quantity, pick.units, product.pack_size, product.delivery_days)]
    brief = evidence.brief
    parts += [*brief.interests, *brief.rules, brief.theme or "", brief.recipient.name or "", str(brief.date or "")]
    parts += [str(n) for n in (brief.recipient.age_years, brief.guests, brief.options)]
    parts += [str(need.quantity) for need in brief.wanted]
    parts += [f"{r.change} {r.opens}" for r in evidence.relaxations] + evidence.unmatched
    parts.append(evidence.question.text if evidence.question else "")
    parts += [str(m) for m in (evidence.total, evidence.closest_cost) if m]
    return " \n ".join(parts)


def _without_amounts(text: str) -> str:
    for amount in sorted(find_amounts(text), key=lambda a: -len(a.text)):
        text = text.replace(amount.text, " ")
    return text


def _plain_number(text: str) -> str:
    """4.60 and 4.6, 1,200 and 1200 are the same number."""
    plain = re.sub(r",(?=\d{3}\b)", "", text).replace(",", ".")
    try:
        return str(Decimal(plain).normalize())
    except ArithmeticError:
        return plain


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip().lower()
