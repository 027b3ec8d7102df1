"""Which picks of the shown plan stay when the shopper changes something: all that do not depend on it.

What concerns the whole (the budget, who it is for, the theme, "cheaper") opens every need but those whose pick the
shopper asked to keep. What concerns one need, or adds or drops one, leaves the others' picks where they are, as long as
no rule, bound, stock or date forbids them now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tools.brief import Brief, BriefChanges, Need
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.planning.bounds import cost
from tools.planning.matching import is_one
from tools.planning.rules import Rules
from tools.product import Product
from tools.request import Outcome, Relaxation

CONCERNS_ALL = ("relation", "age_years", "occasion", "interests", "budget", "price_feel", "theme", "start_over")
"""Changes after which the whole plan is made anew."""


def shown_picks(shown: Outcome) -> dict[str, str]:
    """The product_id of each need that the last recommendation has exactly one pick for."""
    kinds = [pick.need for pick in shown.picks]
    return {pick.need: pick.product_id for pick in shown.picks if kinds.count(pick.need) == 1}


def settled_picks(
    brief: Brief,
    changes: BriefChanges,
    agreed: Relaxation | None,
    critique: str | None,
    shown: Mapping[str, str],
    shop: Catalog,
    today: date,
) -> dict[str, str]:
    """The picks that carry on, by need; none where a change concerns the whole. Kept ones are not among them."""
    concerns_all = _concerns_all(changes) or (
        agreed is not None and not {"budget", "price_cap"}.isdisjoint(agreed.sets)
    )
    if not brief.is_plan or concerns_all or (critique and not changes.swap):
        return {}
    opened = {*changes.swap, *(need.name for need in changes.needs if need.theme or need.soft or need.wishes)}
    opened |= {kind for bound in changes.joint for kind in bound.kinds}
    return {
        need.name: product.product_id
        for need in brief.needs
        if need.name not in opened
        and need.keep is None
        and (product := shop.get(shown.get(need.name, ""))) is not None
        and still_fits(product, need, brief, shop.currency, today)
    }


def _concerns_all(changes: BriefChanges) -> bool:
    said = any(getattr(changes, field) not in (None, [], False) for field in CONCERNS_ALL)
    return said or any(need.importance is not None for need in changes.needs)


def still_fits(product: Product, need: Need, brief: Brief, currency: str, today: date) -> bool:
    """Whether a shown product still keeps the rules, its need's bounds, the stock and the date."""
    if need.thing and not is_one(product, need.thing):
        return False
    if Rules.of(brief, currency).broken_by(product, need):
        return False
    if product.stock is not None and product.stock < product.packs_for(need.quantity):
        return False
    late = product.delivery_days is not None and brief.date and product.delivery_days > (brief.date - today).days
    price = Money.from_minor(cost(product, need), currency).amount
    within = (need.min is None or need.min <= price) and (need.max is None or price <= need.max)
    return within and not late


def with_picks(brief: Brief, picks: Mapping[str, str]) -> Brief:
    """The brief with these picks kept."""
    needs = [n.model_copy(update={"keep": picks[n.name]}) if n.name in picks else n for n in brief.needs]
    return brief.model_copy(update={"needs": needs})
