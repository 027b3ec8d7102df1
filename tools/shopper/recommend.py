"""The tool that notes what the shopper said, and then asks or delegates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date
from typing import Any

from google.adk.tools import ToolContext

from tools.asking.policy import BY_VALUE, Asking
from tools.catalog.interface import Catalog
from tools.memory.access import MemoryAccess
from tools.shopper.carrying_out import carry_out, once
from tools.shopper.heard import Hear, with_heard
from tools.shopper.session import last_message, said_by_shopper


def build_recommend(
    catalog: Callable[[], Catalog],
    today: Callable[[], Date],
    memory: MemoryAccess | None = None,
    hear: Hear | None = None,
    asking: Asking = BY_VALUE,
) -> Callable[..., Any]:
    """The tool over the present catalogue; ``today`` decides what still arrives in time.

    ``hear`` is how code reads a message itself, for what must not depend on the model alone.
    """

    async def recommend(
        tool_context: ToolContext,
        relation: str | None = None,
        name: str | None = None,
        age_years: int | None = None,
        occasion: str | None = None,
        date: str | None = None,
        interests: list[str] | None = None,
        avoid: list[str] | None = None,
        allergies: list[str] | None = None,
        owned: list[str] | None = None,
        budget_min: str | None = None,
        budget_max: str | None = None,
        budget_currency: str | None = None,
        budget_each: bool = False,
        price_feel: str | None = None,
        needs: list[dict[str, Any]] | None = None,
        keep: list[str] | None = None,
        swap: list[str] | None = None,
        replace: list[str] | None = None,
        replace_all_but: list[str] | None = None,
        elsewhere: str | None = None,
        joint: list[dict[str, Any]] | None = None,
        vouchers: list[dict[str, Any]] | None = None,
        theme: str | None = None,
        guests: int | None = None,
        options: int | None = None,
        more: list[str] | None = None,
        less: list[str] | None = None,
        must: list[str] | None = None,
        remove: list[str] | None = None,
        start_over: bool = False,
        critique: str | None = None,
        position: int | None = None,
        what: str | None = None,
        accept: int | None = None,
        ideas: list[str] | None = None,
        unclear: bool = False,
        also_for: list[str] | None = None,
        extras: list[str] | None = None,
        not_understood: list[str] | None = None,
    ) -> dict[str, Any]:
        """Notes what the shopper just said and gets recommendations. Call it for every message about a gift or party.

        Pass only what the LAST message adds or changes; everything said before is remembered. Never guess: leave out
        what was not said. What happens next (a question or picks) is decided for you.

        Args:
          relation: who the recipient is to the shopper, e.g. "father", "colleague".
          name: the recipient's name, e.g. "Ana".
          age_years: the recipient's age on the occasion, e.g. 60; a baby under one is 0.
          occasion: e.g. "birthday", "christmas", "mothers_day".
          date: ISO date of the occasion or latest delivery, e.g. "2026-12-24".
          interests: what they like or want, e.g. ["gardening", "jazz"].
          avoid: what must not appear, e.g. ["alcohol", "books"].
          allergies: e.g. ["nuts"].
          owned: what they have already, e.g. ["kindle"].
          budget_min: lowest amount said for all together, e.g. "40".
          budget_max: highest amount said for all together, e.g. "60". For "around 50" pass "50".
          budget_currency: ISO code if a currency was said, e.g. "USD".
          budget_each: true when the amount is per piece or per head ("25 each").
          price_feel: "low" for "not too expensive", "high" for "money is no object".
          needs: for a party, what is added or changed: [{"kind": "cake", "max": "30"}, {"kind": "favours", "quantity":
            16, "max": "5", "each": true}]; kinds are gift, cake, decorations, tableware, favours, activity. Optional:
            quantity, min, max (of this need; each: per head; soft: said loosely), importance (3 matters most, 1
            little), theme (only if another than the party's), wishes (["balloons"] for "add balloons"), name (only of
            several of a kind: {"kind": "gift", "name": "mug", "wishes": ["mugs"]}). Omit for a plain gift.
          keep: needs whose shown pick stays, e.g. ["cake"].
          swap: needs that shall get another pick, e.g. ["tableware"]; with critique "cheaper" a cheaper one.
          replace: picks of a shortlist that give way while the others stay, by number or in the shopper's words, e.g.
            ["2"] for "the second is too big", ["wooden one"]; with critique "cheaper" a cheaper one comes.
          replace_all_but: the picks that stay while all others give way, e.g. ["1"].
          elsewhere: what the swapped picks must come from another of, "brand" or "seller".
          joint: what SOME needs may cost together, e.g. [{"kinds": ["cake", "decorations"], "max": "50"}]; all
            of them is the budget.
          vouchers: e.g. [{"label": "coupon", "amount": "10", "from_total": "60"}, {"percent": "20", "kind":
            "decorations"}, {"free_shipping": true}]; combinable: false if it counts only alone.
          theme: the party's theme, singular, e.g. "dinosaur".
          guests: how many people come, e.g. 12.
          options: how many picks are wanted, e.g. 5.
          more: qualities the next picks shall have more of, e.g. ["personal"] for "something more personal".
          less: qualities they shall have less of, e.g. ["childish"] for "not so childish".
          must: a colour, material or feature they shall have, e.g. ["blue"] for "like that one but blue".
          remove: what the shopper takes back, e.g. ["tea"], ["cake"], ["cake limit"], ["joint limits"], ["budget"],
            ["vouchers"].
          start_over: true when this is about another person or occasion.
          critique: of the picks shown: "cheaper", "dearer", "different", "like" (more like pick `position`), or
            "spend_more" when the shopper allows to spend somewhat more without naming an amount.
          position: the pick a critique refers to, 1 is the first.
          what: instead of a position the shopper's words for the pick a critique refers to, e.g. "the wooden one".
          accept: the number of the `offered` change that the shopper has agreed to, e.g. 1. Never without their yes.
          ideas: concrete things worth looking for, from your own knowledge, e.g. ["bird feeder", "herb scissors"].
          unclear: true when the message makes no sense to you; then pass nothing else.
          also_for: others the message wants a gift for, e.g. ["sister"]; their turn comes after the recipient's.
          not_understood: parts of the last message that you could not make sense of, word for word; the reply says so.
          extras: what a party is to have that no kind of need covers, e.g. ["costume", "drinks"].
        """
        own = ("tool_context", "catalog", "today", "memory", "hear", "asking", "own")
        arguments = {k: v for k, v in locals().items() if k not in own}
        if hear:
            heard = hear(last_message(tool_context), tool_context.state.to_dict())
            arguments = with_heard(arguments, heard, said_by_shopper(tool_context))
        return await once(
            arguments, tool_context, lambda: carry_out(arguments, tool_context, catalog(), today(), memory, asking)
        )

    return recommend
