"""Interests without a verb of liking: "cat lover", "keen gardener", "who bakes and sews", "dad, 60, golf"."""

from __future__ import annotations

import re
from functools import lru_cache

from recsys_agent.offline.reading.phrases import as_interest, clean
from recsys_agent.offline.reading.tastes import Tastes
from recsys_agent.offline.reading.text import CLOSED, Message
from recsys_agent.offline.reading.words.filler import EMPTY
from recsys_agent.offline.reading.words.interests import AGENTS, FAN_NOUNS, JOBS, KNOWN, NEEDS_A_CUE, PLAIN_VERBS, VERBS

# Nouns before these words say what somebody likes.
_FAN = re.compile(rf"(?P<what>(?:[\w'&+-]+ ){{1,4}}?|[\w'&]+-)(?P<noun>{FAN_NOUNS})(?![\w'-])")

_FAN_STOP = frozenset(
    "a an the is are was my his her their our your be huge big massive total avid keen real true such complete "
    "bit of for very and or who as to he she they i also "
    "absolute proper serious self-confessed self-proclaimed confirmed great biggest greatest number lifelong "
    "life-long hardcore die-hard diehard enthusiastic passionate amateur fellow in with by from "
    "this that young old older another it all birthday gift gifts present presents being always really most one "
    "no not total kind little part-time other every each some nice good lovely new fellow former retired".split()
)

_FAN_WEAK = re.compile(
    r"(?:person|people|lady|ladies|mom|mum|dad|girl|guy|man|woman|players?|mad|crazy|obsessed|collectors?|wizards?|"
    r"whiz|snobs?|loving|nuts)"
)


def read_agents(message: Message, tastes: Tastes) -> None:
    """ "Cat lover", "huge Harry Potter fan", "keen gardener", "foodie"."""
    for match in _FAN.finditer(message.open):
        words = match["what"].replace("-", " ").split() if match["what"].endswith("-") else match["what"].split()
        kept: list[str] = []
        for word in reversed(words):
            if word in _FAN_STOP or is_closed(word):
                break
            kept.insert(0, word)
        noun = " ".join(kept)
        left = message.open[max(0, match.start() - 24) : match.start("noun")]
        if not noun or noun in EMPTY or re.search(r"\b(?:not|never|no|isn't)\b", left):
            continue
        many = as_interest(noun)
        if _FAN_WEAK.fullmatch(match["noun"]) and many not in KNOWN and noun not in KNOWN:
            continue
        if noun in AGENTS or noun in ("old", "young", "single", "birthday"):
            continue
        tastes.interests.append(many)
        message.close(match.end() - len(match["noun"]) - 1 - len(noun), match.end())
    for match in _agents().finditer(message.open):
        noun = match["agent"]
        left = message.open[max(0, match.start() - 24) : match.start()]
        if re.search(r"\b(?:not|never|no)\b[\w ]{0,10}$", left):
            continue
        if noun in JOBS and not re.search(
            r"\b(?:keen|avid|amateur|hobby|home|great|good|passionate|enthusiastic|budding|aspiring|big|talented|"
            r"voracious|brilliant|excellent|fantastic|serious|amazing|frequent|wannabe|weekend|little|huge|is an?|"
            r"(?:fancies|considers|calls) (?:him|her)self (?:as )?an?|"
            r"seasoned|for an?) $",
            left,
        ):
            continue
        if AGENTS[noun]:
            tastes.interests.append(AGENTS[noun])
        message.close(*match.span())


def is_closed(word: str) -> bool:
    """Whether the word lies in a span that was read before."""
    return CLOSED in word


@lru_cache(maxsize=1)
def _agents() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w'-])(?P<agent>{'|'.join(sorted(map(re.escape, AGENTS), key=len, reverse=True))})s?(?![\w'-])"
    )


_SUBJECT = (
    r"(?:he|she|they|who|and|also|,|both|always|often|still|husband|wife|mum|mom|dad|sister|brother|friend|boss|son|"
    r"daughter|uncle|aunt|cousin|niece|nephew|colleague|grandma|grandpa|boyfriend|girlfriend|partner|mother|father|"
    r"neighbour|neighbor|teacher|to|regularly|usually|occasionally|sometimes|really|loves to|likes to)"
)


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    forms = "|".join(sorted((rf"{re.escape(v)}(?:e?s)?" for v in VERBS), key=len, reverse=True))
    return re.compile(rf"(?<![\w'-])(?P<subject>{_SUBJECT}) (?P<verb>{forms})(?![\w'-])(?P<right>[^,.;!?|]{{0,30}})")


def _stem(verb: str) -> str:
    return next((v for v in (verb, verb.removesuffix("s"), verb.removesuffix("es")) if v in VERBS), verb)


_VERB_OTHER = re.compile(
    r" (?:out of|a (?:shop|business|company|restaurant|bar|team|store|household)|into|away|from|as|the (?:house|"
    r"household|office|shop|company|family|dog|team)|late|this message|my|about|his own|her own|on\b(?! (?:weekends|"
    r"sundays|saturdays))|for (?:him|her|us|me)|up|for a living|with me)"
)

_SPECIAL = {
    re.compile(
        r"\b(?:takes?|taking) (?:a lot of |lots of |so many |great |many |beautiful )?(?:photos|pictures|"
        r"photographs)\b"
    ): "photography",
    re.compile(
        r"\bwork(?:s|ing) out\b|\bgo(?:es|ing)? to the gym\b|\bgym (?:every|all the time)|\blifts? weights\b"
    ): "fitness",
    re.compile(r"\brid(?:es?|ing) horses\b"): "horse riding",
    re.compile(r"\b(?:mak|bak)(?:es|ing) (?:(?:his|her|their) own )?(?:sourdough|bread)\b"): "bread baking",
    re.compile(r"\bbrews? (?:his|her|their) own beer\b|\bbrews? beer\b"): "homebrewing",
    re.compile(r"\b(?:has |have )?a sweet tooth\b"): "sweets",
    re.compile(r"\b(?:has |have )?green (?:fingers|thumbs?)\b|\ba green thumb\b"): "gardening",
    re.compile(r"\btravels? (?:a lot|the world|all the time|often|constantly)\b"): "travel",
    re.compile(r"\breads? (?:a lot|all the time|constantly|a ton)\b|\balways reading\b|\bnose in a book\b"): "reading",
}


def read_habits(message: Message, tastes: Tastes) -> None:
    """Habits that name an interest by other words: "takes photos", "green fingers"."""
    for pattern, interest in _SPECIAL.items():
        if message.take(pattern):
            tastes.interests.append(interest)


def read_verbs(message: Message, tastes: Tastes) -> None:
    """ "Who gardens, bakes and reads": verbs that are hobbies."""
    position = 0
    while match := _verbs().search(message.open, position):
        position = match.end("verb")
        verb = _stem(match["verb"])
        left = message.open[max(0, match.start() - 14) : match.start()]
        third = match["verb"] != verb or match["subject"] in ("they", "who", "both")
        if re.search(r"\bnot ?$", left) or _VERB_OTHER.match(match["right"]) or not VERBS[verb]:
            continue
        listed = match["subject"] in ("and", ",", "also", "to", "really", "always", "often", "still")
        if not third and not (match["subject"] == "to" and re.search(r"(?:loves|likes|enjoys|love|like)\s?$", left)):
            continue
        if (
            listed
            and verb not in PLAIN_VERBS
            and not tastes.interests
            and match["subject"] not in ("always", "often", "still")
        ):
            continue
        if verb in (
            "shop",
            "act",
            "box",
            "collect",
            "row",
            "explore",
            "decorate",
            "entertain",
            "game",
            "relax",
            "ride",
            "craft",
            "journal",
            "walk",
            "hunt",
        ) and not re.match(r"(?: a lot| often| every| regularly)?$", match["right"].strip() and match["right"]):
            continue
        tastes.interests.append(VERBS[verb])
        message.close(match.start("verb"), match.end("verb"))


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    words = sorted(KNOWN - NEEDS_A_CUE, key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, words))})(?![\w'-])")


_ANY_KNOWN = frozenset(KNOWN)

_BEFORE_GIFT = re.compile(
    r"(?P<what>[\w'&-]+(?: [\w'&-]+)?)[- ](?:themed |related |inspired |loving )?(?=gifts?\b|presents?\b|stuff\b|"
    r"things\b|goodies\b|accessories\b|items\b|bits\b|gear\b|equipment\b|gadgets\b|supplies\b)"
)
_PLACES = frozenset(
    "kitchen bathroom bedroom office desk balcony patio nursery garage shed home car nursery workshop campsite".split()
)
"""Where things are used: "kitchen things" asks for what "something for the kitchen" does."""

_FOR_A_PLACE = re.compile(
    r"\b(?:something|anything|stuff|things?|bits|gifts?|presents?) (?:nice |useful |practical |new )?for (?:my |our )?"
    rf"[a-z-]+'s (?:new |own |little |small )?(?P<place>{'|'.join(sorted(_PLACES | {'garden'}))})\b"
)
""" "Something for mum's kitchen"."""

_KNOWN_BUT = re.compile(
    r"\b(?:not|no|without|hates?|avoid|than|was|last|already|teaches|studies|works? (?:in|at|for)|job in|"
    r"the)(?: \w+)? ?$|\b(?:\d+|has an?|have an?|has got an?) $"
)


def read_known(message: Message, tastes: Tastes) -> None:
    """Known interests in what is still open: "dad, 60, golf, whisky" or "gardening gifts"."""
    for match in _BEFORE_GIFT.finditer(message.open):
        words = match["what"].split()
        for candidate in (" ".join(words), words[-1]):
            if candidate in _PLACES or candidate in _ANY_KNOWN or as_interest(candidate) in _ANY_KNOWN:
                tastes.interests.append(candidate if candidate in _PLACES else as_interest(candidate))
                message.close(match.end() - 1 - len(candidate), match.end())
                break
    if (place := _FOR_A_PLACE.search(message.text)) and place["place"] not in tastes.avoid:
        tastes.interests.append(place["place"])
    for part in re.split(r"[,;.|!?]|\band\b|&|\+", message.open):
        phrase = clean(part)
        if phrase in NEEDS_A_CUE and phrase not in tastes.avoid and phrase != "shopping" and len(part.split()) <= 3:
            tastes.interests.append(phrase)
    for match in _known().finditer(message.open):
        left = message.open[max(0, match.start() - 20) : match.start()]
        if _KNOWN_BUT.search(left) or match[0] in tastes.avoid or any(match[0] in i for i in tastes.interests):
            continue
        tastes.interests.append(match[0])
