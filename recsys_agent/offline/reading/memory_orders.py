"""What the shopper orders about memory itself: tell, forget, stop, start again, or leave this one out.

An order that stands alone may be short ("forget my dad", "wipe it all"). In the middle of a message it must name what
is stored ("everything you have on Bob"), so that "forget the books" stays a wish about the picks.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Literal, NamedTuple

from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.words.people import NOT_NAMES, PERSON_ADJECTIVES

Action = Literal[
    "about", "forget", "forget_all", "skip", "pause", "resume", "unlearn", "relearn", "allow_messages", "stop_messages"
]


_HABITS = (
    r"(?:(?:my|the|those|these) (?:old |past |earlier |previous |former |buying |shopping )*(?:habits?|choices?|picks?|"
    r"taste|reactions?)|what i (?:have )?(?:(?:usually|always|once|ever|previously) )*(?:took|take|taken|chose|choose|"
    r"chosen|pick|picked|buy|bought|turn down|turned down|refused?|rejected?)(?: (?:before|earlier|last time|in the "
    r"past|so far))?)"
)


class Order(NamedTuple):
    """An order, whom it is about in the shopper's words, and the rest of the message."""

    action: Action
    who: str | None = None
    rest: str = ""


NAME = r"(?-i:[A-ZÀ-ÖØ-Þ][\w'-]+)"
RELATIVE = rf"(?:my|our) (?:(?:{PERSON_ADJECTIVES}) )*(?:{RELATION_WORDS})(?:,? {NAME})?"
_WHO = rf"(?P<who>{RELATIVE}|(?:{RELATION_WORDS})(?: {NAME})?|{NAME})"
_MENTIONED = re.compile(rf"\b(?:{RELATIVE}|{NAME})", re.IGNORECASE)
_THEM = r"(?:him|her|them)"
_ALL_OF_US = (
    r"(?:me|us|everyone|everybody|all of (?:them|us)|(?:all )?(?:my|our|the) (?:(?:whole|entire|own) )?"
    r"(?:people|family|friends|relatives|loved ones|contacts)(?: and (?:my )?(?:friends|family))?)"
)
PLEASE = (
    r"(?:(?:please|ok|okay|hey|now|and|so|just|kindly|i (?:want|would like|wish|need)(?: that)?(?: you)?(?: to)?|"
    r"(?:can|could|would|will|may|must|should) you|you (?:can|may|must|should)|to|go ahead and)[, ]+)*"
)
END = (
    r"(?:[ ,]+(?:please|thanks|thank you|now|at all|any ?more|ever|again|completely|entirely|for good|forever|"
    r"immediately))*[ .!?]*"
)
_ERASE = r"(?:forget|delete|erase|wipe|clear|remove|destroy|purge|scrub|get rid of|throw (?:away|out))"
_YOU_HAVE = (
    r"(?:that |which )?you (?:(?:have|had|ever|still|already|might|may|all|currently) )*"
    r"(?:know|knew|known|remember|remembered|have|had|hold|keep|stored?|saved?|kept|learned|learnt|got|noted|"
    r"collected|wrote|written|written down|recorded)(?: (?:down|stored|saved|noted|written(?: down)?))?"
)
_DATA = (
    r"(?:(?:my|your|the|all|our|personal|of) )*(?:data|memor(?:y|ies)|records?|informations?|infos?|history|notes?|"
    r"facts?|details?|entries|things|stuff)"
)
_KEPT = (
    rf"(?:(?:all|everything|anything|whatever|what|the things?|all the things?)(?: of it)? {_YOU_HAVE}|"
    rf"{_DATA}(?: {_YOU_HAVE})?)"
)
_OF = r"(?:about|on|of|for|from|regarding|concerning|related to)"

_ALONE: tuple[tuple[Action, str], ...] = (
    (
        "forget_all",
        rf"{_ERASE} (?:(?:all |everything )?(?:about )?(?:me|us)|it all|all of it|all|everything(?: i "
        r"(?:have )?(?:ever )?told you)?|all i (?:have )?told you|"
        rf"{_KEPT}(?: {_OF} {_ALL_OF_US})?|(?:everything|all|anything) {_OF} {_ALL_OF_US}|"
        r"(?:my|your|the|all(?: my| your| the)?) (?:memor(?:y|ies)|data|history))",
    ),
    (
        "forget",
        rf"{_ERASE} (?:(?:all|everything|anything) )?(?:{_OF} )?{_WHO}(?:'s? (?:data|memor(?:y|ies)|records?|details?|"
        r"infos?|information|notes?|entry|profile))?",
    ),
    (
        "about",
        rf"(?:so |and )?(?:do you (?:still )?(?:remember|know)(?: {_OF})?(?: (?:me|us|{_WHO}))?|tell me (?:everything|"
        r"what|all)(?: that)? you (?:know|remember|have))",
    ),
    (
        "unlearn",
        r"(?:forget|ignore|drop|erase|delete|disregard|reset|stop (?:using|going by|ranking by|learning from|"
        r"following|looking at)|do not (?:use|go by|rank by|learn from|look at)|never mind) "
        rf"{_HABITS}",
    ),
    (
        "relearn",
        rf"(?:(?:use|go by|rank by|learn from|look at|count|consider) {_HABITS} again|(?:use|go by) {_HABITS})",
    ),
    (
        "pause",
        r"(?:stop|quit) (?:remembering|memori[sz]ing|storing|saving|keeping|recording|tracking|learning)"
        r"(?: (?:things?|notes?|records?|anything|me|stuff|data|everything|what i say|this|us))?(?: (?:about|of|on) "
        r"(?:me|us))?|"
        r"(?:do not|never) (?:remember|store|save|keep|record) (?:anything|things|me|stuff|my data|data)"
        r"(?: (?:about me|i say|from now on|in future))?|(?:turn|switch) (?:off )?(?:your |the |my )?memory(?: off)?|"
        r"memory off|no (?:more )?(?:memory|remembering|storing|saving)",
    ),
    (
        "resume",
        r"(?:start |resume |begin )?(?:remember(?:ing)?|sav(?:e|ing)|stor(?:e|ing))(?: (?:things|me|stuff|"
        r"everything))? again|(?:start|resume|continue) (?:remembering|saving|storing)(?: (?:things|me|stuff))?|"
        r"(?:turn|switch) (?:on )?(?:your |the |my )?memory (?:back )?on|memory (?:back )?on|it is (?:ok|"
        r"okay|fine) to remember(?: again)?",
    ),
)
_FULL: tuple[tuple[Action, re.Pattern[str]], ...] = tuple(
    (action, re.compile(rf"{PLEASE}(?:{words}){END}", re.IGNORECASE)) for action, words in _ALONE
)
_ASKS_WHAT = (
    r"\b(?:what|which)(?: (?:all|else|exactly|things?|facts?|information|info|data|stuff))?"
    r"(?: (?:do|have|did|had) you| you)(?: (?:still|already|actually|got|have|ever|all))*"
)
_STORED = (
    r"know|remember(?:ed)?|stored?|saved?|kept|keep|noted(?: down)?|learned|learnt|recorded|written(?: down)?|down|"
    r"on (?:file|record)|in memory"
)
_INSIDE: tuple[tuple[Action, str], ...] = (
    ("forget_all", rf"\b{_ERASE} {_KEPT} {_OF} {_ALL_OF_US}\b"),
    ("forget", rf"\b{_ERASE} {_KEPT} {_OF} (?:{_WHO}|{_THEM}\b)"),
    (
        "about",
        rf"{_ASKS_WHAT} (?:{_STORED})(?: {_OF} (?:me|us|{_ALL_OF_US}|{_WHO}|{_THEM})|(?=\W*$))(?=\W|$)",
    ),
    ("about", rf"{_ASKS_WHAT} (?:have|got) (?:about|on) (?:me|us|{_ALL_OF_US}|{_WHO}|{_THEM})(?=\W|$)"),
    (
        "about",
        rf"\bshow (?:me )?(?:what|everything|all) you (?:have )?(?:{_STORED})"
        rf"(?: {_OF} (?:me|us|{_ALL_OF_US}|{_WHO}|{_THEM}))?(?=\W*$)",
    ),
)
_ANYWHERE: tuple[tuple[Action, re.Pattern[str]], ...] = tuple(
    (action, re.compile(words, re.IGNORECASE)) for action, words in _INSIDE
)
_NAMED_FIRST = re.compile(
    rf"{_WHO} ?[-:,] ?(?:what (?:do )?you (?:know|remember|have)|what (?:is|do you have) (?:stored|saved))",
    re.IGNORECASE,
)
"""Whom it is about comes first: "dad - what do you know"."""
_SKIP = re.compile(
    r"[,;. -]*(?:\b(?:and|but|please|so|also|i (?:want|would like)(?: that)?(?: you)?(?: to)?) )*(?:"
    r"\b(?:you )?(?:do not|never|please do not|need not|should not|must not|not to) (?:remember|store|keep|save|note|"
    r"record|memori[sz]e|write)(?: down)?(?: (?:this|that|it|any of (?:this|that)|what i (?:just )?said|"
    r"this (?:one|conversation|chat|search))\b(?: (?:please|though|down|one|in (?:your )?memory|for later))*|"
    r"(?= *(?:[.,;!?]|$)))|\boff the record\b|\b(?:this (?:is|stays) )?(?:just )?between (?:you and me|us)\b)"
    r"[,;:. !-]*",
    re.IGNORECASE,
)
_SPELT = ("forget", "delete", "remember", "everything", "anything", "memory", "remove")
"""Words of an order that are worth reading also where they are mistyped."""
CLOSE = 0.85


def read_order(text: str) -> Order | None:
    """The order in a message, given in canonical form; None where there is none."""
    alone = re.sub(r"[A-Za-z]{5,}", _spelt, text)
    plain = alone.strip(" .!?")
    if (match := _NAMED_FIRST.fullmatch(plain)) and _is_somebody(match["who"]):
        return Order("about", match["who"])
    for action, pattern in _FULL:
        if (match := pattern.fullmatch(plain)) and _is_somebody(who := match.groupdict().get("who")):
            return Order(action, who)
    for action, pattern in _ANYWHERE:
        if (match := pattern.search(alone)) and _is_somebody(who := match.groupdict().get("who")):
            if who is None and re.search(rf"\b{_THEM}$", match[0], re.IGNORECASE):
                who = _mentioned(alone[: match.start()])
            return Order(action, who)
    if match := _SKIP.search(alone):
        return Order("skip", None, f"{alone[: match.start()]}. {alone[match.end() :]}".strip(" ."))
    return None


def _mentioned(text: str) -> str | None:
    """The last person named in what was said before."""
    named = [m[0] for m in _MENTIONED.finditer(text) if _is_somebody(m[0])]
    return named[-1] if named else None


def _is_somebody(who: str | None) -> bool:
    return who is None or " " in who or who.lower() not in NOT_NAMES or who.lower() in _RELATIONS


_RELATIONS = frozenset(word.replace("\\", "") for word in RELATION_WORDS.split("|"))


def _spelt(match: re.Match[str]) -> str:
    """The word of an order that a mistyped one stands for. Other forms of a word ("remembered") are no mistakes."""
    word = match[0]
    if any(word.lower().startswith(known) for known in _SPELT if len(word) - len(known) != 1):
        return word
    found = get_close_matches(word.lower(), _SPELT, n=1, cutoff=CLOSE)
    return found[0] if found and word[0].lower() == found[0][0] else word
