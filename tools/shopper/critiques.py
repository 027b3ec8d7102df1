"""What a critique of the shown picks changes: "cheaper", "dearer", "different", "more like the second"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from tools.brief import Brief, BriefChanges, Need
from tools.brief_fields import phrases
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.request import Outcome, Pick
from tools.shopper.session import position_among

NOTICEABLE = Fraction(1, 20)
"""Of a plan's total: a few cents less is not what anybody means by cheaper."""

OUTLIER = 4
"""So many times cheaper than the middle pick, the cheapest is no measure of what was found dear."""

CRITIQUES = ("cheaper", "dearer", "spend_more", "different", "like")

A_BIT_MORE = Decimal("1.2")
"""Whoever may "spend a bit more" without an amount gets a fifth more, and is told the sum."""


def problem_with(critique: str, position: int | None, shown: Outcome) -> str | None:
    """What is wrong with a critique, in words for a model, or None."""
    if critique not in CRITIQUES:
        return f"critique must be one of {', '.join(CRITIQUES)}; got {critique!r}"
    if not shown.picks:
        return "No picks have been shown yet, so there is nothing to compare with."
    if critique == "like" and position_among(position or 1, len(shown.picks)) is None:
        return f"There are {len(shown.picks)} picks; there is no number {position!r}."
    return None


def criticise(
    brief: Brief, changes: BriefChanges, critique: str, position: int | None, shown: Outcome, shop: Catalog
) -> Brief:
    """The brief after a critique. One that names needs to swap ("a cheaper cake") concerns those alone."""
    brief = brief.model_copy(update={"like": None})
    if changes.swap:
        needs = [_bounded(n, critique, shown, shop) if n.name in changes.swap else n for n in brief.needs]
        return brief.model_copy(update={"needs": needs})
    if critique == "cheaper":
        cap = Money.from_minor(_cheaper_than(brief, shown, shop, position), shop.currency).amount
        # In a plan the money that is left counts for more from now on.
        feel = {"price_feel": "low"} if brief.is_plan or brief.price_feel == "high" else {}
        return brief.model_copy(update={"price_cap": cap, "dearer_than": None} | feel)
    if critique == "dearer":
        return brief.model_copy(update={"price_feel": "high", "price_cap": None, **_dearer_than(brief, shown, shop)})
    if critique == "spend_more" and changes.budget is not None and changes.budget.max is not None:
        return brief.model_copy(update={"price_cap": None})  # how much more was said
    if critique == "spend_more":
        return _with_more_to_spend(brief)
    number = position_among(position or 1, len(shown.picks))
    if critique == "like" and number is not None:
        return brief.model_copy(update={"like": shown.picks[number - 1].product_id})
    return brief


def from_elsewhere(
    brief: Brief, changes: BriefChanges, shown: Outcome, shop: Catalog, given_up: Sequence[int] = ()
) -> Brief:
    """The brief in which what is swapped must not share the brand, or the seller, of the picks shown.

    Of a shortlist all of it is swapped, unless single picks, by their places, are ``given_up``. Where a pick names no
    seller, another brand is meant.
    """
    if changes.elsewhere is None:
        return brief
    needs = []
    for need in brief.wanted:
        gone = [
            pick.product_id
            for at, pick in enumerate(shown.picks, 1)
            if pick.need == need.name
            and (need.name in changes.swap if brief.is_plan else not given_up or at in given_up)
        ]
        sources = [p.seller if changes.elsewhere == "seller" and p.seller else p.brand for p in shop.require(gone)]
        needs.append(need.model_copy(update={"not_from": phrases([*need.not_from, *sources])}) if gone else need)
    return brief.model_copy(update={"needs": needs})


def turned_down(brief: Brief, changes: BriefChanges, critique: str | None, shown: Outcome) -> list[str]:
    """The shown products that this message turns down; they are not offered again.

    "Cheaper" of a plan concerns its total: any of its picks may be part of a cheaper one.
    """
    kept = {need.keep for need in brief.needs}
    if changes.swap:
        return [pick.product_id for pick in shown.picks if pick.need in changes.swap]
    if critique is None or (brief.is_plan and critique != "different"):
        return []
    return [pick.product_id for pick in shown.picks if pick.product_id not in kept]


def _bounded(need: Need, critique: str, shown: Outcome, shop: Catalog) -> Need:
    """The need below ("cheaper") or above ("dearer") what its shown pick costs."""
    cost = next((c for pick in shown.picks if pick.need == need.name and (c := _cost(pick, shop)) is not None), None)
    if cost is None or critique not in ("cheaper", "dearer"):
        return need
    end = Money.from_minor(max(cost - 1, 0) if critique == "cheaper" else cost + 1, shop.currency).amount
    bounds = {"min": need.min, "max": end} if critique == "cheaper" else {"min": end, "max": need.max}
    if bounds["min"] is not None and bounds["max"] is not None and bounds["min"] > bounds["max"]:
        bounds["min" if critique == "cheaper" else "max"] = None
    return need.model_copy(update={**bounds, "each": False})


def _dearer_than(brief: Brief, shown: Outcome, shop: Catalog) -> dict[str, Decimal]:
    """Above the dearest pick. A plan has no such end: its dearer picks only count for more."""
    costs = [cost for pick in shown.picks if (cost := _cost(pick, shop)) is not None]
    if brief.is_plan or not costs:
        return {}
    return {"dearer_than": Money.from_minor(max(costs), shop.currency).amount}


def _with_more_to_spend(brief: Brief) -> Brief:
    """The limit that "cheaper" set is lifted; where there is none, the budget grows by a fifth, to whole units."""
    if brief.price_cap is not None:
        return brief.model_copy(update={"price_cap": None, "price_feel": None})
    if brief.budget is None or brief.budget.max is None:
        return brief.model_copy(update={"price_feel": "high"})
    most = (brief.budget.max * A_BIT_MORE).to_integral_value(ROUND_FLOOR) or brief.budget.max
    budget = brief.budget.model_copy(update={"max": max(most, brief.budget.max)})
    return brief.model_copy(update={"budget": budget, "price_feel": "high"})


def _cost(pick: Pick, shop: Catalog) -> int | None:
    product = shop.get(pick.product_id)
    return product.price.minor * pick.quantity if product else None


def _cheaper_than(brief: Brief, shown: Outcome, shop: Catalog, position: int | None) -> int:
    """The highest cost, in minor units, that counts as cheaper than what was shown, or than the one pick pointed at.

    Below the cheapest pick, or noticeably below the total of a plan. Under a range with a lower end there is seldom
    anything below its cheapest pick, so there it is below the middle one; so it is where the cheapest costs next to
    nothing beside the others: below a sticker there are only stickers.
    """
    number = None if position is None or brief.is_plan else position_among(position, len(shown.picks))
    picks = shown.picks if number is None else [shown.picks[number - 1]]
    costs = sorted(cost for pick in picks if (cost := _cost(pick, shop)) is not None)
    if brief.is_plan:
        total = shown.total.minor if shown.total else sum(costs)
        return int(total * (1 - NOTICEABLE))
    if not costs:
        return 0
    middle = costs[len(costs) // 2]
    ranged = brief.budget is not None and brief.budget.min is not None
    stands_apart = len(costs) > 2 and costs[0] * OUTLIER < middle
    return max((middle if ranged or stands_apart else costs[0]) - 1, 0)
