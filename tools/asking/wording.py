"""The questions in words; what is taken for granted where one is not answered; and the choices a catalogue offers."""

from __future__ import annotations

from collections.abc import Mapping

from tools.brief import Brief, Slot
from tools.lexicon.relations import spoken_of
from tools.request import Question

ASSUMED: dict[Slot, str] = {
    "interests": "Without a hobby to go by, I go by what shoppers rate best.",
    "budget": "Without a budget, I show a range of prices.",
    "age": "Without an age, I keep to what suits most ages.",
    "taste": "Then I take the best of each kind.",
    "guests": "Without a number of guests, I count one of each thing.",
}
"""What is done where a question stays unanswered, said once; no question is asked again."""

CHOICES = 5


def worded(slot: Slot, brief: Brief, *, beside_picks: bool) -> Question:
    """The question for a slot, alone or beside first picks."""
    ask = {
        "interests": f"What {_does_the_recipient(brief)} enjoy? Then I can be more specific."
        if beside_picks
        else f"What {_does_the_recipient(brief)} enjoy: hobbies, favourite things? A rough budget helps too.",
        "budget": "What would you like to spend at most?",
        "age": "How old will they be? Then I can leave out what does not suit the age.",
        "taste": "Is there a kind of thing you would rather give?",
    }
    return Question(slot=slot, text=ask[slot])


def currency_question(said: str, currency: str) -> Question:
    """Another currency than the shop's is asked about, never converted."""
    return Question(
        slot="currency",
        text=f"This shop's prices are in {currency}, and I do not convert {said}. How much may it cost in {currency}?",
    )


GUESTS = Question(slot="guests", text="How many guests will there be?")

UNCLEAR = Question(
    slot="clarify",
    text="I did not understand that. Who is the gift for, what do they like, and what may it cost? "
    'For example: "my dad turns 60, he loves gardening and jazz, $40-60".',
)


def choices_text(choices: Mapping[str, int]) -> str:
    """The first answers that this catalogue allows for, with the numbers of products; "" for none."""
    told = list(choices.items())[:CHOICES]
    return f"Among what fits best here: {', '.join(f'{label} ({count})' for label, count in told)}." if told else ""


def _does_the_recipient(brief: Brief) -> str:
    relation = brief.recipient.relation
    if brief.recipient.name:
        return f"does {brief.recipient.name}"
    if relation in (None, "self"):
        return "do you" if relation else "does the person"
    plural = relation.endswith("parents")
    return f"{'do' if plural else 'does'} {spoken_of(relation)}"
