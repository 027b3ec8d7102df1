""" "Actually the Lego one was fine": one pick that was turned down before is on the table again."""

from __future__ import annotations

from datetime import date as Date
from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.brief import Brief, Need
from tools.catalog.interface import Catalog
from tools.enumeration import enumerated
from tools.planning.matching import is_one
from tools.product import Product
from tools.request import Outcome, Replacing, Request
from tools.shopper.absence import why_not
from tools.shopper.answering import answer
from tools.shopper.continuity import shown_picks, still_fits, with_picks
from tools.shopper.history import shown_before, take_down
from tools.shopper.pointing import pointed_at
from tools.shopper.session import brief_of, delegate, shown_in


def bring_back(what: str, context: ToolContext, shop: Catalog, today: Date) -> dict[str, Any]:
    """Puts the earlier pick first among those on the table, or into the plan; else says why that cannot be."""
    now, brief, seen = shown_in(context), brief_of(context), list(context.state.get(state.SEEN) or [])
    shown = [pick.product_id for pick in now.picks]
    earlier = [product for product in _earlier(context, shop) if product.product_id not in shown]
    places = pointed_at(what, earlier)
    if len(places) > 1:
        titles = [f'"{earlier[place - 1].title}"' for place in places[:5]]
        return {"status": "ask", "question": f"Which do you mean: {enumerated(titles, 'or')}?"}
    # "Cheaper" and its kin were about the list that it was turned down with.
    brief = brief.model_copy(update={"price_cap": None, "dearer_than": None, "like": None})
    back = earlier[places[0] - 1] if places else None
    if back is None or not _fits(back, brief, shop, today):
        return answer(why_not(what, shop, brief, now, seen, today)[0], context)
    take_down(context)
    context.state[state.BRIEF] = brief.model_dump(mode="json")
    context.state[state.SEEN] = seen = [product_id for product_id in seen if product_id != back.product_id]
    context.state[state.STATED] = [f'Noted: "{back.title}" is back.']
    return delegate(_request(back, brief, now, seen).dump(), context)


def _earlier(context: ToolContext, shop: Catalog) -> list[Product]:
    """What was shown or turned down before, the latest first."""
    outcomes = [Outcome.model_validate(outcome) for outcome in shown_before(context)]
    ids = [pick.product_id for outcome in outcomes for pick in outcome.picks]
    return shop.require(list(dict.fromkeys([*ids, *reversed(context.state.get(state.SEEN) or [])])))


def _fits(product: Product, brief: Brief, shop: Catalog, today: Date) -> bool:
    need = _need_of(product, brief)
    return need is not None and still_fits(product, need, brief, shop.currency, today)


def _request(back: Product, brief: Brief, now: Outcome, seen: list[str]) -> Request:
    """Of a shortlist it takes the first place and the last pick makes room; in a plan it serves its need."""
    if not brief.is_plan:
        others = [pick.product_id for pick in now.picks]
        places = [back.product_id, *others[: max(len(others) - 1, 0)]]
        return Request(brief=brief, seen=seen, replacing=Replacing(places=places))
    need = _need_of(back, brief)
    served = need.name if need else back.need
    carried = {**shown_picks(now), served: back.product_id}
    return Request(brief=with_picks(brief, carried), seen=seen, settled=[name for name in carried if name != served])


def _need_of(product: Product, brief: Brief) -> Need | None:
    """The need that a product serves: of several of its kind one that asks for such a thing."""
    of_kind = [need for need in brief.wanted if need.kind == product.need]
    return next((n for n in of_kind if n.thing is None or is_one(product, n.thing)), None)
