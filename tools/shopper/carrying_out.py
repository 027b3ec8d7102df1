"""What a call of `recommend` comes to: what was said is noted, then a question is asked or the search is delegated."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import date as Date
from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.asking.policy import Asking, clarifying, open_slots
from tools.asking.wording import ASSUMED
from tools.brief import Brief, BriefChanges
from tools.catalog.interface import Catalog
from tools.memory.access import MemoryAccess
from tools.request import Question, Relaxation, Request
from tools.shopper.arguments import changes_of, check_names
from tools.shopper.continuity import settled_picks, shown_picks, with_picks
from tools.shopper.critiques import criticise, from_elsewhere, problem_with, turned_down
from tools.shopper.extras import note_extras
from tools.shopper.giving_way import UnclearPick, place_of, places_given_up, replacing
from tools.shopper.history import take_down
from tools.shopper.not_understood import note_not_understood
from tools.shopper.origin import check_origin, check_wanted
from tools.shopper.others import note_others, share_budget
from tools.shopper.recollection import recollect
from tools.shopper.session import (
    asked_in,
    brief_of,
    delegate,
    last_message,
    offered_in,
    position_among,
    said_by_shopper,
    shown_in,
)
from tools.shopper.stating import stated

AFRESH = "All right, we start afresh: what you told me so far no longer counts."
ELICITOR = "preference_elicitor"


async def once(
    arguments: dict[str, Any], tool_context: ToolContext, respond: Callable[[], Awaitable[dict[str, Any]]]
) -> dict[str, Any]:
    """The answer to a call. The same call again in one turn is answered, and not carried out a second time."""
    calls: dict[str, dict[str, Any]] = tool_context.state.get(state.CALLS) or {}
    same = json.dumps(arguments, sort_keys=True, default=str)
    if (answer := calls.get(same)) is None:
        answer = await respond()
        tool_context.state[state.CALLS] = {**calls, same: answer}
    elif answer["status"] == "error":
        return {**answer, "message": f"The same call again: {answer['message']} Change it, or ask the shopper."}
    return answer


async def carry_out(
    arguments: dict[str, Any],
    tool_context: ToolContext,
    shop: Catalog,
    today: Date,
    memory: MemoryAccess | None,
    asking: Asking,
) -> dict[str, Any]:
    """Notes the changes, then asks or delegates. What cannot be meant changes nothing."""
    before, shown, critique = brief_of(tool_context), shown_in(tool_context), arguments["critique"]
    try:
        said = said_by_shopper(tool_context)
        changes = changes_of(arguments, said, before.budget, shop.currency)
        check_names(changes, before)
        on_show, last = shop.require([pick.product_id for pick in shown.picks]), last_message(tool_context)
        check_origin(arguments, said, before.model_dump_json(), on_show, last)
        check_wanted(arguments, last)
        agreed = _agreed(arguments["accept"], tool_context)
        if arguments["what"] and shown.picks:
            arguments = {**arguments, "position": place_of(arguments["what"], shown, shop)}
        given_up = places_given_up(arguments["replace"], arguments["replace_all_but"], shown, shop)
    except UnclearPick as unclear:
        return {"status": "ask", "question": str(unclear)}
    except ValueError as error:
        return {"status": "error", "message": str(error).splitlines()[0]}
    if given_up and before.is_plan:  # the lines of a plan are its needs
        changes.swap = list(dict.fromkeys([*changes.swap, *(shown.picks[at - 1].need for at in given_up)]))
        given_up = []
    elsewhere = changes.elsewhere and not changes.swap
    if (changes.more or changes.less or changes.must or elsewhere) and shown.picks and not critique and not given_up:
        critique = "different"
    changes.interests = list(dict.fromkeys([*changes.interests, *changes.must]))
    whole = changes.budget and changes.budget.max
    changes = share_budget(changes, arguments["also_for"], last_message(tool_context), shop.currency)
    shared = whole if changes.budget and changes.budget.max != whole else None
    if critique and (problem := problem_with(critique, arguments["position"], shown)):
        return {"status": "error", "message": problem}
    if _somebody_else(changes, before):
        changes.start_over = True
    asked = [] if changes.start_over else asked_in(tool_context)
    if asked[-1:] == ["currency"] and changes.budget and changes.budget.currency is None:
        changes.budget = changes.budget.model_copy(update={"currency": shop.currency})  # what the question named
    picks = shown_picks(shown)
    brief = changes.apply(agreed.apply(before) if agreed else before, picks)
    if critique and (not given_up or critique == "like"):
        brief = criticise(brief, changes, critique, arguments["position"], shown, shop)
    brief = from_elsewhere(brief, changes, shown, shop, given_up)
    seen = [] if changes.start_over else list(tool_context.state.get(state.SEEN) or [])
    refused = [shown.picks[at - 1].product_id for at in given_up] or turned_down(brief, changes, critique, shown)
    replaced = replacing(given_up, critique, brief, shown, shop, today)
    seen = list(dict.fromkeys([*seen, *refused]))
    take_down(tool_context)
    if shown.picks:
        tool_context.state[state.SPOKEN_OF] = [brief.like] if brief.like else []
    waiting = bool(offered_in(tool_context)) or asked[-1:] == ["currency"]
    tool_context.state[state.STATED] = (
        [] if changes.start_over else stated(before, brief, critique, refused, shown, shop, replaced, waiting=waiting)
    )
    known = await recollect(brief, changes, asked, today, memory, shop, tool_context)
    brief = known.brief
    _note(brief, seen, changes, tool_context)
    note_others(arguments["also_for"], brief, shared, shop.currency, tool_context)
    note_not_understood(arguments["not_understood"], last_message(tool_context), tool_context)
    note_extras(arguments["extras"], brief, last_message(tool_context), tool_context)
    tool_context.state[state.TOLD] = told(
        changes, refused if critique == "different" or changes.swap or given_up else []
    )
    ideas = _ideas(arguments["ideas"])
    if changes == BriefChanges(start_over=True) and before != Brief():
        tool_context.state[state.ANSWER] = AFRESH
    said_nothing = changes == BriefChanges() and brief == Brief() and not critique and not ideas
    if question := clarifying(asked) if arguments["unclear"] or said_nothing else known.question:
        return _ask(question, asked, tool_context)
    if assumed := _assumed(brief, tool_context):
        tool_context.state[state.STATED] = [*tool_context.state[state.STATED], assumed]
    # In a thread: what could be answered is looked up, perhaps over the network.
    question, account = await asyncio.to_thread(asking.before_picks, brief, asked, shop, today)
    if account:
        tool_context.state[state.ASKING] = account.dump()
    if question:
        doubt = known.refine if known.refine and known.refine.slot == question.slot else None
        return _ask(doubt or question, asked, tool_context)
    tool_context.state[state.ASKED] = asked
    disliked = list(tool_context.state.get(state.DISLIKED) or [])
    carried = {kind: product_id for kind, product_id in picks.items() if product_id not in disliked}
    settled = settled_picks(brief, changes, agreed, critique, carried, shop, today)
    request = Request(
        brief=with_picks(brief, settled),
        ideas=ideas,
        seen=list(dict.fromkeys([*seen, *disliked, *known.left_out])),
        given=known.left_out,
        leanings=known.leanings,
        liked=list(tool_context.state.get(state.LIKED) or []),
        settled=list(settled),
        replacing=replaced,
        question=known.refine,
        asked=asked,
    )
    return delegate(request.dump(), tool_context)


def _assumed(brief: Brief, tool_context: ToolContext) -> str | None:
    """What is taken for granted where the last question was not answered: said once, for it is not asked again."""
    slot = (tool_context.state.get(state.TURN) or {}).get("question")
    return ASSUMED.get(slot) if slot in open_slots(brief, []) else None


def _somebody_else(changes: BriefChanges, before: Brief) -> bool:
    """ "My daughter Lena" after "my daughter Mia": the same relation, and another name beside it."""
    known = before.recipient.name
    return bool(changes.relation and changes.name and known and changes.name.lower() != known.lower())


def told(changes: BriefChanges, turned_down: list[str]) -> dict[str, Any]:
    """What a message said, in the form in which memory takes it up at the end of the turn."""
    said = [*changes.interests, *changes.avoid, *changes.allergies, *changes.owned]
    return {"said": [*said, *(["date"] if changes.date else [])], "taken_back": changes.remove, "refused": turned_down}


def _agreed(number: Any, tool_context: ToolContext) -> Relaxation | None:
    """The offered change that the shopper agreed to, if any. Raises ValueError for one that was never offered."""
    if number is None:
        return None
    offers = offered_in(tool_context)
    place = position_among(number, len(offers))
    if place is None or str(number).startswith("-"):
        raise ValueError(f"accept: {len(offers)} changes were offered; there is no number {number!r}")
    return offers[place - 1]


def _note(brief: Brief, seen: list[str], changes: BriefChanges, tool_context: ToolContext) -> None:
    """Keeps what was said. An offer is good for one turn, and what was shown for somebody else is no longer shown."""
    tool_context.state[state.BRIEF] = brief.model_dump(mode="json")
    for key, value in ((state.SEEN, seen), (state.OFFERED, [])):
        if value or tool_context.state.get(key):
            tool_context.state[key] = value
    if changes.start_over and tool_context.state.get(state.SHOWN):
        tool_context.state[state.SHOWN] = None


def _ask(question: Question, asked: list[str], tool_context: ToolContext) -> dict[str, Any]:
    tool_context.state[state.QUESTION] = question.model_dump()
    tool_context.state[state.ASKED] = [*asked, question.slot]
    if tool_context.agent_name != ELICITOR:
        tool_context.actions.transfer_to_agent = ELICITOR
    return {"status": "ask", "question": question.text}


def _ideas(ideas: Any) -> list[str]:
    """At most eight short texts out of whatever a model passed."""
    given = [ideas] if isinstance(ideas, str) else ideas if isinstance(ideas, list) else []
    return [idea.strip()[:80] for idea in given if isinstance(idea, str) and idea.strip()][:8]
