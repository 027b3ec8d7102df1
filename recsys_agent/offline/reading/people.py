"""For whom: the relation of the recipient to the shopper."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.words.people import PERSON_ADJECTIVES, WEAK_RELATIONS
from tools.lexicon.relations import relation_words

_CANONICAL = relation_words()
RELATION_WORDS = "|".join(sorted(map(re.escape, _CANONICAL), key=len, reverse=True))
RELATION = re.compile(rf"(?<![\w'-])(?P<word>{RELATION_WORDS})(?P<s>s|')?(?![\w-])(?!'t)")

_WANTS_ONE = re.compile(
    r" (?:(?:also|too) )?(?:needs?|wants?|gets?|deserves?|should (?:also )?(?:get|have)) "
    r"(?:one|1|something|an? (?:gift|present))\b"
)
_OWNER = r"(?:my|our|mine|me|ur|your|the|a|an|this|another|her|his|their|some|dear|1|one|\d{1,3}|for|to|each|every)"
_LEFT = re.compile(
    rf"(?:\b(?P<for>for|to|get|buy|getting|buying|give|giving|surprise|find|about|is for|of|on)(?: (?:both|"
    rf"all))? )?(?:\b(?P<owner>{_OWNER}) )?(?:(?:{PERSON_ADJECTIVES})(?:,? (?:and )?))*$"
)
_LISTED = re.compile(rf"\b(?:my|our) (?:[a-z-]+ )?(?:{RELATION_WORDS})s?, (?:my|our) (?:[\w-]+ )?$")
"""The second of a list: "for my brother, my sister and …"; behind "her daughter, my niece" it is the same person."""
_APPOSED = re.compile(
    rf"\b(?:{RELATION_WORDS})s?(?: [\w-]+)?(?:,? (?:sorry|no|wait|actually|oops|well|hang on|i mean|i meant|or "
    r"rather|that is|it is))*, (?:my|our) (?:[\w-]+ )?$"
)
"""Who was named just before: "her daughter Lily, my niece"."""
_OWNED = re.compile(r"\b(?:my|our) [a-z-]+'s? (?:[a-z-]+ )?$")
_MINE = re.compile(r"\b(?:(?:for|to|get|buy) )?(?:my|our|ur)(?: [\w-]+){1,2} $")

# A person who only accompanies, tells or gives is not the one the gift is for.
_NOT_RECIPIENT_RIGHT = re.compile(
    r"(?:,)? (?:and (?:i|me|myself)\b|(?:also )?(?:told|tells|said|says|mentioned|mentions|recommended|"
    r"recommends|suggested|suggests|thinks|thought|asked|wants me|sent me|swears|reckons|heard|gave|insists)\b|"
    r"(?:is|are) (?:throwing|organi[sz]ing|hosting|helping|paying|chipping)|who (?:told|recommended|suggested))"
)
_NOT_RECIPIENT_LEFT = re.compile(
    r"(?:\b(?:with|from|without|like|by|than|and|unlike|plus|besides|before|via|has|had|have|his|her|their|gave|"
    r"bought) (?:my |our |his |her |their |the |a |\d+ |2 |some |her own |old |own |best )*|\b(?:i|me|"
    r"myself) and (?:my |our )?)$"
)
_PLAYS_ONLY = frozenset(
    {
        "old man",
        "pop",
        "pops",
        "ma",
        "pa",
        "twin",
        "sil",
        "fil",
        "mil",
        "bil",
        "ds",
        "dd",
        "dh",
        "mam",
        "lover",
        "self",
        "vet",
        "chief",
        "superior",
        "associate",
        "host",
        "groom",
        "bride",
        "nurse",
        "doctor",
        "coach",
        "trainer",
        "staff",
        "sitter",
        "team",
        "student",
        "opa",
        "oma",
        "tio",
        "tia",
        "mentor",
        "couple",
        "family",
        "papa",
        "mate",
        "pal",
        "customer",
        "bro",
        "sis",
        "the mrs",
        "sweetheart",
    }
)


@dataclass
class Person:
    """A mention of a person by relation."""

    relation: str
    start: int
    end: int
    score: int
    plural: bool = False


_OF_ONESELF = re.compile(
    r"(?:^|(?<=[.,;!?] ))(?:well,? |hi,? )?(?:i|we) (?:[a-z]+ly |also |both )*(?:am|are|love|like|enjoy|adore|"
    r"collect|play|hate|do not|can not)\b"
    r"(?:(?! for |[.;!?]).){1,60}?(?: (?:myself|ourselves)(?=[ .,;!?]|$)|(?=,? but (?:this|it|the|my|he|she|"
    r"they)\b))[ ,;.]*",
)


_UNLIKE_ME = re.compile(r"\bunlike (?:me|myself|us)\b,?(?: who [^,.;!?]*,?)?")


def strike_giver(message: Message) -> None:
    """What shoppers say of themselves ("I love chess myself, but this is for my uncle") is not about the recipient."""
    if match := _UNLIKE_ME.search(message.text):
        message.strike(*match.span())
    if (match := _OF_ONESELF.search(message.text)) and RELATION.search(message.text, match.end()):
        message.strike(*match.span())


def read_people(message: Message) -> list[Person]:
    """The persons mentioned, the likeliest recipient first; none is closed, as who owns what still matters."""
    people = []
    text = message.open
    for match in RELATION.finditer(text):
        if (score := _score(match, text)) is not None:
            word = match["word"]
            relation = _CANONICAL[word]
            people.append(
                Person(
                    relation,
                    match.start(),
                    match.end(),
                    score,
                    match["s"] == "s" or word.endswith(("children", "kids", "folks")),
                )
            )
    return sorted(people, key=lambda p: (-p.score, p.start))


def _score(match: re.Match[str], text: str) -> int | None:
    """How likely this person is the recipient; None for a word that means no person here."""
    word, relation = match["word"], _CANONICAL[match["word"]]
    left, right = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 40]
    context = _LEFT.search(left)
    owner = context["owner"] if context else None
    if not owner and _OWNED.search(left):  # "my son's football coach"
        owner = "my"
    if not owner and _MINE.search(left):  # "my crazy talented sister": any adjective may stand between
        owner = "my"
    for_ = bool(context and context["for"]) or owner in ("for", "to")
    if word in _PLAYS_ONLY and not owner and not for_ and left.strip(" .,!;:|") and relation != "self":
        return None
    if word == "twin" and re.match(r" (?:boys?|girls?|sons?|daughters?)\b", right):
        return None
    if relation == "child" and (
        match["s"]
        or (re.search(r"\b(?:1|per|each|a|/) $", left) and re.search(r"\b(?:per|each|[$€£\d]+ a|/) $", left))
        or word in ("kids", "children", "boys", "girls", "teens", "toddlers", "teenagers")
    ):
        return None  # guests, and "12 kids": counted elsewhere
    if relation == "baby" and re.match(r"[- ]?(?:shower|gift|present|yoda|blanket|toys?|clothes|name)", right):
        return None
    if relation == "mother" and owner == "the" and "baby shower" in text:
        return None  # the mother-to-be is not the shopper's mother
    if word == "couple" and re.match(r" (?:of|hundred|more)", right):
        return None
    if word in ("family", "team") and owner not in ("my", "our", "the", "whole") and not for_:
        return None
    if re.match(r"(?:s)?[- ](?:friendly|in-law|in law|hood|ship)", right) or re.match(
        r"'?s? (?:day|party games)\b", right
    ):
        return None
    if re.search(r"\b(?:dog|cat|plant|fur|soccer|girl|boss|horse|wine|crazy cat|single)[- ]$", left) and relation in (
        "mother",
        "father",
        "parents",
    ):
        return None if re.search(r"\b(?:dog|cat|plant|fur|horse)[- ]$", left) else 1
    if re.match(
        rf"'s? (?:(?!birthday|christmas|gift|present|party)[a-z]+ )?(?!baby shower|day\b)(?:{RELATION_WORDS})s?\b(?!')",
        right,
    ):
        return 0  # the owner in "my sister's boyfriend"
    if re.match(r" and (?:i|me|myself)\b", right):  # "my wife and I have been married ..., what do I get her?"
        return 1 if re.search(r"\b(?:him|her)\b", text) else 0
    if re.match(r" (?:says|said|thinks|claims|insists|swears|reckons) (?:that )?(?:he|she|they)\b", right) and owner:
        return 1  # "my dad says he wants nothing"
    if _NOT_RECIPIENT_RIGHT.match(right):
        return 0
    if _APPOSED.search(left) and not _LISTED.search(left):  # "her daughter, my niece Lily"
        return 6
    score = 2 + 2 * for_ + (owner in ("my", "our")) - (relation in WEAK_RELATIONS)
    if owner in ("his", "her", "their") and _WANTS_ONE.match(right):
        return 3  # "his sister needs one too"
    if owner in ("his", "her", "their") and not for_:
        return 0  # "he is 5 and his sister is 7"
    if _NOT_RECIPIENT_LEFT.search(left) and not for_:
        # "her husband", "with friends": only if nobody else is mentioned ... "with" never.
        score = (
            0
            if re.search(r"\b(?:with|from|by|(?<!not )like|unlike|than|without|gave|bought)\b[\w ]*$", left)
            else min(score, 1)
        )
    if re.match(r"\b(?:is|was|are) (?:a|an|my|his|her) (?:\w+ )?$", left[-14:]) or re.search(
        r"\b(?:is|was) (?:a|an|now a|also a)(?: \w+)? $", left
    ):
        score = min(score, 1)  # "my dad is a teacher"
    if re.search(r"\b(?:not|than|instead of|rather than|no longer) (?:for )?(?:my |a |the )?$", left):
        score = -1
    return score


def best(people: list[Person]) -> Person | None:
    """The recipient among the persons mentioned."""
    return next((p for p in people if p.score > 0), None)
