"""The last look at picks before they are put into words: by the same rules that check a receipt later.

Whatever went wrong on the way here, no pick that breaks a rule of the brief, costs more than may be spent or is not in
the catalogue is shown, and no plan whose sums do not add up.
"""

from __future__ import annotations

from tools.catalog.interface import Catalog
from tools.receipts.checking import evidence_of, pick_problems
from tools.receipts.evidence import Evidence, gather_evidence
from tools.receipts.receipt import make_receipt
from tools.request import Outcome, Pick


def checked(outcome: Outcome, catalog: Catalog) -> tuple[Outcome, list[str]]:
    """The outcome without what must not be shown, and what was wrong with it.

    A shortlist loses its wrong picks; a plan stands or falls as a whole, and so do its alternatives together.
    """
    if outcome.status != "recommended" or not outcome.picks:
        return outcome, []
    if outcome.request.brief.is_plan:
        return _plan(outcome, catalog)
    if not _problems(outcome, outcome.picks, catalog):  # as it nearly always is: one look at all of them
        return outcome, []
    wrong = {pick.product_id: _problems(outcome, [pick], catalog) for pick in outcome.picks}
    picks = [pick for pick in outcome.picks if not wrong[pick.product_id]]
    return outcome.model_copy(update={"picks": picks}), [problem for found in wrong.values() for problem in found]


def _plan(outcome: Outcome, catalog: Catalog) -> tuple[Outcome, list[str]]:
    found = _problems(outcome, outcome.picks, catalog)
    if found and outcome.alternatives:
        alone = outcome.model_copy(update={"alternatives": []})
        if not _problems(alone, alone.picks, catalog):
            return alone, found
    return (outcome.model_copy(update={"picks": []}) if found else outcome), found


def _problems(outcome: Outcome, picks: list[Pick], catalog: Catalog) -> list[str]:
    unknown = [pick.product_id for pick in picks if catalog.get(pick.product_id) is None]
    if unknown:
        return [f"the catalogue has no product {unknown[0]!r}"]
    told = gather_evidence(catalog, outcome.model_copy(update={"picks": picks}))
    receipt = make_receipt("", told, today=outcome.request.today)
    anew = evidence_of(receipt, catalog)
    return [*pick_problems(receipt, anew, catalog), *_differing(told, anew)]


def _differing(told: Evidence, anew: Evidence) -> list[str]:
    """The amounts that are no line of a receipt, yet are shown: what a pick comes to, and the parts of a total."""
    found = [f"{one.product.title} comes to {other.pays or other.cost}, not {one.pays or one.cost}"
             for one, other in zip(told.picks, anew.picks, strict=True) if one.pays != other.pays]  # fmt: skip
    sums = told.sums and told.sums.model_copy(update={"gap": None})
    return found if sums == anew.sums else [*found, "the sums do not add up"]
