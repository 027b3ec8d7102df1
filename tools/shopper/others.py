"""Several people in one message: the first is served, and the reply says that the others come next."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, Decimal
from typing import Any

from google.adk.tools import ToolContext

from tools import state
from tools.brief import Brief, BriefChanges
from tools.lexicon.relations import canonical_relation, spoken_of
from tools.money import Money, decimals

MOST_NAMED = 3
_SHARED = re.compile(
    r"\b(?:together|in total|total|altogether|combined|between them|both|in all|all in|all told)\b", re.I
)


def further(also_for: Any, relation: str | None) -> list[str]:
    """The relations and names in ``also_for`` beside the recipient's; what is neither is passed over."""
    given = [word for word in (also_for if isinstance(also_for, list) else [also_for]) if isinstance(word, str)]
    told = (canonical_relation(word) or (word if _is_name(word) else None) for word in given)
    known = dict.fromkeys(filter(None, told))
    return [other for other in known if other != relation][:MOST_NAMED]


def _is_name(word: str) -> bool:
    """A name, maybe with an age ("Leo, 10"); relations are in lower case."""
    return bool(re.fullmatch(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:, \d{1,3})?", word))


def share_budget(changes: BriefChanges, also_for: Any, message: str, currency: str) -> BriefChanges:
    """The changes with the recipient's equal share of an amount that was said for all of them together.

    Otherwise the first present could take all of it, and nothing would be left for the others.
    """
    others, budget = further(also_for, changes.relation), changes.budget
    if not others or budget is None or budget.max is None or budget.per == "each" or not _SHARED.search(message):
        return changes
    unit = Decimal(1).scaleb(-decimals(currency))
    ends = {
        end: (amount / (1 + len(others))).quantize(unit, ROUND_DOWN)
        for end in ("min", "max")
        if (amount := getattr(budget, end)) is not None
    }
    return changes.model_copy(update={"budget": budget.model_copy(update=ends)})


def note_others(also_for: Any, brief: Brief, whole: Decimal | None, currency: str, context: ToolContext) -> None:
    """Adds a line to the reply for the others; ``whole`` is the amount, in major units, of which this is a share."""
    others = further(also_for, brief.recipient.relation)
    if not others:
        return
    first = brief.recipient.name or spoken_of(brief.recipient.relation or "first one")
    rest = " and ".join(other.partition(",")[0] if _is_name(other) else spoken_of(other) for other in others)
    go_on = f"now for {others[0]}" if _is_name(others[0]) else f"now for my {others[0].replace('_', '-')}"
    share = ""
    if whole is not None and brief.budget and brief.budget.max:
        part, all_ = Money.of(brief.budget.max, currency), Money.of(whole, currency)
        share = f", with an equal share of the {all_}: {part}"
        go_on += f", up to {part}"
    line = f'One person at a time: this is for {first}{share}. For {rest}, go on with "{go_on}".'
    context.state[state.NOTES] = [*(context.state.get(state.NOTES) or []), line]
