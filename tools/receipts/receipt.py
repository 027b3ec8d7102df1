"""The receipt of a reply: its text, its lines, and each claim in it with the evidence for it.

It is made for someone who trusts nobody: `tools.receipts.checking` reads the text anew and looks everything up again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date as Date
from functools import partial
from typing import Any, Literal, get_args

from pydantic import BaseModel, Field

from tools.brief import Brief
from tools.lexicon.relations import spoken_of
from tools.memory.wording import DIETS
from tools.money import Money
from tools.needs import spoken
from tools.product import Product
from tools.receipts.claims import in_digits, squeezed
from tools.receipts.evidence import Evidence, PickEvidence
from tools.receipts.facts import shown, sums, wishes
from tools.receipts.passages import SIGN, passages
from tools.receipts.reasons import budget_text, limit_text
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

    need: str
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
    """The account of a reply. ``today``, ``ideas`` and ``seen``, what was turned down before, are what the search
    knew besides the brief.

    ``neutralised`` says of the picks whose seller's text was made harmless at import in which fields, and of what.
    """

    text: str
    lines: list[ReceiptLine]
    claims: list[Claim] = Field(default_factory=list)
    brief: Brief
    total: Money | None = None
    offers: list[OfferLines] = Field(default_factory=list)
    question: str = ""
    today: Date | None = None
    ideas: list[str] = Field(default_factory=list)
    seen: list[str] = Field(default_factory=list)
    memory: list[Recalled] = Field(default_factory=list)
    neutralised: dict[str, list[str]] = Field(default_factory=dict)

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
    ideas: Sequence[str] = (),
    seen: Sequence[str] = (),
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
        ideas=list(ideas),
        seen=list(seen),
        neutralised=neutralised(pick.product for pick in evidence.picks),
    )


def neutralised(products: Iterable[Product]) -> dict[str, list[str]]:
    """By product_id what was made harmless in the seller's text: "description: link, order"."""
    return {product.product_id: product.neutralised for product in products if product.neutralised}


Fact = tuple[str, Callable[[], ClaimEvidence]]
"""How something is written, and its evidence, which is made where it is said: of a pick's facts a reply says few."""


def claims(text: str, evidence: Evidence, memory: Sequence[Recalled] = ()) -> list[Claim]:
    """Every sentence with everything in it that is traced to evidence."""
    picks, found = shown(evidence), []
    said_of_picks, remembered = apart(text)
    sentences = passages(said_of_picks, picks, References(evidence)) if said_of_picks else []
    spoken_of = {at for passage in sentences for at in passage.about}
    of_each = {at: _squeezed(_of_pick(picks[at])) for at in spoken_of}
    common = _squeezed(_common(evidence, memory)) if sentences else []
    for passage in sentences:
        said = SIGN.sub(lambda m: picks[int(m[1])].product.title, passage.text).strip()
        plain = squeezed(said)
        for surface, one in (*(fact for at in passage.about for fact in of_each[at]), *common):
            if is_said(surface, plain):
                found.append(Claim(text=said, evidence=one()))
    found += [
        Claim(text=line, evidence=ClaimEvidence(kind="memory", field=record.use, value=record.text))
        for line in remembered
        for record in sources(line, memory)
    ]
    return list(dict.fromkeys(found))


def _squeezed(facts: Iterable[Fact]) -> list[Fact]:
    return [(squeezed(surface), one) for surface, one in facts if surface]


def is_said(surface: str, plain: str) -> bool:
    """Whether it stands in the text as whole words and a whole number: "of 5" is not said by "of 50" or "of 5.5"."""
    at = plain.find(surface)
    while at >= 0:
        before, after = plain[max(0, at - 1) : at], plain[at + len(surface) : at + len(surface) + 2]
        goes_on = _is_wordy(after[:1]) or (after[:1] in (".", ",") and after[1:].isdecimal())
        if not (_is_wordy(before) or before == "." or goes_on):
            return True
        at = plain.find(surface, at + 1)
    return False


def _is_wordy(char: str) -> bool:
    return char.isalnum() or char == "_"


def _line(pick: PickEvidence) -> ReceiptLine:
    return ReceiptLine(
        need=pick.need,
        product_id=pick.product.product_id,
        title=pick.product.title,
        price=pick.price,
        quantity=pick.quantity,
        option=pick.option_id,
    )


def _of_pick(pick: PickEvidence) -> Iterator[Fact]:
    """What can be said of a pick: (as it is written, where it stands)."""
    product = pick.product

    def field(name: str, value: object) -> Callable[[], ClaimEvidence]:
        return partial(ClaimEvidence, kind="catalogue", product_id=product.product_id, field=name, value=str(value))

    yield product.title, field("title", product.title)
    yield str(pick.price), field("price", pick.price)
    if pick.cost != pick.price:
        added = f"{pick.quantity} × {pick.price} = {pick.cost}"
        yield (
            str(pick.cost),
            partial(ClaimEvidence, kind="sum", field="cost", value=added, product_id=product.product_id),
        )
    if pick.pays:
        paid = partial(ClaimEvidence, kind="sum", field="pays", value=str(pick.pays), product_id=product.product_id)
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


def _common(evidence: Evidence, memory: Sequence[Recalled]) -> Iterator[Fact]:
    """What the brief says, by the shopper's word or from memory, and what was added up."""
    brief = evidence.brief

    def line(name: str, value: object) -> Callable[[], ClaimEvidence]:
        return lambda: looked_up(name, value)

    def looked_up(name: str, value: object) -> ClaimEvidence:
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
    if (limit := limit_text(brief, evidence.currency)) and limit != budget:
        yield limit, line("price_cap", limit)
    relation = brief.recipient.relation or ""
    yield spoken_of(relation) if relation else "", line("recipient", relation.replace("_", "-"))
    yield brief.recipient.name or "", line("recipient", brief.recipient.name)
    if brief.recipient.age_years is not None:
        yield f"age {brief.recipient.age_years}", line("recipient", brief.recipient.age_years)
    yield (brief.occasion or "").replace("_", " "), line("occasion", brief.occasion)
    for amount in sums(evidence):
        yield str(amount), partial(ClaimEvidence, kind="sum", field="total", value=str(amount))
    for way in evidence.relaxations:
        opens = f"{way.change}: opens {way.opens}"
        yield way.change, partial(ClaimEvidence, kind="sum", field="relaxation", value=opens)
    for need in brief.wanted:
        quantity = in_digits(str(need.quantity))
        if need.quantity > 1:
            yield quantity, line("needs", f"{quantity} {spoken(need.name)}")
