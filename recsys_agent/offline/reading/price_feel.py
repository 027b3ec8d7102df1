"""How dear it may be, where no amount is said."""

from __future__ import annotations

import re
from typing import Literal

from recsys_agent.offline.reading.text import Message

CHEAPEST = r"(?:cheapest|lowest[- ]priced|best[- ]priced|least expensive|most affordable)"
_LOW = re.compile(
    rf"\b{CHEAPEST} (?!ones?\b|of\b|picks?\b|options?\b|is\b|and\b|or\b|please\b)(?=[a-z0-9])|"
    r"\b(?:not|nothing|isn't|without being|never)(?: be| being| going to be)? (?:too |very |that |so |overly |"
    r"super |really |terribly |to )?(?:expensive|pricey|costly|dear|fancy|extravagant|much money|spendy)\b"
    r"|\b(?:(?<!too )cheap(?!-)|inexpensive|affordable|budget[- ]friendly|low[- ]budget|low[- ]cost|"
    r"modest(?:ly)?[- ]priced|reasonably priced|reasonable price|bargain|small budget|tight budget|"
    r"limited budget|on a budget|"
    r"wallet[- ]friendly|economical|modest budget|low budget|short on (?:cash|money)|skint|broke(?= (?:student|"
    r"right now|this|at the|so))|i am broke|shoestring|"
    r"(?:do not|does not|not) (?:want to |wanna |need to |have to )?(?:spend|cost) (?:too |that |very |"
    r"a )?(?:much|lot|a lot|a fortune|the earth)|"
    r"(?:not|without) (?:break(?:ing)?) the bank|will not break the bank|does not break the bank|"
    r"will not cost (?:a fortune|the earth|much)|"
    r"(?:does not|do not|should not|not) (?:have|need) to be expensive|little money|not much money|"
    r"nothing (?:too )?(?:expensive|pricey))\b"
)

_HIGH = re.compile(
    r"\b(?:money|price|cost|budget|expense) (?:is |are |was )?(?:no|not an?|not a) (?:object|issue|problem|"
    r"concern|limit)|\bno (?:expense|expenses) spared|\bspare no expense|\bsparing no expense|"
    r"\b(?:luxury|luxurious|high[- ]end|upscale|lavish|extravagant gift|splurge|splash out|top of the range|"
    r"top[- ]notch|no budget limit|no limit|unlimited budget|price does not matter|cost does not matter|"
    r"money does not matter|budget does not matter|do not care about (?:the )?(?:price|cost|money)|"
    r"no matter (?:the|how much it) costs?|whatever it costs|premium|no price limit|sky is the limit|"
    r"no upper limit|big budget|generous budget)\b"
)


def read_price_feel(message: Message) -> Literal["low", "high"] | None:
    """ "Not too expensive" is low, "money is no object" high; the words are closed."""
    low, high = _taken(message, _LOW), _taken(message, _HIGH)
    return "low" if low else "high" if high else None


def _taken(message: Message, pattern: re.Pattern[str]) -> bool:
    found = False
    while message.take(pattern):
        found = True
    return found
