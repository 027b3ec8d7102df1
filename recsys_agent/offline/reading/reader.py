"""Reads one message: each reader takes its words, and the rest decides what the shopper is doing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from recsys_agent.offline.reading.ages import read_age
from recsys_agent.offline.reading.attributes import read_attributes
from recsys_agent.offline.reading.brands import read_refused_brands
from recsys_agent.offline.reading.budgets import read_budget, read_supposed
from recsys_agent.offline.reading.consent import asks_what_helps, declines, read_consent
from recsys_agent.offline.reading.corrections import read_removals, starts_over
from recsys_agent.offline.reading.counts import read_options
from recsys_agent.offline.reading.dates import read_date
from recsys_agent.offline.reading.extras import read_extras
from recsys_agent.offline.reading.first_names import read_name
from recsys_agent.offline.reading.gatherings import read_else
from recsys_agent.offline.reading.joint import read_joint, with_joint
from recsys_agent.offline.reading.language import language_of
from recsys_agent.offline.reading.likeness import asks_for_the_same, read_elsewhere, read_must
from recsys_agent.offline.reading.likes import read_tastes
from recsys_agent.offline.reading.listed import read_listed
from recsys_agent.offline.reading.model import Intent, Reading
from recsys_agent.offline.reading.needs import PARTY_KINDS, read_wanted
from recsys_agent.offline.reading.occasions import read_occasion
from recsys_agent.offline.reading.others import strike_others
from recsys_agent.offline.reading.people import Person, best, read_people, strike_giver
from recsys_agent.offline.reading.pick_names import named_picks
from recsys_agent.offline.reading.planned import Planned, currency_budget, read_planned
from recsys_agent.offline.reading.positions import position_of
from recsys_agent.offline.reading.price_feel import read_price_feel
from recsys_agent.offline.reading.qualities import read_qualities, read_wished_qualities
from recsys_agent.offline.reading.raised_budget import read_raised
from recsys_agent.offline.reading.reactions import critique_of, is_choice, is_explanation
from recsys_agent.offline.reading.selfcorrection import Correction, corrected, slot_of, split_correction, takes_back
from recsys_agent.offline.reading.several import read_several
from recsys_agent.offline.reading.single_picks import NONE, read_single_picks
from recsys_agent.offline.reading.smalltalk import chat_of, no_preference, rants, surprises
from recsys_agent.offline.reading.sought_thing import read_sought_thing
from recsys_agent.offline.reading.tastes import Tastes
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.vouchers import read_vouchers
from recsys_agent.offline.reading.words.people import WEAK_RELATIONS
from tools.brief import Brief, BriefChanges, NeedChange
from tools.guard.hostile import is_hostile
from tools.product import NeedKind

# A request without any detail is still one: "what can I get?", "I need an idea".
_REQUEST = re.compile(
    r"\b(?:gifts?|presents?|recommend|recommendations?|suggest|suggestions?|ideas?|buy|shopping|shop for|"
    r"surprise|treat|party|something for|looking for|find (?:me )?(?:something|a)|what (?:can|could|should|do|"
    r"would) (?:i|we) (?:get|buy|give|do)|help me (?:find|choose|pick|decide)|celebrat\w+|occasion|show me)\b"
)

# Talk about a person is part of a request even when nothing in it can be used: "she wears size M".
_ABOUT_SOMEBODY = re.compile(r"\b(?:he|she|they|his|her|my \w+)\b \w+ \w+")

_AGED = re.compile(r"\b(?:he|she|turn\w*|old|aged?|birthday)\b")

_ADDS = re.compile(
    r"(?:(?:and|also|please|oh|can you|could you|can we|let us|i also),? )*(?:add|include|also|and|plus)\b"
)


def read(
    message: str,
    *,
    today: date,
    brief: Brief | None = None,
    asked: str | None = None,
    shown: int = 0,
    titles: Sequence[str] = (),
    offered: Sequence[str] = (),
) -> Reading:
    """What the message means.

    ``brief`` is the present one, ``asked`` the slot the assistant has just asked for, ``shown`` how many picks are on
    the table and ``titles`` what they are called, ``offered`` the changes that the turn before offered because nothing
    fitted. Never raises; what is not understood is left out; a message of which nothing is understood is unclear.
    """
    if is_hostile(message):
        return Reading(intent="hostile", language="en")
    known = brief or Brief()
    words = Message(message)
    language = language_of(message)
    if language != "en":
        return Reading(intent="foreign", language=language)
    about_single = shown and read_single_picks(words.copy(), shown, titles) != NONE
    if (
        not about_single
        and (correction := split_correction(words))
        and (mended := _corrected(correction, today=today, known=known, asked=asked, shown=shown, titles=titles))
    ):
        return mended
    if accepted := read_consent(words, offered):
        return Reading(intent="recommend", accept=accepted)
    if offered and asks_what_helps(words):
        return Reading(intent="recommend")  # the same search again, and with it what would help
    if offered and declines(words):
        return Reading(intent="chat", chat="no")
    single = read_single_picks(words, shown, titles) if shown and not (known.is_plan or offered) else NONE
    strike_giver(words)
    later = strike_others(words)
    vouchers, voucher_currency, unvouched = read_vouchers(words, known.vouchers)
    listed = read_listed(words)
    names = [need.name for need in known.needs if need.name != need.kind]
    names += [] if shown else [thing.need.name for thing in read_several(words)]
    joint = read_joint(words, known, names)
    planned = read_planned(words, known, names)
    position = position_of(words, shown)
    if shown and single == NONE and known.is_plan and not offered and planned == Planned(known=planned.known):
        single = read_single_picks(words, shown, titles)
    early = "critique" if single != NONE else _reaction(words.text, known, shown, position)
    changes = _changes(words, today, known, asked, reacting=early is not None)
    changes = _with_planned(changes, planned, known)
    changes = with_joint(joint, _limited_to(listed, changes, known), known)
    changes.vouchers = vouchers
    changes.remove += unvouched
    currency = next((j.budget.currency for j in joint if j.budget and j.budget.currency), planned.currency)
    changes.budget = changes.budget or currency_budget(voucher_currency or currency, known.budget)
    answers = asked in ("interests", "taste")
    if (shown or answers) and not (planned.keep or planned.swap or planned.remove):
        changes.more, changes.less = read_qualities(words)
        if answers and (changes.more or changes.less) and len(words.text.split()) < len(changes.interests) + 4:
            changes.interests = []  # "something funnier" is how it shall be, not what they like
        if shown and not known.is_plan:
            changes.elsewhere = read_elsewhere(words)
            pointed = position is not None and early is None  # "the second one, but blue"
            if pointed or early == "critique" or changes.more or changes.less or asks_for_the_same(words):
                changes.must = read_must(words)
    elif not shown and not changes.apply(known).is_plan:
        changes.more = read_wished_qualities(words)
    reading = _reading(words.text, changes, early, position, asked, shown).model_copy(update={"later": later})
    if changes.apply(known).is_plan or any(need.kind != "gift" for need in changes.needs):
        sought = [*changes.interests, *(wish for n in changes.needs for wish in n.wishes)]
        reading.extras = list(dict.fromkeys([*read_extras(words, sought), *read_else(words, sought)]))
    if position is None and (words_for_it := _named(words.text, shown, titles)):
        reading = reading.model_copy(update={"what": words_for_it})
    if single != NONE:
        changes.price_feel = None  # "the second looks cheap" is about that one
        likes = reading.critique if reading.critique == "like" else None
        meant = {"replace": single.replace, "replace_all_but": single.all_but, "critique": single.critique or likes}
        reading = reading.model_copy(update={"intent": "critique", **meant})
    if shown and reading.no_preference and surprises(words.text) and changes == BriefChanges():
        return reading.model_copy(update={"intent": "critique", "critique": "different"})
    if reading.critique == "like":
        changes.must = read_must(words)
    elif changes.must and position is not None and reading.critique is None:
        reading = reading.model_copy(update={"intent": "critique", "critique": "like"})  # "the second in blue"
    if planned.critique:
        return reading.model_copy(update={"intent": "critique", "critique": planned.critique})
    return reading


def _corrected(
    correction: Correction, *, today: date, known: Brief, asked: str | None, shown: int, titles: Sequence[str]
) -> Reading | None:
    """A message that takes back half of itself, both halves read; None where the first half states nothing."""
    first = read(correction.before, today=today, brief=known, asked=asked, shown=shown, titles=titles)
    if first.changes == BriefChanges():
        return None
    brief = first.changes.apply(known)
    slot = slot_of(first.changes, correction) or asked
    second = read(correction.after, today=today, brief=brief, asked=slot, shown=shown, titles=titles)
    changes = corrected(first.changes, second.changes, correction)
    meant = second if second.changes != BriefChanges() or second.critique else first
    return meant.model_copy(update={"changes": changes})


def _with_planned(changes: BriefChanges, planned: Planned, brief: Brief) -> BriefChanges:
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


def _named(text: str, shown: int, titles: Sequence[str]) -> str | None:
    """The words that name the one pick the message speaks of: "more like the teapot"."""
    named = [pick for one in named_picks(text, shown, titles) for pick in one.picks if not pick.isdigit()]
    return named[0] if shown and len(named) == 1 else None


def _limited_to(listed: list[NeedKind], changes: BriefChanges, brief: Brief) -> BriefChanges:
    """The changes where a list names all that is needed: what else a party usually has is not wanted."""
    if not listed:
        return changes
    needs = [need for need in changes.needs if need.name in listed or need.wishes]  # "plates, cups and a game"
    named = {need.kind for need in needs} | {need.kind for need in brief.needs}
    needs += [NeedChange(kind=kind) for kind in listed if kind not in named]
    said = {*listed, *(need.kind for need in needs)}
    gone = [] if changes.start_over else [need.kind for need in brief.needs if need.kind not in said]
    return changes.model_copy(update={"needs": needs, "remove": list(dict.fromkeys([*changes.remove, *gone]))})


def _lacks_gift(brief: Brief, needs: list[NeedChange]) -> bool:
    return brief.recipient.relation is not None and bool(brief.interests) and all(n.kind != "gift" for n in needs)


def _changes(words: Message, today: date, brief: Brief, asked: str | None, *, reacting: bool) -> BriefChanges:
    brands = read_refused_brands(words)
    people = read_people(words)
    person = best(people)
    own = bool(person and person.relation == "self") or brief.recipient.relation == "self"
    # Read ahead on a copy: what the age says about the recipient is needed before the words are taken one by one.
    age_ahead = read_age(words.copy(), own=own)
    over = starts_over(words, brief, person.relation if person else None, age_ahead)
    base = Brief() if over else brief
    found: dict[str, Any] = {"start_over": over}
    found["relation"] = _relation(person, base)
    found["name"] = read_name(words, person, asked=asked == "recipient")
    found["remove"] = [] if over else read_removals(words, base)
    feel = read_price_feel(words)
    found["price_feel"] = (
        None if re.search(r"\b(?:too|cheaper|less) (?:expensive|pricey)\b", words.text) and reacting else feel
    )
    supposed = read_raised(words, base.budget) or read_supposed(words, base.budget)
    found["date"] = read_date(words, today)
    if asked == "guests" and not _AGED.search(words.text):
        age = None  # "we'll be 20" answers how many, not how old
    else:
        ends = [p.end for p in people if p.score > 0]
        if (name := found["name"]) and (at := words.text.find(name.lower())) >= 0:
            ends.append(at + len(name))  # "for Mia, 7"
        age = read_age(words, tuple(ends), own=own, asked=asked == "age")
    found["age_years"] = age
    found["occasion"] = read_occasion(words, age=age)
    found["options"] = None if reacting and re.search(r"\bone\b", words.text) else read_options(words)
    party_known = any(n.kind in PARTY_KINDS for n in base.needs)
    wanted = read_wanted(words, party_known=party_known, asked_guests=asked == "guests", known_guests=base.guests)
    found["guests"], found["theme"] = wanted.guests, wanted.theme
    found["budget"] = supposed or read_budget(
        words,
        asked=asked == "budget",
        asked_currency=asked == "currency",
        known=base.budget,
        party=wanted.plan or any(kind != "gift" for kind in wanted.kinds),
    )
    more = base.is_plan and _ADDS.match(words.text) and all(need.kind == "gift" for need in base.needs)
    beside = bool(more) or any(kind != "gift" for kind in wanted.kinds)
    several = [] if base.needs and not more else read_several(words, beside=beside)
    for thing in several:
        words.close(thing.start, thing.end)
    if (budget := found["budget"]) and budget.per == "each":
        ends = {"min": budget.min, "max": budget.max}
        several = [replace(thing, need=thing.need.model_copy(update=ends)) for thing in several]
    found["needs"] = [
        *(need for need in wanted.needs() if not several or need.kind != "gift"),
        *(t.need for t in several),
    ]
    _close_people(words, people, found["name"])
    attributes = [] if reacting else read_attributes(words)
    tastes = _tastes(words, own=own, asked=asked, reacting=reacting)
    tastes.interests += attributes
    if not reacting and not several:
        tastes.interests = read_sought_thing(words.text, tastes.interests)
    if tastes.interests and len(base.interests) == 1 and takes_back(words.text):
        found["remove"] = [*found["remove"], *base.interests]
    removed = set(found["remove"]) - set(tastes.interests)
    found["remove"] = [entry for entry in found["remove"] if entry in removed]
    found["interests"] = [i for i in tastes.interests if i not in removed and i != found["theme"]]
    found["avoid"] = [a for a in (*brands, *tastes.avoid) if a not in removed]
    found["allergies"], found["owned"] = tastes.allergies, tastes.owned
    return BriefChanges(**found)


def _relation(person: Person | None, brief: Brief) -> str | None:
    """The relation the message tells; "a teenager" says no more of the nephew who is known."""
    known = brief.recipient.relation
    if person is None or (known and person.relation in WEAK_RELATIONS and person.score <= 2):
        return None
    return person.relation


def _tastes(words: Message, *, own: bool, asked: str | None, reacting: bool) -> Tastes:
    answers = asked in ("interests", "clarify", "taste") and not rants(words.text)
    tastes = read_tastes(words, own=own, asked=answers)
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


def _reaction(text: str, brief: Brief, shown: int, position: int | None) -> str | None:
    """A reaction to what is on the table, told before the details are read."""
    if not shown and brief == Brief():
        return None
    if is_choice(text) and (
        position is not None
        or shown == 1
        or not shown
        or re.search(r"\b(?:it|that|them|both|all|order|cart|basket|checkout|check out)\b", text)
    ):
        return "choose"
    if is_explanation(text):
        return "explain"
    if critique_of(text):
        return "critique"
    return None


def _reading(
    text: str, changes: BriefChanges, reaction: str | None, position: int | None, asked: str | None, shown: int
) -> Reading:
    """The intent, from what was said and how the shopper reacts."""
    said = changes != BriefChanges()
    whatever = no_preference(text) and not changes.interests
    critique = critique_of(text) if reaction in ("critique", "explain", "choose") or shown else None
    chat = chat_of(text)
    intent: Intent
    if changes.start_over and said:
        intent = "recommend"
    elif reaction in ("choose", "explain"):
        intent = "choose" if reaction == "choose" else "explain"
    elif reaction == "critique":
        intent = "recommend" if _states_anew(changes) else "critique"
    elif said or (whatever and (asked or chat not in ("identity", "help"))):
        intent = "recommend"
    elif chat:
        intent = "chat"
    elif _REQUEST.search(text) or _ABOUT_SOMEBODY.search(text):
        intent = "recommend"
    else:
        intent = "unclear"
    return Reading(
        intent=intent,
        changes=changes,
        critique=critique if intent in ("critique", "recommend") else None,
        position=position,
        chat=chat if intent == "chat" or (asked and chat in ("yes", "no")) else None,
        no_preference=whatever,
    )


def _states_anew(changes: BriefChanges) -> bool:
    """Whether beside the critique something was stated that asks for new picks by itself."""
    return bool(changes.budget or changes.interests or changes.relation or changes.remove)
