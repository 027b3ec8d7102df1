"""The budget check: from candidates to an outcome that keeps every rule to the cent, or the proof that there is none.

A single need gets a shortlist, each pick within the budget on its own; several needs get one plan with an exact total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tools.catalog.interface import Catalog
from tools.leaning import Leaning, shelf_of
from tools.money import Money
from tools.planning.alternatives import alternatives
from tools.planning.candidates import Candidates, wishes_of
from tools.planning.demands import heeding
from tools.planning.diversity import diversify
from tools.planning.exhaustive import is_sold, overlooked, sold_wishes
from tools.planning.formulation import Formulation, pick_of
from tools.planning.offers import Limits, offers
from tools.planning.optimiser import OutOfTime, best_plan
from tools.planning.ranking import WEIGHTS, Scored
from tools.planning.relaxations import explain_infeasible
from tools.planning.replacing import with_replaced
from tools.planning.themes import off_theme
from tools.request import Outcome, Pick, Request

DEFAULT_OPTIONS = 3
MAX_WIDENINGS = 1


def enough(request: Request, candidates: Candidates) -> bool:
    """Whether the search need not be widened: every need has as many fitting candidates as will be shown."""
    if request.widened >= MAX_WIDENINGS:
        return True
    wanted = 1 if request.brief.is_plan else request.brief.options or DEFAULT_OPTIONS
    themed = wishes_of(request).any
    kept = {need.name for need in request.brief.wanted if need.keep}
    return all(
        len([s for s in found if s.supported or not themed]) >= wanted
        for kind, found in candidates.by_need.items()
        if kind not in kept
    )


def decide(catalog: Catalog, request: Request, candidates: Candidates) -> Outcome:
    """The outcome of a request, given candidates that each keep all rules and bounds.

    Where they do not suffice, all of the catalogue is looked through before it is said that nothing fits.
    """
    outcome = _chosen(catalog, request, candidates)
    if not outcome.picks:
        outcome = _chosen(catalog, request, overlooked(catalog, request, candidates))
    outcome.removed = dict(candidates.removed)
    if not outcome.picks:
        outcome.status = "infeasible"
        explain_infeasible(catalog, request, outcome)
    return outcome


def _chosen(catalog: Catalog, request: Request, candidates: Candidates) -> Outcome:
    outcome = Outcome(request=request, status="recommended", unmatched=_unmatched(request, candidates))
    if request.brief.is_plan:
        _plan(catalog, request, candidates, outcome)
    else:
        _shortlist(catalog, request, candidates, outcome)
    return outcome


def _shortlist(catalog: Catalog, request: Request, candidates: Candidates, outcome: Outcome) -> None:
    """Picks that answer a wish; others only when the shop sells nothing at all for the wishes, and that is said."""
    (need,) = request.brief.wanted
    found = candidates.by_need.get(need.name, [])
    fitting = [s for s in found if s.on_topic] if wishes_of(request).any and not need.keep else found
    if not fitting and found and not sold_wishes(catalog, request, need):
        fitting = found
    fitting, outcome.unheeded = heeding(fitting, request.brief, catalog.currency)
    if request.replacing:
        picks, unmet = with_replaced(request.replacing, found, fitting, catalog.currency)
        outcome.unheeded += unmet
    else:
        picks = diversify(fitting, request.brief.options or DEFAULT_OPTIONS)
        outcome.leaned = _leaned(request, fitting, picks)
    limits = Limits.of(request.brief, need, catalog.currency)
    outcome.picks = [_alone(scored, limits, request, catalog.currency) for scored in picks]


def _leaned(request: Request, fitting: Sequence[Scored], picks: Sequence[Scored]) -> list[Leaning]:
    """The leanings without which other picks were shown, or the same in another order."""
    if not request.leanings:
        return []
    even = [replace(s, score=s.score - WEIGHTS["leaning"] * s.parts["leaning"]) for s in fitting]
    even.sort(key=lambda s: (-s.score, s.product.product_id))
    shown, otherwise = ([s.product.product_id for s in some] for some in (picks, diversify(even, len(picks))))
    if shown == otherwise:
        return []
    touched = {shelf_of(s.product.category) for s in fitting if s.product.product_id in {*shown, *otherwise}}
    return [one for one in request.leanings if one.shelf in touched]


def _alone(scored: Scored, limits: Limits, request: Request, currency: str) -> Pick:
    """A pick of a shortlist, of its cheapest admissible variant."""
    (need,) = request.brief.wanted
    offer = next(filter(limits.admit, offers(scored.product, need)))
    pays = limits.pays(offer)
    differs = pays != offer.line.goods
    return pick_of(need, scored, offer.option, Money.from_minor(pays, currency) if differs else None)


def _plan(catalog: Catalog, request: Request, candidates: Candidates, outcome: Outcome) -> None:
    """One pick a need. A kind of thing the shop does not sell at all is left out of the plan, and the reply says so."""
    sold = [need for need in request.brief.wanted if is_sold(catalog, need)]
    unsold = [need.name for need in request.brief.wanted if need not in sold]
    outcome.unmet = unsold
    plan = Formulation(request, candidates, sold, catalog.currency)
    try:
        best = best_plan(plan.instance)
    except OutOfTime:
        outcome.unproven, best = True, None
    if best is None:
        outcome.unmet = [*unsold, *(kind for kind in plan.needs if not plan.instance.choices[kind].options)]
        return
    outcome.picks = plan.picks(best.chosen)
    outcome.sums = plan.sums(best.chosen, best.gap)
    outcome.total = outcome.sums.total
    outcome.alternatives = alternatives(plan, best)
    outcome.off_theme = off_theme(catalog, request, outcome.picks)


def _unmatched(request: Request, candidates: Candidates) -> list[str]:
    """The named wishes that no admissible candidate answers by more than a remark; the reply admits them."""
    answered = {m.wish for found in candidates.by_need.values() for s in found for m in s.matches if not m.passing}
    wishes = [*wishes_of(request).named, *(wish for need in request.brief.needs for wish in need.wishes)]
    return [wish for wish in dict.fromkeys(wishes) if wish not in answered]
