"""Noun phrases: splitting coordinations, stripping filler, number and gerund forms."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.text import CLOSED
from recsys_agent.offline.reading.words.filler import CLAUSE_STARTS, CUTS, EMPTY, LEADING, TRAILING
from recsys_agent.offline.reading.words.interests import KNOWN, PRODUCTS, UNITS, VERBS
from tools.lexicon.shopping import goods_stems
from tools.lexicon.stems import stems

_LEADING = re.compile(rf"(?:{LEADING})(?:\s+|$)")
_TRAILING = re.compile(rf"(?:^|\s)(?:{TRAILING})$")
_CUTS = re.compile(CUTS)
_UNITS = re.compile(
    "|".join(
        rf"\b{re.escape(u)}\b"
        for u in sorted((*UNITS, *(u.replace(" and ", " & ") for u in UNITS)), key=len, reverse=True)
    )
)
_SPLIT = re.compile(
    r"\s?,\s?(?:(?:and|or|plus|but also|as well as|nor)\s)?|\s(?:and also|and|or|nor|plus|as well as|but also|"
    r"along with|not to mention)\s|\s?[&+]\s?|(?<=[a-z])\s?/\s?(?=[a-z])|\s;\s|\s-\s"
)
_EXAMPLES = re.compile(r"^[^,]* (?:such as|like|including|e\.g\.) (?=\w)")  # "sports like tennis" is tennis
_GLUE = "\x01"
_PERSON = re.compile(rf"(?:my |our |his |her |their )?(?:{RELATION_WORDS})(?:s|'s|s')?(?![\w-])")
MAX_WORDS = 5

# Words that look plural but are not, and irregular plurals, for "a watch" -> "watches".
_PLURALS = {
    "scarf": "scarves",
    "knife": "knives",
    "child": "children",
    "dress": "dresses",
    "shelf": "shelves",
    "cactus": "cacti",
    "mouse": "mice",
    "man": "men",
    "woman": "women",
}
_MASS = frozenset(
    "jewellery jewelry luggage lego headphones earphones earbuds earrings gloves socks cufflinks binoculars "
    "sunglasses slippers pyjamas pajamas "
    "flowers chocolates yarn honey jam tea coffee wine whisky gin beer chocolate cheese skincare perfume makeup "
    "seeds boots trainers sneakers sweets "
    "cookies biscuits art music clothing stationery equipment gear furniture software soap luggage oil sauce "
    "cream shoes balls blocks wool pottery "
    "bedding decor fishing gardening football basketball tennis golf".split()
)


def split(chunk: str) -> list[str]:
    """The members of a coordination; units such as "rock and roll" stay whole."""
    glued = _UNITS.sub(lambda m: re.sub(r" ", _GLUE, m[0]), chunk)
    parts = [p.replace(_GLUE, " ").strip() for p in _SPLIT.split(glued)]
    return _shared_heads([q for p in parts if (q := _EXAMPLES.sub("", p))])


def _shared_heads(parts: list[str]) -> list[str]:
    """ "board and card games" is board games and card games."""
    for index in range(len(parts) - 1):
        first, second = parts[index], parts[index + 1].split()
        if len(first.split()) == 1 and len(second) == 2 and first not in KNOWN and f"{first} {second[1]}" in KNOWN:
            parts[index] = f"{first} {second[1]}"
    return parts


def clean(phrase: str) -> str:
    """The bare phrase: no articles, fillers or trailing circumstances."""
    phrase = phrase.replace(CLOSED, " ").strip(" .,;:!?\"'()*_-~#<>[]{}=/\\")
    phrase = " ".join(phrase.split())
    if cut := _CUTS.search(f"{phrase} "):
        phrase = phrase[: cut.start()] if cut.start() > 0 else phrase
    for _ in range(8):
        before = phrase
        if phrase in KNOWN or phrase in UNITS:
            break
        if match := _LEADING.match(phrase):
            phrase = phrase[match.end() :]
        if phrase in KNOWN or phrase in UNITS:
            break
        if match := _TRAILING.search(phrase):
            phrase = phrase[: match.start()]
        phrase = phrase.strip(" .,;:!?\"'()-")
        if phrase == before:
            break
    return re.sub(r"^\d{1,2} (?=[a-z]+s$)", "", phrase)  # "2 dogs"


def interests(chunk: str) -> list[str]:
    """The phrases of a list of likes, up to where another clause begins."""
    found: list[str] = []
    infinitive = re.match(r" ?(?:\w+ )?to \w", chunk) is not None
    for part in split(chunk):
        words = part.split()
        first = words[0].strip("\"'(") if words else ""
        if found and (first in CLAUSE_STARTS or _PERSON.match(part)) and part not in KNOWN:
            break
        phrase = part if part in KNOWN else _verbal(clean(part), infinitive=infinitive)
        if is_phrase(phrase):
            found.append(phrase)
        elif first in CLAUSE_STARTS:
            break
    return found


def is_phrase(phrase: str) -> bool:
    """Whether a cleaned phrase can name an interest or a thing."""
    if phrase in KNOWN:
        return True
    words = phrase.split()
    if not words or len(words) > MAX_WORDS or len(phrase) < 2 or len(phrase) > 60:
        return False
    if phrase in EMPTY or all(w in EMPTY for w in words) or _PERSON.fullmatch(phrase):
        return False
    if words[0] in _NOT_FIRST or not re.search(r"[a-zà-ɏ]{2}", phrase):
        return False
    return not any(w in _NOT_INSIDE for w in words)


_NOT_FIRST = frozenset(
    "i he she they we you it is are was were will would can could should has have had who which when where why how "
    "if because that this these those at during until till".split()
)
_NOT_INSIDE = frozenset(
    "i he she they we you them him us me is are was were will would could should am because budget please thanks "
    "dollars euros pounds".split()
)


def _verbal(phrase: str, *, infinitive: bool) -> str:
    """After "to": "bake" -> "baking"; "riding horses" -> "horse riding"; other phrases as they are."""
    if phrase in KNOWN:
        return phrase
    first, _, rest = phrase.partition(" ")
    if infinitive and first in VERBS and not rest:
        return VERBS[first] or gerund(first)
    if first in ("riding", "ride") and rest in (
        "horses",
        "bikes",
        "motorcycles",
        "motorbikes",
        "a bike",
        "his bike",
        "her bike",
        "ponies",
    ):
        return {"horses": "horse riding", "ponies": "horse riding"}.get(
            rest, "cycling" if "motor" not in rest else rest
        )
    if infinitive and rest and (first in VERBS or first in ("build", "grow", "make", "watch")):
        return f"{gerund(first)} {rest}"
    return phrase


def gerund(verb: str) -> str:
    """bake -> baking, run -> running."""
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    if re.fullmatch(r"[a-z]?[^aeiou]?[aeiou][bdgmnprt]", verb):
        return verb + verb[-1] + "ing"
    return verb + "ing"


def plural(thing: str) -> str:
    """The plural of a product noun, mass nouns unchanged: watch -> watches, headphones -> headphones."""
    head, _, last = thing.rpartition(" ")
    if last in _MASS or (last.endswith("s") and last not in ("glass", "dress", "canvas", "compass", "cactus")):
        return thing
    if last in _PLURALS:
        last = _PLURALS[last]
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = last[:-1] + "ies"
    elif last.endswith("ing"):
        pass
    else:
        last += "s"
    return f"{head} {last}".strip()


def as_interest(noun: str) -> str:
    """The noun before "lover" or "fan": "cat" -> "cats", "board game" -> "board games", "jazz" stays."""
    if noun in KNOWN and f"{noun}s" not in KNOWN:
        return noun
    if noun in (
        "horse",
        "dog",
        "cat",
        "bird",
        "plant",
        "book",
        "car",
        "train",
        "animal",
        "puzzle",
        "video game",
        "board game",
        "movie",
        "comic",
        "game",
    ):
        return f"{noun}s"
    many = plural(noun)
    return many if many != noun and many in KNOWN else noun


def is_product(noun: str) -> bool:
    """Whether the noun, singular or plural, names a thing one can buy."""
    return (
        noun in PRODUCTS
        or (noun.endswith("s") and (noun[:-1] in PRODUCTS or noun[:-2] in PRODUCTS))
        or noun in _PLURAL_PRODUCTS
    )


def names_a_thing(phrase: str) -> bool:
    """Whether the phrase ends with a thing one can buy: "leather bag", "wooden train set"."""
    words = phrase.split()
    ends = (" ".join(words[start:]) for start in range(len(words)))
    return any(is_product(end) for end in ends) or bool(goods_stems().intersection(stems(words[-1])))


_PLURAL_PRODUCTS = frozenset(plural(p) for p in PRODUCTS)
