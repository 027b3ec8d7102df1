"""The budget check: from candidates to an outcome that keeps every rule to the cent, or the proof that there is none.

A single need gets a shortlist, each pick within the budget on its own; several needs get one plan with an exact total.
"""

from __future__ import annotations

from tools.brief import Need
from tools.catalog.catalog import Catalog
from tools.money import Money
from tools.planning.bounds import cost, plan_bounds
from tools.planning.candidates import Candidates, wishes_of
from tools.planning.diversity import diversify
from tools.planning.exhaustive import overlooked, sold_wishes
from tools.planning.optimiser import Option, best_plan
from tools.planning.ranking import Scored
from tools.planning.relaxations import explain_infeasible
from tools.product import NeedKind
from tools.request import Matched, Outcome, Pick, Request

DEFAULT_OPTIONS = 3
MAX_WIDENINGS = 1


def enough(request: Request, candidates: Candidates) -> bool:
    """Whether the search need not be widened: every need has as many fitting candidates as will be shown."""
    if request.widened >= MAX_WIDENINGS:
        return True
    wanted = 1 if request.brief.is_plan else request.brief.options or DEFAULT_OPTIONS
    themed = wishes_of(request).any
    return all(len([s for s in found if s.on_topic or not themed]) >= wanted for found in candidates.by_need.values())


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
    found = candidates.by_need.get(need.kind, [])
    fitting = [s for s in found if s.on_topic] if wishes_of(request).any else found
    if not fitting and found and not sold_wishes(catalog, request.brief, need):
        fitting = found
    picks = diversify(fitting, request.brief.options or DEFAULT_OPTIONS)
    outcome.picks = [_pick(need, scored) for scored in picks]


def _plan(catalog: Catalog, request: Request, candidates: Candidates, outcome: Outcome) -> None:
    """One pick a need. A kind of thing the shop does not sell at all is left out of the plan, and the reply says so."""
    sold = [need for need in request.brief.wanted if catalog.sells(need.kind)]
    outcome.unmet = [need.kind for need in request.brief.wanted if need not in sold]
    options: dict[NeedKind, list[Option]] = {
        need.kind: [Option(s, cost(s.product, need)) for s in candidates.by_need.get(need.kind, [])] for need in sold
    }
    best = best_plan(options, plan_bounds(request.brief, catalog.currency))
    if best is None:
        outcome.unmet = [*outcome.unmet, *(kind for kind, found in options.items() if not found)]
        return
    outcome.picks = [_pick(need, best[need.kind].scored) for need in sold]
    outcome.total = Money.from_minor(sum(option.cost for option in best.values()), catalog.currency)


def _pick(need: Need, scored: Scored) -> Pick:
    packs = scored.product.packs_for(need.quantity)
    return Pick(
        need=need.kind,
        product_id=scored.product.product_id,
        quantity=packs,
        units=packs * scored.product.pack_size,
        matched=[Matched(wish=m.wish, field=m.field, word=m.word) for m in scored.matches],
        added=scored.added,
    )


def _unmatched(request: Request, candidates: Candidates) -> list[str]:
    """The named wishes that no admissible candidate answers; the reply admits them."""
    answered = {m.wish for found in candidates.by_need.values() for s in found for m in s.matches}
    return [wish for wish in wishes_of(request).named if wish not in answered]
