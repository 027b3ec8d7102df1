"""Things wished for: "a book about trains", "something for her kitchen", "a scarf for my girlfriend"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.phrases import clean, interests, is_phrase, is_product, names_a_thing, plural
from recsys_agent.offline.reading.tastes import Tastes
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.words.filler import EMPTY
from recsys_agent.offline.reading.words.interests import KNOWN, NEEDS_A_CUE
from tools.lexicon.qualities import canonical_quality
from tools.lexicon.relations import relation_words

_ABOUT = re.compile(
    r"^(?P<thing>[\w' -]{2,30}?) (?:about|on|related to|themed around|regarding|with a focus on|dedicated to|"
    r"covering) (?P<topic>.+)$"
)

_FOR_TOPIC = re.compile(
    r"^(?:(?:related|connected|relevant|linked) to|to do with|with|for|about|involving|around|inspired by|"
    r"on the theme of|in the (?:field|area) of|(?:that|which) (?:has to do|is related|involves?|is about|"
    r"relates)(?: with| to)?|made (?:of|from)|on|featuring|revolving around|to help with|to use (?:for|in|while|"
    r"when)|like)(?: the)? (?P<topic>.+)$"
)

_OWNED_BY = re.compile(r"^(?:his|her|their|the|(?:(?:my|our) )?(?:[a-z]+|\|+)'s) ")
_PERSONAL = re.compile(
    r"^(?:a|an|my|our|her birthday|his birthday|the (?:birthday|whole|family|host|kids)|her (?:birthday|\d)|"
    r"his (?:birthday|\d)|someone|everyone|around|under|less|about|up|over|him|her|them|me|us|free|sale|somebody|who|"
    r"\d|that|this|christmas|kids?|children|adults|women|men|girls?|boys?|teens?|toddlers?|people|both|myself|two|"
    r"under|the price|less)\b"
)


def read_wish(cue: str, chunk: str, tastes: Tastes) -> None:
    """ "A book about trains" gives trains and books, "something for her kitchen" kitchen, "a watch" watches."""
    words = chunk.strip()
    words = re.sub(r"^(?:him|her|them|me|us) (?=an? |some )", "", words)
    generic = cue in ("something", "anything", "some sort of", "some kind of") or re.match(
        r"(?:an? |some |the )?(?:[\w-]+ )?(?:something|gifts?|presents?|ideas?|things?|stuff)\b", words
    )
    words_after = (
        re.sub(
            r"^(?:an? |some |the )?(?:[\w-]+ ){0,2}?(?:something|gifts?|presents?|ideas?|things?|stuff)\b ?", "", words
        )
        if generic
        else words
    )
    if generic and (topic := _FOR_TOPIC.match(words_after)):
        named = _OWNED_BY.sub("", topic["topic"])
        if not _PERSONAL.match(named) and not re.match(r"like\b", words_after):
            tastes.interests += interests(named)
        return
    if generic:
        first = interests(re.split(r"\b(?:for|to|that|with|around|under|about|which|of)\b", words_after)[0])
        tastes.interests += [p for p in first if p in KNOWN or is_product(p)]
        return
    _named_thing(words, tastes, sure=bool(re.match(r"(?:an?|some|new|the) ", words)))


GENERIC_THING = re.compile(
    r"\b(?:gifts?|presents?|ideas?|help|advice|suggestions?|something|anything|recommendations?|inspiration|"
    r"surprises?|options?|treats?|party|parties|cake|it|way|plan|budget|little|"
    r"bit|few|things?|stuff|delivery|delivered|tips?|picks?|good|nice|question|person|man|woman|guy|time|day|lot|"
    r"couple|kind|sort|one|hand|favou?r|card|occasion|big|hobby|interest|rush|hurry|price|"
    r"know|to|be|more|less|cheaper|else|other|different|party|birthday|decorations|balloons|tableware|favou?rs|"
    r"bags|activity|activities|token|gesture|minute|moment|deal|present idea|souvenir|total|best|perfect|better|"
    r"great)\b"
)


def _named_thing(words: str, tastes: Tastes, *, sure: bool) -> None:
    head = re.split(
        r"\b(?:for|from|under|by|because|that|which|who|to|please|around|at|in|so|if|when|as|since|before|costing|"
        r"worth|up|max|and (?:a|some) (?:cake|card|party))\b(?! (?:cook|paint|read|beginners))",
        words,
        maxsplit=1,
    )[0]
    head = re.split(r"[|.;!?]", head)[0].strip(" ,")
    if match := _ABOUT.match(head):
        thing = clean(match["thing"])
        if is_product(thing):
            tastes.interests += [*interests(match["topic"]), plural(thing)]
        elif not _PERSONAL.match(match["topic"]):
            tastes.interests += interests(match["topic"])
        return
    for part in re.split(r" and |, | or | & ", head):
        raw = part.strip()
        thing = clean(raw)
        if not thing or thing in EMPTY:
            continue
        if is_product(thing) or (
            is_product(thing.split()[-1]) and is_phrase(thing) and not GENERIC_THING.search(thing)
        ):
            tastes.interests.append(plural(thing))
        elif thing in KNOWN and thing not in NEEDS_A_CUE:
            tastes.interests.append(thing)
        elif (
            sure
            and len(thing.split()) <= 3
            and is_phrase(thing)
            and not GENERIC_THING.search(raw)
            and re.match(r"(?:an?|some|new) ", raw)
        ):
            tastes.interests.append(plural(thing))


_THING_ENDS = re.compile(
    r",? for (?:my|a|an|our|his|her|the|someone|somebody|him|them|me|mum|mom|dad|grandma|grandpa|[a-z]+'s|\|)|"
    r" (?:under\b|below\b|up to\b|around\b|\|)|$"
)

_UNKNOWN_THING = re.compile(
    r"(?:^|[.;!?] ?)(?:just |maybe )?(?:an?|some) (?P<thing>[a-z-]+(?: [a-z-]+)?) for (?:my|our|his|her|\|)"
)

_THING_REFUSED = re.compile(
    r"\b(?:no|not|nor|or|without|hates?|like|loves?|likes|enjoys?|has|have|owns?|already|collects?|of|into|"
    r"and)(?: an?| the| his| her| some| good| any)?$"
)


def read_leading_thing(message: Message, tastes: Tastes) -> None:
    """ "A scarf for my girlfriend", "toys under $20": a thing one can buy right before the person or the price."""
    text = message.open
    for match in _UNKNOWN_THING.finditer(text):
        thing = clean(match["thing"])
        if is_phrase(thing) and not GENERIC_THING.search(match["thing"]) and not is_product(thing.split()[-1]):
            tastes.interests.append(plural(thing))
    for match in _THING_ENDS.finditer(text):
        before = re.split(r"[.;:!?|] ?", text[max(0, match.start() - 70) : match.start()])[-1]
        if listed := _listed(before) if match[0] else []:
            tastes.interests += listed
            continue
        words = before.split(",")[-1].split()
        for length in range(min(3, len(words)), 0, -1):
            thing = " ".join(words[-length:])
            if thing in KNOWN and not is_product(thing):
                break  # "fancy dress" is no dress
            if is_product(thing):
                if not _THING_REFUSED.search(" ".join(words[:-length])) and (match[0] or len(words) - length <= 2):
                    tastes.interests.append(plural(thing))
                break


_LIST_START = re.compile(
    r"^(?:.*\b(?:looking for|after|want|need|get|buy|find|would like|thinking of|(?<!or )maybe|(?<!or )perhaps|either|"
    r"hi|hello)\b)?(?:,? ?(?:please|just|maybe|perhaps|either))*,? *"
)


def _listed(before: str) -> list[str]:
    """The things of "puzzle or board game" before whom it is for, if all that is listed are things to buy."""
    parts = re.split(r",? (?:or|and)(?: maybe| perhaps)? |, ", _LIST_START.sub("", before).strip(" ,"))
    things = [
        re.sub(r"^(?:(?:an?|some|the|nice|good|new|small|big|really|lovely|cool|maybe|other|\d{1,2}) )+", "", p)
        for p in parts
    ]
    named = [names_a_thing(thing) or thing in KNOWN for thing in things if thing]
    if len(parts) < 2 or len(named) < len(parts) or not all(_is_a_thing(thing) for thing in things):
        return []
    if not all(named) and not (any(named) or re.search(r"\bor\b", before)):
        return []
    return [plural(thing) if is_product(thing) or thing not in KNOWN else thing for thing in things]


_NO_THING = frozenset(
    "for my our his her with to of from at in on is the by age ages aged something anything who".split()
)


def _is_a_thing(thing: str) -> bool:
    """Whether the words may be what is bought, and not whom for, which need of a party or how it shall be."""
    words = thing.split()
    if thing in KNOWN or is_product(thing):
        return True
    if not _NO_THING.isdisjoint(words):
        return False
    stranger = not relation_words().keys().isdisjoint(words) or any(canonical_quality(word) for word in words[-1:])
    return len(words) <= 3 and is_phrase(thing) and not stranger and not GENERIC_THING.search(words[-1])


_BOOKISH = re.compile(
    r"(?<![\w'-])(?P<left>(?:no|not|without|hates|has|owns|any|another) (?:an? )?)?(?P<thing>books?|novels?|"
    r"cookbooks?|documentar(?:y|ies)|magazines?|games?|puzzles?|posters?|prints?|toys?|kits?|calendars?|board games?|"
    r"guides?|mugs?|t-shirts?|cushions?|socks|lamps?|bags?|necklaces?) (?:about|on|with|related to|around|"
    r"featuring) (?P<topic>[a-z][\w'-]*(?:,? (?:and |or )?[a-z][\w'-]*){0,4})"
)


def read_thing_about(message: Message, tastes: Tastes) -> None:
    """ "A book about trains": the topic and the thing."""
    for match in _BOOKISH.finditer(message.open):
        if not match["left"]:
            thing = match["thing"] if match["thing"].endswith("s") else plural(match["thing"])
            tastes.interests += [*interests(match["topic"]), thing]
            message.close(*match.span())
