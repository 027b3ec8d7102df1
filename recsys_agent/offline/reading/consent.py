"""Whether the shopper agrees to one of the changes that were offered, because nothing fitted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recsys_agent.offline.reading.positions import position_of
from recsys_agent.offline.reading.reactions import critique_of, is_explanation
from recsys_agent.offline.reading.smalltalk import chat_of
from recsys_agent.offline.reading.text import Message
from tools.lexicon.stems import stems

_REFUSES = re.compile(
    r"^\W*(?:no|nope|nah|never|rather not|not)\b(?! (?:problem|worries|need for|more than|[\w ]{2,20} then))|"
    r"\b(?:do not|not|never|can not|will not|would not|rather not|too (?:much|late|little|few|expensive)|no way|"
    r"unfortunately)\b"
)
_AGREES = re.compile(
    r"\b(?:yes|yep|yeah|yup|ok(?:ay)?|sure|fine|accept|agreed?|alright|all right|go ahead|do (?:it|that|so)|works|"
    r"then|will do|"
    r"can live with|could live with|drop|allow|raise|leave out|good|great|take|acceptable|wait|extra|pay|enough|"
    r"raise|no problem|possible|please|"
    r"increase|"
    r"skip|let us|go with|go for|deal|i guess|would do|can do|happy with|without|no)\b"
)
_IDLE = frozenset(
    stems(
        "no the a an it is are be to of more less instead on by in with for and or then ok okay yes fine would do "
        "then that "
        "will only just one party accept please at least rule each drop allow leave out raise we can us"
    )
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_AMOUNT = re.compile(
    r"[$€£] ?(\d+(?:[.,]\d+)?)|(?<![\d.,])(\d+(?:[.,]\d+)?)(?= ?(?:[$€£]|dollars?|bucks|euros?|pounds?|usd|eur|gbp))"
)


def read_consent(message: Message, offered: Sequence[str]) -> int | None:
    """The number (1 is the first) of the offered change that the message agrees to; None for no clear yes.

    A change is meant by its place ("the second"), by a number or word that it alone has ("36 more is fine", "drop the
    plastic rule"), or, with a plain yes, it is the first.
    """
    text = message.text
    if not offered or _REFUSES.search(text) or is_explanation(text) or critique_of(text) == "like":
        return None  # "more like the first" speaks of a pick
    if _states_own_amount(text, offered):
        return None
    # As if there were several: "it should stay under $130" points at nothing, also where there is one offer.
    position = position_of(message, max(2, len(offered)))
    if position is not None and abs(position) <= len(offered):
        return position if position > 0 else len(offered)
    best = [number for number, offer in enumerate(offered, 1) if _shares(text, offer, offered)]
    if len(best) == 1 and (_AGREES.search(text) or _bare(text)):
        return best[0]
    plain = len(text.split()) <= 6 and not _NUMBER.search(text) and not _own_words(text)
    return 1 if plain and (chat_of(text) == "yes" or _plain_yes(text)) else None


def declines(message: Message) -> bool:
    """Whether the message only says no to all that was offered."""
    return (
        bool(re.match(r"\W*(?:no|nope|nah|none|neither|not)\b", message.text))
        and len(message.text.split()) <= 4
        and (
            not _tokens(message.text)
            - set(stems("thanks thank you way really of these them those none neither hmm not at all"))
        )
    )


def _shares(text: str, offer: str, offered: Sequence[str]) -> bool:
    """Whether the text has a number or word of this offer that stands in no other one."""
    others = {token for other in offered if other != offer for token in _tokens(other)}
    return bool(_tokens(text) & (_tokens(offer) - others))


def _states_own_amount(text: str, offered: Sequence[str]) -> bool:
    """Whether an amount of money is said that none of the offers names: then it is that, and no yes to another."""
    amounts = {re.sub(r"[.,]00$", "", one or other) for one, other in _AMOUNT.findall(text)}
    return bool(amounts - {token for offer in offered for token in _tokens(offer)})


def _tokens(text: str) -> set[str]:
    numbers = {re.sub(r"[.,]00$", "", number) for number in _NUMBER.findall(text)}
    words = set(stems(re.sub(r"[\d.,$€£]+", " ", text.lower())))
    if "delivery" in text.lower() or re.search(r"\blater (?:date|day)\b|\blater\b", text):
        words |= set(stems("later delivery date"))
    return numbers | (words - _IDLE)


def _own_words(text: str) -> bool:
    """Whether the message says more than a yes."""
    return bool(set(stems(re.sub(r"[^a-z' ]", " ", text))) - _IDLE - set(stems(
        "yes yeah yep yup sure go ahead sounds good great perfect let us lets do so alright all right agreed deal "
        "thanks "
        "absolutely definitely of course course why not works thank you i guess accept ok k y"
    )))  # fmt: skip


def _plain_yes(text: str) -> bool:
    return bool(
        re.search(r"\b(?:do (?:it|that)|go ahead|go for it|works|agreed|deal|accept|raise it)\b", text)
        or re.search(r"\b(?:it|that)(?:'s| is| would be) (?:fine|ok(?:ay)?|good|all ?right|acceptable)\b", text)
    )


def _bare(text: str) -> bool:
    return len(text.split()) <= 3


_HELPS = re.compile(
    r"(?:(?:and|so|ok|okay|hm+|well|then|but|oh)[ ,]+)*"
    r"(?:what (?:would|could|might|will|does) (?:help|work|fix (?:it|that|this))"
    r"|what (?:can|could|should|do) (?:i|we) (?:do|change|try)"
    r"|what (?:are|were) (?:my|our|the) (?:options|choices|changes)"
    r"|what (?:do|would|could|can|did) you (?:suggest|propose|recommend|advise|change|offer)"
    r"|how (?:can|could|do|would) (?:i|we|you|that|it) (?:help|fix|solve|change|make)(?: (?:it|that|this|work))*"
    r"|(?:tell|show) me (?:again )?what would help)"
    r"(?: (?:here|then|now|instead|again|about (?:it|that|this)|please))*[ .?!]*"
)


def asks_what_helps(message: Message) -> bool:
    """Whether the shopper asks once more what could be changed so that something fits."""
    return _HELPS.fullmatch(message.text) is not None
