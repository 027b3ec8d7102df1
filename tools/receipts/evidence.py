"""The evidence for a reply: everything that may be said of the picks, taken from the catalogue, the brief and sums.

The explainer's model gets this and nothing else; the template and the verifier work from the same object.
"""

from __future__ import annotations

from pydantic import BaseModel, Field

from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.lexicon.stems import contains_phrase, stems
from tools.money import Money
from tools.product import Product
from tools.receipts.cautions import cautions
from tools.receipts.reasons import reasons
from tools.request import OffTheme, Outcome, Pick, PlanSums, Question, Relaxation


class PickEvidence(BaseModel):
    """One pick with the facts a reply may use. ``price`` is that of the chosen option, ``cost`` price × quantity.

    ``pays`` is what a pick of a shortlist comes to with vouchers, shipping and tax, where that is another amount.
    ``added`` is what each part of the ranking formula adds to its score, where that was asked for.
    """

    number: int
    need: str
    product: Product
    option_id: str | None = None  # of the chosen variant
    option: str = ""  # the chosen variant in words: "size: M"
    price: Money
    quantity: int
    units: int
    cost: Money
    pays: Money | None = None
    answers: list[str]  # the wishes it answers, neighbours included
    reasons: list[str]
    added: dict[str, float] = Field(default_factory=dict)

    @property
    def points(self) -> float:
        """The score, as the sum of its parts at the two decimals they are told with."""
        return sum(round(value, 2) for value in self.added.values())


class OfferEvidence(BaseModel):
    """Another plan that is offered beside the first."""

    label: str
    trade_off: str
    picks: list[PickEvidence] = Field(default_factory=list)
    total: Money


class Evidence(BaseModel):
    """All facts of one reply."""

    status: str
    currency: str
    brief: Brief
    picks: list[PickEvidence] = Field(default_factory=list)
    sums: PlanSums | None = None  # of a plan
    alternatives: list[OfferEvidence] = Field(default_factory=list)
    closest: PickEvidence | None = None
    closest_cost: Money | None = None
    clash: list[str] = Field(default_factory=list)
    unproven: bool = False
    relaxations: list[Relaxation] = Field(default_factory=list)
    off_theme: list[OffTheme] = Field(default_factory=list)
    unmatched: list[str] = Field(default_factory=list)
    unmet: list[str] = Field(default_factory=list)
    cautions: list[str] = Field(default_factory=list)
    question: Question | None = None
    recalled: list[str] = Field(default_factory=list)  # what is remembered of the recipient, in words
    explain: int | None = None  # the number of the pick whose reasons were asked for

    @property
    def total(self) -> Money | None:
        """What a plan costs."""
        return self.sums.total if self.sums else None


def gather_evidence(catalog: Catalog, outcome: Outcome, explain: int | None = None) -> Evidence:
    """Looks the outcome's products up again and states the reasons. A product that left the catalogue is left out."""
    brief = outcome.request.brief
    closest = _picks(catalog, [outcome.closest] if outcome.closest else [], brief)
    return Evidence(
        status=outcome.status,
        currency=catalog.currency,
        brief=brief,
        picks=_picks(catalog, outcome.picks, brief, explain),
        sums=outcome.sums,
        alternatives=[
            OfferEvidence(label=a.label, trade_off=a.trade_off, picks=_picks(catalog, a.picks, brief), total=a.total)
            for a in outcome.alternatives
        ],
        closest=closest[0] if closest else None,
        closest_cost=outcome.closest_cost,
        clash=outcome.clash,
        unproven=outcome.unproven,
        relaxations=outcome.relaxations,
        off_theme=outcome.off_theme,
        unmatched=outcome.unmatched,
        unmet=outcome.unmet,
        cautions=cautions(catalog, outcome),
        question=outcome.request.question,
        explain=explain,
    )


def with_all_specs(evidence: Evidence, catalog: Catalog) -> Evidence:
    """The evidence with all that the catalogue states of its products. A model sees what its picks were chosen for; who
    checks its words may look the rest up.
    """

    def whole(pick: PickEvidence) -> PickEvidence:
        product = catalog.get(pick.product.product_id)
        return pick.model_copy(update={"product": product}) if product else pick

    offers = [offer.model_copy(update={"picks": list(map(whole, offer.picks))}) for offer in evidence.alternatives]
    return evidence.model_copy(update={"picks": list(map(whole, evidence.picks)), "alternatives": offers})


def _picks(catalog: Catalog, picks: list[Pick], brief: Brief, explain: int | None = None) -> list[PickEvidence]:
    """The picks with their facts; the parts of the score only of the one to explain."""
    found = []
    for number, pick in enumerate(picks, 1):
        product = catalog.get(pick.product_id)
        if product is None:
            continue
        option, price = _option(product, pick.option)
        found.append(
            PickEvidence(
                number=number,
                need=pick.need,
                product=product.model_copy(update={"specs": _told_specs(product, pick)}) if product.specs else product,
                option_id=pick.option,
                option=option,
                price=price,
                quantity=pick.quantity,
                units=pick.units,
                cost=price * pick.quantity,
                pays=pick.pays,
                answers=[match.wish for match in pick.matched],
                reasons=reasons(product, pick.pays or price * pick.quantity, pick, brief),
                added=pick.added if number == explain else {},
            )
        )
    return found


def _option(product: Product, option: str | None) -> tuple[str, Money]:
    """The chosen variant in words, and its price; without one the product's own."""
    variant = next((v for v in product.variants if v.product_id == option), None)
    if variant is None:
        return "", product.price
    return ", ".join(f"{name}: {value}" for name, value in variant.options.items()), variant.price


def _told_specs(product: Product, pick: Pick) -> dict[str, str]:
    """Only those that a reason speaks of: a feed may state a hundred, and each costs tokens."""
    told = [stems(match.word) for match in pick.matched if match.field == "specs"]
    facts = zip(product.specs.items(), product.facts, strict=True)
    return dict(spec for spec, fact in facts if any(contains_phrase(stems(fact), word) for word in told))
