"""A thing that is asked for as in a shop's search box: "a 27 inch monitor under 200", "usb c charger for my brother".

Shops sell more things than any list names, so it is known by where it stands: between a cue or the message's beginning
and whom it is for or what it may cost. A message that is nothing but a name needs a noun that says thing: "hdmi cable".
"""

from __future__ import annotations

import re

from recsys_agent.offline.reading.phrases import MAX_WORDS, is_phrase, is_product, names_a_thing, plural
from recsys_agent.offline.reading.price_feel import CHEAPEST
from recsys_agent.offline.reading.smalltalk import chat_of, no_preference, rants
from recsys_agent.offline.reading.spelling import is_word
from recsys_agent.offline.reading.text import CLOSED, Message
from recsys_agent.offline.reading.wishes import GENERIC_THING
from recsys_agent.offline.reading.words.interests import KNOWN
from recsys_agent.offline.reading.words.people import WEAK_RELATIONS
from tools.lexicon import canonical_interest
from tools.lexicon.relations import relation_words
from tools.lexicon.shopping import goods_stems
from tools.lexicon.stems import stems

_CUE = (
    r"(?:i am |we are )?(?:looking for|after|searching for|shopping for|hunting for|in search of)|"
    r"(?:i|we) (?:would like|want|need)(?: to (?:buy|get|find|order|purchase)(?: \w+)?)?|"
    r"(?:please |can you |could you )?(?:find|show|get|recommend|suggest|search(?: for)?)(?: me| us)?|"
    r"do you (?:have|sell)|(?:or|and)(?: (?:maybe|perhaps|even|possibly|rather))?"
)
_FOR_WHOM = (
    r"for (?:(?:my|our|his|her|their|a|an|the|one of my) (?!(?:game|price|kitchen|garden|office|party|home|house)\b)"
    r"[\w' -]{2,40}|him|her|them|me|us|kids|children|adults|\d{1,2}[ -]years?[ -]olds?)"
)
_PRICE = (
    r",? ?(?:(?:under|below|up to|max(?:imum)?(?: of)?|less than|cheaper than|no more than|not more than|at most|"
    r"within|around|about|for|budget(?: is| of)?:?) )?(?:[$€£] ?)?\d[\d.,]*"
    r"(?: ?(?:[$€£]|usd|eur|gbp|dollars?|euros?|pounds?|quid|bucks))?(?: (?:max(?:imum)?|tops|at most|or less))?"
)
_PLACE = (
    r" (?:for|in|on) (?:(?:the|my|our|his|her|their|a|an) )?(?:home office|(?:living|dining|bed|bath|guest|class|kids'|"
    r"sitting) ?room|kitchen|garden|office|desk|balcony|patio|terrace|hall(?:way)?|nursery|garage|shed|car|house|home|"
    r"flat|wall)"
)
_SEASON = re.compile(
    r"^(?:christmas|xmas|halloween|easter|wedding|anniversary|birthday(?= cards?$)) (?!(?:party|dinner|day|eve|time|"
    r"season|holidays?|gifts?|presents?|ideas?|shopping)\b)(?=[a-z]+(?: [a-z]+)?$)"
)
""" "Christmas decorations" are a thing, whatever the day."""
_ASKED = re.compile(
    rf"^(?:(?:hi|hello|hey)[,!.]? )?(?P<cue>(?:{_CUE}) )?"
    rf"(?P<article>(?:(?:an?|some|the|new|nice|\d{{1,2}}(?= [a-z]+s\b)) )+)?"
    rf"(?P<cheap>{CHEAPEST} (?:(?:offers?|deals?|prices?) (?:for|on|of) (?:an? |the )?)?)?"
    rf"(?P<thing>[a-z0-9][\w.+/'\"-]*(?: [a-z0-9][\w.+/'\"-]*){{0,7}}?)"
    rf"(?P<use> for (?!sharing)[a-z]+ing)?(?P<place>{_PLACE})?(?P<tail>,? {_FOR_WHOM})?(?P<price>{_PRICE})?"
    r"(?:,? (?:please|instead|rather|then))*$"
)
_OTHER_WORDS = re.compile(
    r"\b(?:my|our|your|his|her|their|who|that|which|what|how|and|or|but|not|no|if|as|to|from|of|about|please|turns|"
    r"turning|likes?|loves?|enjoys?|years?|old|birthday|christmas|anniversary|wedding|budget|for|under|below|guests?|"
    r"people|kids|voucher|coupon|is|are|was|has|have|does|do|can|will|everything|anything|something|nothing|all|"
    r"before|by|"
    r"until|after|else|both|same|different|it|them)\b"
)

_REACTION = re.compile(
    r"(?:actually|forget|instead|rather|maybe|yes|yeah|yep|no|nope|ok|okay|sure|thanks|great|another|other|cheaper|better|bigger|smaller|larger|lighter|"
    r"nicer|"
    r"same|more|less|this|that|these|those|first|second|third|last|only|just|too|very|any|broken|old)\b"
)
"""Words with which a message speaks of what is shown already, or of something else than what is sought."""

_NO_NAME = frozenset("support service services team hours policy".split())
_GENERIC_ALONE = frozenset("card cards bag bags party hand time".split())
"""Words that say nothing alone, and what it is behind others: "memory card"."""

TELLING_WORDS = 3
"""A thing that says as much more than an interest is looked for beside it: "lego city police set" beside lego."""


_SENTENCE_END = re.compile(r"(?<=[a-z0-9])[.!?;](?= |$)")
_DESCRIBED = re.compile(r" (?:(?:that|which|because) .*|for [a-z]+ing)$|,? (?:in )?sizes? (?:\d+|[smlx]{1,3}\b).*$")
""" "A dinosaur toy that isn't scary": how it shall be is read elsewhere."""
_ANYTHING = re.compile(
    r"(?:^(?:anything|something) (?=[a-z]+ [a-z]+$))| (?:anything|stuff|merch(?:andise)?|things?)(?= *(?:,|$))"
)
""" "Peppa pig anything"."""


def read_sought_thing(message: Message, known: list[str], *, fresh: bool = False) -> list[str]:
    """The interests of a message that asks for a thing, where ``known`` is what else was read as such;
    ``fresh`` means that nothing was said before.

    What was read stays, unless it is but the name of the thing: of "usb c charger" not the charger alone.
    """
    for sentence in _SENTENCE_END.split(message.text):
        start = message.text.find(sentence)
        whole = _DESCRIBED.sub("", sentence.strip(" .!?;"))
        said = _ANYTHING.sub("", whole).strip(" ,")
        first, *entries = (entry.strip().removesuffix(" only") for entry in said.split(","))
        named = [(said, True), (first, said != whole), *((entry, False) for entry in entries if " " in entry)]
        for words, alone in named:
            if not (asked := _ASKED.match(words)):
                continue
            thing = asked["thing"].strip()
            begins = message.text.find(thing, start)
            noun = begins + (day.end() if (day := _SEASON.match(thing)) else 0)
            taken = CLOSED in message.open[noun : begins + len(thing)]
            if not taken and _is_sought(asked, alone=alone):
                return _beside(thing, asked["article"], known)
    return [message.text.strip(" .!?")] if fresh and not known and _may_be_a_name(message) else known


def _may_be_a_name(message: Message) -> bool:
    """Whether a first message is but a few words that ask for nothing else: "grill tools", "thomas the tank engine"."""
    text = message.text.strip(" .!?")
    few = 2 <= len(text.split()) <= 4 and re.fullmatch(r"[a-z' -]+", text) and all(map(is_word, text.split()))
    if not few or message.open.strip(" .!?") != text or _OTHER_WORDS.search(text) or _REACTION.match(text):
        return False
    talks = (
        chat_of(text)
        or rants(text)
        or no_preference(text)
        or GENERIC_THING.search(text.split()[-1])
        or text.split()[-1] in _NO_NAME
    )
    return is_phrase(text) and not talks and relation_words().keys().isdisjoint(text.split())


def _is_sought(asked: re.Match[str], *, alone: bool) -> bool:
    """Whether the words are a thing: by their noun, else because they stand alone with what says they are asked for."""
    thing = asked["thing"].strip()
    *before, last = thing.split()
    if _SEASON.match(thing):
        return is_phrase(thing)
    if any(relation_words().get(word, "child") not in {*WEAK_RELATIONS, "child"} for word in thing.split()):
        return False  # "sister 30 candles"
    if before and before[0] in ("with", "in", "on", "at", "plus", "also"):
        return False  # "a pirate party, with a costume"
    by_noun = (
        bool(goods_stems().intersection(stems(last)))
        or bool(before and names_a_thing(thing))
        or (is_product(thing) and not alone)
    )
    if not (by_noun and not _REACTION.match(thing)):
        if not (alone and (asked["cue"] or asked["article"] or asked["cheap"] or asked["tail"] or asked["price"])):
            return False
        if (not before and not asked["cue"]) or not relation_words().keys().isdisjoint(thing.split()):
            return False  # "now mum, up to $40" names whom it is for
    if not is_phrase(" ".join(thing.split()[-MAX_WORDS:])) or thing in KNOWN or _OTHER_WORDS.search(thing):
        return False
    generic = GENERIC_THING.search(last) and not (before and last in _GENERIC_ALONE)
    return not generic and not GENERIC_THING.fullmatch(thing)


def _beside(thing: str, article: str | None, known: list[str]) -> list[str]:
    """The thing with what else was read, of which nothing may be but a part of its name."""
    named = stems(thing)
    if known and names_a_thing(thing) and not any(set(stems(one)) & set(named) for one in known):
        return [*known, _many(thing, article)]
    if len(known) == 1 and canonical_interest(known[0]):
        more = set(named) - set(stems(known[0]))
        if stems(known[0]) == named[-1:] and len(named) > 1 and is_product(thing.split()[-1]):  # "electric guitar"
            return [_many(thing, article), *(() if set(named[-1:]) <= goods_stems() else known)]
        tells = stems(known[0])[0] in named and (len(more) >= TELLING_WORDS or bool(more & goods_stems()))
        return [_many(thing, article), *known] if tells else known
    heads = [one for one in known if stems(one) == named[-len(stems(one)) :]]
    if len(heads) < len(known):
        return [*(one for one in known if one not in heads), _many(thing, article)] if heads else known
    return [_many(thing, article)]


def _many(thing: str, article: str | None) -> str:
    """The plural, unless the words may be a brand or a model: "dell", "windows 10"."""
    return plural(thing) if article or is_product(thing.split()[-1]) else thing
