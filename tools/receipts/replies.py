"""A turn beside its receipt: its picks are the receipt's lines, and what its reply says beyond the text is so, too.

Around the text a reply has lines that code adds: what a message changed ("Noted: at most $24.89."), what there is to
choose from, who comes next. They tell what was said before, which no receipt has, so only what they claim of
products is looked at: amounts, ratings, titles, promises. Whatever else a reply says is read like the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any

from tools.catalog.interface import Catalog
from tools.money_text import find_amounts
from tools.receipts.claims import squeezed
from tools.receipts.evidence import Evidence
from tools.receipts.promises import promise_problems
from tools.receipts.receipt import Receipt
from tools.receipts.scope import Scopes
from tools.receipts.small_talk import small_talk_problems
from tools.receipts.verifier import problems

_OWN = re.compile(
    r"Noted[:;] |One person at a time: |For [^.]*, go on with |You also asked for [^.]*\.$|A plan here holds "
    r"|(?:Nothing else has been shown before|Here they are again|Taken back|Done again)\b|Nothing that fits is "
    r"|\d+ of them would not keep |With(?:out|in) an? \w+(?: \w+){0,3}, I |Then I take the best of each kind\."
    r"|I moved [^.]* a little |Say “stop doing that” "
)
"""How the sentences begin that code adds."""
_BANNER = re.compile(r"\((?:The keyless stand-in is answering: |Answering with |The language model )[^()$€£]*\)")
_VOUCHER = re.compile(r"\byour [^;]{2,60} \((?:[^()]* off|free shipping)\)")
_TAKEN_BACK = re.compile(rf"\bwithout {_VOUCHER.pattern}")
_CHOICES = re.compile(r"Among what fits best here: (?:[^()]{2,60} \(\d+\)(?:, |\.$))+")
_SENTENCE = re.compile(r"(?:\"[^\"\n]*\"|.)+?(?:[.!?](?=\s+[A-Z(])|$)", re.DOTALL)
_SHARED = re.compile(r"\ban equal share of the (?P<whole>\S+): ")
_QUOTED = re.compile(r"\"[^\"\n]{1,300}\"")
_FIGURES = re.compile(r"\d[\d.,]*")
MOST_SHARES = 5


def turn_problems(turn: Mapping[str, Any], receipt: Receipt, evidence: Evidence, shop: Catalog) -> list[str]:
    """What a turn says otherwise than its receipt; a turn without reply or picks says nothing."""
    found = _pick_problems(turn, receipt)
    if isinstance(reply := turn.get("reply"), str):
        found += _reply_problems(reply, receipt, evidence, shop)
    return found


def _pick_problems(turn: Mapping[str, Any], receipt: Receipt) -> list[str]:
    """Picks whose title, price or number is not that of the receipt's line, and another total."""
    lines = {line.product_id: (line.title, line.price.model_dump(mode="json"), line.quantity) for line in receipt.lines}
    picks = turn.get("picks")
    told = [pick for pick in picks if isinstance(pick, Mapping)] if isinstance(picks, list) else []
    found = [
        f"the turn's pick {pick.get('title')!r} is not as in the receipt"
        for pick in told
        if lines.get(str(pick.get("product_id"))) != (pick.get("title"), pick.get("price"), pick.get("quantity"))
    ]
    total = receipt.total.model_dump(mode="json") if receipt.total else None
    return found + (["the turn's total is not the receipt's"] if turn.get("total", total) != total else [])


def _reply_problems(reply: str, receipt: Receipt, evidence: Evidence, shop: Catalog) -> list[str]:
    """What is not so in the paragraphs of the reply that the receipt's text does not have."""
    told = {squeezed(part) for part in _paragraphs(receipt.text)}
    beside = [part for part in _paragraphs(reply) if squeezed(part) not in told]
    if not beside:
        return []
    but_figures = {_FIGURES.sub("", part) for part in told}
    found = [
        f"the receipt has other figures than {part[:100]!r}"
        for part in beside
        if _FIGURES.sub("", squeezed(part)) in but_figures
    ]
    known = _amounts(receipt, evidence, shop)
    found += [problem for part in beside for problem in _beside_problems(part, known, evidence, shop)]
    return [f"the turn's reply: {problem}" for problem in found]


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def _beside_problems(paragraph: str, known: AbstractSet[Decimal], evidence: Evidence, shop: Catalog) -> list[str]:
    if _CHOICES.fullmatch(paragraph) or _BANNER.fullmatch(paragraph):
        return []
    parts = [paragraph] if "\n" in paragraph else [part.strip() for part in _SENTENCE.findall(paragraph)]
    added = [part for part in parts if _OWN.match(part)]
    rest = " ".join(part for part in parts if part not in added)
    found = [problem for sentence in added for problem in _added_problems(sentence, known, evidence, shop)]
    return [*found, *problems(rest, evidence, complete=False)] if rest else found


def _added_problems(sentence: str, known: AbstractSet[Decimal], evidence: Evidence, shop: Catalog) -> list[str]:
    """What a sentence of the code's claims of products and is not so."""
    shared = {amount.value for match in _SHARED.finditer(sentence) for amount in find_amounts(match["whole"])}
    parts = {whole for whole in shared if any(whole // n in known for n in range(2, MOST_SHARES))}
    told, date = _QUOTED.sub(" ", sentence), evidence.brief.date
    claimed = _VOUCHER.sub(" ", told).replace(f"{date:%-d %B %Y}" if date else " ", " ")
    return [
        *small_talk_problems(_TAKEN_BACK.sub(" ", told), known | parts, [product.title for product in shop]),
        *promise_problems(claimed, Scopes(evidence).brief.lower()),
    ]


def _amounts(receipt: Receipt, evidence: Evidence, shop: Catalog) -> frozenset[Decimal]:
    """The amounts of the brief and of the picks, and the prices of what was turned down."""
    seen = filter(None, map(shop.get, receipt.seen))
    brief = receipt.brief
    limits = [end for bounds in (*brief.needs, *brief.joint) for end in (bounds.min, bounds.max)]
    limits += [
        brief.price_cap,
        brief.dearer_than,
        *(amount for v in brief.vouchers for amount in (v.amount, v.from_total)),
    ]
    return Scopes(evidence).whole.amounts | {p.price.amount for p in seen} | {end for end in limits if end is not None}
