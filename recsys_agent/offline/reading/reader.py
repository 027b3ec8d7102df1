"""Reads one message: each reader takes its words, and the rest decides what the shopper is doing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from recsys_agent.offline.reading.changes import limited_to, read_changes, with_planned
from recsys_agent.offline.reading.consent import asks_what_helps, declines, read_consent
from recsys_agent.offline.reading.diets import read_no_longer
from recsys_agent.offline.reading.extras import read_extras
from recsys_agent.offline.reading.gatherings import read_else
from recsys_agent.offline.reading.intent import reaction_of, reading_of
from recsys_agent.offline.reading.joint import read_joint, with_joint
from recsys_agent.offline.reading.language import language_of
from recsys_agent.offline.reading.likeness import asks_for_another, read_elsewhere, read_must
from recsys_agent.offline.reading.listed import read_listed
from recsys_agent.offline.reading.model import Reading
from recsys_agent.offline.reading.others import strike_others
from recsys_agent.offline.reading.people import strike_giver
from recsys_agent.offline.reading.pick_names import named_picks
from recsys_agent.offline.reading.planned import Planned, currency_budget, read_planned
from recsys_agent.offline.reading.positions import position_of
from recsys_agent.offline.reading.qualities import read_qualities, read_wished_qualities
from recsys_agent.offline.reading.replacing import puts_instead, replaced
from recsys_agent.offline.reading.selfcorrection import Correction, corrected, slot_of, split_correction
from recsys_agent.offline.reading.several import read_several
from recsys_agent.offline.reading.single_picks import NONE, read_single_picks
from recsys_agent.offline.reading.smalltalk import is_off_topic, surprises
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.vouchers import read_vouchers
from tools.brief import Brief, BriefChanges
from tools.guard.hostile import is_hostile


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
    if is_off_topic(words.text):
        return Reading(intent="chat", chat="help")
    about_single = shown and read_single_picks(words.copy(), shown, titles) != NONE
    if (
        not about_single
        and (correction := split_correction(words))
        and (mended := _corrected(correction, today=today, known=known, asked=asked, shown=shown, titles=titles))
    ):
        return mended
    if (accepted := read_consent(words, offered)) and not re.match(r"(?:what|how|who|where|does|why)\b", words.text):
        return Reading(intent="recommend", accept=accepted)
    if offered and asks_what_helps(words):
        return Reading(intent="recommend")  # the same search again, and with it what would help
    if offered and declines(words):
        return Reading(intent="chat", chat="no")
    single = read_single_picks(words, shown, titles) if shown and not (known.is_plan or offered) else NONE
    strike_giver(words)
    no_longer = [rule for rule in read_no_longer(words) if rule in known.rules]
    later = strike_others(words)
    vouchers, voucher_currency, unvouched = read_vouchers(words, known.vouchers)
    listed = read_listed(words)
    names = [need.name for need in known.needs if need.name != need.kind]
    names += [] if shown else [thing.need.name for thing in read_several(words)]
    joint = read_joint(words, known, names)
    planned = read_planned(words, known, names)
    position = position_of(words, shown)
    whole = words.copy()
    instead = bool(shown) and puts_instead(words)
    if shown and single == NONE and known.is_plan and not offered and planned == Planned(known=planned.known):
        single = read_single_picks(words, shown, titles)
    early = "critique" if single != NONE else reaction_of(words.text, known, shown, position)
    about = "interests" if instead and asked is None else asked  # "a lamp instead" is as good as an answer
    changes = read_changes(words, today, known, about, reacting=early is not None)
    changes = with_planned(changes, planned, known)
    changes = with_joint(joint, limited_to(listed, changes, known), known)
    changes.remove += no_longer
    changes.vouchers = vouchers
    changes.remove += unvouched
    currency = next((j.budget.currency for j in joint if j.budget and j.budget.currency), planned.currency)
    changes.budget = changes.budget or currency_budget(voucher_currency or currency, known.budget)
    answers = asked in ("interests", "taste")
    if (shown or answers) and not (planned.keep or planned.swap or planned.remove):
        changes.more, changes.less = read_qualities(words)
        if answers and (changes.more or changes.less) and len(words.text.split()) < len(changes.interests) + 4:
            changes.interests = []  # "something funnier" is how it shall be, not what they like
        if changes.more or changes.less:
            changes.interests = [i for i in changes.interests if not i.startswith(("something ", "anything "))]
        if shown and not known.is_plan:
            changes.elsewhere = read_elsewhere(words)
            pointed = position is not None and early is None  # "the second one, but blue"
            if pointed or early == "critique" or changes.more or changes.less or asks_for_another(whole):
                changes.must = read_must(whole)
            changes.remove += replaced(changes, known, whole, instead=instead)
    elif not shown and not changes.apply(known).is_plan:
        changes.more = read_wished_qualities(words)
        if known.interests and asked is None and asks_for_another(whole):
            changes.must = read_must(whole)  # nothing fitted, and now "brown please"
    reading = reading_of(words.text, changes, early, position, asked, shown).model_copy(update={"later": later})
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


def _named(text: str, shown: int, titles: Sequence[str]) -> str | None:
    """The words that name the one pick the message speaks of: "more like the teapot"."""
    named = [pick for one in named_picks(text, shown, titles) for pick in one.picks if not pick.isdigit()]
    return named[0] if shown and len(named) == 1 else None
