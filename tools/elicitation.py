"""Which question, if any, would change the shortlist. Decided in code; a model only words it.

No slot is asked twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from tools.brief import PER_GUEST_KINDS, Brief
from tools.request import Question

CHILD_RELATIONS = frozenset("son daughter child nephew niece grandson granddaughter grandchild godchild".split())


def blocking_question(brief: Brief, asked: Sequence[str], currency: str) -> Question | None:
    """The question without whose answer no honest shortlist exists, or None."""
    said = brief.budget.currency if brief.budget else None
    if said and said != currency:
        return Question(
            slot="currency",
            text=f"This shop's prices are in {currency}, and I do not convert {said}. "
            f"How much may it cost in {currency}?",
        )
    if "guests" not in asked and _needs_guests(brief):
        return Question(slot="guests", text="How many guests will there be?")
    if "interests" not in asked and not _has_wish(brief) and not _has_price(brief):
        return Question(
            slot="interests",
            text=f"What {_does_the_recipient(brief)} enjoy: hobbies, favourite things? A rough budget helps too.",
        )
    return None


def refining_question(brief: Brief, asked: Sequence[str]) -> Question | None:
    """The question worth asking beside first picks, or None."""
    recipient = brief.recipient
    if "age" not in asked and recipient.age_years is None and recipient.relation in CHILD_RELATIONS:
        return Question(slot="age", text="How old will they be? Then I can leave out what does not suit the age.")
    if "budget" not in asked and not _has_price(brief):
        return Question(slot="budget", text="What would you like to spend at most?")
    if "interests" not in asked and not _has_wish(brief):
        return Question(slot="interests", text=f"What {_does_the_recipient(brief)} enjoy? Then I can be more specific.")
    return None


def clarifying_question(asked: Sequence[str]) -> Question | None:
    """The question after a message that said nothing usable; asked once."""
    if "clarify" in asked:
        return None
    return Question(
        slot="clarify",
        text="I did not understand that. Who is the gift for, what do they like, and what may it cost? "
        'For example: "my dad turns 60, he loves gardening and jazz, $40-60".',
    )


def _has_wish(brief: Brief) -> bool:
    return bool(brief.interests or brief.theme or brief.like or any(n.kind != "gift" for n in brief.needs))


def _has_price(brief: Brief) -> bool:
    return brief.budget is not None or brief.price_feel is not None or brief.price_cap is not None


def _needs_guests(brief: Brief) -> bool:
    return brief.guests is None and any(n.kind in PER_GUEST_KINDS and n.quantity == 1 for n in brief.needs)


def _does_the_recipient(brief: Brief) -> str:
    relation = brief.recipient.relation
    if brief.recipient.name:
        return f"does {brief.recipient.name}"
    if relation in (None, "self"):
        return "do you" if relation else "does the person"
    plural = relation.endswith("parents")
    return f"{'do' if plural else 'does'} your {relation.replace('_', '-')}"
