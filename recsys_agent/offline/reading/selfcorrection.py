"""What a shopper corrects within one message: "he turns 40, no wait, 45", "card games. Sorry, I meant wellness"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recsys_agent.offline.reading.text import Message
from tools.brief import BriefChanges, Slot

_INTERJECTION = r"(?:(?:oh|oops|ah|hmm|um|uh|er|argh|whoops|well|but)[,.!]* )*"
_STRONG = (
    r"(?:no[,.]? (?:sorry|wait|hang on|hold on)[,.]? (?:i mean[t]?|make (?:it|that))?|no[,.]? (?:sorry|wait)|(?:sorry|"
    r"wait|no|oops|actually)[,.]? "
    r"i (?:mean|meant)(?: to (?:say|write|type))?|i meant(?: to (?:say|write|type))?|i mean(?= (?!it\b|that\b|"
    r"really\b|well\b|business\b)(?:[a-z-]+ ){0,2}[a-z-]+ ?(?:[.!?;]|$))|(?:no[,.]? )?scratch that|correction|"
    r"or rather|"
    r"(?:no[,.]? )?make (?:that|it)|(?:sorry|oops|wait)[,.]? (?:that is wrong|wrong)|let me correct that|strike that)"
)
_WEAK = r"(?:no[,.]?|sorry[,.]?|actually[,.]?|wait[,.]?|i mean[,.]?|rather[,.]?)"
_MARK = re.compile(
    rf"(?:[.,;!?()-]+ ?|\s)(?:and )?{_INTERJECTION}(?:(?P<strong>{_STRONG})|(?<=[.,;!?)(-] ){_WEAK}(?= (?:\d|[$€£]|"
    rf"(?:he|she|they) (?:is|are|turns?) \d)))[,:.!]* "
)
BARE = 4
"""Words: what is no longer is read as bare phrases."""
_MORE = re.compile(r"\b(?:also|too|as well|and also|forgot)\b")


_TAKES_BACK = re.compile(rf"\W*{_INTERJECTION}(?:{_STRONG}|forget (?:that|it))\b")


def takes_back(text: str) -> bool:
    """Whether the message begins by taking back what was said in an earlier one: "scratch that, he's into tennis"."""
    return _TAKES_BACK.match(text) is not None


@dataclass
class Correction:
    """The two halves of a message that corrects itself; ``strong`` where the words say so ("I meant")."""

    before: str
    after: str
    strong: bool


MOST_CORRECTIONS = 4
"""Each halves the message and is read on its own; whoever corrects themselves more often is not read for long."""


def split_correction(message: Message) -> Correction | None:
    """The halves around the last word of correction; None where there is none, or nothing before it."""
    found = list(_MARK.finditer(message.text))
    if not found or len(found) > MOST_CORRECTIONS:
        return None
    mark = found[-1]
    before, after = message.cased[: mark.start()].strip(), message.cased[mark.end() :].strip()
    if not before or not after:
        return None
    return Correction(before, after, mark["strong"] is not None)


def slot_of(changes: BriefChanges, correction: Correction) -> Slot | None:
    """What the second half answers if it is no sentence: the number that the first half gave, else its interests."""
    given: list[Slot] = []
    if changes.age_years is not None:
        given.append("age")
    if changes.guests is not None:
        given.append("guests")
    if changes.budget is not None:
        given.append("budget")
    if changes.interests and len(correction.after.split()) <= BARE and not re.search(r"\d", correction.after):
        return "interests"
    return given[-1] if given else None


def corrected(first: BriefChanges, second: BriefChanges, correction: Correction) -> BriefChanges:
    """Both halves as one: what the second states anew stands in place of what the first said of the same.

    Rules of the first half ("no nuts") stay beside those of the second: a rule too many is seen, one too few is not.
    """
    merged = first.model_dump(exclude_unset=True) | second.model_dump(exclude_defaults=True)
    replaces = correction.strong and not _MORE.search(correction.after.lower())
    if first.budget and second.budget and second.budget.currency is None:  # "30 dollars, actually 40"
        merged["budget"] = second.budget.model_copy(update={"currency": first.budget.currency, "per": first.budget.per})
    for name in ("interests", "avoid", "allergies", "owned", "remove", "needs", "keep", "swap", "vouchers"):
        old, new = getattr(first, name), getattr(second, name)
        kept = [] if replaces and name == "interests" and new else [entry for entry in old if entry not in new]
        merged[name] = [*kept, *new]
    merged["interests"] = [entry for entry in merged["interests"] if entry not in second.remove]
    return BriefChanges.model_validate(merged)
