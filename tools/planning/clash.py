"""Which rules of a brief cannot all hold together: a minimal set, found by taking rules away one by one.

The deletion filter (Chinneck & Dravnieks, 1991): a rule without which it is still impossible has no part in it; what
remains is a set of which no rule can be missed. Each step is decided over the whole catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tools.brief import Brief, JointBound, Need
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.needs import spoken, spoken_many
from tools.planning.bounds import plan_bounds
from tools.planning.feasibility import Feasibility
from tools.request import Request


@dataclass(frozen=True)
class Rule:
    """A rule in plain words, and the request without it."""

    words: str
    without: Callable[[Request], Request]


def clash(request: Request, feasibility: Feasibility) -> list[str]:
    """A minimal set of rules that cannot all hold, in plain words; empty where not even their absence helps."""
    rules = list(rules_of(request, feasibility.catalog))
    bare = request
    for rule in rules:
        bare = rule.without(bare)
    if not feasibility.feasible(bare):
        return []
    minimal = []
    for rule in rules:
        fewer = rule.without(request)
        if feasibility.feasible(fewer):
            minimal.append(rule.words)
        else:
            request = fewer
    return minimal


def rules_of(request: Request, catalog: Catalog) -> Iterator[Rule]:
    """The rules of a request, those a shopper thinks of first last: what is tried later is the rather kept."""
    brief, currency = request.brief, catalog.currency
    if request.seen:
        yield Rule("nothing you have turned down or seen", lambda r: r.model_copy(update={"seen": []}))
    for need in brief.needs:
        yield from _own_rules(need, catalog)
    for bound in brief.joint:
        for end, said in (("min", "at least"), ("max", "at most")):
            amount = getattr(bound, end)
            if amount is not None:
                words = f"{said} {Money.of(amount, catalog.currency)} for the {bound.names} together"
                yield Rule(words, _editing(joint=_unbound(bound, end)))
    if not brief.is_plan:
        for wish in brief.interests:
            yield Rule(f'something for "{wish}"', _editing(interests=_less(wish, "interests")))
        if brief.theme:
            yield Rule(f'the theme "{brief.theme}"', _editing(theme=lambda _: None))
    if brief.date and request.today:
        yield Rule(f"delivery by {day(brief.date)}", _editing(date=lambda _: None))
    for field, said in (("owned", 'nothing like "{}", which they have'), ("avoid", 'no "{}"')):
        for word in getattr(brief, field):
            yield Rule(said.format(word), _editing(**{field: _less(word, field)}))
    if brief.recipient.age_years is not None:
        yield Rule(f"suitable for age {brief.recipient.age_years}", _editing(recipient=_ageless))
    elif brief.recipient.relation:
        yield Rule("nothing made for children", _editing(recipient=_ageless))
    for word in brief.allergies:
        yield Rule(f'nothing with "{word}" (allergy)', _editing(allergies=_less(word, "allergies")))
    if brief.price_cap is not None:
        yield Rule("cheaper than what was shown", _editing(price_cap=lambda _: None))
    yield from _budget_rules(brief, currency)


def day(date: Any) -> str:
    """ "14 December 2026"."""
    return f"{date.day} {date:%B %Y}"


def _budget_rules(brief: Brief, currency: str) -> Iterator[Rule]:
    if brief.budget is None:
        return
    low, high = brief.budget.bounds(currency)
    each = " each" if brief.budget.per == "each" else ""
    if low:
        yield Rule(f"at least {Money.from_minor(low, currency)}{each}", _editing(budget=_open("min")))
    if high is not None:
        whole = plan_bounds(brief, currency).high if brief.is_plan and each and brief.price_cap is None else None
        for_all = f" ({Money.from_minor(whole, currency)} for all)" if whole is not None else ""
        words = f"a budget of {Money.from_minor(high, currency)}{each}{for_all}"
        yield Rule(words, _editing(budget=_open("max")))


def _own_rules(need: Need, catalog: Catalog) -> Iterator[Rule]:
    name = spoken(need.name)
    if need.keep:
        kept = catalog.get(need.keep)
        yield Rule(f"keeping {kept.title if kept else need.keep}", editing_need(need, keep=None))
    if need.quantity > 1:
        yield Rule(f"{need.quantity} {spoken_many(need.name)}", editing_need(need, quantity=1))
    for source in need.not_from:
        others = [s for s in need.not_from if s != source]
        yield Rule(f'the {name} not from "{source}"', editing_need(need, not_from=others))
    for end, said in (("min", "at least"), ("max", "at most")):
        amount = getattr(need, end)
        if amount is not None:
            words = f"{said} {Money.of(amount, catalog.currency)} for the {name}"
            yield Rule(words, editing_need(need, **{end: None}))


def editing_need(need: Need, **fields: Any) -> Callable[[Request], Request]:
    """The request with other fields of this need."""

    def edited(request: Request) -> Request:
        needs = [n.model_copy(update=fields) if n.name == need.name else n for n in request.brief.needs]
        return request.model_copy(update={"brief": request.brief.model_copy(update={"needs": needs})})

    return edited


def _editing(**fields: Callable[[Brief], Any]) -> Callable[[Request], Request]:
    def edited(request: Request) -> Request:
        update = {name: new(request.brief) for name, new in fields.items()}
        return request.model_copy(update={"brief": request.brief.model_copy(update=update)})

    return edited


def _less(word: str, field: str) -> Callable[[Brief], list[str]]:
    return lambda brief: [w for w in getattr(brief, field) if w != word]


def _unbound(bound: JointBound, end: str) -> Callable[[Brief], list[JointBound]]:
    """The joint bounds without one end of the one of these needs, whatever has become of its other end."""

    def joint(brief: Brief) -> list[JointBound]:
        return [b.model_copy(update={end: None}) if b.kinds == bound.kinds else b for b in brief.joint]

    return joint


def _open(end: str) -> Callable[[Brief], Any]:
    return lambda brief: brief.budget.model_copy(update={end: None}) if brief.budget else None


def _ageless(brief: Brief) -> Any:
    return brief.recipient.model_copy(update={"age_years": None, "relation": None})
