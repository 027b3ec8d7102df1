"""Animals and places that somebody has and cares for: "she has a cat", "who owns two dogs", "has a vegetable patch"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.text import Message

_HAS = (
    r"(?<!not )(?<!\bi )(?<!\bwe )(?<!\bi just )(?<!\bwe just )(?<!\bi have )"
    r"(?:\b(?:has|have|owns?|got|bought|adopted|keeps?)(?: (?:recently|just|got|already|bought|adopted))*|"
    r"(?:\||\b(?:man|woman|lady|someone|somebody|girl|boy)) with) "
    r"(?:an?|\d|some|his own|her own|their own|several|many|lots of)(?! (?:\w+ ){0,2}(?:allerg|themed?|shaped)) "
    r"(?:(?:old|new|little|small|big|large|lovely|huge|young|cute|rescue|very|beautiful|own|pet|black|ginger|white|"
    r"brown|naughty|second) )*"
)
"""Whoever has one is taken to care for it, which a telescope or a kettle would not show."""

_KEPT = {
    re.compile(rf"{_HAS}(?:cats?|kittens?)\b(?! (?:mug|book|toy|person))"): "cats",
    re.compile(
        rf"{_HAS}(?:dogs?|pupp(?:y|ies)|labradors?|terriers?|poodles?|spaniels?|dachshunds?|beagles?)\b(?! (?:mug|"
        r"book|toy|person|bed))"
    ): "dogs",
    re.compile(rf"{_HAS}(?:horses?|pon(?:y|ies))\b"): "horses",
    re.compile(rf"{_HAS}(?:parrots?|budgies?|canar(?:y|ies)|cockatiels?)\b"): "birds",
    re.compile(rf"{_HAS}(?:rabbits?|hamsters?|guinea pigs?|gerbils?|tortoises?)\b"): "pets",
    re.compile(
        rf"{_HAS}(?:(?:vegetable|veg|veggie|herb|flower|rose|kitchen) (?:patch(?:es)?|gardens?|beds?)|allotments?|"
        r"greenhouses?|gardens?)\b(?! (?:shed|chair|party|gnome))"
    ): "gardening",
    re.compile(rf"{_HAS}(?:(?:sailing |fishing |narrow ?)?boats?|yachts?|dinghy|sailboats?)\b"): "boats",
    re.compile(rf"{_HAS}(?:motor ?bikes?|motorcycles?|harleys?)\b"): "motorcycles",
    re.compile(rf"{_HAS}(?:camper ?vans?|caravans?|motor ?homes?|rvs?)\b"): "camping",
    re.compile(rf"{_HAS}(?:beehives?|bee hives?)\b"): "beekeeping",
}


_OWN_PET = re.compile(
    r"\b(?:for (?:my|our) (?P<a>)|(?:my|our) (?=\w+'s (?:\w+ )?(?:birthday|christmas|present|gift)))"
    r"(?P<pet>dog|puppy|cat|kitten|rabbit|hamster|guinea pig)\b(?! (?:lover|sitter|walker|mad|loving))"
)
""" "My dog's birthday": the present is for the animal."""


def read_kept(message: Message) -> list[str]:
    """What the recipient cares for, as interests; the words are closed, as nobody with a dog refuses things for dogs.

    They say less than a stated liking: they count where a message names no interest.
    """
    if pet := _OWN_PET.search(message.text):
        return [{"cat": "cats", "kitten": "cats", "dog": "dogs", "puppy": "dogs"}.get(pet["pet"], "pets")]
    return [interest for pattern, interest in _KEPT.items() if message.take(pattern)]
