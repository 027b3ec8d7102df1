"""The receipt of a reply: its text, its lines, and each claim in it with the evidence for it.

It is made for someone who trusts nobody: `tools.receipts.checking` reads the text anew and looks everything up again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date
from typing import Any, Literal, get_args

from pydantic import BaseModel

from tools.brief import Brief
from tools.memory.wording import DIETS
from tools.money import Money
from tools.product import NEED_NAMES, NeedKind, Product
from tools.receipts.claims import in_digits, squeezed
from tools.receipts.evidence import Evidence, PickEvidence
from tools.receipts.facts import shown, sums, wishes
from tools.receipts.passages import SIGN, passages
from tools.receipts.reasons import budget_text
from tools.receipts.recollections import Recalled, RecalledUse, apart, sources
from tools.receipts.references import References

Kind = Literal["catalogue", "brief", "memory", "sum"]


class ClaimEvidence(BaseModel, frozen=True):
    """Where a claim can be looked up: a field of a product, a line of the brief, a memory, or what was added up."""

    kind: Kind
    field: str
    value: str
    product_id: str | None = None


class Claim(BaseModel, frozen=True):
    """A sentence of the text, with one thing it says that has evidence."""

    text: str
    evidence: ClaimEvidence


class ReceiptLine(BaseModel):
    """A pick with the price it was shown at. ``option`` is the variant's id, where there is one."""

    need: NeedKind
    product_id: str
    title: str
    price: Money
    quantity: int
    option: str | None = None


class OfferLines(BaseModel):
    """Another plan that was offered, with what it trades."""

    label: str
    trade_off: str
    lines: list[ReceiptLine]
    total: Money


class Receipt(BaseModel):
    """The account of a reply. ``today`` and ``ideas`` are what the search knew besides the brief.

    ``neutralised`` says of the picks whose seller's text was made harmless at import in which fields, and of what.
    """

    text: str
    lines: list[ReceiptLine]
    claims: list[Claim] = []
    brief: Brief
    total: Money | None = None
    offers: list[OfferLines] = []
    question: str = ""
    today: Date | None = None
    ideas: list[str] = []
    memory: list[Recalled] = []
    neutralised: dict[str, list[str]] = {}

    def dump(self) -> dict[str, Any]:
        """As JSON: the five parts always, the rest where there is any."""
        full = self.model_dump(mode="json")
        for line in (*full["lines"], *(line for offer in full["offers"] for line in offer["lines"])):
            if line["option"] is None:
                del line["option"]
        always = ("text", "lines", "claims", "brief", "total")
        return {name: value for name, value in full.items() if name in always or value}


def make_receipt(
    text: str,
    evidence: Evidence,
    *,
    today: Date | str | None = None,
    ideas: list[str] | None = None,
    recalled: Iterable[dict[str, Any]] = (),
) -> Receipt:
    """The receipt of this text over this evidence. ``recalled`` is the turn's account of what memory was used for."""
    memory = [Recalled.model_validate(used) for used in recalled if used["use"] in get_args(RecalledUse)]
    return Receipt(
        text=text,
        lines=[_line(pick) for pick in evidence.picks],
        claims=claims(text, evidence, memory),
        memory=memory,
        brief=evidence.brief,
        total=evidence.total,
        offers=[
            OfferLines(
                label=offer.label, trade_off=offer.trade_off, lines=[_line(p) for p in offer.picks], total=offer.total
            )
            for offer in evidence.alternatives
        ],
        question=evidence.question.text if evidence.question else "",
        today=Date.fromisoformat(today) if isinstance(today, str) else today,
        ideas=ideas or [],
        neutralised=neutralised(pick.product for pick in evidence.picks),
    )


def neutralised(products: Iterable[Product]) -> dict[str, list[str]]:
    """By product_id what was made harmless in the seller's text: "description: link, order"."""
    return {product.product_id: product.neutralised for product in products if product.neutralised}


def claims(text: str, evidence: Evidence, memory: Sequence[Recalled] = ()) -> list[Claim]:
    """Every sentence with everything in it that is traced to evidence."""
    picks, found = shown(evidence), []
    of_each = [[(squeezed(surface), one) for surface, one in _of_pick(pick) if surface] for pick in picks]
    common = [(squeezed(surface), one) for surface, one in _common(evidence, memory) if surface]
    said_of_picks, remembered = apart(text)
    for passage in passages(said_of_picks, picks, References(evidence)):
        said = SIGN.sub(lambda m: picks[int(m[1])].product.title, passage.text).strip()
        plain = squeezed(said)
        for surface, one in (*(fact for at in passage.about for fact in of_each[at]), *common):
            # Most are not there at all: only what is gets a pattern of its own, for the whole words.
            if surface in plain and re.search(rf"(?<![\w.]){re.escape(surface)}(?!\w|[.,]\d)", plain):
                found.append(Claim(text=said, evidence=one))
    found += [
        Claim(text=line, evidence=ClaimEvidence(kind="memory", field=record.use, value=record.text))
        for line in remembered
        for record in sources(line, memory)
    ]
    return list(dict.fromkeys(found))


def _line(pick: PickEvidence) -> ReceiptLine:
    return ReceiptLine(
        need=pick.need,
        product_id=pick.product.product_id,
        title=pick.product.title,
        price=pick.price,
        quantity=pick.quantity,
        option=pick.option_id,
    )


def _of_pick(pick: PickEvidence) -> Iterator[tuple[str, ClaimEvidence]]:
    """What can be said of a pick: (as it is written, where it stands)."""
    product = pick.product

    def field(name: str, value: object) -> ClaimEvidence:
        return ClaimEvidence(kind="catalogue", product_id=product.product_id, field=name, value=str(value))

    yield product.title, field("title", product.title)
    yield str(pick.price), field("price", pick.price)
    if pick.cost != pick.price:
        added = f"{pick.quantity} × {pick.price} = {pick.cost}"
        yield str(pick.cost), ClaimEvidence(kind="sum", field="cost", value=added, product_id=product.product_id)
    if pick.pays:
        paid = ClaimEvidence(kind="sum", field="pays", value=str(pick.pays), product_id=product.product_id)
        yield str(pick.pays), paid
    if product.rating is not None:
        rating = field("rating", product.rating)
        yield from ((f"{product.rating} {scale}", rating) for scale in ("of 5", "out of 5", "stars"))
    if product.rating_count:
        count, nouns = (
            field("rating_count", product.rating_count),
            "shoppers shopper ratings rating reviews buyers people",
        )
        yield from ((f"{product.rating_count} {noun}", count) for noun in nouns.split())
    yield product.brand, field("brand", product.brand)
    yield product.origin, field("origin", product.origin)
    if product.age_min_years is not None:
        yield f"ages {product.age_min_years}", field("age_min_years", product.age_min_years)
    if product.delivery_days is not None:
        yield f"{product.delivery_days} days", field("delivery_days", product.delivery_days)
    if product.pack_size > 1:
        yield f"of {product.pack_size}", field("pack_size", product.pack_size)
    lists = ("interests", "themes", "materials", "colors", "contains", "tags", "occasions")
    for name in lists:
        for value in getattr(product, name):
            yield value, field(name, value)


def _common(evidence: Evidence, memory: Sequence[Recalled]) -> Iterator[tuple[str, ClaimEvidence]]:
    """What the brief says, by the shopper's word or from memory, and what was added up."""
    brief = evidence.brief

    def line(name: str, value: object) -> ClaimEvidence:
        known = next((record for record in memory if record.stands_for(DIETS.get(str(value), str(value)))), None)
        if known:
            return ClaimEvidence(kind="memory", field=known.use, value=known.text)
        return ClaimEvidence(kind="brief", field=name, value=str(value))

    for wish in wishes(brief):
        yield wish, line("interests" if wish in brief.interests else "theme", wish)
    for name, rules in (("avoid", brief.avoid), ("allergies", brief.allergies), ("owned", brief.owned)):
        for rule in rules:
            yield rule, line(name, rule)
    if budget := budget_text(brief, evidence.currency):
        yield budget, line("budget", budget)
    relation = (brief.recipient.relation or "").replace("_", "-")
    yield f"your {relation}" if relation else "", line("recipient", relation)
    yield brief.recipient.name or "", line("recipient", brief.recipient.name)
    if brief.recipient.age_years is not None:
        yield f"age {brief.recipient.age_years}", line("recipient", brief.recipient.age_years)
    yield (brief.occasion or "").replace("_", " "), line("occasion", brief.occasion)
    for amount in sums(evidence):
        yield str(amount), ClaimEvidence(kind="sum", field="total", value=str(amount))
    for way in evidence.relaxations:
        yield way.change, ClaimEvidence(kind="sum", field="relaxation", value=f"{way.change}: opens {way.opens}")
    for need in brief.wanted:
        quantity = in_digits(str(need.quantity))
        if need.quantity > 1:
            yield quantity, line("needs", f"{quantity} {NEED_NAMES[need.kind]}")
