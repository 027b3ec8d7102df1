"""Checking a receipt later: everything in it is looked up in the catalogue as it is now, and added up again.

Nothing in the receipt is believed but the brief. Prices and titles are compared with the catalogue, totals and offers
are added up, the ways out of a brief that nothing fits are solved again, and the text is read anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.errors import UsageError
from tools.memory.wording import DIETS
from tools.money import Money
from tools.money_text import find_amounts
from tools.planning.accounting import account
from tools.planning.bounds import joint_bounds, plan_bounds, plan_budget
from tools.planning.exhaustive import is_sold
from tools.planning.matching import is_one, match
from tools.planning.offers import Limits, Offer, offers, terms
from tools.planning.relaxations import explain_infeasible
from tools.planning.stated import rules_in
from tools.planning.themes import off_theme
from tools.planning.things import close_to
from tools.product import Product
from tools.receipts.claims import squeezed
from tools.receipts.evidence import Evidence, gather_evidence, with_all_specs
from tools.receipts.facts import wishes
from tools.receipts.receipt import OfferLines, Receipt, ReceiptLine, claims, neutralised
from tools.receipts.recollections import apart, recollection_problems
from tools.receipts.replies import turn_problems
from tools.receipts.verifier import problems
from tools.request import Alternative, Discount, Matched, Outcome, Pick, PlanSums, Request, needs_by_name

MAX_TEXT_CHARS, MAX_CHARS, MAX_QUANTITY = 20_000, 400_000, 1_000_000
"""Far beyond any receipt of ours: whoever sends more would only keep us busy."""


def read_receipt(data: Any) -> Receipt:
    """The receipt out of a JSON object: one itself, or a turn that has one. Raises UsageError saying what is amiss."""
    if isinstance(data, dict) and "lines" not in data and "receipt" in data:
        data = data["receipt"]
    if not isinstance(data, dict):
        raise UsageError("No receipt: a JSON object with text, lines, claims, brief and total is needed")
    if missing := [name for name in ("text", "lines", "claims", "brief", "total") if name not in data]:
        raise UsageError(f"No receipt: {', '.join(missing)} is missing")
    try:
        receipt = Receipt.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"No receipt: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    try:
        chars = len(receipt.model_dump_json())
    except ValueError as error:  # pydantic's own kind of it
        raise UsageError("No receipt: it holds half a character") from error
    if len(receipt.text) > MAX_TEXT_CHARS or chars > MAX_CHARS:
        raise UsageError(f"No receipt: more than {MAX_TEXT_CHARS:,} characters of text, or {MAX_CHARS:,} in all")
    lines = [*receipt.lines, *(line for offer in receipt.offers for line in offer.lines)]
    if any(line.quantity > MAX_QUANTITY for line in lines):
        raise UsageError(f"No receipt: lines: a quantity of more than {MAX_QUANTITY:,}")
    return receipt


def check_receipt(data: Any, catalog: Catalog) -> list[str]:
    """What in the receipt is not true, each in one clause; empty when all of it is. Raises UsageError for no receipt."""
    receipt = read_receipt(data)
    found = line_problems(receipt, catalog)
    if any(catalog.get(line.product_id) is None for line in receipt.lines):
        return found
    bought = [(line.need, line.product_id, line.option) for line in receipt.lines]
    found += [
        f"{line.title} is there twice" for line, one in zip(receipt.lines, bought, strict=True) if bought.count(one) > 1
    ]
    if receipt.neutralised != neutralised(catalog.require([line.product_id for line in receipt.lines])):
        found.append("what was neutralised in sellers' texts is not what the catalogue says of these products")
    evidence = evidence_of(receipt, catalog)
    found += _sum_problems(receipt, evidence, catalog)
    found += _claim_problems(receipt, evidence)
    said, told = apart(receipt.text)
    titles = [line.title for line in receipt.lines]
    found += recollection_problems(told, receipt.memory, receipt.brief, titles)
    found += problems(said, with_all_specs(evidence, catalog))
    turn = data if isinstance(data, dict) and "lines" not in data else {}
    return list(dict.fromkeys([*found, *turn_problems(turn, receipt, evidence, catalog)]))


def pick_problems(receipt: Receipt, evidence: Evidence, catalog: Catalog) -> list[str]:
    """What in the lines, the sums and the offers is not as in the ``evidence`` made anew; the text is not read."""
    return [*line_problems(receipt, catalog), *_sum_problems(receipt, evidence, catalog)]


def line_problems(receipt: Receipt, catalog: Catalog) -> list[str]:
    """What of the lines the catalogue says otherwise, and which rules of the brief they break."""
    groups = (receipt.lines, *(offer.lines for offer in receipt.offers))
    return [problem for lines in groups for line in lines for problem in _line_problems(line, receipt, catalog)]


def _sum_problems(receipt: Receipt, evidence: Evidence, catalog: Catalog) -> list[str]:
    return [*_money_problems(receipt, evidence, catalog), *_offer_problems(receipt, evidence, catalog)]


def _line_problems(line: ReceiptLine, receipt: Receipt, catalog: Catalog) -> list[str]:
    """What the catalogue says otherwise of a line, and which rule of the brief it breaks."""
    product = catalog.get(line.product_id)
    if product is None:
        return [f"the catalogue has no product {line.product_id!r}"]
    found = []
    if product.title != line.title:
        found.append(f"{line.product_id}: the title is {line.title!r} here and {product.title!r} in the catalogue")
    price = next((v.price for v in product.variants if v.product_id == line.option), product.price)
    if line.option and line.option not in {variant.product_id for variant in product.variants}:
        found.append(f"{line.title}: there is no option {line.option!r}")
    if price != line.price:
        found.append(
            f"{line.title}: {line.price} here and {price} in the catalogue; it was altered, or the price has changed since"
        )
    need = needs_by_name(receipt.brief).get(line.need)
    if need is None:
        return [*found, f"{line.title}: nobody asked for {line.need}"]
    if line.quantity != product.packs_for(need.quantity):
        found.append(f"{line.title}: {product.packs_for(need.quantity)} are needed and {line.quantity} are here")
    if need.thing and not is_one(product, need.thing):
        found.append(f"{line.title}: it is no {need.name}")
    broken = rules_in(catalog, receipt.brief, receipt.today).broken_by(product, need)
    return [*found, f"{line.title}: {broken}"] if broken else found


def evidence_of(receipt: Receipt, catalog: Catalog) -> Evidence:
    """The evidence for the text, made of the catalogue and the brief alone."""
    brief = receipt.brief
    outcome = Outcome(request=Request(brief=brief, today=receipt.today, seen=receipt.seen), status="recommended")
    if not receipt.lines:
        outcome.status = "infeasible"
        explain_infeasible(catalog, outcome.request, outcome)
        return gather_evidence(catalog, outcome)
    outcome.picks = [_pick(line, receipt, catalog) for line in receipt.lines]
    answered = {matched.wish for pick in outcome.picks for matched in pick.matched if not matched.passing}
    outcome.unmatched = [wish for wish in wishes(brief) if wish not in answered]
    outcome.unmet = [need.name for need in brief.wanted if not is_sold(catalog, need)]
    if brief.is_plan:
        outcome.sums = _sums(receipt.lines, brief, catalog)
        outcome.off_theme = off_theme(catalog, outcome.request, outcome.picks)
        outcome.alternatives = [
            _alternative(offer, receipt, catalog) for offer in receipt.offers if _known(offer, catalog)
        ]
    evidence = gather_evidence(catalog, outcome)
    evidence.recalled = [record.text for record in receipt.memory]
    if (
        receipt.question.endswith("?")
        and apart(receipt.text)[0].rstrip().endswith(receipt.question)
        and _is_harmless(receipt.question)
    ):
        evidence.question = None
    return evidence


def _is_harmless(question: str) -> bool:
    return not find_amounts(question)


def _pick(line: ReceiptLine, receipt: Receipt, catalog: Catalog) -> Pick:
    (product,) = catalog.require([line.product_id])
    brief = receipt.brief
    need = needs_by_name(brief).get(line.need)
    of_need = [need.theme, *need.wishes] if need else []
    wished = filter(None, [*brief.interests, brief.theme, *of_need, *receipt.ideas])
    named = [match(product, wish) for wish in dict.fromkeys(wished)]
    near = [match(product, near, by_name_only=True) for wish in brief.interests for near in close_to(wish)]
    matched = [
        Matched(wish=m.wish, field=m.field, word=m.word, passing=m.passing)
        for m in (*named, *(m for m in near if m and not m.passing))
        if m
    ]
    units = line.quantity * product.pack_size
    return Pick(
        need=line.need,
        product_id=line.product_id,
        option=line.option,
        quantity=line.quantity,
        units=units,
        pays=_pays(line, brief, product, catalog) if not brief.is_plan else None,
        matched=matched,
    )


def _offer(line: ReceiptLine, brief: Brief, product: Product) -> Offer | None:
    need = needs_by_name(brief).get(line.need)
    ways = offers(product, need) if need else []
    return next((way for way in ways if way.option == line.option), next(iter(ways), None))


def _pays(line: ReceiptLine, brief: Brief, product: Product, catalog: Catalog) -> Money | None:
    """What a pick of a shortlist comes to, where that is not price × quantity."""
    need, offer = needs_by_name(brief).get(line.need), _offer(line, brief, product)
    if need is None or offer is None:
        return None
    pays = Limits.of(brief, need, catalog.currency).pays(offer)
    return Money.from_minor(pays, catalog.currency) if pays != offer.line.goods else None


def _ways(lines: Sequence[ReceiptLine], brief: Brief, catalog: Catalog) -> list[Offer | None]:
    """How each line is bought, by the catalogue."""
    products = catalog.require([line.product_id for line in lines])
    return [_offer(line, brief, product) for line, product in zip(lines, products, strict=True)]


def _sums(lines: Sequence[ReceiptLine], brief: Brief, catalog: Catalog) -> PlanSums:
    """The money of a plan, added up from the catalogue's prices."""
    added = account([way.line for way in _ways(lines, brief, catalog) if way], terms(brief, catalog.currency))
    budget = plan_budget(brief, catalog.currency).high

    def money(minor: int) -> Money:
        return Money.from_minor(minor, catalog.currency)

    return PlanSums(
        subtotal=money(added.subtotal),
        discounts=[Discount(label=brief.vouchers[i].label, amount=money(off)) for i, off in added.discounts],
        shipping=money(added.shipping) if added.shipping else None,
        tax=money(added.tax) if added.tax else None,
        total=money(added.total),
        left=None if budget is None else money(budget - added.total),
    )


def _known(offer: OfferLines, catalog: Catalog) -> bool:
    return all(catalog.get(line.product_id) for line in offer.lines)


def _alternative(offer: OfferLines, receipt: Receipt, catalog: Catalog) -> Alternative:
    picks = [_pick(line, receipt, catalog).model_copy(update={"matched": []}) for line in offer.lines]
    return Alternative(label=offer.label, trade_off=offer.trade_off, picks=picks, total=offer.total)


def _money_problems(receipt: Receipt, evidence: Evidence, catalog: Catalog) -> list[str]:
    """The total, and the budget."""
    brief = receipt.brief
    if not brief.is_plan or not receipt.lines:
        found = [f"a total of {receipt.total} where nothing was added up"] if receipt.total else []
        for line, pick in zip(receipt.lines, evidence.picks, strict=True):
            need = needs_by_name(brief).get(line.need)
            if need and not Limits.of(brief, need, catalog.currency).budget.admits((pick.pays or pick.cost).minor):
                found.append(f"{line.title}: {pick.pays or pick.cost} is not within the budget")
        return found
    total = evidence.total
    found = [f"the total is {receipt.total} here and comes to {total}"] if receipt.total != total else []
    if total and not plan_bounds(brief, catalog.currency).admits(total.minor):
        found.append(f"the total of {total} is not within the budget")
    kinds = {need.name for need in brief.wanted}
    bounds = zip(brief.joint, joint_bounds(brief, kinds, catalog.currency), strict=False)
    lines = [way.line for way in _ways(receipt.lines, brief, catalog) if way]
    return found + [f"the {said.names} together are not within their bounds" for said, b in bounds if b.missed(lines)]


def _offer_problems(receipt: Receipt, evidence: Evidence, catalog: Catalog) -> list[str]:
    """The other plans: what they cost, and the figures and titles in what they trade."""
    found = []
    for offer in receipt.offers:
        if not _known(offer, catalog) or not evidence.total:
            found.append(f"the offer {offer.label!r} cannot be added up")
            continue
        total = _sums(offer.lines, receipt.brief, catalog).total
        if total != offer.total:
            found.append(f"{offer.label}: the total is {offer.total} here and comes to {total}")
        less = abs(total.amount - evidence.total.amount)
        if any(amount.value != less for amount in find_amounts(offer.trade_off)):
            found.append(f"{offer.label}: {offer.trade_off!r} is not what it trades")
        found += _trade_problems(offer, receipt, catalog)
    return found


def _trade_problems(offer: OfferLines, receipt: Receipt, catalog: Catalog) -> list[str]:
    """The words of a trade-off must be ours: its form is checked, its figures above."""
    products = catalog.require([line.product_id for line in (*offer.lines, *receipt.lines)])
    text = offer.trade_off
    for product in sorted(products, key=lambda p: -len(p.title)):
        text = text.replace(product.title, " ")
        text = text.replace(f"rated {product.rating}", " ").replace(f"instead of {product.rating}", " ")
    for amount in find_amounts(text):
        text = text.replace(amount.text, " ")
    words = set(squeezed(text).replace(",", " ").replace(";", " ").split())
    known = set(
        "less more but the are is others change changes such as for same total of picks pick with changed present cake decorations".split()
    )
    known |= {word for need in receipt.brief.wanted for word in need.name.split()}
    known |= set("tableware party favours activity".split()) | {str(n) for n in range(len(offer.lines) + 1)}
    return [f"{offer.label}: {offer.trade_off!r} has no evidence"] if words - known else []


def _claim_problems(receipt: Receipt, evidence: Evidence) -> list[str]:
    """Claims that are not in the text, or whose evidence is not what the catalogue and the brief say."""
    made = claims(receipt.text, evidence, receipt.memory)
    true = {(squeezed(claim.text), claim.evidence.model_dump_json()) for claim in made}
    return _memory_problems(receipt) + [
        f"the claim {claim.text!r} has no evidence in {claim.evidence.field} {claim.evidence.value!r}"
        for claim in receipt.claims
        if (squeezed(claim.text), claim.evidence.model_dump_json()) not in true
    ]


def _memory_problems(receipt: Receipt) -> list[str]:
    """What is said to be remembered must be in the brief: the shopper's own records are for nobody else to read."""
    brief = receipt.brief
    lines = {
        "interest": wishes(brief),
        "rule": brief.rules,
        "age": [str(brief.recipient.age_years)] if brief.recipient.age_years is not None else [],
    }
    return [
        f"the brief has nothing of the memory {record.text!r}"
        for record in receipt.memory
        if record.use in lines and not any(record.stands_for(DIETS.get(w, w)) for w in lines[record.use])
    ]
