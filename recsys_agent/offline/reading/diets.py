"""Fixed forms of refusal: "nut allergy", "gluten-free", "vegan", "coeliac", "teetotal"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.tastes import Tastes
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.things import things

_FOOD_ALLERGENS = (
    r"gluten|nuts?|peanuts?|tree nuts?|dairy|lactose|milk|eggs?|soya?|wheat|shellfish|fish|sesame|latex|wool|pollen|"
    r"fragrance|perfume|nickel|strawberr(?:y|ies)|seafood|celery|mustard|sulphites?|caffeine|feathers?|down|cat hair|"
    r"dog hair|cats?|dogs?"
)

_ALLERGY_NOUN = re.compile(
    rf"\b((?:(?:{_FOOD_ALLERGENS}|[a-z]+)(?: and |/| or |, | & ))?(?:tree )?[a-z]+)[- ](?:allerg(?:y|ies|ic)|"
    rf"intoleran(?:t|ce))\b(?! to)"
)

_FREE = re.compile(
    rf"\b([a-z]+(?: (?:and|or|&) [a-z]+)?)-free\b|\b({_FOOD_ALLERGENS}|alcohol|plastic|sugar|meat|leather|latex|"
    rf"animal) free\b"
)

_VEGAN = re.compile(r"\b(?:vegans?|plant[- ]based)\b")

_VEGETARIAN = re.compile(r"\b(?:vegetarians?|veggie)\b")

_ALREADY_LATE = re.compile(
    r"(?:\b(?:has|have|owns?|got|bought|has got|have got)|'s got) (?P<what>[^,.;!?|]{2,50}?) already\b(?! (?:has|"
    r"have|owns?|got))"
)

_ALREADY_LAST = re.compile(
    r"(?:^|[,.;] ?|\b(?:but|and|only) )(?P<what>(?:an? |the |some )?[a-z][\w' -]{1,30}?) (?:he|she|they) (?:already )?"
    r"(?:has|have|owns?)(?: got)? (?:already|one)\b"
)
"""The other way round: "but a chess clock he has already"."""

_MANY = re.compile(
    r"^(?:got )?(?:loads|lots|plenty|tons|heaps|piles|enough|a lot|too many|so many|many|a few)(?: of)? "
)
""" "Loads of trucks" are trucks."""

_COELIAC = re.compile(r"\bco?eliac\b(?: disease)?")

_TEETOTAL = re.compile(
    r"\b(?:tee-?total(?:l?er)?|t-total|sober|in recovery|does not drink(?: alcohol)?(?! (?:coffee|tea|wine|beer|"
    r"milk))|do not drink(?: alcohol)?(?! (?:coffee|tea|wine|beer|milk))|non-?drinker|never drinks(?: alcohol)?)\b"
)

NO_ALLERGEN = frozenset("food has have is with severe serious bad known gone ignored strong mild".split())
"""Before or behind "allergies" none of these is what they are against."""

ALLERGEN = re.compile(rf"(?:{_FOOD_ALLERGENS})")

_NOT_FREE = frozenset(
    "free feel for is are stress hassle risk worry hands screen care any carefree be totally completely fat tax duty "
    "cruelty".split()
)


def read_diets(message: Message, tastes: Tastes) -> None:
    """Fixed forms: "nut allergy", "gluten-free", "vegan", "coeliac", "teetotal"."""
    for match in _ALLERGY_NOUN.finditer(message.open):
        last = match[1].split()[-1]
        if last in NO_ALLERGEN or not things(last):
            continue
        words = [w for w in re.split(r" and |/| or |, | & ", match[1]) if w]
        named = [w for w in words if re.fullmatch(_FOOD_ALLERGENS, w) or w == words[-1]]
        tastes.allergies += named
        message.close(match.start(1) + match[1].index(named[0]), match.end())  # "into reading, gluten allergy"
    for match in _FREE.finditer(message.open):
        words = [w for w in re.split(r" and | or | & ", match[1] or match[2]) if w not in _NOT_FREE]
        for word in words:
            (tastes.allergies if ALLERGEN.fullmatch(word) else tastes.avoid).append(word)
        if words:
            message.close(*match.span())
    for late in (_ALREADY_LATE, _ALREADY_LAST):
        for match in late.finditer(message.open):
            tastes.owned += things(_MANY.sub("", match["what"]))
            message.close(*match.span())
    for pattern, target, word in (
        (_VEGAN, tastes.avoid, "non-vegan"),
        (_VEGETARIAN, tastes.avoid, "meat"),
        (_COELIAC, tastes.allergies, "gluten"),
        (_TEETOTAL, tastes.avoid, "alcohol"),
    ):
        if (match := pattern.search(message.open)) is not None:
            left = message.open[max(0, match.start() - 12) : match.start()]
            if not re.search(r"\b(?:not|no|loves|likes|enjoys|into)\b[\w ]{0,6}$", left):
                target.append(word)
                message.close(*match.span())


_NO_LONGER = re.compile(
    r"\b(?:is|are|am) (?:not|no longer)(?: actually| really| even)? (?:an? )?(?:(?P<diet>vegan|vegetarian|co?eliac|"
    rf"teetotal)|(?P<allergen>{_FOOD_ALLERGENS})[- ](?:intolerant|allergic)|allergic to (?P<to>{_FOOD_ALLERGENS}))\b"
    r"(?: any ?more| after all)*"
)
_RULES = {"vegan": "non-vegan", "vegetarian": "meat", "teetotal": "alcohol"}


def read_no_longer(message: Message) -> list[str]:
    """The rules that do not hold: "she's not vegan", "no longer allergic to nuts"; the words are struck."""
    found: list[str] = []
    for match in _NO_LONGER.finditer(message.text):
        named = match["diet"] or match["allergen"] or match["to"]
        found.append(_RULES.get(named) or ("gluten" if "eliac" in named else allergen(named)))
        message.strike(*match.span())
    return found


def allergen(word: str) -> str:
    """The plural where people mean the food at large: a nut allergy is one to nuts."""
    return {
        "diary": "dairy",  # a slip that is a word of its own
        "nut": "nuts",
        "peanut": "peanuts",
        "egg": "eggs",
        "tree nut": "tree nuts",
        "strawberry": "strawberries",
        "cat": "cats",
        "dog": "dogs",
        "feather": "feathers",
    }.get(word, word)
