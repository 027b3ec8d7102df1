"""What a message says of single needs: bounds, weights, numbers, themes, and which picks to keep, swap or drop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from recsys_agent.offline.reading.additions import read_added
from recsys_agent.offline.reading.budgets import read_budget
from recsys_agent.offline.reading.exchanges import read_exchange
from recsys_agent.offline.reading.mentions import Clause, ends_list, marked, read_clauses
from recsys_agent.offline.reading.model import Critique
from recsys_agent.offline.reading.needs import is_one_thing
from recsys_agent.offline.reading.places import read_places
from recsys_agent.offline.reading.reactions import critique_of
from recsys_agent.offline.reading.text import CLOSED, Message
from recsys_agent.offline.reading.themes import read_theme
from recsys_agent.offline.reading.verdicts import Verdict, explains, verdict_of
from tools.brief import Brief, Budget, Need, NeedChange
from tools.product import NEED_KINDS

_TOTAL = re.compile(
    r"\b(?:total|altogether|all in|in all|overall|(?<!@ )budget(?! (?:for|on) @)|everything|including|includes?|incl|"
    r"whole thing|"
    r"party)\b"
)
_MONEY_CUE = re.compile(
    r"[$€£¥]|\b(?:dollars?|bucks?|euros?|pounds?|quid|usd|eur|gbp|fiver|tenner)\b"
    r"|\b(?:max(?:imum)?|min(?:imum)?|most|least|under|over|below|above|less than|more than|up to|no more|at least|"
    r"limit\w*|"
    r"cap(?:ped)?|tops?|spend\w*|costs?|between|around|about|roughly|put|raise|lower|increase|budget|price\w*|worth|"
    r"within|exceed\w*|per|each|apiece|a head|or less|or more|allow|~)\b|<|>|≤|≥"
    r"|(?<![\w-])\d+(?:[.,]\d+)? (?:for|on|towards?|to|into) @|@:? ?(?:is |[=-] ?)?\(?\d+(?:[.,]\d+)?(?: ?- ?\d+)?\)?$"
)
_MORE = r"(?P<more>more|extra|additional|further|another|spare)"
_QUANTITY = re.compile(
    rf"(?<![\d$€£.,/-])(?:{_MORE.replace('more>', 'before>')} )?(?P<n>\d{{1,4}}) (?:{_MORE} )?(?:of )?@"
    rf"|@ for (?:all |just |only |about )?(?P<for>\d{{1,4}})(?! ?(?:[$€£%]|dollars|euros|pounds|bucks|quid|max|tops|"
    rf"each))\b"
)
_STRONG = re.compile(
    r"\b(?:max(?:imum)?|tops|at most|or less|no more|not more|under|up to|each|a head|per|at least|minimum)\b"
)
_THEME_FOR = re.compile(r"\btheme (?:for|of|on) @:? (?:is |should be |could be |to be )?(?:an? )?(?P<theme>[a-z-]+)$")
_BEFORE = re.compile(r"[^@]*\d[^@]*@[^\d]*")
_LINKED = re.compile(
    r"\d[\d.,]*(?: ?(?:[$€£]|dollars?|bucks?|euros?|pounds?|quid|usd|eur|gbp|max(?:imum)?|tops|at most|per \w+|each|"
    r"a head|"
    r"apiece|or less|or so))* (?:for|on|towards?|to|into)(?: (?:just|only|each|every|buying|getting))? @"
    r"|(?:[$€£] ?\d[\d.,]*|\d[ -]?(?:dollars?|bucks?|euros?|pounds?|quid)) @"
)
"""An amount before the need is the need's where a word ties them: "30 for the cake", not "$200 with a cake"."""
_NO_LIMIT = re.compile(
    r"\b(?:no|any|without a?|forget the|drop the|remove the|lift the) (?:limit|cap|maximum|max|bound)\w* (?:on|for|"
    r"of) @|"
    r"@ (?:can|may) cost (?:whatever|anything|what it|as much)"
)
_REFUSED = re.compile(r"\b(?:no|without|avoid|not want|nor|or)(?: any| more)* @")
_DROPS = ("drop", "remove", "skip", "leave out")
_OTHER = r"(?:an?other|(?:(?:a|some) )?(?:different|new)|not (?:that|this|the same)|other than that)"
_BRAND, _SELLER = (
    r"(?:brand|maker?|manufacturer|company|label)s?",
    r"(?:shop|store|seller|vendor|merchant|retailer|supplier|bakery|baker|place|source|provider)s?",
)
_ELSEWHERE = re.compile(
    rf"(?<!not )\b(?:from|by|of|at|with|through|choose|try|is there|want|for|prefer) {_OTHER} (?:({_BRAND})|"
    rf"{_SELLER})\b"
    rf"|\bnot (?:from|by) (?:that|this|the same) (?:({_BRAND})|{_SELLER})\b"
    rf"|\b{_OTHER} (?:({_BRAND})|{_SELLER}) (?:(?:of|for|than) )?@|^(?:({_BRAND})|{_SELLER}) (?:of|for) @"
    r"|\b(?:from|by) (?:somewhere|someone|somebody|anywhere|anyone) else\b|\belsewhere\b"
)
_OUTWEIGHS = re.compile(r"@ (?:matters?|counts?|is|are)(?: \w+)? (?:more|more important) than @")
_ALL_BUT = re.compile(
    r"\b(?:keep|leave|like|love|happy with|take|fine with) (?:everything|%|all(?: of (?:it|them))?|it all|them all)"
    r"(?: as is| as it is)? (?:but|except(?: for)?|apart from|other than|besides) @|\b(?:everything|all|%)(?: "
    r"else)?(?: is| are| looks)?"
    r"(?: all)? (?:good|fine|great|ok|okay|perfect|lovely|nice),? (?:but|except(?: for)?|apart from|other than|"
    r"besides)(?: for)? @"
)
_REST_STAYS = re.compile(
    r"\b(?:keep|leave|like|love|happy with|fine with|not (?:change|touch)) %(?! (?:under|below))|"
    r"% (?:is|are|looks?|can|should|stays?)(?: \w+)? ?(?:fine|ok|okay|good|great|perfect|stay|lovely|the same)?$"
)


@dataclass
class Planned:
    """What was said of single needs."""

    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    keep: list[str] = field(default_factory=list)
    swap: list[str] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)
    critique: Critique | None = None
    currency: str | None = None
    known: list[str] = field(default_factory=list)  # the needs that the brief has
    elsewhere: Literal["brand", "seller"] | None = None

    def of(self, kind: str) -> dict[str, Any]:
        """The changes of one need, to be added to."""
        return self.changes.setdefault(kind, {})

    def needs(self, others: list[NeedChange]) -> list[NeedChange]:
        """These changes, joined with what else of the message names needs."""
        merged = {need.name: need.model_dump() for need in others}
        for name, said in self.changes.items():
            if not (name in NEED_KINDS or name in merged or name in self.known):
                continue  # no need after all
            plain = {"kind": name if name in NEED_KINDS else "gift", "name": name}
            merged[name] = {**plain, **merged.get(name, {}), **said}
        return [NeedChange.model_validate(need) for need in merged.values()]


def read_planned(message: Message, brief: Brief, names: Sequence[str] = ()) -> Planned:
    """What the message says of single needs, its words struck.

    Of a plan that is not known yet only bounds and weights are read: that a need is named at all adds it.
    """
    planned = Planned(known=[need.name for need in brief.needs])
    known = {need.name: need for need in brief.needs}
    _by_place(message, brief, planned)
    for kind, wishes in read_added(message, brief).items():
        planned.of(kind)["wishes"] = wishes
    clauses = read_clauses(message, names)
    if not known and len({kind for clause in clauses for kind in clause.kinds}) < 2 and not _party(message):
        return planned
    everything, said = marked(message.open, names)
    if known and _ALL_BUT.search(said):
        planned.swap += everything
        planned.keep.extend(kind for kind in known if kind not in everything)
        message.strike(0, len(message.text))
        return planned
    verdicts: dict[int, Verdict | None] = {}
    for index, clause in enumerate(clauses):
        before = clauses[index - 1] if index else None
        if before and known and _goes_on(clause, before, verdicts.get(index - 1), known):
            clause.kinds, clause.said = list(before.kinds), f"@ {clause.said}"
        if clause.kinds and not known and before and ends_list(clauses[: index + 1], message):
            continue  # what stands behind a list is for all of it
        if clause.kinds:
            verdicts[index] = _read(clause, message, planned, known)
        elif known and _REST_STAYS.search(clause.said) and not critique_of(clause.text):
            planned.keep.extend(kind for kind in known if kind not in (*planned.swap, *planned.remove))
            message.strike(clause.start, clause.end)
    for index, clause in enumerate(clauses):
        if not clause.kinds and any(explains(clause.said, verdicts.get(near)) for near in (index - 1, index + 1)):
            message.strike(clause.start, clause.end)
    planned.keep = list(dict.fromkeys(kind for kind in planned.keep if kind not in planned.swap))
    return planned


def _by_place(message: Message, brief: Brief, planned: Planned) -> None:
    """ "Swap the second": the needs of a plan are numbered as its lines are."""
    for verb, kinds in read_places(message, [need.name for need in brief.needs]) if brief.is_plan else ():
        if verb == "keep":
            planned.keep += kinds
        elif verb in _DROPS:
            planned.remove += kinds
        else:
            planned.swap += kinds


def _party(message: Message) -> bool:
    return bool(re.search(r"\b(?:party|bash|celebration)\b", message.open))


def _goes_on(clause: Clause, before: Clause, verdict: Verdict | None, known: dict[str, Need]) -> bool:
    """Whether a clause is an amount for the need named just before: "the tableware can be plain, 10 tops".

    What is added only now may be told its amount loosely: "and a present, around 40".
    """
    if clause.kinds or "%" in clause.said or len(before.kinds) != 1 or verdict in ("keep", "drop"):
        return False
    amount = re.search(r"\d", clause.said) and not re.search(r"\b(?:kids?|children|guests?|people)\b", clause.said)
    tied = _STRONG.search(clause.said) or before.kinds[0] not in known
    return bool(amount and len(clause.said.split()) <= 6 and tied and not _TOTAL.search(clause.said))


def _read(clause: Clause, message: Message, planned: Planned, known: dict[str, Need]) -> Verdict | None:
    bound = _bound(clause, message, planned, strict=not known)
    weight = _weigh(clause, planned)
    if not known:
        return None
    counted = _count(clause, planned, known)
    themed = _exchange(clause, planned, known) or _theme(clause, planned, known)
    verdict = None if weight else verdict_of(clause.said)
    if verdict in ("keep", "drop") and (bound or counted):
        verdict = None
    if elsewhere := _ELSEWHERE.search(clause.said):
        verdict, planned.elsewhere = "swap", "brand" if any(elsewhere.groups()) else "seller"
    critique = critique_of(clause.text) if verdict in (None, "swap") and not bound and not counted else None
    if critique in ("cheaper", "dearer") and not weight and "%" not in clause.said:
        verdict, planned.critique = "swap", critique
    if clause.pronoun and verdict and {*planned.keep, *planned.swap, *planned.remove} & {*clause.kinds}:
        message.strike(clause.start, clause.end)  # "another present, she has that one": no second verdict
        return None
    if verdict == "keep":
        planned.keep += clause.kinds
    elif (
        verdict == "drop"
        and _REFUSED.search(clause.said)
        and all(kind in known and is_one_thing(known[kind], clause.text) for kind in clause.kinds)
    ):
        return None  # "no balloons" leaves the other decorations
    elif verdict == "drop":
        planned.remove += clause.kinds
    elif verdict == "swap":
        planned.swap.extend(kind for kind in clause.kinds if kind not in planned.swap)
    if bound or weight or counted or themed or verdict:
        message.strike(clause.start, clause.end)
    return verdict


def _bound(clause: Clause, message: Message, planned: Planned, *, strict: bool) -> bool:
    """An amount in the clause of a single need is that need's, unless it is said to be for all."""
    if len(clause.kinds) != 1 or _TOTAL.search(clause.said):
        return False
    (kind,) = clause.kinds
    if _NO_LIMIT.search(clause.said):
        planned.remove.append(f"{kind} limit")
        return True
    if _BEFORE.fullmatch(clause.said) and not _LINKED.search(clause.said):
        return False
    budget = amounts_of(clause)
    if budget is None:
        return False
    said = {"min": budget.min, "max": budget.max, "soft": budget.soft, "each": budget.per == "each"}
    planned.of(kind).update({k: v for k, v in said.items() if v not in (None, False)})
    planned.currency = budget.currency or planned.currency
    if strict:
        strike_amounts(clause, message)
    return True


def amounts_of(clause: Clause) -> Budget | None:
    """The money that a clause about needs speaks of, its numbers of things left aside."""
    text = clause.text
    for match in _QUANTITY.finditer(clause.said):
        if not re.search(r"[$€£]|\bper\b|\beach\b", clause.said[match.start() : match.end()]):
            text = re.sub(rf"(?<![\d.,$€£]){match['n'] or match['for']}(?![\d.,]\d)", CLOSED, text, count=1)
    if not _MONEY_CUE.search(clause.said) or not re.search(r"\d|fiver|tenner", text):
        return None
    budget = read_budget(Message(text.replace(CLOSED, " ")), asked=True)
    return budget if budget and (budget.min is not None or budget.max is not None) else None


def strike_amounts(clause: Clause, message: Message) -> None:
    """Of a first message only the amount is struck: the rest still tells what the party needs."""
    part = Message(clause.text)
    if part.text != message.text[clause.start : clause.end]:
        message.strike(clause.start, clause.end)
        return
    read_budget(part, asked=True)
    for match in re.finditer(re.escape(CLOSED) + "+", part.open):
        message.strike(clause.start + match.start(), clause.start + match.end())


def _weigh(clause: Clause, planned: Planned) -> bool:
    if _OUTWEIGHS.search(clause.said) and len(clause.kinds) == 2:
        first, last = clause.kinds
        planned.of(first)["importance"], planned.of(last)["importance"] = 3, 1
        return True
    verdict = verdict_of(clause.said)
    if verdict not in ("weigh_1", "weigh_2", "weigh_3"):
        return False
    for kind in clause.kinds:
        planned.of(kind)["importance"] = int(verdict[-1])
    return True


def _count(clause: Clause, planned: Planned, known: dict[str, Need]) -> bool:
    match = _QUANTITY.search(clause.said)
    if match is None or len(clause.kinds) != len(list(_QUANTITY.finditer(clause.said))):
        return False
    for kind, found in zip(clause.kinds, _QUANTITY.finditer(clause.said), strict=True):
        number = int(found["n"] or found["for"])
        if (found["more"] or found["before"]) and kind in known:
            number += known[kind].quantity
        if 1 <= number <= 10_000:
            planned.of(kind)["quantity"] = number
    return True


def _theme(clause: Clause, planned: Planned, known: dict[str, Need]) -> bool:
    """ "A unicorn cake" in a dinosaur party is that cake's theme."""
    told = _THEME_FOR.search(clause.said)
    theme = told["theme"] if told else read_theme(Message(clause.text), party=True)
    if theme is None or "gift" in clause.kinds or (not told and "theme" in clause.text) or _TOTAL.search(clause.said):
        return False
    for kind in clause.kinds:
        planned.of(kind)["theme"] = theme
        if kind in known:
            planned.swap.append(kind)
    return True


def _exchange(clause: Clause, planned: Planned, known: dict[str, Need]) -> bool:
    """ "Swap the balloons for something with dinosaurs": what the one need named is to be from now on."""
    if len(clause.kinds) != 1 or clause.kinds[0] not in known:
        return False
    (kind,) = clause.kinds
    if (wanted := read_exchange(clause.said, clause.text, known[kind].kind)) is None:
        return False
    before = known[kind].wishes
    # "The balloons" of balloons and a banner: the banner stays.
    named = [wish for wish in before if wish in clause.text]
    wishes = [*(wish for wish in before if named and wish not in named), *wanted.wishes]
    planned.of(kind).update({"theme": wanted.theme} if wanted.theme else {}, **({"wishes": wishes} if wishes else {}))
    if wanted.theme or verdict_of(clause.said) == "swap":  # what "should be blue" may stay if nothing is
        planned.swap.append(kind)
    return True


def currency_budget(planned: str | None, known: Budget | None) -> Budget | None:
    """The budget as far as a currency was said with an amount of a need; the shop's own makes no difference."""
    if planned is None or (known and known.currency in (None, planned)):
        return None
    return (known or Budget()).model_copy(update={"currency": planned})
