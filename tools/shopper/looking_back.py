"""The tool for "undo", "redo", "show me the ones from before" and "actually the Lego one was fine"."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date as Date
from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.catalog.interface import Catalog
from tools.errors import MemoryUnreachableError
from tools.lexicon.relations import canonical_relation
from tools.memory.access import MemoryAccess
from tools.planning.bounds import plan_budget
from tools.request import Outcome, Request
from tools.shopper.answering import answer
from tools.shopper.bringing_back import bring_back
from tools.shopper.continuity import still_fits
from tools.shopper.history import changed_by_last_turn, shown_before, step_about, step_back, step_forward, take_down
from tools.shopper.remembered import may_remember
from tools.shopper.session import brief_of, delegate, shown_in

NOTHING_TO_UNDO = "There is nothing to take back: this conversation has changed nothing yet."
NOTHING_TAKEN_UP = 'Your last message changed nothing, so all is as it was; "undo" takes back the change before it.'
NOTHING_BEFORE = "Nothing else has been shown before."
NOTHING_TO_REDO = "There is nothing to do again: nothing has been taken back since your last change."
AGAIN = "Done again: your last change counts after all."
AS_BEFORE = "Taken back: everything is as it was before your last change."


def build_look_back(
    catalog: Callable[[], Catalog], today: Callable[[], Date], memory: MemoryAccess | None = None
) -> Callable[..., Any]:
    """The tool over the present catalogue."""

    async def look_back(
        tool_context: ToolContext,
        action: str,
        others: bool = False,
        first: bool = False,
        what: str | None = None,
        whom: str | None = None,
        last: bool = False,
    ) -> dict[str, Any]:
        """Goes back: takes the last change back, or shows earlier picks again.

        Args:
          action: "undo" ("undo that", "go back"), "redo" (takes the last undo back), or "show" ("show me the first ones
            again").
          what: one earlier pick that shall be back, in the shopper's words, e.g. "lego" for "actually the Lego one was
            fine"; with "show".
          last: true for "forget that", which means the last message and nothing before it; with "undo".
          whom: the relation of somebody the conversation was about before, e.g. "husband" for "back to my husband";
            with "show".
          first: true for those shown first of all; else those shown before the present ones.
          others: true for "the other two": without the pick that was spoken of, or taken, last.
        """
        if action == "undo":
            if last and not changed_by_last_turn(tool_context):
                return answer(NOTHING_TAKEN_UP, tool_context)
            return await _undo(tool_context, today(), memory)
        if action == "redo":
            return _redo(tool_context, today())
        if action == "show" and whom:
            return _back_to(whom, tool_context, today())
        if action == "show" and what:
            return bring_back(what, tool_context, catalog(), today())
        if action == "show":
            return _show(others, first, tool_context, catalog(), today())
        return {"status": "error", "message": f"action must be undo, redo or show; got {action!r}"}

    return look_back


async def _undo(context: ToolContext, today: Date, memory: MemoryAccess | None) -> dict[str, Any]:
    if (turn := step_back(context)) is None:
        return answer(NOTHING_TO_UNDO, context)
    if memory and may_remember(context.run_config):
        await _forget_turn(turn, context, memory)
    return _restored(AS_BEFORE, context, today)


def _redo(context: ToolContext, today: Date) -> dict[str, Any]:
    """The change that was taken back counts again. What memory forgot with it stays forgotten."""
    if step_forward(context) is None:
        return answer(NOTHING_TO_REDO, context)
    return _restored(AGAIN, context, today)


def _back_to(whom: str, context: ToolContext, today: Date) -> dict[str, Any]:
    """What was said and shown for somebody earlier holds again; the step between can be undone."""
    relation = canonical_relation(whom) or whom
    if (step := step_about(relation, context)) is None:
        return {"status": "error", "message": f"Nothing has been said of your {whom} before, or too long ago."}
    take_down(context)
    for key in (state.BRIEF, state.SHOWN, state.SEEN, state.OFFERED):
        context.state[key] = step.get(key)
    return _restored(f"Back to your {relation.replace('_', '-')}.", context, today)


def _restored(said: str, context: ToolContext, today: Date) -> dict[str, Any]:
    """What is on the table after a step back or forward."""
    context.state[state.STATED] = [said]
    if shown_in(context).picks and not context.state.get(state.OFFERED):
        return delegate({"again": True, "today": today.isoformat()}, context)
    brief = brief_of(context)
    if brief.interests or brief.budget or brief.needs:
        return delegate(Request(brief=brief, seen=list(context.state.get(state.SEEN) or [])).dump(), context)
    context.state[state.STATED] = []  # said in the answer itself
    return answer(f"{said} Tell me who the gift is for, what they like and what it may cost.", context)


async def _forget_turn(turn: str, context: ToolContext, memory: MemoryAccess) -> None:
    """What was remembered of a turn goes with it. A store out of reach keeps nobody from going back."""
    with suppress(MemoryUnreachableError):
        known = await memory.recall(context.user_id)
        if ids := [record.memory_id for record in known.memories if record.source.turn_id == turn]:
            await memory.forget(context.user_id, memory_ids=ids)


def _show(others: bool, first: bool, context: ToolContext, shop: Catalog, today: Date) -> dict[str, Any]:
    """Puts earlier picks on the table again, as far as they keep what has been said since."""
    now = shown_in(context)
    earlier = [Outcome.model_validate(outcome) for outcome in shown_before(context)]
    spoken_of = set(context.state.get(state.SPOKEN_OF) or []) if others else set()
    if spoken_of & {pick.product_id for pick in now.picks}:
        earlier = []  # "the other two" of those on the table
    outcome = next(reversed(earlier) if first else iter(earlier), now)
    if not outcome.picks:
        return {"status": "error", "message": "No picks have been shown yet."}
    brief = brief_of(context).model_copy(update={"price_cap": None, "dearer_than": None, "like": None})
    picks = [pick for pick in outcome.picks if pick.product_id not in spoken_of] or outcome.picks
    needs = {need.name: need for need in brief.wanted}
    fitting = [
        pick
        for pick in picks
        if pick.need in needs
        and (product := shop.get(pick.product_id)) is not None
        and still_fits(product, needs[pick.need], brief, shop.currency, today)
        and (brief.is_plan or plan_budget(brief, shop.currency).admits(product.price.minor * pick.quantity))
    ]
    is_broken = brief.is_plan and (
        len(fitting) != len(needs)
        or (outcome.total is not None and not plan_budget(brief, shop.currency).admits(outcome.total.minor))
    )
    if not fitting or is_broken:
        return answer("What was shown before does not keep what you have said since; undo takes that back.", context)
    take_down(context)
    back = {pick.product_id for pick in fitting}
    context.state[state.BRIEF] = brief.model_dump(mode="json")
    context.state[state.SEEN] = [seen for seen in context.state.get(state.SEEN) or [] if seen not in back]
    context.state[state.SHOWN] = {**outcome.model_copy(update={"picks": fitting}).dump(), "request": {"brief": {}}}
    stated = ["Here they are again." if earlier or others else f"{NOTHING_BEFORE} Here they are again."]
    if gone := len(picks) - len(fitting):
        stated.append(f"{gone} of them would not keep what you have said since.")
    context.state[state.STATED] = [" ".join(stated)]
    return delegate({"again": True, "today": today.isoformat()}, context)
