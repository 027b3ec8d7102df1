"""What a message changes of the brief: each reader takes its words in turn, so that none are read twice."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from recsys_agent.offline.reading.ages import read_age
from recsys_agent.offline.reading.attributes import read_attributes, with_attributes
from recsys_agent.offline.reading.brands import read_refused_brands
from recsys_agent.offline.reading.budgets import read_budget, read_each_beside_total
from recsys_agent.offline.reading.changed_budget import read_raised, read_supposed
from recsys_agent.offline.reading.corrections import read_removals, starts_over
from recsys_agent.offline.reading.counts import read_how_many, read_options
from recsys_agent.offline.reading.dates import read_date
from recsys_agent.offline.reading.first_names import read_name
from recsys_agent.offline.reading.likes import read_tastes
from recsys_agent.offline.reading.needs import PARTY_KINDS, Wanted, read_wanted
from recsys_agent.offline.reading.occasions import read_occasion
from recsys_agent.offline.reading.people import Person, best, read_people
from recsys_agent.offline.reading.planned import Planned
from recsys_agent.offline.reading.price_feel import read_price_feel
from recsys_agent.offline.reading.selfcorrection import takes_back
from recsys_agent.offline.reading.several import read_several
from recsys_agent.offline.reading.smalltalk import rants
from recsys_agent.offline.reading.sought_thing import read_sought_thing
from recsys_agent.offline.reading.tastes import Tastes
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.themes import read_theme_in_place
from recsys_agent.offline.reading.words.people import WEAK_RELATIONS
from tools.brief import Brief, BriefChanges, Budget, NeedChange
from tools.lexicon.stems import stems
from tools.planning.ages import ADULT_AGE, ADULT_RELATIONS, CHILD_RELATIONS
from tools.product import NeedKind

_HOW_MANY = re.compile(r"\b(?:we|they|there)(?: will| are going to|'ll)? (?:be|are)\b")
_AGED = re.compile(r"\b(?:he|she|turn\w*|old|aged?|birthday)\b")


_YOUNGEST: dict[str, int] = {
    **dict.fromkeys(ADULT_RELATIONS, ADULT_AGE),
    **dict.fromkeys(("mother", "father", "parents"), 30),
    **dict.fromkeys(("grandmother", "grandfather", "grandparents"), 40),
}
"""A smaller number beside such a person is money: "mug for my boss, 15"."""


def _a_childs_age(words: Message, relation: str | None) -> bool:
    """Whether the message is but a number that only a child can be old: "seven", of a niece."""
    return relation in CHILD_RELATIONS and bool(re.fullmatch(r"(?:\d|1[0-7])[ .!]*", words.text))


_ADDS = re.compile(
    r"(?:(?:and|also|please|oh|can you|could you|can we|let us|i also),? )*(?:(?P<verb>add|include|plus)|also|and)\b"
)
_GROWN_UP_GROUPS = frozenset("friend colleague neighbour teacher client employee couple parents grandparents".split())
"""Of several of them nobody tells one age: "for two friends, 60" is money."""


def read_changes(words: Message, today: date, brief: Brief, asked: str | None, *, reacting: bool) -> BriefChanges:
    """The changes, of which those of single needs and of others who get a gift are read elsewhere.

    ``reacting`` means that the message speaks of what is shown, so that what it names is not wished for.
    """
    brands = read_refused_brands(words)
    people = read_people(words)
    person = best(people)
    own = bool(person and person.relation == "self") or brief.recipient.relation == "self"
    # Read ahead on a copy: what the age says about the recipient is needed before the words are taken one by one.
    age_ahead = read_age(words.copy(), own=own)
    over = starts_over(words, brief, person.relation if person else None, age_ahead)
    asked = None if over else asked
    base = Brief() if over else brief
    found: dict[str, Any] = {"start_over": over}
    found["relation"] = _relation(person, base)
    found["name"] = read_name(words, person, asked=asked == "recipient")
    in_place = read_theme_in_place(words) if base.theme else None
    found["remove"] = [] if over else read_removals(words, base)
    feel = read_price_feel(words)
    about_picks = r"\b(?:too|cheaper|less) (?:expensive|pricey)\b|\bcheapest\b"
    found["price_feel"] = None if re.search(about_picks, words.text) and reacting else feel
    supposed = read_raised(words, base.budget) or read_supposed(words, base.budget)
    found["date"] = read_date(words, today)
    counts = bool(base.guests) and _HOW_MANY.search(words.text)
    if (asked == "guests" or counts) and not _AGED.search(words.text):
        age = None  # "we'll be 20" answers how many, not how old
    else:
        relation = found["relation"] or base.recipient.relation
        answered = asked == "age" or (
            asked != "budget" and base.recipient.age_years is None and _a_childs_age(words, relation)
        )
        ends = [p.end for p in people if p.score > 0 and not (p.plural and p.relation in _GROWN_UP_GROUPS)]
        if (name := found["name"]) and (at := words.text.find(name.lower())) >= 0:
            ends.append(at + len(name))  # "for Mia, 7"
        age = read_age(words, tuple(ends), own=own, asked=answered, least=_YOUNGEST.get(relation or "", 1))
    found["age_years"] = age
    found["occasion"] = read_occasion(words, age=age)
    found["options"] = None if reacting and re.search(r"\bone\b", words.text) else read_options(words)
    party_known = any(n.kind in PARTY_KINDS for n in base.needs)
    wanted = read_wanted(words, party_known=party_known, asked_guests=asked == "guests", known_guests=base.guests)
    found["guests"], found["theme"] = wanted.guests, in_place or wanted.theme
    number = None if wanted.plan else read_how_many(words, [])  # "x 20" is no money
    apiece = None if supposed else read_each_beside_total(words)
    found["budget"] = supposed or read_budget(
        words,
        asked=asked == "budget",
        asked_currency=asked == "currency",
        known=base.budget,
    )
    if apiece and apiece.currency and found["budget"] and found["budget"].currency is None:
        found["budget"] = found["budget"].model_copy(update={"currency": apiece.currency})
    several = _several(words, base, wanted, found["budget"])
    if len(several) > 1 and len({p.relation for p in people if person and p.score == person.score}) > 1:
        found["relation"] = None  # "a scarf for my mum and a wallet for my dad": neither is whom all of it is for
    found["needs"] = [need for need in wanted.needs() if not several or need.kind != "gift"] + several
    _close_people(words, people, found["name"])
    attributes = [] if reacting else read_attributes(words)
    gathering = any(kind != "gift" for kind in wanted.kinds)  # what else is named there is no taste
    tastes = _tastes(words, own=own, asked=asked, reacting=reacting, things=not gathering)
    if not reacting and not several:
        tastes.interests = read_sought_thing(words, tastes.interests, fresh=brief == Brief() and asked is None)
    tastes.interests = with_attributes(attributes, tastes.interests)
    if tastes.interests and len(base.interests) == 1 and takes_back(words.text):
        found["remove"] = [*found["remove"], *base.interests]
    if number is None and not reacting and not wanted.plan:
        number = read_how_many(words, tastes.interests)
    found["needs"] = _counted(found["needs"], number, apiece, base)
    removed = set(found["remove"]) - set(tastes.interests)
    found["remove"] = [entry for entry in found["remove"] if entry in removed]
    found["interests"] = [i for i in _distinct(tastes.interests) if i not in removed and i != found["theme"]]
    found["avoid"] = [a for a in (*brands, *tastes.avoid) if a not in removed]
    found["allergies"], found["owned"] = tastes.allergies, tastes.owned
    return BriefChanges(**found)


def _several(words: Message, brief: Brief, wanted: Wanted, budget: Budget | None) -> list[NeedChange]:
    """The things of which each is to be had, "a mug and a book"; their words are closed."""
    adds = _ADDS.match(words.text)
    more = adds and (brief.is_plan or adds["verb"]) and brief != Brief() and all(n.kind == "gift" for n in brief.needs)
    if brief.needs and not more:
        return []
    beside = bool(more) or any(kind != "gift" for kind in wanted.kinds)
    things = read_several(words, beside=beside)
    for thing in things:
        words.close(thing.start, thing.end)
    each = {"min": budget.min, "max": budget.max} if budget and budget.per == "each" else {}
    return [thing.need.model_copy(update=each) for thing in things]


def _counted(needs: list[NeedChange], number: int | None, apiece: Budget | None, brief: Brief) -> list[NeedChange]:
    """The needs with how many of the one thing are wanted, and what each may cost beside what all may."""
    if number is None and apiece is None:
        return needs
    one = needs or [NeedChange(kind=need.kind, name=need.name) for need in brief.wanted]
    if number and len(one) == 1 and one[0].quantity is None:
        one = [one[0].model_copy(update={"quantity": number})]
    bounds = {"min": apiece.min, "max": apiece.max, "each": True} if apiece else {}
    return [need.model_copy(update=bounds) for need in one]


def _distinct(interests: list[str]) -> list[str]:
    """Each once, whether it was said of one or of many."""
    distinct: dict[tuple[str, ...], str] = {}
    for interest in interests:
        distinct.setdefault(stems(interest), interest)
    return list(distinct.values())


def _relation(person: Person | None, brief: Brief) -> str | None:
    """The relation the message tells; "a teenager" says no more of the nephew who is known."""
    known = brief.recipient.relation
    if person is None or (known and person.relation in WEAK_RELATIONS and person.score <= 2):
        return None
    return person.relation


def _tastes(words: Message, *, own: bool, asked: str | None, reacting: bool, things: bool) -> Tastes:
    answers = asked in ("interests", "clarify", "taste") and not rants(words.text)
    tastes = read_tastes(words, own=own, asked=answers, things_told=things)
    if reacting:  # "something cheaper", "why the books?": no interest is stated by the way
        tastes.interests = [
            i
            for i in tastes.interests
            if re.search(rf"\b(?:loves?|likes?|into|enjoys?|adores?)\b.*{re.escape(i)}", words.text)
        ]
    return tastes


def _close_people(words: Message, people: list[Person], name: str | None) -> None:
    """Closes the words for people, which name no interest; only now, as an age may stand behind them."""
    if name and (said := words.text.find(name.lower())) >= 0:
        words.close(said, said + len(name))
    for person in people:
        words.close(person.start, person.end)


def with_planned(changes: BriefChanges, planned: Planned, brief: Brief) -> BriefChanges:
    """The changes with what was said of single needs; what starts anew has nothing to keep, swap or drop."""
    needs = planned.needs(changes.needs)
    if (
        brief.needs == []
        and brief != Brief()
        and changes.needs
        and not changes.start_over
        and _lacks_gift(brief, needs)
    ):
        needs = [NeedChange(kind="gift"), *needs]  # "also a cake", after a gift was asked for
    if changes.start_over:
        return changes.model_copy(update={"needs": needs})
    remove = list(dict.fromkeys([*changes.remove, *planned.remove]))
    needs = [need for need in needs if need.name not in remove]
    update = {"needs": needs, "keep": planned.keep, "swap": planned.swap, "elsewhere": planned.elsewhere}
    return changes.model_copy(update={**update, "remove": remove})


def _lacks_gift(brief: Brief, needs: list[NeedChange]) -> bool:
    return brief.recipient.relation is not None and bool(brief.interests) and all(n.kind != "gift" for n in needs)


def limited_to(listed: list[NeedKind], changes: BriefChanges, brief: Brief) -> BriefChanges:
    """The changes where a list names all that is needed: what else a party usually has is not wanted."""
    if not listed:
        return changes
    needs = [need for need in changes.needs if need.name in listed or need.wishes]  # "plates, cups and a game"
    named = {need.kind for need in needs} | {need.kind for need in brief.needs}
    needs += [NeedChange(kind=kind) for kind in listed if kind not in named]
    said = {*listed, *(need.kind for need in needs)}
    gone = [] if changes.start_over else [need.kind for need in brief.needs if need.kind not in said]
    return changes.model_copy(update={"needs": needs, "remove": list(dict.fromkeys([*changes.remove, *gone]))})
