"""When to ask what: before first picks only what no honest shortlist can do without, else beside them, by its value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from typing import ClassVar, Protocol

from tools.asking.answers import Answers, answers_to
from tools.asking.value import Considered, best_question
from tools.asking.wording import GUESTS, UNCLEAR, currency_question, worded
from tools.brief import PER_GUEST_KINDS, Brief, Slot
from tools.catalog.interface import Catalog
from tools.planning.candidates import assess
from tools.planning.offers import Limits
from tools.planning.ranking import Scored
from tools.planning.rules import Rules
from tools.request import Question, Request

LOOKED_AT = 60
"""Well-rated admissible products that stand in for candidates where no wish is known yet."""

Found = dict[str, list[Scored]]
Asked = tuple[Question | None, Considered | None]
"""A question, if any, and the account of how it was chosen, if it was."""


class Asking(Protocol):
    """A way to ask. No slot is asked twice, whatever came back."""

    def before_picks(self, brief: Brief, asked: Sequence[str], shop: Catalog, today: Date) -> Asked:
        """The question without whose answer nothing is shown."""
        ...

    def beside_picks(self, request: Request, found: Found, shown: Sequence[str], shop: Catalog) -> Asked:
        """The question to ask together with picks; ``found`` are the candidates, ``shown`` the product_ids."""
        ...


class ByValue:
    """Asks what is expected to better the picks by more than it costs; see `tools.asking.value`."""

    def before_picks(self, brief: Brief, asked: Sequence[str], shop: Catalog, today: Date) -> Asked:
        """Another currency, the guests that packs are counted by, and a wish where there is neither wish nor price."""
        if question := necessary(brief, asked, shop.currency):
            return question, None
        if has_wish(brief) or has_price(brief) or "interests" in asked:
            return None, None
        found = popular(Request(brief=brief, today=today), shop)
        slot, account = best_question(_considered(["interests"], found, [], brief), len(asked), _count(found))
        # Without a single product to tell interests apart by, a wish still says what to look for.
        account.asked = slot or "interests"
        return worded("interests", brief, beside_picks=False), account

    def beside_picks(self, request: Request, found: Found, shown: Sequence[str], shop: Catalog) -> Asked:
        """The open slot of the highest value, where that is worth its cost."""
        brief = request.brief
        if not has_wish(brief):
            found = {kind: _joined(scored, popular(request, shop).get(kind, [])) for kind, scored in found.items()}
        slot, account = best_question(
            _considered(open_slots(brief, request.asked), found, shown, brief), len(request.asked), _count(found)
        )
        return (worded(slot, brief, beside_picks=True) if slot else None), account


BY_VALUE = ByValue()


class FixedList:
    """Fills the same slots for everyone, in order, before anything is shown: the baseline of `ByValue`."""

    SLOTS: ClassVar[tuple[Slot, ...]] = ("interests", "budget", "age")

    def before_picks(self, brief: Brief, asked: Sequence[str], shop: Catalog, today: Date) -> Asked:
        """The first slot of the list that is open."""
        if question := necessary(brief, asked, shop.currency):
            return question, None
        slots = open_slots(brief, asked)
        slot: Slot | None = next((slot for slot in self.SLOTS if slot in slots), None)
        return (worded(slot, brief, beside_picks=False) if slot else None), None

    def beside_picks(self, request: Request, found: Found, shown: Sequence[str], shop: Catalog) -> Asked:
        """Nothing: all was asked before."""
        return None, None


def necessary(brief: Brief, asked: Sequence[str], currency: str) -> Question | None:
    """What has to be known before any money or quantity can be right, or None."""
    said = brief.budget.currency if brief.budget else None
    if said and said != currency:
        return currency_question(said, currency)
    uncounted = brief.guests is None and any(n.kind in PER_GUEST_KINDS and n.quantity == 1 for n in brief.needs)
    return GUESTS if uncounted and "guests" not in asked else None


def clarifying(asked: Sequence[str]) -> Question | None:
    """The question after a message that said nothing usable; asked once."""
    return None if "clarify" in asked else UNCLEAR


def open_slots(brief: Brief, asked: Sequence[str]) -> list[Slot]:
    """The slots that are neither said, nor known from memory, nor asked before."""
    age = brief.recipient.age_years is None
    slots: dict[Slot, bool] = {
        "interests": not has_wish(brief),
        "budget": not has_price(brief),
        "age": age,
        "taste": not brief.is_plan and bool(brief.interests) and brief.like is None and not brief.must,
    }
    return [slot for slot, is_open in slots.items() if is_open and slot not in asked]


def has_wish(brief: Brief) -> bool:
    """Whether anything is known to look for."""
    return bool(brief.interests or brief.theme or brief.like or any(n.kind != "gift" for n in brief.needs))


def has_price(brief: Brief) -> bool:
    """Whether anything is known of what it may cost."""
    return brief.budget is not None or brief.price_feel is not None or brief.price_cap is not None


def popular(request: Request, shop: Catalog) -> Found:
    """The best rated products that keep the rules and the budget, by need."""
    brief = request.brief
    found: dict[str, list[list[str]]] = {}
    for need in brief.wanted:
        limits = Limits.of(brief, need, shop.currency)
        filters = Rules.of(brief, shop.currency).filters(need.kind, 0, limits.dearest)
        found[need.name] = [[product.product_id for product, _ in shop.index.best_rated(filters, LOOKED_AT)]]
    return assess(shop, request, found).by_need


def _considered(
    slots: Sequence[Slot], found: Found, shown: Sequence[str], brief: Brief
) -> list[tuple[Answers, list[int]]]:
    """The answers to each open slot, over the candidates of the need that has the most of them."""
    scored = max(found.values(), key=len, default=[])
    places = [at for at, one in enumerate(scored) if one.product.product_id in shown]
    return [(answers, places) for slot in slots if (answers := answers_to(slot, scored, brief))]


def _joined(one: list[Scored], other: list[Scored]) -> list[Scored]:
    known = {scored.product.product_id for scored in one}
    return [*one, *(scored for scored in other if scored.product.product_id not in known)]


def _count(found: Found) -> int:
    return sum(map(len, found.values()))
