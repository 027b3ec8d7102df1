"""The template reply: plain words over evidence.

It is what the stand-in says, and what replaces a reply that fails its check.
"""

from __future__ import annotations

import re
import zlib

from tools.brief import Brief
from tools.guard.advertising import without_advertising
from tools.lexicon.relations import spoken_of
from tools.money_text import find_amounts
from tools.needs import spoken
from tools.receipts.evidence import Evidence, PickEvidence
from tools.receipts.plan_table import off_theme_text, offers, plan_table
from tools.receipts.reasons import HOLIDAYS, budget_text, limit_text, rating_text
from tools.receipts.trade_offs import considerations, runner_up

PART_NAMES = {
    "relevance": "the wish it answers",
    "recipient": "how much of what they like it answers",
    "likeness": "likeness to the pick you liked",
    "quality": "its rating",
    "novelty": "being new",
    "age": "the age it is made for",
    "unsuited": "being made for another age",
    "retrieval": "its place in the search",
    "occasion": "the occasion",
    "price": "its price",
    "leaning": "what you took and turned down before",
    "manner": "being as you asked",
}
"""The parts of `ranking.WEIGHTS` in a shopper's words."""

LINK = re.compile(r"https?:|www\.|\w@\w", re.IGNORECASE)


BRIEFER = (3, 2, 1, 0)
"""How many reasons a pick is told with, from the fullest reply to the shortest."""


def render(evidence: Evidence, reasons: int = BRIEFER[0]) -> str:
    """The whole reply for this evidence, as Markdown that also reads well in a terminal.

    With fewer ``reasons`` a pick it is shorter, and weighs the picks no longer.
    """
    return compose(words(evidence, reasons), evidence)


def words(evidence: Evidence, reasons: int = BRIEFER[0]) -> str:
    """The reply without what `compose` adds."""
    if evidence.explain is not None:
        return _why(evidence)
    if evidence.status == "asked" and evidence.question:
        return evidence.question.text
    if evidence.status == "infeasible":
        return _infeasible(evidence)
    body = _plan(evidence, reasons) if evidence.brief.is_plan else _shortlist(evidence, reasons)
    weighed = considerations(evidence) if reasons == BRIEFER[0] else ""
    parts = (_opening(evidence), body, weighed, _unsold(evidence), _admissions(evidence))
    return "\n\n".join(part for part in parts if part)


def compose(said: str, evidence: Evidence) -> str:
    """A reply out of anyone's words: a plan's table and what gave up the theme follow the opening, other plans the rest.

    What the shopper should check themselves comes behind, and the question that code decided on comes last, unless the words ask it, or another one, themselves.
    """
    if evidence.status != "recommended" or evidence.explain is not None:
        return said
    opening, _, rest = said.strip().partition("\n\n")
    question = evidence.question.text if evidence.question else ""
    if question in said or said.rstrip().endswith("?"):
        question = ""
    rest = rest.strip()
    if rest.endswith("?"):
        rest, _, question = rest.rpartition("\n\n")
    table = (plan_table(evidence), off_theme_text(evidence))
    parts = (opening, *table, rest, offers(evidence), " ".join(evidence.cautions), question)
    return "\n\n".join(part for part in parts if part)


def for_whom(brief: Brief) -> str:
    """Whom and what it is for: "your father's birthday", "Ana", or nothing known: ""."""
    recipient = brief.recipient
    occasion = _occasion(brief.occasion or "")
    relation = recipient.relation
    person = recipient.name or ("you" if relation == "self" else spoken_of(relation) if relation else "")
    if recipient.name and relation:
        person = f"{spoken_of(relation)} {recipient.name}"
    if person and occasion and person != "you":
        return f"{person}' {occasion}" if person.endswith("parents") else f"{person}'s {occasion}"
    return person or (occasion if occasion[:1].isupper() else f"the {occasion}" if occasion else "")


def _occasion(occasion: str) -> str:
    """The occasion in words, holidays with capitals: "Christmas", "Mother's Day"."""
    name = occasion.replace("_", " ")
    if name in HOLIDAYS:
        return name.replace("ers day", "er's day").replace("nes day", "ne's day").title().replace("'S", "'s")
    return name


def _opening(evidence: Evidence) -> str:
    whom, budget = for_whom(evidence.brief), limit_text(evidence.brief, evidence.currency)
    lowered = budget != budget_text(evidence.brief, evidence.currency)  # by "cheaper", below what was said
    limit = f"{'for' if lowered else 'with a budget of'} {budget}" if budget else ""
    what = " and ".join(filter(None, [f"For {whom}" if whom else "", limit]))
    what = what.replace(" and for", ",")
    what = what.replace(" and with", ", with")
    what = what[:1].upper() + what[1:] if what else "From the catalogue"
    if evidence.brief.is_plan:
        return f"{what}, here is the plan:"
    count = len(evidence.picks)
    found = "this is the one that fits" if count == 1 else f"these {count} fit best"
    if evidence.brief.interests and set(evidence.brief.interests) <= set(evidence.unmatched):
        found = "this one comes closest" if count == 1 else f"these {count} come closest"
    return f"{what}, {found}:"


def _shortlist(evidence: Evidence, reasons: int) -> str:
    return "\n".join(_line(pick, reasons) for pick in evidence.picks)


def _line(pick: PickEvidence, reasons: int) -> str:
    times = f" ({pick.quantity} × {pick.price})" if pick.quantity > 1 else ""
    pays = f", {pick.pays} to pay with vouchers, shipping and tax counted" if pick.pays else ""
    by = f" by {pick.product.brand}" if pick.product.brand else ""
    option = f" ({pick.option})" if pick.option else ""
    why = _sentence(_worded(pick, _told(pick, reasons)))
    line = f"{pick.number}. **{pick.product.title}**{option}{by}: {pick.cost}{times}{pays}"
    return f"{line}  \n   {why}" if why else line


def _worded(pick: PickEvidence, told: list[str]) -> str:
    """The reasons as one sentence, the rating told in one of several ways; which one follows from the product."""
    *fits, last = told or [""]
    count = pick.product.rating_count
    if not fits or last != rating_text(pick.product) or not count or count < 2:
        return "; ".join(told)
    rating = pick.product.rating
    ways = (last, f"{count} shoppers rate it {rating} of 5", f"{rating} of 5 from {count} shoppers")
    return "; ".join([*fits, ways[zlib.crc32(pick.product.product_id.encode()) % len(ways)]])


def _told(pick: PickEvidence, most: int) -> list[str]:
    """The reasons worth a line: not the price, which stands there, nor the occasion, which is in the head."""
    telling = [reason for reason in pick.reasons if not reason.startswith(("costs ", "meant for "))]
    return (telling or pick.reasons)[:most]


def _plan(evidence: Evidence, reasons: int) -> str:
    """Why each pick is in the plan; what it costs stands in the table."""
    told = ((spoken(pick.need).capitalize(), "; ".join(_told(pick, reasons))) for pick in evidence.picks)
    return "\n".join(f"- {need}: {why}." for need, why in told if why)


def _unsold(evidence: Evidence) -> str:
    """What the plan had to leave out, because the shop has nothing of the kind."""
    if not evidence.unmet:
        return ""
    return f"This shop sells nothing for: {', '.join(spoken(kind) for kind in evidence.unmet)}."


def _admissions(evidence: Evidence) -> str:
    """What was asked for and is not answered; never passed over in silence."""
    unsold = {wish for need in evidence.brief.wanted if need.name in evidence.unmet for wish in need.wishes}
    missed = [wish for wish in evidence.unmatched if wish not in unsold]
    if not missed:
        return _gone_without(evidence)
    wishes = _quoted(missed)
    if evidence.brief.is_plan and any(pick.answers for pick in evidence.picks):
        return " ".join(filter(None, [f"I found nothing admissible for {wishes}.", _gone_without(evidence)]))
    if any(pick.answers for pick in evidence.picks):
        return f"For {wishes} itself I found nothing that fits."
    return f"I found nothing for {wishes} in this catalogue; these are well-rated alternatives."


def _gone_without(evidence: Evidence) -> str:
    """Things named for a need whose one product is not them, though the shop may have them."""
    told = []
    for need in evidence.brief.wanted if evidence.brief.is_plan else ():
        answered = {wish for pick in evidence.picks if pick.need == need.name for wish in pick.answers}
        left = [wish for wish in need.wishes if wish not in answered and wish not in evidence.unmatched]
        if left:
            told.append(f"One product stands for the {spoken(need.name)}, so the plan goes without {_quoted(left)}.")
    return " ".join(told)


def _infeasible(evidence: Evidence) -> str:
    brief = evidence.brief
    budget = budget_text(brief, evidence.currency)
    wish = f" {_quoted([*brief.interests, *([brief.theme] if brief.theme else [])])}" if brief.interests else ""
    limits = [f"a budget of {budget}"] if budget else []
    if brief.price_cap is not None:
        limits.append("a lower price than the picks before")
    if brief.rules:
        limits.append(f"leaving out {_quoted(brief.rules)}")
    within = f" within {' and '.join(limits)}" if limits else ""
    said = [f"Nothing in the catalogue fits{wish}{within}."]
    if evidence.unproven:
        said = [f"In the time there was, I found nothing in the catalogue that fits{wish}{within}; it may exist."]
    if evidence.unmet:
        said.append(f"There is nothing that fits for: {', '.join(spoken(kind) for kind in evidence.unmet)}.")
    if len(evidence.clash) == 1 and not evidence.unmet and not evidence.clash[0].startswith("a budget of"):
        said.append(f"What stands in the way: {evidence.clash[0]}.")
    if len(evidence.clash) > 1:
        said.append(f"These cannot all be met at once: {'; '.join(evidence.clash)}.")
    if evidence.closest and evidence.closest_cost:
        said.append(f"The closest fit is **{evidence.closest.product.title}** at {evidence.closest_cost}.")
    elif evidence.closest_cost:
        said.append(f"The cheapest plan that keeps your other wishes costs {evidence.closest_cost}.")
    return "\n\n".join([" ".join(said), _ways_out(evidence)])


def _ways_out(evidence: Evidence) -> str:
    """The changes that would help, each with how much it opens. None is made without the shopper's yes."""
    if not evidence.relaxations:
        return "Another interest, occasion or budget may help."
    thing = "plan" if evidence.brief.is_plan else "product"
    ways = [f"- {_sentence(f'{r.change}: opens {_count(r.opens, thing)}')}" for r in evidence.relaxations]
    agree = "Tell me if that is fine." if len(ways) == 1 else "Tell me if one of these is fine."
    return "\n".join(["What would help:", "", *ways, "", agree])


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _why(evidence: Evidence) -> str:
    pick = next((p for p in evidence.picks if p.number == evidence.explain), None)
    if pick is None:
        return f"There is no pick number {evidence.explain}; I showed {len(evidence.picks)}."
    lines = [f"**{pick.product.title}** ({pick.cost}) is there because:"]
    lines += [f"- {_sentence(reason)}" for reason in pick.reasons]
    if pick.added:
        lines += ["", _points(pick)]
    if pick.number == 1 and len(evidence.picks) > 1 and not evidence.brief.is_plan:
        lines += ["", beside] if (beside := runner_up(evidence.picks)) else []
    if is_quotable(pick.product.description):
        lines += ["", f"The shop says: {pick.product.description}"]
    return "\n".join(lines)


def _points(pick: PickEvidence) -> str:
    """How its place came about: what each part of the ranking formula added, the most first."""
    parts = sorted(pick.added.items(), key=lambda part: -part[1])
    added = ", ".join(f"{PART_NAMES[name]} {value:.2f}" for name, value in parts)
    return f"Its rank comes from {pick.points:.2f} points: {added}."


def is_quotable(description: str) -> bool:
    """Whether a seller's text may be quoted: it must not talk about money, boast of ratings or lead elsewhere."""
    plain = bool(description) and not find_amounts(description) and not LINK.search(description)
    return plain and not without_advertising(description)[1]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _quoted(words: list[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)
