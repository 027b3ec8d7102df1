"""An amount for several needs at once: "cake and decorations together under 50", "everything but the present: 100"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recsys_agent.offline.reading.amounts import read_amounts
from recsys_agent.offline.reading.mentions import TOGETHER, Clause, marked, read_clauses
from recsys_agent.offline.reading.planned import amounts_of, strike_amounts
from recsys_agent.offline.reading.text import Message
from tools.brief import PER_GUEST_KINDS, Brief, BriefChanges, Budget, JointBound, NeedChange
from tools.product import NEED_KINDS, NeedKind

_TOGETHER = re.compile(rf"\b{TOGETHER}\b|@ ?(?:plus|\+|&) ?@|\bjoint\b|\bshare\b")
_ALL_TOLD = re.compile(r"\b(?:in total|altogether|all in|in all|both)\b")
_EACH = re.compile(r"\b(?:each|apiece|respectively|every one)\b")
_ALL_BUT = re.compile(
    r"(?:%|\b(?:everything|all)(?: else| the rest)?) (?:but|except(?: for)?|apart from|other than|besides|without|"
    r"not counting|excluding) @"
)
_WHOLE = re.compile(r"\b(?:budget|everything|including|includes?|incl|whole|party|for all)\b")
_NO_LIMIT = re.compile(
    r"\b(?:no|forget|drop|remove|lift|ignore|without|scrap) (?:about )?(?:the |that |any |a )?"
    r"(?:(?:joint|combined|shared) )?(?:limit|cap|maximum|max|bound)\w*"
)
_REVISED = re.compile(
    r"(?:(?:no|ok|okay|actually|hm+|sorry|then|but|and|please|oh|well|let us|maybe|rather|better|no wait|on second "
    r"thought),? )*"
    r"(?:make|change|raise|lower|bump|increase|decrease|reduce|cut|put|drop|set|bring|move|turn|up) (?:it|that|this|"
    r"them|the "
    r"(?:limit|cap|maximum|max))(?: (?:up|down|to|at|be|only|just|more like))* @"
    r"(?: (?:then|instead|please|max|at most|tops|together|combined|actually|rather|after all))*|@ together(?: then|"
    r" instead)?"
)
_LIST = re.compile(r":[^.;!?]*$")
_PARTY = re.compile(r"\b(?:party|bash|celebration)\b[^:]*[,.;!?]")


@dataclass(frozen=True)
class Joint:
    """What some needs may cost, or with ``but`` all others; ``each``: every one of them may cost as much."""

    kinds: tuple[str, ...]
    budget: Budget | None  # None: the limit is taken back
    but: bool = False
    each: bool = False

    def of(self, all_: list[str]) -> list[str]:
        """The needs it is about, among all of the plan."""
        return [kind for kind in all_ if (kind in self.kinds) != self.but]


def read_joint(message: Message, brief: Brief, names: Sequence[str] = ()) -> list[Joint]:
    """The joint amounts of a message, their words struck.

    Where the message is the first one and its list names all that is wanted, only the amounts are struck.
    """
    if revised := _revised(message, brief):
        message.strike(0, len(message.text))
        return [revised]
    found = []
    clauses = read_clauses(message, names)
    for before, clause in zip([None, *clauses], clauses, strict=False):
        kinds, start = _kinds(before, clause, message)
        if brief.joint and _NO_LIMIT.search(clause.said):
            found.append(Joint(tuple(kinds), None))
            message.strike(clause.start, clause.end)
            continue
        but = bool(_ALL_BUT.search(clause.said))
        each = bool(_EACH.search(clause.said)) and len(kinds) > 1
        if not (but or each or _is_joint(clause, kinds, brief)) or (_WHOLE.search(clause.said) and not but):
            continue
        budget = amounts_of(clause)
        if budget is None:
            continue
        if listed := _LIST.search(message.text[:start]):
            kinds = marked(message.text[listed.start() : clause.end], names)[0]
        found.append(Joint(tuple(kinds), budget, but, each))
        if brief.needs or (_PARTY.search(message.text[:start]) and not listed):
            message.strike(start, clause.end)
        else:
            strike_amounts(clause, message)
    return found


def _revised(message: Message, brief: Brief) -> Joint | None:
    """ "Make that 40", of the amount stated last; one that is nearer to the budget, as a ratio, is the budget's."""
    amounts = read_amounts(message.open)
    if not brief.bounded or len(amounts) != 1:
        return None
    (amount,) = amounts
    said = f"{message.open[: amount.start]}@{message.open[amount.end :]}"
    if not _REVISED.fullmatch(said.strip(" .!?,")):
        return None
    ends = [bound.max or bound.min for bound in brief.joint if bound.kinds == brief.bounded]
    ends += [need.max or need.min for need in brief.needs if [need.name] == brief.bounded]
    bound, whole = next(filter(None, ends), None), brief.budget and brief.budget.max
    if not bound or (whole and amount.value**2 > bound * whole):
        return None
    return Joint(tuple(brief.bounded), Budget(max=amount.value, currency=amount.currency))


def _is_joint(clause: Clause, kinds: list[str], brief: Brief) -> bool:
    """Whether one amount is meant for all needs that the clause names, and not for the whole plan."""
    if len(kinds) < 2:
        return False
    limited = brief.budget is not None and brief.budget.max is not None and len(brief.needs) > len(kinds)
    return bool(_TOGETHER.search(clause.said) or (limited and not clause.pronoun and _ALL_TOLD.search(clause.said)))


def _kinds(before: Clause | None, clause: Clause, message: Message) -> tuple[list[str], int]:
    """The needs of a clause, and the last of the one before: "a party with cake | and plates together under 50"."""
    joined = (
        before is not None
        and len(clause.kinds) == 1
        and before.said.endswith("@")
        and re.fullmatch(r",? (?:and|plus) ", message.text[before.end : clause.start])
        and re.match(rf"@ (?:{TOGETHER}|[^@]*\b(?:each|{TOGETHER})\b)", clause.said)
    )
    if not joined or before is None:
        return clause.kinds, clause.start
    return list(dict.fromkeys([before.kinds[-1], *clause.kinds])), clause.start


def with_joint(joint: list[Joint], changes: BriefChanges, brief: Brief) -> BriefChanges:
    """The changes with the joint amounts in them: a bound of some needs, of one, or, where it names all, the budget."""
    if not joint:
        return changes
    named = [kind for said in joint if said.budget for kind in said.kinds]
    there = {need.name for need in changes.needs}
    added = [NeedChange(kind=kind) for kind in NEED_KINDS if kind in named and kind not in there]
    known = {need.name for need in brief.needs} if not changes.start_over else set()
    changes = changes.model_copy(update={"needs": [*changes.needs, *(n for n in added if n.name not in known)]})
    for said in joint:
        changes = _with(said, changes, [need.name for need in changes.apply(brief).needs])
    return changes


def _with(said: Joint, changes: BriefChanges, all_: list[str]) -> BriefChanges:
    if said.budget is None:
        return changes.model_copy(update={"remove": [*changes.remove, "joint limits"]})
    kinds, ends = said.of(all_), {"min": said.budget.min, "max": said.budget.max}
    if said.each or len(kinds) == 1:
        return changes.model_copy(update={"needs": _bounded(kinds, ends, changes.needs, each=said.each)})
    if len(kinds) == len(all_) and changes.budget is None:
        return changes.model_copy(update={"budget": said.budget})
    if len(kinds) < 2:
        return changes
    return changes.model_copy(update={"joint": [*changes.joint, JointBound(kinds=kinds, **ends)]})


def _bounded(
    kinds: list[str], ends: dict[str, Decimal | None], needs: list[NeedChange], *, each: bool
) -> list[NeedChange]:
    """The needs with an amount for every one of these; what each guest gets one of, it is for each guest."""
    changed = {need.name: need for need in needs}
    for kind in kinds:
        bounds = {**ends, "each": each and kind in PER_GUEST_KINDS}
        changed[kind] = changed.get(kind, NeedChange(kind=_kind_of(kind), name=kind)).model_copy(update=bounds)
    return list(changed.values())


def _kind_of(name: str) -> NeedKind:
    """A need that does not go by its kind is a present."""
    kinds: dict[str, NeedKind] = {kind: kind for kind in NEED_KINDS}
    return kinds.get(name, "gift")
