"""The tools about a pick that is shown: why it, and taking it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date as Date
from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.product import Product
from tools.request import Outcome, Pick
from tools.shopper.absence import why_not
from tools.shopper.answering import answer
from tools.shopper.continuity import still_fits
from tools.shopper.history import shown_before, take_down
from tools.shopper.pointing import places_of, which_of
from tools.shopper.questions import ONE, answer_about, sums_asked
from tools.shopper.session import brief_of, delegate, listed, position_among, shown_in


def build_explain_pick(catalog: Callable[[], Catalog], today: Callable[[], Date]) -> Callable[..., Any]:
    """The tool that explains a shown pick, or answers a question about it."""

    async def explain_pick(
        tool_context: ToolContext, position: int | None = None, what: str | None = None, question: str | None = None
    ) -> dict[str, Any]:
        """Explains why a shown pick was chosen ("why the first?"), or answers what is asked about it.

        Args:
          position: which pick, 1 is the first, e.g. 1.
          what: instead of a position the shopper's words for it, e.g. "the wooden one".
          question: another question than why, in the shopper's words, e.g. "does it need batteries?"; without position
            and what it is about the pick spoken of last, else about all.
        """
        shop, shown = catalog(), shown_in(tool_context)
        picks = shown.picks
        if not picks:
            return {"status": "error", "message": "No picks have been shown yet."}
        places = places_of(what, picks, shop) if what else []
        if what:
            if len(places) != 1 and not (question and places):
                return {"status": "ask", "question": which_of(what, places, picks, shop)}
            position = places[0] if len(places) == 1 else None
        if question and position is None:
            position = _place_spoken_of(question, picks, tool_context)
        number = position_among(position, len(picks))
        if question and (number or position is None):
            about = [picks[at - 1] for at in ([number] if number else places or range(1, len(picks) + 1))]
            products = [product for pick in about if (product := shop.get(pick.product_id))]
            if told := sums_asked(question, shown) or answer_about(question, products, today()):
                tool_context.state[state.SPOKEN_OF] = [product.product_id for product in products]
                return answer(told, tool_context)
            number = number or 1
        if number is None:
            return _no_such_pick(position, len(picks))
        tool_context.state[state.SPOKEN_OF] = [picks[number - 1].product_id]
        return delegate({"explain": number}, tool_context)

    return explain_pick


def _place_spoken_of(question: str, picks: Sequence[Pick], context: ToolContext) -> int | None:
    """The place of what was spoken of last, where the question is about "it" alone."""
    last = _spoken_of(context)
    places = [at for at, pick in enumerate(picks, 1) if pick.product_id in last]
    return places[0] if len(places) == 1 and ONE.search(question.lower()) else None


def build_choose_pick(catalog: Callable[[], Catalog], today: Callable[[], Date]) -> Callable[..., Any]:
    """The tool that notes a decision."""

    async def choose_pick(
        tool_context: ToolContext,
        position: int | None = None,
        also: list[int] | None = None,
        earlier: bool = False,
        what: str | None = None,
        packs: int | None = None,
        put_back: bool = False,
    ) -> dict[str, Any]:
        """Notes that the shopper takes a shown pick ("I'll take the first"), or puts it back. Nothing is bought.

        Args:
          position: which pick, 1 is the first, e.g. 1.
          also: further picks that are taken with it ("both"), e.g. [3].
          earlier: true for a pick of the list before the present one ("the second from before").
          what: instead of a position the shopper's words for it, e.g. "the wooden one", "the cheapest".
          packs: how many of it where that was said, e.g. 2 for "two of the first".
          put_back: true for "actually not the second": what was taken is taken no more; without a position the last.
        """
        shop, shown = catalog(), shown_in(tool_context)
        before = [Outcome.model_validate(outcome) for outcome in shown_before(tool_context)]
        picks = next(iter(before), shown).picks if earlier else shown.picks
        if put_back and position is None and not what:
            return _put_back(next(reversed(tool_context.state.get(state.CHOSEN) or []), None), shop, tool_context)
        if what:
            spoken_of = [Pick(need=p.need, product_id=p.product_id) for p in shop.require(_spoken_of(tool_context))]
            lists = [picks, spoken_of, *(outcome.picks for outcome in before)]
            picks, places = _found(what, lists[: 1 if earlier else None], shop)
            if len(places) > 1:
                tool_context.state[state.SPOKEN_OF] = [picks[place - 1].product_id for place in places]
                return {"status": "ask", "question": which_of(what, places, picks, shop)}
            if not places or _is_ruled_out(picks[places[0] - 1], brief_of(tool_context), shop, today()):
                seen = list(tool_context.state.get(state.SEEN) or [])
                reason, _ = why_not(what, shop, brief_of(tool_context), shown, seen, today())
                head = "" if places else f"{which_of(what, places, picks, shop)}\n\n"
                return answer(f"{head}{reason}", tool_context)
            position = places[0]
        taken: list[tuple[Product, int]] = []
        for wanted in (position, *listed(also)):
            number = position_among(wanted, len(picks))
            product = shop.get(picks[number - 1].product_id) if number else None
            if not number or product is None:
                return _no_such_pick(wanted, len(picks))
            if packs and product.stock is not None and product.stock < packs:
                return answer(f"There are only {product.stock} of **{product.title}** in stock.", tool_context)
            taken.append((product, packs or picks[number - 1].quantity))
        ids = [product.product_id for product, _ in taken]
        if put_back:
            return _put_back(ids[0], shop, tool_context)
        take_down(tool_context)
        for key in (state.TOOK, state.CHOSEN):
            tool_context.state[key] = list(dict.fromkeys([*(tool_context.state.get(key) or []), *ids]))
        tool_context.state[state.SPOKEN_OF] = ids
        counted = {"packs": packs} if packs else {}
        first, *others = [{"title": p.title, "price": str(p.price * count)} | counted for p, count in taken]
        over = _over_budget([product.price * count for product, count in taken], brief_of(tool_context), shop.currency)
        return {"status": "chosen", **first, **({"also": others} if others else {}), **over}

    return choose_pick


def _over_budget(costs: Sequence[Money], brief: Brief, currency: str) -> dict[str, str]:
    """The remark that what is taken costs more together than may be spent; each pick alone keeps to it."""
    most = brief.budget.max if brief.budget and brief.budget.per == "total" and not brief.is_plan else None
    total = Money.from_minor(sum(cost.minor for cost in costs), currency)
    if most is None or total.amount <= most:
        return {}
    return {"over_budget": f"Together that is {total}, above your budget of {Money.of(most, currency)}."}


def _put_back(product_id: str | None, shop: Catalog, context: ToolContext) -> dict[str, Any]:
    """What was taken is taken no more."""
    chosen = list(context.state.get(state.CHOSEN) or [])
    product = shop.get(product_id) if product_id else None
    if product is None:
        return answer("You have not taken any of them, so there is nothing to put back.", context)
    if product.product_id not in chosen:
        return answer(f"You have not taken **{product.title}**, so there is nothing to put back.", context)
    take_down(context)
    for key in (state.TOOK, state.CHOSEN):
        context.state[key] = [taken for taken in context.state.get(key) or [] if taken != product.product_id]
    return answer(f"Put back: you no longer take **{product.title}**.", context)


def _found(what: str, lists: Sequence[Sequence[Pick]], shop: Catalog) -> tuple[Sequence[Pick], list[int]]:
    """The first list that holds what the words point at, and where; the first of all and no place for none."""
    for picks in lists:
        if places := places_of(what, picks, shop):
            return picks, places
    return lists[0], []


def _spoken_of(context: ToolContext) -> list[str]:
    """What was spoken of last, shown or not: "why not the lantern?", "go with the lantern"."""
    return list(context.state.get(state.SPOKEN_OF) or [])


def _is_ruled_out(pick: Pick, brief: Brief, shop: Catalog, today: Date) -> bool:
    """Whether an earlier pick breaks what has been said since."""
    product = shop.get(pick.product_id)
    need = next((need for need in brief.wanted if need.name == pick.need), None)
    return product is None or need is None or not still_fits(product, need, brief, shop.currency, today)


def _no_such_pick(position: Any, count: int) -> dict[str, Any]:
    shown = "There is 1 pick" if count == 1 else f"There are {count} picks"
    return {"status": "error", "message": f"{shown}; there is no number {position!r}."}
