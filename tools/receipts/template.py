"""The template reply: plain words over evidence.

It is what the stand-in says, and what replaces a reply that fails its check.
"""

from __future__ import annotations

import re

from tools.brief import Brief
from tools.money_text import find_amounts
from tools.product import NEED_NAMES
from tools.receipts.evidence import Evidence, PickEvidence, budget_text
from tools.request import Relaxation

LINK = re.compile(r"https?:|www\.|\w@\w", re.IGNORECASE)


def render(evidence: Evidence) -> str:
    """The whole reply for this evidence, as Markdown that also reads well in a terminal."""
    if evidence.explain is not None:
        return _why(evidence)
    if evidence.status == "asked" and evidence.question:
        return evidence.question.text
    if evidence.status == "infeasible":
        return _infeasible(evidence)
    body = _plan(evidence) if evidence.brief.is_plan else _shortlist(evidence)
    parts = [_opening(evidence), body, _unsold(evidence), _admissions(evidence)]
    if evidence.question:
        parts.append(evidence.question.text)
    return "\n\n".join(part for part in parts if part)


def for_whom(brief: Brief) -> str:
    """Whom and what it is for: "your father's birthday", "Ana", or nothing known: ""."""
    recipient = brief.recipient
    occasion = (brief.occasion or "").replace("_", " ")
    relation = (recipient.relation or "").replace("_", "-")
    person = recipient.name or (f"your {relation}" if relation and relation != "self" else "you" if relation else "")
    if recipient.name and relation:
        person = f"your {relation} {recipient.name}"
    if person and occasion and person != "you":
        return f"{person}' {occasion}" if person.endswith("parents") else f"{person}'s {occasion}"
    return person or (f"the {occasion}" if occasion else "")


def _opening(evidence: Evidence) -> str:
    whom, budget = for_whom(evidence.brief), budget_text(evidence.brief, evidence.currency)
    what = " and ".join(filter(None, [f"For {whom}" if whom else "", f"with a budget of {budget}" if budget else ""]))
    what = what.replace(" and with", ", with")
    what = what[:1].upper() + what[1:] if what else "From the catalogue"
    if evidence.brief.is_plan:
        return f"{what}, here is the plan:"
    count = len(evidence.picks)
    found = "this is the one that fits" if count == 1 else f"these {count} fit best"
    return f"{what}, {found}:"


def _shortlist(evidence: Evidence) -> str:
    return "\n".join(_line(pick) for pick in evidence.picks)


def _line(pick: PickEvidence) -> str:
    times = f" ({pick.quantity} × {pick.product.price})" if pick.quantity > 1 else ""
    by = f" by {pick.product.brand}" if pick.product.brand else ""
    why = "; ".join(_told(pick, 3))
    return f"{pick.number}. **{pick.product.title}**{by}: {pick.cost}{times}  \n   {_sentence(why)}"


def _told(pick: PickEvidence, most: int) -> list[str]:
    """The reasons worth a line: not the price, which stands there, nor the occasion, which is in the head."""
    telling = [reason for reason in pick.reasons if not reason.startswith(("costs ", "meant for "))]
    return (telling or pick.reasons)[:most]


def _plan(evidence: Evidence) -> str:
    lines = [
        f"- {NEED_NAMES[pick.need].capitalize()}: **{pick.product.title}**, "
        f"{pick.quantity} × {pick.product.price} = {pick.cost}  \n  {_sentence('; '.join(_told(pick, 3)))}"
        for pick in evidence.picks
    ]
    return "\n".join([*lines, f"\nTotal: **{evidence.total}**{_left(evidence)}."])


def _left(evidence: Evidence) -> str:
    brief, total = evidence.brief, evidence.total
    if total is None or brief.budget is None or brief.budget.max is None or brief.budget.per == "each":
        return ""
    high = brief.budget.bounds(evidence.currency)[1] or 0
    left = total.from_minor(high - total.minor, evidence.currency)
    return f", which leaves {left} of your budget"


def _unsold(evidence: Evidence) -> str:
    """What the plan had to leave out, because the shop has nothing of the kind."""
    if not evidence.unmet:
        return ""
    return f"This shop sells nothing for: {', '.join(NEED_NAMES[kind] for kind in evidence.unmet)}."


def _admissions(evidence: Evidence) -> str:
    """What was asked for and is not answered; never passed over in silence."""
    if not evidence.unmatched:
        return ""
    wishes = _quoted(evidence.unmatched)
    if any(pick.answers for pick in evidence.picks):
        return f"I found nothing admissible for {wishes} itself."
    return f"I found nothing for {wishes} in this catalogue; these are well-rated alternatives."


def _infeasible(evidence: Evidence) -> str:
    brief = evidence.brief
    budget = budget_text(brief, evidence.currency)
    wish = f" for {_quoted([*brief.interests, *([brief.theme] if brief.theme else [])])}" if brief.interests else ""
    limits = [f"a budget of {budget}"] if budget else []
    if brief.price_cap is not None:
        limits.append("a lower price than the picks before")
    if brief.rules:
        limits.append(f"leaving out {_quoted(brief.rules)}")
    within = f" within {' and '.join(limits)}" if limits else ""
    parts = [f"Nothing in the catalogue fits{wish}{within}."]
    if evidence.unmet:
        parts.append(f"There is nothing admissible for: {', '.join(NEED_NAMES[kind] for kind in evidence.unmet)}.")
    if evidence.closest and evidence.closest_cost:
        parts.append(f"The closest fit is **{evidence.closest.product.title}** at {evidence.closest_cost}.")
    elif evidence.closest_cost:
        parts.append(f"The cheapest plan that keeps your other wishes costs {evidence.closest_cost}.")
    if evidence.relaxations:
        parts.append(f"What would help: {'; '.join(map(_way, evidence.relaxations))}. Tell me if one of these is fine.")
    else:
        parts.append("Another interest, occasion or budget may help.")
    return " ".join(parts)


def _way(relaxation: Relaxation) -> str:
    opens = f" ({relaxation.opens} products)" if relaxation.opens > 1 else ""
    return f"{relaxation.change}{opens}"


def _why(evidence: Evidence) -> str:
    pick = next((p for p in evidence.picks if p.number == evidence.explain), None)
    if pick is None:
        return f"There is no pick number {evidence.explain}; I showed {len(evidence.picks)}."
    lines = [f"**{pick.product.title}** ({pick.cost}) is there because:"]
    lines += [f"- {_sentence(reason)}" for reason in pick.reasons]
    if _is_quotable(pick.product.description):
        lines += ["", f"The shop says: {pick.product.description}"]
    return "\n".join(lines)


def _is_quotable(description: str) -> bool:
    """Whether a seller's text may be quoted whole: it must not talk about money or lead elsewhere."""
    return bool(description) and not find_amounts(description) and not LINK.search(description)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _quoted(words: list[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)
