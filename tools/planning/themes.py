"""Which picks of a plan are not of the theme that was asked for, and why: never given up in silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice

from tools.brief import Brief, Need
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.planning.bounds import plan_bounds
from tools.planning.exhaustive import Found, by_price, search_groups, serving
from tools.planning.feasibility import Feasibility
from tools.planning.matching import match
from tools.planning.offers import offers
from tools.planning.rules import Rules
from tools.planning.stated import rules_in
from tools.product import Product
from tools.request import OffTheme, Pick, Request

LOOKED_AT = 50
"""Themed products that break a rule, of which the commonest reason is told."""


def theme_of(brief: Brief, need: Need) -> str | None:
    """The theme that a need is to be of: its own, else the party's; a present has only one of its own."""
    return need.theme or (None if need.kind == "gift" else brief.theme)


def off_theme(catalog: Catalog, request: Request, picks: list[Pick]) -> list[OffTheme]:
    """The needs of a plan whose pick is not of their theme, each with the reason, looked up in the whole catalogue."""
    figures = not request.settled and not request.seen
    request, found = request.unsettled(), []  # a pick that is merely carried on is no wish to keep it
    for need in request.brief.wanted:
        theme = theme_of(request.brief, need)
        pick = next((pick for pick in picks if pick.need == need.name), None)
        product = catalog.get(pick.product_id) if pick else None
        if theme and product and match(product, theme) is None:
            asked = next((wish for wish in need.wishes if match(product, wish)), None)
            if need.keep:
                why = "you keep this one"
            elif asked and not _sold_as(catalog, request, need, theme, asked):
                why = f"you asked for {asked}, and there is none of both"
            else:
                why = _why(catalog, request, need, theme, figures)
            found.append(OffTheme(need=need.name, theme=theme, why=why))
    return found


def _sold_as(catalog: Catalog, request: Request, need: Need, theme: str, wish: str) -> bool:
    """Whether anything that serves the need is of the theme and what was wished for."""
    return any(match(product, theme) and match(product, wish) for product, _ in serving(catalog, request, need, [wish]))


def _why(catalog: Catalog, request: Request, need: Need, theme: str, figures: bool) -> str:
    """Money, a rule, the stock, or that there is none, whichever is the first to stand in the way.

    Figures are told only of a plan that is made anew, for a receipt does not know what was turned down or carried on.
    """
    brief, currency = request.brief, catalog.currency
    anything = list(serving(catalog, request.model_copy(update={"seen": []}), need, [theme]))
    themed = [(product, offer) for product, offer in anything if product.product_id not in request.seen]
    if anything and not themed:
        return "you have turned down what there is"
    if themed:
        return _would_cost(catalog, request, need, themed, figures=figures)
    rules = rules_in(catalog, brief, request.today)
    if allowed := list(islice(by_price(catalog, rules, need, [theme]), LOOKED_AT)):
        least = min(offer.line.cost for product in allowed for offer in offers(product, need))
        cost = f" costs {Money.from_minor(least, currency)}," if figures else " costs"
        return f"the cheapest{cost} more than this need may"
    return _ruled_out(catalog, rules, need, theme)


def _would_cost(catalog: Catalog, request: Request, need: Need, themed: list[Found], *, figures: bool) -> str:
    """What a plan with one of the theme comes to."""
    lines = list(dict.fromkeys(offer.line for _, offer in themed))
    unbound = request.model_copy(update={"brief": request.brief.model_copy(update={"budget": None, "price_cap": None})})
    cheapest = Feasibility(catalog).cheapest(unbound, only={need.name: lines})
    if cheapest is None:
        return "none goes together with your other bounds"
    high, total = plan_bounds(request.brief, catalog.currency).high, Money.from_minor(cheapest.total, catalog.currency)
    if high is not None and cheapest.total > high:
        return (
            f"with one, the cheapest plan comes to {total}"
            if figures
            else "with another one, no plan is within the budget"
        )
    start = f", in plans from {total}," if figures else ""
    return f"one is possible{start} but then the rest fits less well"


def _ruled_out(catalog: Catalog, rules: Rules, need: Need, theme: str) -> str:
    """The commonest reason why what the shop lists of the theme is left out."""
    anything = replace(rules.filters(need.kind), available_only=False, age_years=None, exclude_stems=frozenset())
    hits = catalog.index.search(search_groups([theme]), anything, LOOKED_AT)
    listed = [product for product, _ in hits if match(product, theme)]
    if not listed:
        return "the catalogue has none"
    reasons = Counter(_reason(product, rules, need) for product in listed)
    return reasons.most_common(1)[0][0]


def _reason(product: Product, rules: Rules, need: Need) -> str:
    broken = rules.broken_by(product, need)
    if broken == "out of stock":
        return "what there is is out of stock"
    if broken is None:
        return "there are not enough in stock"
    if broken == "not delivered in time":
        return "what there is would come too late"
    if broken.startswith("rule: "):
        return f'what there is is ruled out by "{broken.removeprefix("rule: ")}"'
    return f"what there is is {broken}"
